"""Limen from Python: read a policy, then ask, check, or answer a table of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limen.policy.people import Person, PersonReader
from limen.policy.read import read_policy
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.policy.words import Words
from limen.scenario.find import policy_paths
from limen.text.faults import FaultyPolicy, nearest
from limen.text.forms import not_a_day, parse_date
from limen.text.nodes import Document, Listing, Node, Table, Word

if TYPE_CHECKING:
    from limen.answers.ask import Answers
    from limen.answers.calendar import Calendar
    from limen.answers.check import Report
    from limen.answers.reach import Travel
    from limen.results.tables import RunTable

Facts = Mapping[str, str | int | Sequence[str]]
Day = date | str


@dataclass(frozen=True)
class Reading:
    """A policy that was read, ready to be asked.

    Facts about a person are a mapping, as in a case: `{"nationality": "RU", "document": ["passport"]}`. What is left out stays
    unknown. Days are dates or texts such as `2022-09-30`. `under` maps disputed questions to one of their answers. `travel`
    are the ways of a scenario, if claims are about them, `name` what it was read by, if that was one name.
    """

    policy: Policy
    travel: Travel | None = None
    name: str = ""

    def ask(
        self,
        person: Facts,
        on: Day,
        *,
        known_on: Day | None = None,
        under: Mapping[str, str] | None = None,
        doors: Iterable[str] | None = None,
    ) -> Answers:
        """Which doors are open to the person on the day, and why.

        Raises FaultyPolicy for facts that are not in the words, ImpossiblePerson for facts that exclude one another.

        >>> import limen
        >>> answers = limen.read("citizenship-by-birth").ask({"state": "IE", "born in": "that state"}, on="1990-06-01")
        >>> next(door.answer for door in answers.doors if door.door == "citizenship by birthplace")
        'must confer'
        """
        from limen.answers.ask import ask

        return ask(
            self.policy,
            person_of(self.policy.words, person),
            day_of(on),
            known_on=None if known_on is None else day_of(known_on),
            under=readings_of(self.policy.words, under or {}),
            doors=doors,
        )

    def calendar(
        self,
        person: Facts,
        start: Day,
        end: Day,
        *,
        known_on: Day | None = None,
        under: Mapping[str, str] | None = None,
        doors: Iterable[str] | None = None,
    ) -> Calendar:
        """The person's doors by day, from `start` until before `end`. Raises as `ask` does."""
        from limen.answers.calendar import calendar

        return calendar(
            self.policy,
            person_of(self.policy.words, person),
            day_of(start),
            day_of(end),
            known_on=None if known_on is None else day_of(known_on),
            under=readings_of(self.policy.words, under or {}),
            doors=doors,
        )

    def check(
        self, *, on: Day | None = None, known_on: Day | None = None, under: Mapping[str, str] | None = None
    ) -> Report:
        """Whether its claims hold for everyone and its cases are as expected, with gaps, conflicts and tensions.

        >>> import limen
        >>> limen.read("schengen-90-180").check().fine
        True
        """
        from limen.answers.check import check

        return check(
            self.policy,
            on=None if on is None else day_of(on),
            known_on=None if known_on is None else day_of(known_on),
            under=readings_of(self.policy.words, under or {}),
            travel=self.travel,
        )

    def run(
        self, draws: int = 100, *, seed: int = 1, until: Day | None = None, prior: bool = False, alternative: str = "",
        folder: str | Path | None = None,
    ) -> RunTable:  # fmt: skip
        """How many come, by which way, who waits where: as `limen run`, with the same numbers.

        `until` is the last day that is simulated, `prior` draws parameters from their priors though the scenario has been fitted,
        `alternative` is an alternative policy of the scenario by its name. The draws are kept in `folder` where one is named.
        Raises ValueError for a policy without people and places, and for settings that cannot be.
        """
        from limen.face.prepared import run

        if not self.name:
            raise ValueError("Only a scenario that was read by one name can be simulated.")
        return run(self.name, draws, seed, None if until is None else day_of(until), prior, alternative, folder)

    def many(
        self, columns: Mapping[str, Any], on: Day, *, known_on: Day | None = None, doors: Iterable[str] | None = None
    ) -> dict[str, Any]:
        """The verdict of each door for every person of a table, as arrays of text such as `must open`, `may` or `gap`.

        A person of whom a door is not asked gets `does not arise`, one who cannot exist by the words file `impossible`.

        `columns` maps facts, findings and readings to one value for all or an array with one a person; a set-valued fact maps
        to `{thing: true or false}`. Raises ValueError for a column that a door reads and the table does not state.

        >>> import limen
        >>> policy = limen.read("schengen-90-180")
        >>> sorted(policy.policy.words.doors)
        ['short-stay visa requirement', 'stay']
        """
        from limen.answers.ask import doors_named
        from limen.answers.many import verdicts
        from limen.policy.many import People
        from limen.policy.standing import standing

        people = People.of(self.policy.words, columns)
        today = standing(self.policy, day_of(on), None if known_on is None else day_of(known_on))
        return {door: verdicts(today, door, people) for door in doors_named(self.policy.words, doors)}


