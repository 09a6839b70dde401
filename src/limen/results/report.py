"""The report of a run or a comparison: what was run, its tables and pictures, its sources, how to cite it and give it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from limen.evidence.figures import Parameter
from limen.results import citation
from limen.results.by_place import GateRow
from limen.results.compare import Comparison, Difference
from limen.results.gallery import Picture
from limen.results.page import Column, Section, Sheet, page
from limen.results.series import Beside, Fit, QuotedBeside, Told
from limen.results.tables import Destination, RunTable, Week
from limen.results.words import average, day, days, difference, ends, interval, middle, percent

NOTES = (
    "Entries and exits are crossings of a border, not persons: who crosses twice is counted twice. Everything else is persons.",
    "Every number is the median over the draws. A draw takes other values of the uncertain parameters and other chances; an "
    "interval of 80% holds the number in eight draws of ten. It tells what the model is unsure of, not what it leaves out.",
    "Numbers of people from 1 to 9 by state are not published and say <10.",
)
"""What holds of every run. A model adds what it leaves out."""

MOST_ROWS = 20
"""Tables of more rows than this that are not the main ones are folded."""


def run_report(told: Told, table: RunTable, pictures: Sequence[Picture], notes: Iterable[str] = ()) -> str:
    """The report of a run, as one page of HTML. `notes` are said after those that hold of every run."""
    run = table.run
    asked = f" of {run.draws:,}" if table.draws < run.draws else ""
    lead = [
        f"{table.draws:,}{asked} draws of the scenario {run.scenario}, seed {run.seed}, {days(table.start, table.end)}. "
        f"Limen {run.limen}, a laboratory for border, visa and asylum policy."
    ]
    general = [picture for picture in pictures if not picture.name.startswith("series-")]
    by_series = [picture for picture in pictures if picture.name.startswith("series-")]
    sections = [
        Section("Destinations", sheets=[_destinations(table.destinations)], pictures=general),
        *([Section("Quoted figures", sheets=[_quoted(table.quoted)])] if table.quoted else []),
        *([Section("Gates", sheets=[_gates(table.gates)], folded=len(table.gates) > MOST_ROWS)] if table.gates else []),
        *_counts(table.observed, table.fits, by_series),
        *_parameters(told),
        Section("Notes", texts=[*NOTES, *notes]),
        _again(run.command, "Run it again", citation.sentence(run, table.draws), citation.bibtex(run, table.draws)),
        _files(run.hashes),
    ]
    return page(told.title, lead, sections)


def comparison_report(told: Told, found: Comparison, pictures: Sequence[Picture], notes: Iterable[str] = ()) -> str:
    """The report of a comparison of two policies, as one page of HTML."""
    run = found.run
    lead = [
        f"The same {found.draws:,} draws of the scenario {run.scenario} under two policies, seed {run.seed}, "
        f"{days(found.start, found.end)}. Limen {run.limen}.",
        f"Changed: {'; '.join(found.changes) or 'nothing'}.",
    ]
    sections = [
        Section("Differences", sheets=[_differences("In all", found.measures)], pictures=pictures),
        *([Section("Series", sheets=[_differences("By series", found.series)])] if found.series else []),
        Section(
            "By state",
            sheets=[
                _differences(
                    "Where the 90% interval lies on one side of zero", [row for row in found.states if row.clear]
                )
            ],
        ),
        Section("Notes", texts=[*NOTES, *notes]),
        _again(run.command, "Compare again", citation.sentence(run, found.draws), citation.bibtex(run, found.draws)),
        _files(run.hashes),
    ]
    return page(f"{told.title}: two policies", lead, sections)


def _destinations(rows: Sequence[Destination]) -> Sheet:
    columns = [
        Column("Destination", False), Column("Entries"), Column("80% interval"), Column("Busiest week"),
        Column("Change", says="that week against the one before"), Column("Refused"), Column("Claims at the border"),
        Column("First-time applications"), Column("Pending at the end"),
        Column("Simulated ÷ counted", says="geometric mean over the counts of entries"),
    ]  # fmt: skip
    body = [
        (
            row.name, middle(row.entries), interval(row.entries), _week(row.busiest), middle(row.change, "%"),
            middle(row.refusals), middle(row.border_claims), middle(row.applications), middle(row.pending), _ratio(row.fit),
        )
        for row in rows
    ]  # fmt: skip
    return _full("Entries in crossings, everything else in persons; median over the draws", columns, body)


def _gates(rows: Sequence[GateRow]) -> Sheet:
    columns = [Column("Gate", False), Column("Leads to", False), Column("Most waiting"), Column("80% interval"), Column("On"),
               Column("Let through in all")]  # fmt: skip
    body = [
        (
            row.gate,
            ", ".join(row.states),
            middle(row.most_waiting),
            interval(row.most_waiting),
            day(row.day),
            middle(row.served),
        )
        for row in rows
    ]
    return _full("Persons before each gate at the end of its fullest day", columns, body)


def _quoted(rows: Sequence[QuotedBeside]) -> Sheet:
    columns = [Column("Quoted", False, long=True), Column("Days", False), Column("Figure"), Column("Simulated"),
               Column("80% interval"), Column("Source", False, long=True)]  # fmt: skip
    body = []
    for row in rows:
        sign = "%" if row.unit == "%" else ""
        figure = f"{row.quoted:+,.0f}%" if sign else f"{row.quoted:,.0f} {row.unit}"
        simulated = (
            (row.missing, "") if row.simulated is None else (middle(row.simulated, sign), interval(row.simulated, sign))
        )
        body.append(
            (row.title, days(row.start, row.end).replace(" ", "\N{NO-BREAK SPACE}"), figure, *simulated, row.source)
        )
    return Sheet("What texts quote, beside what was simulated for the same days", columns, body)


def _counts(rows: Sequence[Beside], fits: Sequence[Fit], pictures: Sequence[Picture]) -> list[Section]:
    if not rows:
        return []
    columns = [Column("Series", False, long=True), Column("Counts"), Column("Simulated ÷ counted"),
               Column("Misses by a factor of"), Column("In 50%"), Column("In 80%"), Column("In 90%")]  # fmt: skip
    body = [
        (
            fit.title, f"{fit.counts:,}", _ratio(fit), "" if fit.typical_factor is None else f"{fit.typical_factor:.2f}",
            f"{fit.in50:.0%}", f"{fit.in80:.0%}", f"{fit.in90:.0%}",
        )
        for fit in fits
    ]  # fmt: skip
    summary = (
        [Sheet("How far the simulation is from the counts, and how many lie in its intervals", columns, body)]
        if fits
        else []
    )
    heads = [Column("Counted", False, long=True), Column("Days", False), Column("Where", False), Column("Count"),
             Column("Simulated"), Column("80% interval"), Column("In it", False), Column("Source", False, long=True)]  # fmt: skip
    lines = [
        (
            row.title, days(row.start, row.end).replace(" ", "\N{NO-BREAK SPACE}"), row.place,
            f"{row.observed:,.0f} {row.unit}{' (derived)' if row.derived else ''}",
            row.missing if row.simulated is None else middle(row.simulated),
            "" if row.simulated is None else interval(row.simulated),
            "" if row.in80 is None else "yes" if row.in80 else "no", (f"{row.published_by}, {row.source}", row.url),
        )
        for row in rows
    ]  # fmt: skip
    return [
        Section("Against the counts", sheets=summary, pictures=pictures),
        Section(
            "Every count",
            sheets=[Sheet("What was published, beside what was simulated for the same days", heads, lines)],
            folded=True,
        ),
    ]


def _parameters(told: Told) -> list[Section]:
    columns = [Column("Parameter", False), Column("Of", False), Column("Value"), Column("5% to 95%"), Column("Unit", False),
               Column("Spread", False), Column("Confidence", False), Column("Source", False, long=True),
               Column("Note", False, long=True)]  # fmt: skip
    body = [
        (
            one.name, one.of, f"{one.value:g}", _doubt(one), one.unit, one.spread.value, one.basis.confidence,
            told.sources.get(one.basis.source, one.basis.source), one.basis.note,
        )
        for one in told.parameters.values()
    ]  # fmt: skip
    sheet = Sheet("What is assumed, with its doubt and where it is from", columns, body)
    return [Section("Parameters", sheets=[sheet], folded=len(body) > MOST_ROWS)] if body else []


def _doubt(one: Parameter) -> str:
    return "" if one.low == one.high else f"{one.low:g} to {one.high:g}"


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
    return _full(caption, columns, body)


def _again(command: str, heading: str, sentence: str, bibtex: str) -> Section:
    texts = ["The command gives every number of this page again. To cite it:", sentence]
    return Section(heading, texts=texts, copied=[command, bibtex.strip()])


def _files(hashes: object) -> Section:
    found = sorted(dict(hashes).items()) if isinstance(hashes, dict) else []
    sheet = Sheet("SHA-256 of every file that was read", [Column("File", False), Column("SHA-256", False)], found)
    return Section("Files", sheets=[sheet], folded=True)


def _week(week: Week | None) -> str:
    return day(week.start) if week else ""


def _ratio(fit: Fit | None) -> str:
    return "" if fit is None or fit.ratio is None else f"{fit.ratio:.2f}"


def _full(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Sheet:
    """A table without the columns in which nothing stands."""
    kept = [place for place in range(len(columns)) if place == 0 or any(row[place] for row in rows)]
    return Sheet(caption, [columns[place] for place in kept], [[row[place] for place in kept] for row in rows])
