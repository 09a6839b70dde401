"""Answers as JSON: the data classes that the command line prints, with the same head, and their schema for OpenAPI."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from typing import Any, Literal, get_type_hints

from fastapi.responses import Response
from pydantic import BaseModel, TypeAdapter, create_model

from limen.face.schema import ANSWERS


@lru_cache
def model(command: str) -> type[BaseModel]:
    """The model of a command's JSON, for OpenAPI."""
    kind, hints = _kind(command), get_type_hints(_kind(command))
    parts: dict[str, Any] = {one.name: (hints[one.name], ...) for one in fields(kind)}
    head: dict[str, Any] = {"limen": (str, ...), "command": (Literal[command], ...)}
    return create_model(f"{kind.__name__}Answer", __doc__=kind.__doc__, **head, **parts)


def as_bytes(command: str, found: object) -> bytes:
    """An answer as the JSON that the command prints."""
    head = json.dumps({"limen": version("limen"), "command": command})
    return head.encode()[:-1] + b"," + _adapter(command).dump_json(found)[1:]


def as_json(body: bytes) -> Response:
    """The same as an HTTP answer."""
    return Response(body, media_type="application/json")


@lru_cache
def _adapter(command: str) -> TypeAdapter[Any]:
    return TypeAdapter(_kind(command))


def _kind(command: str) -> Any:
    module, name = ANSWERS[command]
    return getattr(import_module(module), name)
