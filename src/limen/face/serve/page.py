"""The page and what it loads: our own HTML, CSS and modules, Vega from the installed vl-convert-python, outlines."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from limen.face.serve import exports
from limen.face.serve.desk import Desk
from limen.face.serve.questions import Check, Day, Name, Run
from limen.face.serve.runs import Runs
from limen.world.outlines import outlines

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
VIEWS = ("one", "many", "everyone")
A_DAY = {"cache-control": "private, max-age=86400"}
AGAIN = {"cache-control": "no-cache"}
_BUNDLING = threading.Lock()


def operations(desk: Desk, runs: Runs) -> APIRouter:
    """The addresses of the page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def start() -> RedirectResponse:
        return RedirectResponse("/one")

    @router.get("/api")
    async def documentation() -> Response:
        return shipped("api.html")

    @router.get("/vega.js")
    async def vega() -> Response:
        return Response(await desk.do(vega_bundle), media_type="text/javascript", headers=A_DAY)

    @router.get("/outlines.json")
    async def outline() -> Response:
        return Response(outlines(), media_type="application/json", headers=A_DAY)

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        return shipped(name)

    @router.get("/many.{ending}")
    async def data_of_many(
        ending: Literal["csv", "json", "zip"], scenario: Name, draws: int = 20, seed: int = 1,
        measure: exports.Measure = "entries", other: Annotated[str, Query(alias="with")] = "", show: str = "",
    ) -> Response:  # fmt: skip
        """The data of the second view at the same address: all days of a run, as far as it is."""
        asked = Run(scenario=scenario, draws=draws, seed=seed)
        return await desk.do(lambda: exports.many(runs, asked, ending, measure, other, show))

    @router.get("/everyone.json")
    async def data_of_everyone(scenario: Name, on: Day | None = None, only: str = "") -> Response:
        """The data of the third view at the same address: what `limen check` finds."""
        asked = Check(policy=scenario, known_on=None, on=on if only == "day" else None)
        return await desk.do(lambda: exports.everyone(desk, asked))

    @router.get("/{view}")
    async def view(view: Literal["one", "many", "everyone"]) -> Response:  # noqa: ARG001
        return shipped("page.html")

    return router


@lru_cache
def _shipped() -> dict[str, tuple[bytes, str]]:
    """What is shipped, by name: a request can name these and no other file."""
    folder = files("limen.face.serve") / "static"
    return {
        one.name: (one.read_bytes(), TYPES[ending])
        for one in folder.iterdir()
        if (ending := f".{one.name.rpartition('.')[2]}") in TYPES
    }


def shipped(name: str) -> Response:
    """A file that belongs to the page. Raises a 404 for any other."""
    from starlette.exceptions import HTTPException

    if name not in _shipped():
        raise HTTPException(404)
    body, kind = _shipped()[name]
    return Response(body, media_type=f"{kind}; charset=utf-8", headers=AGAIN)


_BUNDLE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"


@lru_cache
def vega_bundle() -> bytes:
    """Vega, Vega-Lite and vega-embed as one classic script that sets `vegaEmbed`.

    It is put together by a process of its own: that takes seconds, in which this one could answer nobody.
    """
    with _BUNDLING:
        return subprocess.run([sys.executable, "-c", _BUNDLE], check=True, capture_output=True).stdout  # noqa: S603
