"""JSON Schema of policy files, made from the words, so that an editor completes and marks."""

from __future__ import annotations

from typing import Any

from limen.policy.read_rules import CASE_KEYS, CLAIM_KEYS, CONFIDENCES, RULE_KEYS
from limen.policy.words import Fact, Kind, Words

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "a day such as 2022-09-30"}
TEXT = {"type": "string"}

Schema = dict[str, Any]


def policy_schema(words: Words, sources: list[str] | None = None) -> Schema:
    """The schema of a policy file written in these words. `sources`: ids that other files of the folder define."""
    reference = {"type": "string", "description": "id and locator, such as sbc 14(1)"}
    if sources:
        reference["examples"] = sources  # type: ignore[assignment]
    condition = {"$ref": "#/$defs/condition"}
    scope = {
        "in": _short(words, words.place.in_),
        "at": _short(words, words.place.at),
        "from": DAY,
        "until": DAY,
        "under": {"$ref": "#/$defs/under"},
    }
    effects = {door: _one_or_many(_effects(words, door, ("must", "may", "presume"))) for door in words.doors}
    fills = {name: {"enum": list(term.values), "description": term.says} for name, term in words.terms.items()}
    asked = {door: _one_or_many(_asked(words, door)) for door in words.doors}
    expected = {door: _one_or_many(_expected(words, door)) for door in words.doors}
    rule = _table(RULE_KEYS, {
        **scope, **effects, **fills, "rule": TEXT, "ended by": TEXT, "when": condition, "unless": condition,
        "despite": _one_or_many(TEXT), "source": _one_or_many(reference), "confidence": {"enum": list(CONFIDENCES)},
        "known": _table(("until", "then"), {"until": DAY, "then": TEXT}, ["until", "then"]),
        "untranslated": _table(
            ("words", "why", "doors"),
            {"words": TEXT, "why": TEXT, "doors": _one_or_many({"enum": list(words.doors)})}, ["words", "why"],
        ),
        "note": TEXT,
    }, ["rule", "source"])  # fmt: skip
    terms = {name: _one_or_many({"enum": list(term.values)}) for name, term in words.terms.items()}
    claim = _table(CLAIM_KEYS, {
        **scope, **asked, **terms, "claim": TEXT, "for": condition, "unless": condition, "law": _one_or_many(reference),
        "right": _yes_or_no(), "expected": {"enum": ["holds", "fails"]}, "because": TEXT, "note": TEXT,
        "must reach": _one_or_many({"enum": list(words.doors)}), "can reach": _one_or_many({"enum": list(words.doors)}),
        "issuer": _issuer(words), "irregular": _yes_or_no(),
    }, ["claim"])  # fmt: skip
    case = _table(CASE_KEYS, {
        **expected, **fills, "case": TEXT, "on": DAY, "person": {"$ref": "#/$defs/person"},
        "under": {"$ref": "#/$defs/under"}, "by": _one_or_many(TEXT), "source": _one_or_many(reference), "note": TEXT,
        "expected": {"enum": ["holds", "fails"]}, "because": TEXT,
    }, ["case", "on", "person"])  # fmt: skip
    source = _table(("cite", "name", "rank", "published", "link", "confidence", "note"), {
        "cite": TEXT, "name": TEXT, "rank": {"enum": [rank.name for rank in words.ranks]}, "published": DAY, "link": TEXT,
        "confidence": {"enum": list(CONFIDENCES)}, "note": TEXT,
    }, ["cite", "rank"])  # fmt: skip
    answer = _table(("says", "source", "note"), {"says": TEXT, "source": _one_or_many(reference), "note": TEXT},
                    ["says", "source"])  # fmt: skip
    reading = _table(("asks", "answers"), {"asks": TEXT, "answers": {
        "type": "object", "minProperties": 2, "additionalProperties": answer}}, ["asks", "answers"])  # fmt: skip
    sections = {
        "policy": TEXT,
        "words": {"type": "string", "description": "the name of the words file"},
        "sources": {"type": "object", "additionalProperties": source},
        "readings": {"type": "object", "additionalProperties": reading},
        "rules": {"type": "array", "items": rule},
        "always": {"type": "array", "items": claim},
        "cases": {"type": "array", "items": case},
    }
    clause = {
        **{name: _condition_value(fact) for name, fact in words.facts.items()},
        **{
            name: _one_or_many({"anyOf": [{"enum": list(term.values)}, _negation()]})
            for name, term in words.terms.items()
        },
    }
    mapping = {"type": "object", "additionalProperties": False, "properties": clause}
    return {
        "$schema": DRAFT,
        "title": f"Limen policy file: {words.title}" if words.title else "Limen policy file",
        "type": "object",
        "additionalProperties": False,
        "properties": sections,
        "$defs": {
            "condition": {"oneOf": [mapping, {"type": "array", "items": mapping, "minItems": 1}]},
            "person": {
                "type": "object", "additionalProperties": False,
                "properties": {
                    **{name: _stated(fact) for name, fact in words.facts.items()},
                    **{
                        fact.computed.given: {**_one_or_many(TEXT), "description": f"gives {name}: {fact.computed.function}"}
                        for name, fact in words.facts.items() if fact.computed
                    },
                },
            },
            "under": {
                "type": "object", "additionalProperties": False,
                "properties": {
                    name: {**_one_or_many({"enum": list(fact.values)}), "description": fact.ask}
                    for name, fact in words.readings.items()
                } or {},
            },
        },
    }  # fmt: skip


