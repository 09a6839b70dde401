"""One door at many moments to many rows, each answer in one word of practice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.answers.moments import Moment, laid
from limen.answers.rows import Column
from limen.evidence.figures import ANSWERS
from limen.policy.circuit import Circuit, Number
from limen.policy.everyone import looks_of_rules
from limen.policy.many import DoorTable, People
from limen.policy.meaning import meaning
from limen.policy.outcome import Outcome, bits_of
from limen.policy.rules import Policy
from limen.policy.standing import Known, Standing, as_known
from limen.policy.words import Kind

Answers = npt.NDArray[np.int8]
"""Places in `limen.evidence.figures.ANSWERS`, or NOT_ASKED."""

NOT_ASKED = -1
"""The door does not arise for these facts."""


class OpenReading(ValueError):
    """An answer depends on a disputed text, and nobody said how it is read."""


def word_of(outcome: Outcome) -> str:
    """The answer as practice knows it: a discretion with opposed leanings is a plain *may*."""
    leaning = {"open": "presumed open", "shut": "presumed shut"}.get(outcome.leaning or "")
    return leaning or outcome.verdict


def at_moments(
    policy: Policy, door: str, column: Callable[[int], Column], count: int, moments: Sequence[Moment], under: Known
) -> Answers:
    """The answers of a door to `count` rows (down) at some moments (across); `column` gives the places of an axis by row.

    Whom the door is asked of is not looked at. Raises OpenReading.
    """
    words = policy.words
    whole = Standing(words, as_known(policy, None)).about([door])
    known: dict[int, frozenset[int]] = {}
    for number in {look.axis for look in looks_of_rules(whole)}:
        if words.axes[number].fact.kind is Kind.READING:
            known[number] = under.get(number, frozenset(range(words.axes[number].size)))
        else:
            known[number] = frozenset(map(int, np.flatnonzero(np.bincount(column(number)))))
    time = laid(words, Standing(words, whole).given(known).about([door]), moments)
    rules = time.standing.about([door])
    circuit = Circuit(time.standing.words.axes)
    meant = meaning(rules, time.standing.words, circuit.see, [door])
    needs = tuple(sorted({look.axis for look in looks_of_rules(rules)}))
    for number in needs:
        if number != time.axis and words.axes[number].fact.kind is Kind.READING:
            fact = words.axes[number].fact
            raise OpenReading(
                f"The answers of {door!r} depend on how one reads {fact.name!r}: {' or '.join(fact.values)}?"
            )
    table = DoorTable(door, time.standing, needs, circuit, Number.of(bits_of(meant.doors[door], [])))
    columns: dict[int, Any] = {number: np.tile(column(number), time.count) for number in needs if number != time.axis}
    columns[time.axis] = np.repeat(np.arange(time.count, dtype=np.int16), count)
    codes = table.answers(People(time.standing.words, count * time.count, columns))
    found = _words_of_codes()[codes].reshape(time.count, count)
    return found[time.places].T


def _words_of_codes() -> Answers:
    """The place in ANSWERS of each of the numbers of `limen.policy.outcome` without findings."""
    outcomes = (Outcome.decode(code, []) for code in range(128))
    return np.array([ANSWERS.index(word_of(outcome)) for outcome in outcomes], dtype=np.int8)
