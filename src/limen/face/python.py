"""Limen from Python: read a policy, then ask, check, compare, audit, repair, or answer a table of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limen.face.stated import Day, Facts, day_of, person_of, readings_of
from limen.policy.read import read_policy
from limen.policy.rules import Policy
from limen.scenario.find import policy_paths

if TYPE_CHECKING:
    from limen.answers.ask import Answers
    from limen.answers.audit import Audit
    from limen.answers.calendar import Calendar
    from limen.answers.check import Report
    from limen.answers.diff import Diff
    from limen.answers.mended import Mended
    from limen.answers.reach import Travel
    from limen.model.who_reaches import WhoReaches
    from limen.results.tables import RunTable


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

    def diff(
        self,
        other: Reading | None = None,
        *,
        on: Day | None = None,
        against: Day | None = None,
        known_on: Day | None = None,
        under: Mapping[str, str] | None = None,
        doors: Iterable[str] | None = None,
    ) -> Diff:
        """Who is treated differently under another policy, or on another day: by which rules, how many kinds, and the nearest.

        With `on` alone both policies are asked about that day, with `on` and `against` this one about the first day and the other
        about the second, with neither both about every day. Without `other` this policy is compared with itself, so two days are
        needed. `changes` has one entry for each door and set of rules, that of the nearest people first; at most 20 of a door
        are told, and `more` names the doors at which there are others. `kinds` counts kinds of people, not people.

        Raises OtherWords for policies whose words cannot be compared, ValueError for a missing day or an unknown door.

        >>> import limen
        >>> border = limen.read("finland-estonia-2022")
        >>> found = border.diff(on="2022-09-29", against="2022-09-30", doors=["entry"])
        >>> found.changes[0].before.answer, found.changes[0].after.answer
        ('must admit', 'must refuse')
        """
        from limen.answers.ask import doors_named
        from limen.answers.diff import diff

        if other is None and against is None:
            raise ValueError("Name something to compare with: another policy, or two days (on and against).")
        after = self if other is None else other
        return diff(
            self.policy,
            after.policy,
            on=None if on is None else day_of(on),
            against=None if against is None else day_of(against),
            known_on=None if known_on is None else day_of(known_on),
            under=readings_of(after.policy.words, under or {}),
            doors=doors_named(after.policy.words, doors),
        )

    def audit(
        self,
        by: str,
        *,
        among: Sequence[str] | None = None,
        on: Day | None = None,
        known_on: Day | None = None,
        under: Mapping[str, str] | None = None,
        doors: Iterable[str] | None = None,
    ) -> Audit:
        """Where one fact decides: by door, state and days, through which rules, between which two people; and where nothing does.

        `by` is a fact with one value, such as a nationality, a sex or an age; `among` are the values that are compared (at least
        two; all where it is left out). Without `on` every day is asked about. Of a door, `decides` says whether people of whom
        rules speak are answered unlike; `covered` says of whom rules speak at all. It is a map, not a verdict.

        Raises ValueError for a fact that people cannot differ in by one value, an unknown value or an unknown door.

        >>> import limen
        >>> found = limen.read("finland-estonia-2022").audit("nationality", among=["RU", "BY"], on="2022-09-30")
        >>> [door.door for door in found.doors if door.decides]
        ['short-stay visa', 'entry']
        """
        from limen.answers.ask import doors_named
        from limen.answers.audit import audit, axis_of

        axis_of(self.policy, by)
        words = self.policy.words
        known = dict(readings_of(words, under or {}))
        if among is not None:
            known.update(person_of(words, {by: list(among)}).known)
        return audit(
            self.policy,
            by,
            on=None if on is None else day_of(on),
            known_on=None if known_on is None else day_of(known_on),
            under=known,
            doors=doors_named(words, doors),
        )

    def repair(self, claim: str, *, under: Mapping[str, str] | None = None, most: int = 3) -> Mended:
        """The smallest changes of the rules that make a claim about a door or a term hold for everyone, proved; whom they touch.

        `most` is how many repairs of one size are told. `repairs` is empty where the claim holds (`holds`), or where a new rule
        would be needed (`why_none`). No repair breaks a claim that states a right. Nothing is written to files.

        Raises ValueError for an unknown claim and for one about ways, TooHard where none was found in a stated number of tries.

        >>> import limen
        >>> found = limen.read("finland-estonia-2022").repair("no measure is about people with a permit", most=1)
        >>> found.repairs[0].changes[0].says
        'no longer speaks of them'
        """
        from limen.answers.mended import mend

        return mend(
            self.policy, claim, known=readings_of(self.policy.words, under or {}), travel=self.travel, most=most
        )

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


def reach(
    scenario: str | Path,
    door: str = "asylum procedure",
    *,
    start: Day | None = None,
    end: Day | None = None,
    irregular: bool = False,
    known_on: Day | None = None,
    under: Mapping[str, str] | None = None,
) -> WhoReaches:
    """Who of the people of a scenario could lawfully reach a door, and who not: a row by state, kind, holding and days.

    From `start` until before `end` (by default the days that the scenario reports). `irregular` counts ways by the green border
    too. `persons` counts people at the beginning. Nobody is said to have got there. Raises FaultyScenario, FileNotFoundError
    where there is no such scenario, and ValueError for a door that no way ends before, or a disputed text that nobody said how to
    read.

    >>> import limen
    >>> found = limen.reach("mobilisation-2022", start="2022-10-01", end="2022-10-02")
    >>> sorted({row.reach for row in found.rows})
    ['can reach', 'must reach', 'no way']
    """
    from limen.face.many import scenario_named
    from limen.model.who_reaches import who_reaches

    read = scenario_named(str(scenario))
    return who_reaches(
        read,
        door,
        start=None if start is None else day_of(start),
        end=None if end is None else day_of(end),
        irregular=irregular,
        known_on=None if known_on is None else day_of(known_on),
        under=readings_of(read.policy.words, under or {}),
    )
