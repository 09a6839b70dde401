"""A million people at all doors of a policy on a day, beside OpenFisca-Core with the same facts and the same rules."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.measure import DAY, Figure, Verdict, alternate, corpus, one_core, random_people, report, seconds, times
from benchmarks.peer_openfisca import SIDES, Translation
from limen.policy.many import answers, tables
from limen.policy.standing import standing

PEOPLE = 1_000_000
ROUNDS = 11


def measure() -> Figure:
    """Answers everybody with both, and compares every answer."""
    policy = corpus()
    doors = list(policy.words.doors)
    people = random_people(policy.words, PEOPLE, seed=1)
    ours: dict[str, Any] = {}
    peer: dict[tuple[str, str], Any] = {}
    start = time.process_time()
    made = tables(standing(policy, DAY))
    making = time.process_time() - start
    start = time.process_time()
    translation = Translation(policy)
    translating = time.process_time() - start
    loading = 0.0

    def prepare_ours() -> Callable[[], None]:
        ours.clear()
        return lambda: ours.update(answers(made.values(), people))

    def prepare_by_door() -> Callable[[], None]:
        return lambda: [table.answers(people) for table in made.values()] and None

    def prepare_peer() -> Callable[[], None]:
        nonlocal loading
        peer.clear()
        begun = time.process_time()
        simulation = translation.simulation(people, DAY)
        loading = time.process_time() - begun
        return lambda: peer.update(translation.calculate(simulation, doors, DAY))

    with one_core():
        contenders = {"peer": prepare_peer, "ours": prepare_ours, "by door": prepare_by_door}
        found = alternate(contenders, ROUNDS)
    for door in doors:
        for bit, side in enumerate(SIDES):
            same = np.array_equal((ours[door] >> bit & 1).astype(np.bool_), peer[door, side])
            assert same, f"Limen and OpenFisca differ about {door}: {side}."
    rate, ratio = PEOPLE * len(doors) / found["ours"], found["peer"] / found["ours"]
    return Figure(
        f"A million people at {len(doors)} doors",
        [
            ("Limen: all doors of all people, every part of each answer", seconds(found["ours"])),
            ("Limen: the same, one door after the other", seconds(found["by door"])),
            ("OpenFisca-Core: open, shut and spoken of all doors of all people", seconds(found["peer"])),
            ("Limen: the steps to all doors worked out, once", seconds(making)),
            ("OpenFisca-Core: the variables made, once", seconds(translating)),
            ("OpenFisca-Core: the million people taken in (Limen answers the columns as they are)", seconds(loading)),
        ],
        [
            Verdict("at least 10 million answers a second on one core", f"{rate / 1e6:,.0f} million", rate >= 10e6),
            Verdict("at least 3 times as fast as OpenFisca-Core", times(ratio), ratio >= 3),
        ],
        [
            f"Open, shut and spoken were compared for every person at every door: equal. The day is {DAY}; the people are drawn "
            f"evenly from all values. OpenFisca has {len(translation.system.variables)} variables: one for each fact, for each "
            "condition on a fact, for each rule and rank at which it speaks, for each value of a term, and for the sides of each "
            "door. It keeps what it calculated; each turn begins with a new simulation.",
            "Limen also answers what the peer was not asked: leanings, what has to be looked at first, conflicts, tensions.",
        ],
    )


if __name__ == "__main__":
    report(measure())