def read(*names: str | Path) -> Reading:
    """Reads a policy: a built-in scenario by its name, or files and folders.

    Raises FaultyPolicy with every fault in its place, FileNotFoundError where there is nothing by that name.

    >>> import limen
    >>> limen.read("schengen-90-180").policy.title
    'Ninety days in any hundred and eighty'
    """
    from limen.face.travel import travel_of

    policy = read_policy(policy_paths(tuple(map(str, names))))
    travel = travel_of(tuple(map(str, names)), policy.words) if policy.reach else None
    return Reading(policy, travel, str(names[0]) if len(names) == 1 else "")


def day_of(day: object) -> date:
    """A date, or the day that a text such as `2022-09-30` names. Raises ValueError."""
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    found = parse_date(day) if isinstance(day, str) else None
    if found is None:
        raise ValueError(not_a_day(day) if isinstance(day, str) else f"{day!r} is not a day; write it as 2022-09-30.")
    return found


def person_of(words: Words, facts: Facts) -> Person:
    """The person that a mapping of facts describes. Raises FaultyPolicy with every fault, ValueError for what is no mapping."""
    if not isinstance(facts, Mapping):
        raise ValueError('A person is a mapping of facts to values, such as {"nationality": "RU"}.')
    document = Document("person", "\n".join(f"{name}: {value}" for name, value in facts.items()))
    table = Table({}, 1, 1)
    for line, (name, value) in enumerate(facts.items(), 1):
        table.items[name] = (Word(name, line, 1), _node(value, line, len(name) + 3))
    person = PersonReader(words).person(document, table)
    if document.faults:
        raise FaultyPolicy(document.faults)
    return person


def _node(value: str | int | Sequence[str], line: int, column: int) -> Node:
    """A value as a node; what is no text, whole number or list of texts reads as its Python text, and so is told as a fault."""
    if isinstance(value, list | tuple | set | frozenset):
        return Listing([Word(str(item), line, column, item == "") for item in value], line, column)
    if isinstance(value, bool) or not isinstance(value, str | Integral):
        return Word(repr(value), line, column)
    return Word(str(value), line, column, value == "")


def readings_of(words: Words, under: Mapping[str, str]) -> Known:
    """The places left on the axes of readings. Raises ValueError for a question or an answer that is not there."""
    if not isinstance(under, Mapping):
        raise ValueError(
            'Readings are a mapping of questions to answers, such as {"threat by class": "a class can be named"}.'
        )
    left: dict[int, frozenset[int]] = {}
    for name, answer in under.items():
        fact = words.readings.get(name)
        if fact is None:
            raise ValueError(f"There is no reading {name!r}.{_hint(name, list(words.readings))}")
        if answer not in fact.values:
            raise ValueError(f"There is no answer to {name!r} {answer!r}.{_hint(answer, list(fact.values))}")
        left[words.axes_of[name][0].number] = frozenset((fact.values.index(answer),))
    return left


def _hint(name: str, options: list[str]) -> str:
    near = nearest(name, options)
    return f" Did you mean {near!r}?" if near else f" There are: {', '.join(options) or 'none'}."
