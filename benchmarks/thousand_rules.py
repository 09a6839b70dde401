"""A thousand random rules over more kinds of people than anybody can look at: a proof, and a counterexample."""

from __future__ import annotations

from benchmarks.measure import Figure, Verdict, alternate, report, seconds
from benchmarks.read_10000 import texts
from limen.answers.claims import ClaimResult, check_claim
from limen.answers.laid import Layout
from limen.answers.prover import Prover
from limen.answers.spans import Timeline
from limen.answers.support import Supports
from limen.policy.read import policy_from
from limen.policy.rules import Policy

RULES = 1_000
HIGHEST = """
sources:
  constitution: {cite: Constitution, rank: constitution, published: 2001-01-01, confidence: high}
rules:
- {rule: the right, door 0: must admit, when: {fact 3: value 7}, source: constitution 1}
always:
- {claim: the right holds whatever a thousand rules say, for: {fact 3: value 7}, door 0: must admit}
- {claim: the right is everybody's, door 0: must admit}
- {claim: nobody has to be refused, door 0: can admit, unless: {fact 2: value 0}}
- {claim: the fifth fact decides nothing, door 0: same for every fact 5}
"""
"""The first is proved, the others are refuted."""


def policy() -> Policy:
    """The rules of `read_10000`, fewer of them and below one right."""
    words, rules = texts(RULES)
    words = words.replace("ranks:\n", "ranks:\n- constitution\n")
    return policy_from({name: text.encode() for name, text in
                        (("words.yaml", words), ("rules.yaml", rules), ("right.yaml", HIGHEST))})  # fmt: skip


def measure() -> Figure:
    """Decides each claim by itself with nothing prepared, then all with one prover."""
    read = policy()
    results: dict[str, ClaimResult] = {}

    def alone(name: str) -> None:
        timeline = Timeline(read)
        results[name] = check_claim(read.claims[name], Supports(Prover(timeline)), {})

    def together() -> None:
        timeline = Timeline(read)
        supports = Supports(Prover(timeline))
        for claim in read.claims.values():
            check_claim(claim, supports, {})

    found = alternate(
        {**{name: lambda name=name: lambda: alone(name) for name in read.claims}, "together": lambda: together},
        rounds=5,
    )
    assert [result.holds for result in results.values()] == [True, False, False, False]
    timeline = Timeline(read)
    whole = Layout(timeline.standing, ["door 0"], {}).whole
    assert whole is not None
    said = [
        (f"Limen: {'proved' if results[name].holds else 'refuted by the nearest person'}: {name}", seconds(found[name]))
        for name in read.claims
    ]
    slowest = max(found[name] for name in read.claims)
    return Figure(
        "A thousand random rules",
        [*said, (f"Limen: all {len(read.claims)}, with what they share worked out once", seconds(found["together"]))],
        [
            Verdict(
                "1,000 rules over more than 10¹² kinds of people and days: each claim proved or refuted in under 1 s",
                seconds(slowest), slowest < 1 and whole.cells > 1e12,
            ),
        ],
        [
            f"The door tells {whole.cells:.1e} kinds of people and days apart, in {len(timeline.epochs)} epochs. Reading them "
            "is not counted; the meaning of all rules at all doors, and the clauses, are.",
        ],
    )  # fmt: skip


if __name__ == "__main__":
    report(measure())
