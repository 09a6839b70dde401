"""The report of a comparison of two policies: what differs, its pictures, how to cite it and give it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from limen.results import citation
from limen.results.compare import Comparison, Difference
from limen.results.gallery import Picture
from limen.results.notes import COMPARED
from limen.results.page import Column, Section, Sheet, page
from limen.results.report import again, files, full
from limen.results.series import Told
from limen.results.words import ADDS_UP, average, days, difference, ends, percent


def comparison_report(told: Told, found: Comparison, pictures: Sequence[Picture], notes: Iterable[str] = ()) -> str:
    """The report of a comparison of two policies, as one page of HTML."""
    run = found.run
    lead = [
        f"The same {found.draws:,} draws of the scenario {run.scenario} under two policies, seed {run.seed}, "
        f"{days(found.start, found.end)}. Limen {run.limen}.",
        f"Changed: {'; '.join(found.changes) or 'nothing'}.",
    ]
    sections = [
        Section("Differences", [ADDS_UP], [_differences("In all", found.measures)], pictures),
        *(
            [Section("Series", sheets=[_differences("By series; series may overlap", found.series)])]
            if found.series
            else []
        ),
        Section(
            "By state",
            sheets=[
                _differences(
                    "Where the 90% interval lies on one side of zero", [row for row in found.states if row.clear]
                )
            ],
        ),
        Section("Notes", texts=[*COMPARED, *notes]),
        again(run.command, "Compare again", citation.sentence(run, found.draws), citation.bibtex(run, found.draws)),
        files(run.hashes),
    ]
    return page(f"{told.title}: two policies", lead, sections)


def _differences(caption: str, rows: Sequence[Difference]) -> Sheet:
    columns = [Column("What", False), Column("Measure", False), Column("In", False), Column("As it stands"), Column("Changed"),
               Column("Difference"), Column("%"), Column("50% interval"), Column("90% interval")]  # fmt: skip
    body = [
        (
            row.title, row.name if row.state else "", row.unit, average(row.base), average(row.changed),
            *(("0", "", "", "") if row.same else
              (difference(row.difference), percent(row.percent), ends(row.difference, 50), ends(row.difference, 90))),
        )
        for row in rows
    ]  # fmt: skip
    return full(caption, columns, body)
