"""Every door on every way of tens of thousands of groups on each day of five months, as a simulation asks them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

from benchmarks.measure import Figure, Verdict, alternate, one_core, report, seconds, times
from limen.answers.bulk import NOT_ASKED, word_of
from limen.answers.decide import decide
from limen.answers.grouped import announced, answered, permitted_days
from limen.answers.rows import table_of, where
from limen.evidence.figures import ANSWERS
from limen.policy.read import read_policy
from limen.policy.standing import standing
from limen.scenario.find import policy_paths

DAYS = [date(2022, 8, 1) + timedelta(days=number) for number in range(153)]
SAMPLE = 300
ROUNDS = 7
KINDS = [
    {"age": "27", "service": "reservist"},
    {"age": "40", "service": "reservist"},
    {"age": "20", "service": "conscript"},
    {"sex": "female", "service": "no service"},
    {"age": "60", "service": "no service"},
]
NO_VISA = {"document": "no visa", "papers issued by": "nobody"}
HOLDINGS = [
    {"travel document": "foreign passport", **NO_VISA},
    {"travel document": "internal passport", **NO_VISA},
    {"document": "short-stay visa", "papers issued by": "this state", "purpose": "tourism"},
    {"document": "short-stay visa", "papers issued by": "another state", "purpose": "tourism"},
    {"document": "short-stay visa", "papers issued by": "this state", "purpose": "family visit"},
    {"document": "residence permit", "papers issued by": "this state", "purpose": "way home"},
    {"document": "long-stay visa", "papers issued by": "another state", "purpose": "work"},
]
BY_LAND = ["FI", "EE", "LV", "LT", "PL", "NO", "GE", "KZ", "MN", "TR", "AM"]
BY_AIR = ["FI", "DE", "FR", "IT", "ES", "TR", "AM"]
CROSSINGS = ["Vaalimaa", "Narva", "Verkhny Lars", "Ozinki", "Storskog"]
BORDER = {"where": "land border"}
CLAIM = {**BORDER, "asylum claim": "fear expressed"}
STEPS = [
    *(("exit", {"state": "RU", **BORDER, "crossing": crossing}) for crossing in CROSSINGS),
    *(("entry", {"state": state, **BORDER}) for state in BY_LAND),
    *(("asylum procedure", {"state": state, **CLAIM}) for state in BY_LAND),
    *(("entry", {"state": state, "where": "airport", "travels by": "aircraft"}) for state in BY_AIR),
    *(("short-stay visa", {"state": state, "where": "consulate"}) for state in ("FI", "EE", "DE", "FR", "IT", "ES")),
]


def measure() -> Figure:
    """Answers all groups, and compares a sample with the same people asked one by one."""
    policy = read_policy(policy_paths(("mobilisation-2022",)))
    words = policy.words
    under = {words.axes_of[name][0].number: frozenset((0,)) for name in words.readings}
    regions = [{"home region": region} for region in words.facts["home region"].values]
    asked = [
        (door, {**region, **kind, **holding, **step, "refuses to fight": leaving})
        for region, kind, holding, (door, step), leaving in product(regions, KINDS, HOLDINGS, STEPS, ("no", "yes"))
    ]
    stays = [{**facts, "where": "inside the country"} for door, facts in asked if door == "entry"][:3_000]
    counted = ("days of this stay", "days in any 180")
    found: dict[str, Any] = {}

    def keep(name: str, run: Callable[[], Any]) -> Callable[[], Callable[[], None]]:
        return lambda: lambda: found.update({name: run()})

    with one_core():
        taken = alternate(
            {
                "answered": keep("answered", lambda: answered(policy, asked, DAYS, under)),
                "announced": keep("announced", lambda: announced(policy, asked, DAYS, 7, under)),
                "permitted": keep(
                    "permitted", lambda: permitted_days(policy, stays, DAYS[60], under, door="stay", axis=counted)
                ),
            },
            ROUNDS,
        )
        chance = random.Random(6)
        cells = [(chance.randrange(len(asked)), chance.randrange(len(DAYS))) for _ in range(SAMPLE)]
        start = time.process_time()
        alone = []
        for row, day in cells:
            door, facts = asked[row]
            table = table_of(words, [facts])
            person = {axis: int(place) for axis, place in enumerate(table[0])} | {a: min(p) for a, p in under.items()}
            outcome = decide(standing(policy, DAYS[day]), person, [door]).outcomes[door]
            arises = where(words, words.doors[door].asked, table)[0]
            alone.append(ANSWERS.index(word_of(outcome)) if arises else NOT_ASKED)
        one = (time.process_time() - start) / SAMPLE
    assert alone == [found["answered"][cell] for cell in cells], "Groups are answered otherwise than one by one."
    count = len(asked) * len(DAYS)
    rows = f"{len(asked):,} rows on {len(DAYS)} days"
    return Figure(
        "The doors of many groups on all days",
        [
            (f"Limen: {rows}, by the law of the day", seconds(taken["answered"])),
            ("Limen: the same, by what was announced a week ahead", seconds(taken["announced"])),
            (f"Limen: the permitted days of {len(stays):,} stays", seconds(taken["permitted"])),
            ("Limen: one row on one day by itself", seconds(one)),
        ],
        [
            Verdict("all groups on all days in under a second", seconds(taken["answered"]), taken["answered"] < 1),
            Verdict("what was announced in under a second", seconds(taken["announced"]), taken["announced"] < 1),
        ],
        [
            f"{len(regions)} regions, {len(KINDS)} kinds, {len(HOLDINGS)} holdings, {len(STEPS)} steps, for a trip and for good, "
            f"in `mobilisation-2022`; reading the rows is included. {SAMPLE} of the answers were compared with the same people "
            f"asked one by one, which for all would take {times(one * count / taken['answered'])} as long.",
        ],
    )


if __name__ == "__main__":
    report(measure())
