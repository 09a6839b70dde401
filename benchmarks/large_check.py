"""The largest scenario checked for everyone: its claims, and the whole command."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import Figure, Verdict, alternate, commands, one_core, report, seconds
from limen.answers.claims import ClaimResult, check_claim
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.reach import Reaching, Travel
from limen.answers.reached import ReachResult, check_reach
from limen.answers.rests import ReachSupports
from limen.answers.spans import Timeline
from limen.answers.support import Supports
from limen.policy.read import read_policy
from limen.scenario.find import policy_paths
from limen.scenario.travel import read_travel

SCENARIO = "mobilisation-2022"
ROUNDS = 7


def measure() -> Figure:
    """Checks every claim, then the command as a whole."""
    policy = read_policy(policy_paths((SCENARIO,)))
    results: list[ClaimResult] = []
    reached: list[ReachResult] = []
    read = read_travel(policy_paths((SCENARIO,))[0], policy.words)
    assert read is not None
    travel = Travel(read.ways, read.home)

    def ours() -> None:
        timeline = Timeline(policy)
        supports = Supports(Prover(timeline))
        results[:] = [check_claim(claim, supports, {}) for claim in policy.claims.values()]

    def ways() -> None:
        supports = ReachSupports(Reaching(Timeline(policy), travel))
        reached[:] = [check_reach(claim, supports, {}) for claim in policy.reach.values()]

    with one_core():
        found = alternate({"ours": lambda: ours, "ways": lambda: ways}, ROUNDS)
        warm, on_ways = found["ours"], found["ways"]
        clock, used = commands({"check": [str(Path(sys.executable).parent / "limen"), "check", SCENARIO]}, ROUNDS)[
            "check"
        ]
    timeline = Timeline(policy)
    questions = [Question(claim, asked, timeline, {}) for claim in policy.claims.values() for asked in claim.asked]
    cells = [question.layout.whole.cells for question in questions if question.layout.whole is not None]
    return Figure(
        "The largest scenario checked for everyone",
        [
            (
                f"Limen: {len(results)} claims on {len(policy.rules)} rules in {len(timeline.epochs)} epochs decided, warm",
                seconds(warm),
            ),
            (f"Limen: {len(reached)} claims about {len(travel.ways)} ways decided, warm", seconds(on_ways)),
            (
                f"Limen: `limen check {SCENARIO}` from start to end, with cases, gaps, tensions and dead rules",
                seconds(clock),
            ),
            ("the same, on the processor", seconds(used)),
        ],
        [
            Verdict(
                f"all claims of `{SCENARIO}`, those about ways too, over all epochs and readings in under 1 s, warm",
                seconds(warm + on_ways),
                warm + on_ways < 1,
            ),
            Verdict(f"`limen check {SCENARIO}`, all of it, in under 2 s of processor time", seconds(used), used < 2),
        ],
        [
            f"The largest of these questions tells {max(cells):.1e} kinds of people and days apart, all of them together "
            f"{sum(cells):.1e}. No peer proves anything about everyone.",
        ],
    )


if __name__ == "__main__":
    report(measure())
