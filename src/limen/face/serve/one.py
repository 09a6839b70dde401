"""Operations about one person: nothing that is said of her or him outlives the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response

from limen.face.common import doors_named
from limen.face.person import person_in
from limen.face.serve import told
from limen.face.serve.desk import Desk
from limen.face.serve.questions import AboutPerson, Ask, AskCalendar, AskWays
from limen.face.serve.shelf import under
from limen.face.serve.trouble import REFUSED, Refused
from limen.face.stated import person_of
from limen.policy.people import Person
from limen.policy.words import Words

if TYPE_CHECKING:
    from limen.answers.ways import Ways

FILE = "person"


def operations(desk: Desk) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["One person"], responses={**REFUSED})

    @router.post("/ask", response_model=told.model("ask"))
    async def ask(asked: Ask) -> Response:
        """Which doors are open to a person on a day, why, what to ask next and what would change it (`limen ask`)."""
        return told.as_json(await desk.do(lambda: _ask(desk, asked)))

    @router.post("/calendar", response_model=told.model("calendar"))
    async def calendar(asked: AskCalendar) -> Response:
        """The doors of a person by day, both days included (`limen ask --calendar`)."""
        return told.as_json(await desk.do(lambda: _calendar(desk, asked)))

    @router.post("/ways", response_model=told.model("ways"))
    async def ways(asked: AskWays) -> Response:
        """The lawful ways of a person out of the state that is left, door by door (`limen ask --ways`)."""
        return told.as_json(await desk.do(lambda: _ways(desk, asked)))

    return router


def _person(words: Words, asked: AboutPerson) -> Person:
    """The person of a question, from its facts and its file."""
    person = person_of(words, asked.person)
    if not asked.person_file:
        return person
    found = person_in(words, FILE, asked.person_file.encode("utf-8", "surrogatepass"))
    twice = {words.axes[axis].fact.name for axis in {*found.known, *found.computed} & {*person.known, *person.computed}}
    if twice:
        raise Refused(422, f"{min(twice)!r} is stated twice.")
    return Person({**person.known, **found.known}, {**person.computed, **found.computed})


def _ask(desk: Desk, asked: Ask) -> bytes:
    from limen.answers.ask import ask

    policy = desk.shelf.policy(asked)
    found = ask(
        policy, _person(policy.words, asked), asked.on, known_on=asked.known_on, under=under(policy.words, asked.under),
        doors=doors_named(policy.words, asked.doors), explain=asked.explain,
    )  # fmt: skip
    return told.as_bytes("ask", found)


def _calendar(desk: Desk, asked: AskCalendar) -> bytes:
    from limen.answers.calendar import calendar

    policy = desk.shelf.policy(asked)
    found = calendar(
        policy, _person(policy.words, asked), asked.start, asked.end + timedelta(days=1), known_on=asked.known_on,
        under=under(policy.words, asked.under), doors=doors_named(policy.words, asked.doors),
    )  # fmt: skip
    return told.as_bytes("calendar", found)


def _ways(desk: Desk, asked: AskWays) -> bytes:
    from limen.face.ask_ways import ways_of_person

    policy, travel = desk.shelf.policy(asked), desk.shelf.travel(asked)
    if travel is None:
        raise Refused(
            422, "This policy has no ways: name a scenario with `world/ways.yaml`, such as mobilisation-2022."
        )
    unknown = [name for name in asked.ways if name not in {way.name for way in travel.ways}]
    if unknown:
        from limen.text.faults import no_such

        raise Refused(422, no_such("way", unknown[0], [way.name for way in travel.ways]))
    if asked.ways:
        travel = replace(travel, ways=tuple(way for way in travel.ways if way.name in asked.ways))
    found = ways_of_person(
        policy, travel, _person(policy.words, asked), asked.on, asked.issuer, doors_named(policy.words, asked.doors),
        asked.known_on, under(policy.words, asked.under),
    )  # fmt: skip
    return told.as_bytes("ways", _in_short(found) if asked.brief else found)


def _in_short(found: Ways) -> Ways:
    """The ways without the reasons of each door."""

    def walked(one: object) -> object:
        return one and replace(one, steps=[replace(step, answer=None) for step in one.steps])  # type: ignore[type-var,attr-defined]

    ways = [
        replace(way, through=walked(way.through), protection=walked(way.protection))  # type: ignore[arg-type]
        for way in found.ways
    ]
    return replace(found, ways=ways)
