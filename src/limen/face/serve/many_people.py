"""Operations about many people: runs as jobs with progress, and what they come to, by day and in all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from limen.face.serve import told
from limen.face.serve.daily import Measure, alike, counted_of, days_of
from limen.face.serve.desk import Desk
from limen.face.serve.jobs import ENDED
from limen.face.serve.questions import Day, Name, Run
from limen.face.serve.runs import Ran, Runs
from limen.face.serve.trouble import REFUSED, Refused
from limen.results import by_day, charts, citation, maps
from limen.results.counted import Counted, Pick
from limen.results.pictures import THEMES

BEAT = 15.0
"""Seconds after which a stream of progress says that it is still there."""

Shade = Literal["light", "dark"]
Width = Annotated[int, Query(ge=200, le=4000)]


class RunTold(BaseModel):
    """A run: what was asked for, where it is, how many draws are kept, how to give it again and how to cite it."""

    id: str
    asked: Run
    title: str
    state: Literal["waiting", "running", "done", "cancelled", "failed"]
    done: int
    total: int
    says: str
    command: str
    python: str
    citation: str
    bibtex: str
    files: dict[str, str]


def operations(desk: Desk, runs: Runs) -> APIRouter:
    """The operations."""
    router = APIRouter(tags=["Many people"], responses={**REFUSED})

    @router.post("/runs", status_code=202)
    async def start(asked: Run) -> RunTold:
        """Simulates a scenario (`limen run`). The same settings are the same run, which is then not taken twice."""
        return await desk.do(lambda: _run(runs.start(asked)))

    @router.get("/runs")
    async def listed() -> list[RunTold]:
        """The runs that this server has taken."""
        return await desk.do(lambda: [_run(one) for one in runs.all.values()])

    @router.get("/runs/{run}")
    async def one(run: Name) -> RunTold:
        """Where a run is."""
        return await desk.do(lambda: _run(runs.named(run)))

    @router.delete("/runs/{run}")
    async def cancel(run: Name) -> RunTold:
        """Cancels a run. The draws that are kept can still be read."""

        def work() -> RunTold:
            runs.named(run).job.cancel()
            return _run(runs.named(run))

        return await desk.do(work)

    @router.get("/runs/{run}/events", response_class=StreamingResponse,
                responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}})  # fmt: skip
    async def events(run: Name) -> StreamingResponse:
        """The progress of a run as server-sent events, until it ends."""
        ran = await desk.do(lambda: runs.named(run))
        return StreamingResponse(_events(ran), media_type="text/event-stream")

    @router.get("/runs/{run}/table", response_model=told.model("run"))
    async def table(run: Name) -> Response:
        """What a run came to, as `limen run --json` prints it."""
        return told.as_json(await desk.do(lambda: _table(desk, runs.named(run))))

    @router.get("/runs/{run}/days")
    async def days(run: Name, measure: Measure = "entries", less: Name = "") -> by_day.ByDay:
        """A measure of a run by day and state, with what was counted; with `less` the difference to another run."""
        return await desk.do(lambda: days_of(runs, run, measure, less)[0])

    @router.get("/runs/{run}/map")
    async def map_of(
        run: Name, measure: Measure = "entries", less: Name = "", day: Day | None = None, theme: Shade = "light",
        width: Width = 960, height: Width = 600,
    ) -> dict[str, Any]:  # fmt: skip
        """The map of a day as a Vega specification; its outlines are at `/outlines.json`."""

        def work() -> dict[str, Any]:
            found, _, _ = days_of(runs, run, measure, less)
            most = max((abs(value or 0) for row in found.states for value in row.daily.median), default=0.0)
            at = 0 if day is None else _place(found.days, day)
            return maps.flows(found, maps.of_day(found, at), most, THEMES[theme], width, height, inline=False)

        return await desk.do(work)

    @router.get("/runs/{run}/time")
    async def time(
        run: Name, measure: Measure = "entries", state: Name = "", less: Name = "", beside: Name = "", theme: Shade = "light",
        width: Width = 960, last: Day | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """A measure over time as a Vega-Lite specification, in all or of one state, with the days of the policy."""
        return await desk.do(lambda: _time(runs, run, measure, state, less, beside, THEMES[theme], width, last))

    @router.get("/runs/{run}/against/{other}", response_model=told.model("compare"))
    async def against(run: Name, other: Name) -> Response:
        """A run compared with another of the same scenario, days and seed, draw by draw (`limen compare`)."""
        return told.as_json(await desk.do(lambda: _against(runs.named(run), runs.named(other))))

    return router


def _run(ran: Ran) -> RunTold:
    about, job, asked = ran.about, ran.job, ran.asked
    until = f", until={str(asked.until)!r}" if asked.until else ""
    prior = ", prior=True" if about.prior and asked.prior else ""
    other = f", alternative={asked.alternative!r}" if asked.alternative else ""
    settings = f"draws={asked.draws}, seed={asked.seed}{until}{prior}{other}"
    script = f"import limen\n\nrun = limen.read({ran.served.path!r}).run({settings})\n"
    return RunTold(
        id=ran.id, asked=asked, title=ran.told.title, state=job.state.value, done=job.done, total=job.total, says=job.says,
        command=about.command, python=script, citation=citation.sentence(about, job.done or job.total),
        bibtex=citation.bibtex(about, job.done or job.total), files=dict(about.hashes),
    )  # fmt: skip


def _events(ran: Ran) -> Iterator[str]:
    version = -1
    while True:
        version = ran.job.changed_since(version, BEAT)
        yield f"event: progress\ndata: {json.dumps(_run(ran).model_dump(mode='json'))}\n\n"
        if ran.job.state in ENDED:
            return


def _place(days: list[str], day: date) -> int:
    if day.isoformat() not in days:
        raise Refused(422, f"{day} is not among the days of this run, {days[0]} to {days[-1]}.")
    return days.index(day.isoformat())


def _time(
    runs: Runs, run: str, measure: str, state: str, less: str, beside: str, theme: Any, width: int, last: date | None
) -> dict[str, Any]:
    found, counted, base = days_of(runs, run, measure, less)
    names = {row.state: row.name for row in found.states}
    if state and state not in names:
        raise Refused(404, f"There is no state {state!r} in this run. There are: {', '.join(names)}.")
    pick = Pick(measure, (state,)) if state else Pick(measure)
    end = len(found.days) if last is None else _place(found.days, last) + 1
    days = counted.days[:end]
    where = names[state] if state else "all destinations"
    title = f"{measure[0].upper()}{measure[1:]}: {where}"

    def line(counts: Counted, name: str) -> charts.Line:
        return charts.Line(name, days, counts.values[pick][:, :end])

    shown = line(counted, title)
    if base is not None:
        draws = min(counted.draws, base.draws)
        shown = replace(shown, values=counted.values[pick][:draws, :end] - base.values[pick][:draws, :end])
    other = None
    if beside:
        alike(runs.named(run), runs.named(beside))
        other = line(counted_of(runs.named(beside), measure), "with the alternative, median")
    seen = [
        charts.Counted(date.fromisoformat(one.start), date.fromisoformat(one.end), one.a_day)
        for one in found.counted if one.state == state and date.fromisoformat(one.end) <= days[-1]
    ]  # fmt: skip
    pins = [charts.Pin(date.fromisoformat(mark.day), mark.says) for mark in found.marks]
    unit = found.unit if pick.stock else f"{found.unit} a day"
    spec = charts.over_time(shown, unit, pins, seen, other, theme, width, signed=base is not None)
    return charts.with_day(spec, days[0], theme)


def _table(desk: Desk, ran: Ran) -> bytes:
    from limen.results import tables

    def work() -> bytes:
        with ran.opened() as data:
            counts = tables.read(data, ran.told)
            if counts.draws == 0:
                raise Refused(404, f"Run {ran.id} has no draw yet.")
            return told.as_bytes("run", tables.table(data, ran.told, ran.about, counts))

    return desk.shelf.about_everyone("table", [ran.id, ran.draws], work)


def _against(ran: Ran, other: Ran) -> bytes:
    from limen.results.compare import by_state, compared, measures
    from limen.results.counted import count
    from limen.results.ensemble import labels_of
    from limen.results.series import pick_of

    alike(ran, other)
    sums = []
    for one in (other, ran):
        with one.opened() as data:
            labels = labels_of(data)
            picks = [*map(pick_of, one.told.series.values()), *measures(labels), *by_state(labels)]
            sums.append(count(data, picks, one.told.period.report_from))
    draws = min(one.draws for one in sums)
    if draws == 0:
        raise Refused(404, "One of the two runs has no draw yet.")
    base, changed = (
        Counted(one.days, draws, {pick: found[:draws] for pick, found in one.values.items()}) for one in sums
    )
    says = [ran.asked.alternative or "as it stands"]
    return told.as_bytes("compare", compared(base, changed, ran.told, labels, ran.about, says))