def _table(keys: tuple[str, ...], properties: Schema, required: list[str]) -> Schema:
    missing = set(keys) - set(properties)
    if missing:
        raise ValueError(f"The schema does not describe {sorted(missing)}.")
    properties = {key: value for key, value in properties.items() if value}
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _one_or_many(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}


def _yes_or_no() -> Schema:
    return {"enum": ["yes", "no"]}


def _negation() -> Schema:
    return {"type": "string", "pattern": "^not ."}


def _effects(words: Words, door: str, verbs: tuple[str, ...]) -> Schema:
    kind = words.doors[door]
    sides = [f"{verb} {side}" for verb in verbs for side in (kind.open, kind.shut)]
    return {"enum": [*sides, *(f"first {finding}" for finding in words.findings)], "description": kind.says}


def _asked(words: Words, door: str) -> Schema:
    schema = _effects(words, door, ("must", "can"))
    single = [name for name, fact in words.facts.items() if fact.kind is not Kind.SET]
    return {**schema, "enum": [*schema["enum"], *(f"same for every {name}" for name in single)]}


def _expected(words: Words, door: str) -> Schema:
    schema = _effects(words, door, ("must", "presume"))
    return {**schema, "enum": [*schema["enum"], "may", "gap", "conflict", "tension"]}


def _short(words: Words, name: str | None) -> Schema:
    return _condition_value(words.facts[name]) if name else {}


def _issuer(words: Words) -> Schema:
    states = words.facts.get(words.place.in_ or "")
    return _one_or_many({"enum": [*states.values, *states.groups]}) if states else {}


def _condition_value(fact: Fact) -> Schema:
    if fact.kind is Kind.NUMBER:
        one: Schema = {
            "anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^(not )?(-?\d+)?(\.\.)?(-?\d+)?( or .*)?$"}]
        }
    else:
        named = [*fact.values, *fact.groups, *(["none"] if fact.kind is Kind.SET else [])]
        one = {"anyOf": [{"enum": named}, _negation()]}
    return {**_one_or_many(one), "description": fact.says or fact.ask}


def _stated(fact: Fact) -> Schema:
    if fact.kind is Kind.NUMBER:
        schema: Schema = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d+$"}]}
    elif fact.kind is Kind.SET:
        schema = _one_or_many({"enum": [*fact.values, "none"]})
    else:
        schema = {"enum": list(fact.values)}
    return {**schema, "description": fact.ask or fact.says}
