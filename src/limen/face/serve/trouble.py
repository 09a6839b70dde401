"""What went wrong, in words: the same message as on the command line, never with what a request said of a person repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException as StarletteHTTPException

from limen.answers.door import ImpossiblePerson
from limen.answers.repair import TooHard
from limen.face.serve.limits import TooLong
from limen.policy.everyone import TooManyKinds
from limen.text.faults import Fault, Faulty


class FaultTold(BaseModel):
    """One fault in one place of a file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str
    nearest: str | None


class Trouble(BaseModel):
    """Why a request was refused, as the command line says it, and the faults of files one by one."""

    error: str
    faults: list[FaultTold]


REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Trouble, "description": "The request cannot be read."},
    404: {"model": Trouble, "description": "There is nothing by that name."},
    413: {"model": Trouble, "description": "The request is too large."},
    422: {"model": Trouble, "description": "The question cannot be answered; says why."},
}
"""The answers that every operation may give besides its own."""


class Refused(Exception):
    """A request that is refused with a status."""

    def __init__(self, status: int, says: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(says)
        self.status, self.says, self.faults = status, says, faults


@contextmanager
def told_clearly(seconds: float) -> Iterator[None]:
    """Turns whatever a question may run into to one clear refusal."""
    try:
        yield
    except Faulty as error:
        raise Refused(422, str(error), error.faults) from None
    except TooManyKinds as error:
        raise Refused(422, f"{error} Name more facts (or fewer doors), or narrow the claim.") from None
    except TooLong:
        raise Refused(422, f"This takes longer than {seconds:g} s. Name more facts, a day, or fewer doors.") from None
    except FileNotFoundError as error:
        raise Refused(404, str(error)) from None
    except click.ClickException as error:
        raise Refused(422, error.format_message()) from None
    except (ImpossiblePerson, TooHard, ValueError, OverflowError) as error:
        raise Refused(422, str(error)) from None


def answered_in_words(app: FastAPI) -> None:
    """Sees to it that every refusal of an application has one shape."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> JSONResponse:
        told = [
            {"file": one.file, "line": one.line, "column": one.column, "message": one.message, "nearest": one.nearest}
            for one in error.faults
        ]
        return JSONResponse({"error": error.says, "faults": told}, error.status)

    @app.exception_handler(RequestValidationError)
    async def unread(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": " ".join(dict.fromkeys(map(_said, error.errors()))), "faults": []}, 422)

    @app.exception_handler(StarletteHTTPException)
    async def other(_: Request, error: HTTPException) -> JSONResponse:
        says = {404: "There is no such page.", 405: "This page is not asked in that way."}
        headers = getattr(error, "headers", None)
        return JSONResponse(
            {"error": says.get(error.status_code, str(error.detail)), "faults": []}, error.status_code, headers
        )


def _said(error: dict[str, object]) -> str:
    """One thing that is wrong with the shape of a request."""
    where = error.get("loc", ())
    path = (
        ".".join(str(part) for part in where if part not in ("body", "query", "path"))
        if isinstance(where, tuple)
        else ""
    )
    says = str(error.get("msg", "")).removeprefix("Value error, ")
    return f"{path}: {says}" if path else says
