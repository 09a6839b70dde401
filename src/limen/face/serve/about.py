"""Operations that say what is served: policies, their words, days, readings and alternatives."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import BaseModel

from limen.answers.reasons import Text, texts_of
from limen.answers.wording import settled_readings
from limen.face.serve.desk import Desk
from limen.face.serve.questions import Name
from limen.face.serve.shelf import Served
from limen.face.serve.trouble import REFUSED
from limen.policy.rules import Policy
from limen.policy.words import Fact, Kind

if TYPE_CHECKING:
    from limen.scenario.scenario import Scenario

MARGIN = timedelta(days=31)
LONGEST = timedelta(days=3 * 366)
A_YEAR = timedelta(days=365)


class FactTold(BaseModel):
    """A fact, finding or disputed reading, with its values in the order of the file and the ordinary ones."""

    name: str
    kind: str
    values: list[str]
    names: dict[str, str]
    ordinary: list[str]
    groups: dict[str, list[str]]
    finding: bool
    looked_at_by: str
    computed_from: str | None
    ask: str
    says: str


class DoorTold(BaseModel):
    """A door with its two answers."""

    name: str
    open: str
    shut: str
    decided_by: str
    protection: bool
    says: str


class ClaimTold(BaseModel):
    """A claim by its name, with the law that it is from; `about_ways`: it says what can be reached."""

    name: str
    law: list[Text]
    about_ways: bool


class AlternativeTold(BaseModel):
    """An alternative policy of a scenario."""

    name: str
    title: str
    says: str


class PolicyTold(BaseModel):
    """What one has to know of a policy to ask about it.

    `start` and `end`: days that a calendar may well show; `day`: one to begin with. `under`: how disputed texts are
    read in its scenario.
    `simulated`: it is a scenario that can be run, from `first` to `last`.
    """

    limen: str
    name: str
    title: str
    says: str
    rules: int
    place: str | None
    where: str | None
    facts: list[FactTold]
    readings: list[FactTold]
    doors: list[DoorTold]
    claims: list[ClaimTold]
    under: dict[str, str]
    start: date
    end: date
    day: date
    ways: list[str]
    simulated: bool
    first: date | None
    last: date | None
    alternatives: list[AlternativeTold]
    files: dict[str, str]


class Listed(BaseModel):
    """A policy that is served."""

    name: str
    title: str
    simulated: bool


def operations(desk: Desk) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["What is served"], responses={404: REFUSED[404], 422: REFUSED[422]})

    @router.get("/policies")
    async def policies() -> list[Listed]:
        """The policies that are served."""
        return await desk.do(lambda: [_listed(one) for one in desk.shelf.served.values()])

    @router.get("/policies/{name}")
    async def policy(name: Name) -> PolicyTold:
        """A policy: its words, doors, claims, days, and the readings and alternatives of its scenario."""
        return await desk.do(lambda: _told(desk.shelf.named(name)))

    return router


def _listed(one: Served) -> Listed:
    policy = one.policy
    return Listed(name=one.name, title=policy.title or policy.words.title, simulated=one.is_scenario)


def _told(one: Served) -> PolicyTold:
    policy = one.policy
    words = policy.words
    scenario = one.scenario() if one.is_scenario else None
    days = _days(policy, scenario)
    under = settled_readings(words, scenario.under) if scenario else {}
    facts = [words.facts[name] for name in words.facts]
    claims = [
        *(ClaimTold(name=claim.name, law=texts_of(claim.law), about_ways=False) for claim in policy.claims.values()),
        *(ClaimTold(name=claim.name, law=texts_of(claim.law), about_ways=True) for claim in policy.reach.values()),
    ]
    return PolicyTold(
        limen=version("limen"), name=one.name, title=policy.title or words.title,
        says=scenario.says if scenario else "", rules=len(policy.rules), place=words.place.in_, where=words.place.at,
        facts=[_fact(fact) for fact in facts], readings=[_fact(fact) for fact in words.readings.values()],
        doors=[
            DoorTold(name=door.name, open=door.open, shut=door.shut, decided_by=door.decided_by,
                     protection=door.protection, says=door.says)
            for door in words.doors.values()
        ],
        claims=claims, under=under, start=days[0], end=days[1], day=days[2],
        ways=[way.name for way in one.travel.ways] if one.travel else [],
        simulated=scenario is not None,
        first=scenario.period.report_from if scenario else None,
        last=scenario.period.end - timedelta(days=1) if scenario else None,
        alternatives=_alternatives(one, scenario), files=dict(policy.hashes),
    )  # fmt: skip


def _fact(fact: Fact) -> FactTold:
    return FactTold(
        name=fact.name, kind=fact.kind.value, values=[fact.values[0], fact.values[-1]] if fact.kind is Kind.NUMBER else
        list(fact.values), names=dict(fact.names), ordinary=[value for value in fact.values if value in fact.ordinary],
        groups={name: [value for value in fact.values if value in group] for name, group in fact.groups.items()},
        finding=fact.finding, looked_at_by=fact.looked_at_by,
        computed_from=fact.computed.given if fact.computed else None, ask=fact.ask, says=fact.says,
    )  # fmt: skip


def _days(policy: Policy, scenario: Scenario | None) -> tuple[date, date, date]:
    """Days that a calendar may show, and one to begin with: that on which most rules begin."""
    starts = [rule.start for rule in policy.rules.values() if rule.start]
    if scenario is not None:
        first = scenario.period.report_from
        dated = [day for day in starts if day >= first]
        last = max([scenario.period.end, *dated])
    else:
        cases = [case.on for case in policy.cases.values()]
        dated = [*starts, *cases] or [date(2024, 1, 1)]
        first, last = max(min(dated), max(dated) - LONGEST), max(dated) + MARGIN
        dated = [day for day in dated if day >= first]
    last = min(last, first + A_YEAR) if scenario is not None else last
    begin = Counter(day for day in dated if first <= day < last)
    day = max(sorted(begin), key=lambda one: begin[one]) if begin else first
    return first, last, day


def _alternatives(one: Served, scenario: Scenario | None) -> list[AlternativeTold]:
    if scenario is None:
        return []
    from limen.face.alternatives import read_alternatives
    from limen.scenario.alternatives import alternatives_in
    from limen.scenario.find import scenario_folder

    if not alternatives_in(scenario_folder(one.path)):
        return []
    return [
        AlternativeTold(name=other.name, title=other.title, says=other.says)
        for other in read_alternatives(scenario, one.path, ())
    ]
