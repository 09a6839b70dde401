"""JSON Schema of words files, the same for every policy."""

from __future__ import annotations

from limen.policy.computed import COMPUTED
from limen.policy.schema import DRAFT, Schema


def words_schema() -> Schema:
    """The schema of a words file."""
    text: Schema = {"type": "string"}
    names: Schema = {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1}
    ordinary: Schema = {"oneOf": [{"type": ["string", "integer"]}, names]}
    whole: Schema = {"type": "string", "pattern": r"^-?\d+\.\.-?\d+$"}
    condition: Schema = {"type": "object", "minProperties": 1}
    asking: Schema = {"ask": text, "says": text, "ordinary": ordinary}
    groups: Schema = {"type": "object", "additionalProperties": names}
    called: Schema = {"type": "object", "additionalProperties": text}
    computed = _table({"as": {"enum": list(COMPUTED)}, "from": text}, ["as", "from"])
    fact = _table(
        {
            **asking, "values": names, "holds": names, "whole number": whole, "groups": groups, "names": called,
            "computed": computed,
        },
        ["ordinary"],
        one_of=("values", "holds", "whole number"),
    )  # fmt: skip
    finding = _table(
        {**asking, "values": names, "whole number": whole, "groups": groups, "names": called, "looked at by": text},
        ["ordinary"],
        one_of=("values", "whole number"),
    )
    term = _table({"values": names, "unfilled": text, "says": text}, ["values", "unfilled"])
    door = _table(
        {
            "open": text, "shut": text, "decided by": text, "protection": {"enum": ["yes", "no"]}, "says": text,
            "asked": {"oneOf": [condition, {"type": "array", "items": condition}]},
            "passing": {"type": "object", "additionalProperties": ordinary},
            "takes": {"oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+(\.\.\d+)?$"}]},
        },
        ["open", "shut"],
    )  # fmt: skip
    rank: Schema = {"oneOf": [text, _table({"rank": text, "binding": {"enum": ["yes", "no"]}}, ["rank"])]}
    sections: Schema = {
        "vocabulary": text,
        "place": _table({"in": text, "at": text}, []),
        "facts": {"type": "object", "additionalProperties": fact},
        "findings": {"type": "object", "additionalProperties": finding},
        "terms": {"type": "object", "additionalProperties": term},
        "doors": {"type": "object", "additionalProperties": door},
        "ranks": {"type": "array", "items": rank, "minItems": 1},
        "impossible": {"oneOf": [condition, {"type": "array", "items": condition}]},
    }
    return {"$schema": DRAFT, "title": "Limen words file", **_table(sections, ["facts", "doors", "ranks"])}


def _table(properties: Schema, required: list[str], one_of: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties, "required": required}
    if one_of:
        schema["oneOf"] = [{"required": [key]} for key in one_of]
    return schema
