"""The application: operations under `/api`, the page and what it loads, and nothing from elsewhere."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from limen.face.serve import about, everyone, many_people, one, page
from limen.face.serve.desk import Desk
from limen.face.serve.guard import Guard
from limen.face.serve.limits import Limits
from limen.face.serve.runs import Runs
from limen.face.serve.shelf import Shelf
from limen.face.serve.trouble import answered_in_words

SAYS = (
    "Limen says what written rules leave open. It is no legal advice and never decides about a person. Nothing that a question "
    "says of a person is kept or logged. Every operation is a command of `limen` and answers with the same JSON."
)
LOCAL = ("127.0.0.1", "localhost", "[::1]")
SMALLEST_PACKED = 2_000


def application(
    names: Iterable[str] = (), *, limits: Limits | None = None, folder: Path | None = None,
    hosts: tuple[str, ...] = LOCAL,
) -> FastAPI:  # fmt: skip
    """The application that serves these policies (none named: the built-in ones).

    Runs are kept in `folder`; without one in a temporary folder that goes when the server stops.
    """
    limits = limits or Limits()
    shelf = Shelf(names)
    passing = None if folder else TemporaryDirectory(prefix="limen-serve-")
    runs = Runs(shelf, limits, folder or Path(passing.name if passing else ""))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=page.vega_bundle, daemon=True).start()
        yield
        runs.stop()
        if passing is not None:
            passing.cleanup()

    app = FastAPI(
        title="Limen", version=version("limen"), description=SAYS, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", separate_input_output_schemas=False,
    )  # fmt: skip
    answered_in_words(app)
    desk = Desk(shelf, limits)
    for router in (about.operations(desk), one.operations(desk), everyone.operations(desk)):
        app.include_router(router, prefix="/api")
    app.include_router(many_people.operations(desk, runs), prefix="/api")
    app.include_router(page.operations(desk, runs))
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_PACKED, compresslevel=5)
    app.add_middleware(Guard, most=limits.bytes, hosts=hosts)
    return app
