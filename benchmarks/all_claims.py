"""All claims about everyone, in every epoch. The peers prove nothing, so beside it stands what asking one by one would take."""

from __future__ import annotations

import sys
from pathlib import Path

import cedarpy

from benchmarks.measure import (
    DAY,
    SCENARIO,
    Figure,
    Verdict,
    alternate,
    commands,
    corpus,
    one_core,
    report,
    seconds,
    times,
)
from benchmarks.one_decision import AT_ONCE, PERSONS, Door
from limen.answers.claims import ClaimResult, check_claim
from limen.answers.decide import decide
from limen.answers.enumerated import enumerated
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.spans import Timeline
from limen.answers.support import Supports
from limen.policy.many import tables
from limen.policy.rules import Asked
from limen.policy.standing import standing

ROUNDS = 11


def measure() -> Figure:
    """Checks every claim, then the command as a whole."""
    policy = corpus()
    results: list[ClaimResult] = []

    def ours() -> None:
        supports = Supports(Prover(Timeline(policy)))
        results[:] = [check_claim(claim, supports, {}) for claim in policy.claims.values()]

    today = standing(policy, DAY)
    each: dict[str, dict[str, float]] = {}
    with one_core():
        warm = alternate({"ours": lambda: ours}, ROUNDS)["ours"]
        for name, table in tables(today).items():
            door = Door(today, name, table.needs)
            found = alternate({
                "one": lambda door=door: lambda: [decide(today, person, [door.door]) for person in door.persons],
                "cedar": lambda door=door: lambda: cedarpy.is_authorized_batch(door.crowd, door.policies, door.nobody),
            }, 3)  # fmt: skip
            each[name] = {"one": found["one"] / PERSONS, "cedar": found["cedar"] / AT_ONCE}
        shell = commands({"check": [str(Path(sys.executable).parent / "limen"), "check", SCENARIO]}, 7)["check"]
    kinds = 0
    one = cedar = 0.0
    timeline = Timeline(policy)
    for claim in policy.claims.values():
        for asked in claim.asked:
            if isinstance(asked, Asked):
                counted = enumerated(Question(claim, asked, timeline, {}), 1_000_000).kinds or 0
                kinds += counted
                one += counted * each[asked.door]["one"]
                cedar += counted * each[asked.door]["cedar"]
    return Figure(
        "All claims about everyone",
        [
            (
                f"Limen: {len(results)} claims proved or refuted, {len(Timeline(policy).epochs)} epochs, warm",
                seconds(warm),
            ),
            (
                "Limen: `limen check` from start to end, with cases, gaps, conflicts and dead rules",
                seconds(shell[0]),
            ),
            ("the same, on the processor", seconds(shell[1])),
            (f"Limen: to decide the {kinds:,} kinds of people one by one (reckoned)", seconds(one)),
            ("Cedar: to ask of the same kinds in batches (reckoned)", seconds(cedar)),
        ],
        [
            Verdict("all claims over all epochs in under 0.2 s, warm", seconds(warm), warm < 0.2),
            Verdict("`limen check` from start to end in under 1 s of processor time", seconds(shell[1]), shell[1] < 1),
        ],
        [
            "Neither OpenFisca nor Cedar proves anything about everyone. To ask Cedar of every kind of person that the claims "
            f"about doors tell apart would take {times(cedar / warm)} as long, Limen's own single decision "
            f"{times(one / warm)}; both are reckoned from a measured decision, for one epoch only.",
        ],
    )


if __name__ == "__main__":
    report(measure())
