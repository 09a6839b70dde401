"""Operations about everyone: they say nothing of a person, so the same question is worked on once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from limen.face.common import doors_named
from limen.face.compare import without_rules
from limen.face.person import person_from
from limen.face.serve import told
from limen.face.serve.desk import Desk
from limen.face.serve.questions import Audit, Check, Diff, Question, Reach, Repair
from limen.face.serve.shelf import under
from limen.face.serve.trouble import REFUSED, Refused


class Validated(BaseModel):
    """What was read of the files of a policy, without a fault."""

    title: str
    rules: int
    claims: int
    cases: int
    files: dict[str, str]


def operations(desk: Desk) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["Everyone"], responses={**REFUSED})

    async def once(command: str, asked: BaseModel, answer: Callable[[], object]) -> Response:
        return told.as_json(await desk.do(lambda: answered(desk, command, asked, answer)))

    @router.post("/check", response_model=told.model("check"))
    async def check(asked: Check) -> Response:
        """Whether the claims hold for everyone and the cases are as expected; gaps, conflicts, tensions (`limen check`)."""
        return await once("check", asked, lambda: checked(desk, asked))

    @router.post("/repair", response_model=told.model("repair"))
    async def repair(asked: Repair) -> Response:
        """The smallest changes of the rules that make a claim hold, and whom they touch (`limen repair`)."""
        return await once("repair", asked, lambda: _repair(desk, asked))

    @router.post("/audit", response_model=told.model("audit"))
    async def audit(asked: Audit) -> Response:
        """Where one fact decides: by door, state, rule and source (`limen audit`)."""
        return await once("audit", asked, lambda: _audit(desk, asked))

    @router.post("/diff", response_model=told.model("diff"))
    async def diff(asked: Diff) -> Response:
        """Who is treated differently on two days, or without some rules (`limen diff`)."""
        return await once("diff", asked, lambda: _diff(desk, asked))

    @router.post("/reach", response_model=told.model("reach"))
    async def reach(asked: Reach) -> Response:
        """Who could lawfully reach a door, by state and kind of people (`limen reach`)."""
        return await once("reach", asked, lambda: _reach(desk, asked))

    @router.post("/validate")
    async def validate(asked: Question) -> Validated:
        """Reads a policy and changes nothing; every fault at once (`limen validate`)."""
        return await desk.do(lambda: _validated(desk, asked))

    return router


def answered(desk: Desk, command: str, asked: BaseModel, answer: Callable[[], object]) -> bytes:
    """The JSON of an answer about everyone: that which is kept where the same was asked before."""
    said = asked.model_dump(mode="json")
    return desk.shelf.about_everyone(command, said, lambda: told.as_bytes(command, answer()))


def checked(desk: Desk, asked: Check) -> object:
    """What `limen check` finds."""
    from limen.answers.check import check

    policy = desk.shelf.policy(asked)
    travel = desk.shelf.travel(asked) if policy.reach else None
    left = under(policy.words, asked.under)
    return check(policy, known_on=asked.known_on, on=asked.on, under=left, travel=travel)


def _repair(desk: Desk, asked: Repair) -> object:
    from limen.answers.mended import mend

    policy = desk.shelf.policy(asked)
    travel = desk.shelf.travel(asked) if policy.reach else None
    return mend(policy, asked.claim, known=under(policy.words, asked.under), travel=travel, most=asked.most)


def _audit(desk: Desk, asked: Audit) -> object:
    from limen.answers.audit import audit, axis_of

    policy = desk.shelf.policy(asked)
    axis_of(policy, asked.by)
    known = dict(under(policy.words, asked.under))
    if asked.among:
        known.update(person_from(policy.words, [f"{asked.by}={','.join(asked.among)}"], None).known)
    doors = doors_named(policy.words, asked.doors)
    return audit(policy, asked.by, on=asked.on, known_on=asked.known_on, under=known, doors=doors)


def _diff(desk: Desk, asked: Diff) -> object:
    from limen.answers.diff import diff

    if asked.on is None and asked.against is not None:
        raise Refused(422, "`against` says which day another is compared with: name that with `on`.")
    if not asked.without and (asked.on is None or asked.against is None):
        raise Refused(422, "Name something to compare with: `on` and `against`, or `without`.")
    before = desk.shelf.policy(asked)
    after = without_rules(before, asked.without)
    return diff(
        before, after, on=asked.on, against=asked.against, known_on=asked.known_on, under=under(after.words, asked.under),
        doors=doors_named(after.words, asked.doors),
    )  # fmt: skip


def _reach(desk: Desk, asked: Reach) -> object:
    from limen.model.who_reaches import who_reaches

    if asked.start is not None and asked.end is not None and asked.end < asked.start:
        raise Refused(422, f"The end {asked.end} lies before the start {asked.start}.")
    read = desk.shelf.named(asked.scenario).scenario()
    return who_reaches(
        read, asked.door, start=asked.start, end=asked.end + timedelta(days=1) if asked.end else None,
        irregular=asked.irregular, known_on=asked.known_on, under=under(read.policy.words, asked.under),
    )  # fmt: skip


def _validated(desk: Desk, asked: Question) -> Validated:
    policy = desk.shelf.policy(asked)
    counts = len(policy.rules), len(policy.claims) + len(policy.reach), len(policy.cases)
    return Validated(
        title=policy.title or policy.words.title,
        rules=counts[0],
        claims=counts[1],
        cases=counts[2],
        files=dict(policy.hashes),
    )
