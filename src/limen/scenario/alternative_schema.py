"""JSON Schema of alternatives, made from a scenario, so that an editor completes and marks."""

from __future__ import annotations

from typing import Any

from limen.evidence.changes import How
from limen.evidence.figures import ANSWERS, CONFIDENCES, Spread
from limen.evidence.read_changes import Numbers
from limen.policy.schema import DAY, DRAFT, TEXT, policy_schema
from limen.scenario.overlay import OPEN
from limen.scenario.scenario import Scenario

Schema = dict[str, Any]
NUMBER: Schema = {"type": ["number", "string"]}


def alternative_schema(scenario: Scenario, numbers: Numbers) -> Schema:
    """The schema of the alternatives of a scenario. `numbers`: those that can be changed, and what each can be of."""
    policy = policy_schema(scenario.policy.words)
    rules = list(scenario.policy.rules)
    sourced = {"source": TEXT, "confidence": {"enum": list(CONFIDENCES)}, "note": TEXT}
    range_ = {"low": NUMBER, "high": NUMBER}
    words, ways = scenario.policy.words, list(scenario.world.ways)
    state = words.facts.get(words.place.in_ or "")
    day_or_open = {"anyOf": [DAY, {"enum": [OPEN]}]}
    asked = _table({"who": TEXT, "says": TEXT, "source": TEXT}, ["who", "says", "source"])
    dates = _table({"rule": {"enum": rules}, "from": day_or_open, "until": day_or_open}, ["rule"])
    practice = _table(
        {
            "door": {"enum": list(words.doors)},
            "state": {"enum": list(state.values)} if state else TEXT,
            "way": _one_or_many({"enum": ways}),
            "answer": {"enum": list(ANSWERS)},
            "from": DAY,
            "until": DAY,
            "share": NUMBER,
            **range_,
            **sourced,
        },
        ["door", "answer", "share", "source", "confidence"],
    )
    owners = sorted({name for of in numbers.values() for name in of})
    change = _table(
        {
            "number": {"enum": list(numbers)},
            "of": _one_or_many({"enum": owners}),
            "from": DAY,
            "until": DAY,
            **{how.value: NUMBER for how in How},
            **range_,
            "spread": {"enum": [spread.value for spread in Spread]},
            **sourced,
        },
        ["number", "from", "source", "confidence"],
    )
    properties = {
        "alternative": TEXT,
        "says": TEXT,
        "asked by": _one_or_many(asked),
        "sources": policy["properties"]["sources"],
        "withdraw": _one_or_many({"enum": rules}),
        "dates": _one_or_many(dates),
        "rules": policy["properties"]["rules"],
        "practice": _one_or_many(practice),
        "numbers": _one_or_many(change),
    }
    return {
        "$schema": DRAFT,
        "title": f"Limen alternative: {scenario.title}",
        **_table(properties, ["alternative", "says"]),
        "$defs": policy["$defs"],
    }


def _table(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _one_or_many(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}
