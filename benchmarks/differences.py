"""Who is treated differently on two days, and where nationality decides: the largest scenario. No peer answers either."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.measure import Figure, Verdict, alternate, commands, one_core, report, seconds
from limen.answers.audit import Audit, audit
from limen.answers.diff import Diff, diff
from limen.policy.read import read_policy
from limen.scenario.find import policy_paths

SCENARIO = "mobilisation-2022"
BEFORE, AFTER = date(2022, 9, 29), date(2022, 9, 30)
LONG_BEFORE, LONG_AFTER = date(2021, 1, 1), date(2022, 11, 1)
ROUNDS = 7
LIMEN = str(Path(sys.executable).parent / "limen")
SHELL = {
    "shell days": [LIMEN, "diff", SCENARIO, "--on", str(BEFORE), "--against", str(AFTER)],
    "shell long": [LIMEN, "diff", SCENARIO, "--on", str(LONG_BEFORE), "--against", str(LONG_AFTER)],
    "shell day": [LIMEN, "audit", SCENARIO, "--by", "nationality", "--on", str(AFTER)],
    "shell every": [LIMEN, "audit", SCENARIO, "--by", "nationality"],
}


def measure() -> Figure:
    """Compares two days, and audits a day and every day."""
    policy = read_policy(policy_paths((SCENARIO,)))
    withdrawn = "tourists refused in Finland"
    rules = {name: rule for name, rule in policy.rules.items() if name != withdrawn}
    without = replace(policy, rules=rules, order=tuple(name for name in policy.order if name != withdrawn))
    diffs: dict[str, Diff] = {}
    audits: dict[str, Audit] = {}

    def two_days() -> None:
        diffs["days"] = diff(policy, policy, on=BEFORE, against=AFTER)

    def long_apart() -> None:
        diffs["long"] = diff(policy, policy, on=LONG_BEFORE, against=LONG_AFTER)

    def two_policies() -> None:
        diffs["policies"] = diff(policy, without)

    def one_day() -> None:
        audits["day"] = audit(policy, "nationality", on=AFTER)

    def every_day() -> None:
        audits["every"] = audit(policy, "nationality")

    contenders = {
        "days": two_days, "long": long_apart, "policies": two_policies, "day": one_day, "every": every_day,
    }  # fmt: skip
    with one_core():
        taken = alternate({name: (lambda run=run: run) for name, run in contenders.items()}, ROUNDS)  # type: ignore[misc]
        shell = commands(SHELL, ROUNDS)
    ways = {name: sum(len(door.findings) for door in found.doors) for name, found in audits.items()}
    changes = {name: len(found.changes) for name, found in diffs.items()}
    return Figure(
        "Differences between two days, two policies and two people",
        [
            (f"Limen: {BEFORE} against {AFTER}, {changes['days']} changes at all doors", seconds(taken["days"])),
            (f"Limen: {LONG_BEFORE} against {LONG_AFTER}, {changes['long']} changes", seconds(taken["long"])),
            (f"Limen: without one rule, on every day, {changes['policies']} changes", seconds(taken["policies"])),
            (f"Limen: where nationality decides on a day, {ways['day']} ways", seconds(taken["day"])),
            (f"Limen: the same on every day, {ways['every']} ways", seconds(taken["every"])),
            *((f"`{' '.join(['limen', *command[1:]])}` from start to end, on the processor", seconds(shell[name][1]))
              for name, command in SHELL.items()),
        ],
        [
            Verdict(f"`limen diff` of two days of `{SCENARIO}` in under 1 s, warm", seconds(taken["days"]), taken["days"] < 1),
            Verdict(f"`limen diff` of days of `{SCENARIO}` 22 months apart in under 1 s, warm", seconds(taken["long"]),
                    taken["long"] < 1),
            Verdict(f"`limen diff` of two policies of `{SCENARIO}` on every day in under 1 s, warm", seconds(taken["policies"]),
                    taken["policies"] < 1),
            Verdict(f"`limen audit` of `{SCENARIO}` by nationality in under 1 s, warm", seconds(taken["day"]), taken["day"] < 1),
            Verdict(f"`limen audit` of `{SCENARIO}` by nationality on every day in under 1 s, warm", seconds(taken["every"]),
                    taken["every"] < 1),
        ],
        ["Reading the policy is counted from the shell only. No peer tells who is treated differently, or through which rule."],
    )  # fmt: skip


if __name__ == "__main__":
    report(measure())
