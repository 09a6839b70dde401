"""The data of a view at its address with an ending: `.csv`, `.json`, or `.zip` with metadata and citation."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import asdict

from fastapi.responses import Response

from limen.face.serve import everyone as questions
from limen.face.serve.daily import Measure, days_of
from limen.face.serve.desk import Desk
from limen.face.serve.questions import Check, Run
from limen.face.serve.runs import Ran, Runs
from limen.results import citation
from limen.results.by_day import ByDay
from limen.results.pictures import Spec
from limen.results.ranges import as_text
from limen.world.outlines import FOOTNOTE

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip"}
HEADS = ("day", "state", "name", "measure", "unit", "low80", "median", "high80")

__all__ = ["Measure", "everyone", "many"]


def many(runs: Runs, asked: Run, ending: str, measure: str, other: str, show: str) -> Response:
    """A measure by day of the run with these settings, which starts where it is not there yet."""
    base = runs.start(asked)
    changed = runs.start(asked.model_copy(update={"alternative": other})) if other else None
    ran = changed if changed is not None and show in ("changed", "difference") else base
    less = base.id if changed is not None and show == "difference" else ""
    found, _, _ = days_of(runs, ran.id, measure, less)
    name = f"{ran.asked.scenario}-{measure.replace(' ', '-')}-seed-{ran.asked.seed}"
    files = {
        f"{name}.csv": as_csv(found),
        f"{name}.json": json.dumps(_whole(ran, found), ensure_ascii=False, indent=2) + "\n",
    }
    if ending != "zip":
        return _sent(f"{name}.{ending}", files[f"{name}.{ending}"].encode(), ending)
    done = ran.job.done
    files |= {"CITATION.bib": citation.bibtex(ran.about, done), "CITATION.txt": citation.sentence(ran.about, done) + "\n",
              "README.txt": f"{ran.told.title}\n\nGiven again by: {ran.about.command}\n{FOOTNOTE}\n"}  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in files.items():
            archive.writestr(zipfile.ZipInfo(file), text)
    return _sent(f"{name}.zip", packed.getvalue(), "zip")


def everyone(desk: Desk, asked: Check) -> Response:
    """What `limen check` finds."""
    body = questions.answered(desk, "check", asked, lambda: questions.checked(desk, asked))
    return _sent(f"{asked.policy}-check.json", body, "json")


def as_csv(found: ByDay) -> str:
    """A line a day and state; all states together have an empty state."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(HEADS)
    rows = [("", "all", found.total), *((row.state, row.name, row.daily) for row in found.states)]
    for place, day in enumerate(found.days):
        for state, name, daily in rows:
            values = (daily.low80[place], daily.median[place], daily.high80[place])
            told_values = [as_text(None) if value is None else value for value in values]
            writer.writerow([day, state, name, found.measure, found.unit, *told_values])
    return page.getvalue()


def _whole(ran: Ran, found: ByDay) -> Spec:
    return {"run": ran.about.as_dict(), "draws_done": ran.job.done, **asdict(found)}


def _sent(name: str, body: bytes, ending: str) -> Response:
    return Response(body, media_type=TYPES[ending], headers={"content-disposition": f'attachment; filename="{name}"'})
