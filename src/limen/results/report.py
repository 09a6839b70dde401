"""The report of a run: what was run, its tables and pictures, its sources, how to cite it and give it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from limen.evidence.figures import Parameter
from limen.results import citation
from limen.results.by_place import GateRow, OfficeRow, WayRow
from limen.results.gallery import Picture
from limen.results.notes import NOTES
from limen.results.page import Column, Section, Sheet, page
from limen.results.series import Fit, QuotedBeside, Told
from limen.results.tables import Destination, RunTable, Week
from limen.results.words import day, days, interval, middle, told_of_counts

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
    shown = {picture.name: picture for picture in pictures}
    by_series = [picture for picture in pictures if picture.name.startswith("series-")]
    first = [shown[name] for name in ("entries", "destinations") if name in shown]
    sections = [
        Section("Destinations", sheets=[_destinations(table.destinations)], pictures=first),
        *([Section("Quoted figures", sheets=[_quoted(table.quoted)])] if table.quoted else []),
        *([Section("Ways", sheets=[_ways(table.ways)])] if table.ways else []),
        *_queues(table, [shown["gates"]] if "gates" in shown else []),
        *_counts(table, by_series),
        *_parameters(told),
        Section("Notes", texts=[*NOTES, *notes]),
        again(run.command, "Run it again", citation.sentence(run, table.draws), citation.bibtex(run, table.draws)),
        files(run.hashes),
    ]
    return page(told.title, lead, sections)


def _destinations(rows: Sequence[Destination]) -> Sheet:
    columns = [
        Column("Destination", False), Column("Entries"), Column("80% interval"), *MODE_COLUMNS, Column("Busiest week"),
        Column("Change", says="that week against the one before"), Column("Refused"), Column("Claims at the border"),
        Column("First-time applications"), Column("Pending at the end"),
        Column("Simulated ÷ counted", says="geometric mean over the counts of the series of entries that has most"),
    ]  # fmt: skip
    body = [
        (
            row.name, middle(row.entries), interval(row.entries), middle(row.trips), middle(row.to_stay), _week(row.busiest),
            middle(row.change, "%"), middle(row.refusals), middle(row.border_claims), middle(row.applications),
            middle(row.pending), _ratio(row.fit),
        )
        for row in rows
    ]  # fmt: skip
    return full("Entries in crossings, everything else in persons; medians, whose parts need not add up", columns, body)


MODE_COLUMNS = (
    Column("On a trip", says="entries of people who mean to go home soon"),
    Column("To stay", says="entries of people who left for good or for long"),
)


def _ways(rows: Sequence[WayRow]) -> Sheet:
    columns = [
        Column("Way", False), Column("Into", False), Column("Place", False), Column("By", False), Column("Gate", False),
        Column("Entries"), Column("80% interval"), *MODE_COLUMNS, Column("Refused"), Column("Claims at the border"),
    ]  # fmt: skip
    body = [
        (
            row.way, row.name, row.place, row.mode, row.gate, middle(row.entries), interval(row.entries), middle(row.trips),
            middle(row.to_stay), middle(row.refusals), middle(row.border_claims),
        )
        for row in rows
    ]  # fmt: skip
    return full(
        "Entries in crossings, everything else in persons; medians. Place and gate where called otherwise than the way",
        columns,
        body,
    )


def _queues(table: RunTable, pictures: Sequence[Picture]) -> list[Section]:
    """Gates of the ways, and offices that decide on requests, apart."""
    found = []
    if table.gates:
        body = [(row.gate, ", ".join(row.states), *_queue(row)) for row in table.gates]
        columns = [Column("Gate", False), Column("Leads to", False), *QUEUE_COLUMNS, Column("Let through in all")]
        sheet = full("Persons left before each gate at the end of its fullest day", columns, body)
        found.append(Section("Gates", sheets=[sheet], pictures=pictures))
    if table.offices:
        columns = [Column("Office of", False), *QUEUE_COLUMNS, Column("Dealt with in all")]
        sheet = full(
            "Requests for protection left before each office at the end of its fullest day, in persons",
            columns,
            [(row.state, *_queue(row)) for row in table.offices],
        )
        found.append(Section("Asylum offices", sheets=[sheet]))
    return found


QUEUE_COLUMNS = (
    Column("Most waiting"),
    Column("80% interval"),
    Column("On", says="the day on which the mean was highest"),
)


def _queue(row: GateRow | OfficeRow) -> tuple[str, str, str, str]:
    return middle(row.most_waiting), interval(row.most_waiting), day(row.day), middle(row.served)


def _quoted(rows: Sequence[QuotedBeside]) -> Sheet:
    columns = [Column("Quoted", False, long=True), Column("Days", False), Column("Figure"), Column("Simulated"),
               Column("80% interval"), Column("Source", False, long=True)]  # fmt: skip
    body: list[Sequence[str | tuple[str, str]]] = []
    for row in rows:
        sign = "%" if row.unit == "%" else ""
        figure = f"{row.quoted:+,.0f}%".replace("-", "\N{MINUS SIGN}") if sign else f"{row.quoted:,.0f} {row.unit}"
        simulated = (
            (row.missing, "") if row.simulated is None else (middle(row.simulated, sign), interval(row.simulated, sign))
        )
        body.append((row.title, days(row.start, row.end), figure, *simulated, cited(row.source)))
    return Sheet("What texts quote, beside what was simulated for the same days", columns, body)


def _counts(table: RunTable, pictures: Sequence[Picture]) -> list[Section]:
    rows = table.observed
    if not rows:
        return []
    columns = [Column("Series", False, long=True), Column("Counts"), Column("Simulated ÷ counted"),
               Column("Misses by a factor of"), Column("In 50%"), Column("In 80%"), Column("In 90%")]  # fmt: skip
    body = [
        (
            fit.title, f"{fit.counts:,}", _ratio(fit), "" if fit.typical_factor is None else f"{fit.typical_factor:.2f}",
            f"{fit.in50:.0%}", f"{fit.in80:.0%}", f"{fit.in90:.0%}",
        )
        for fit in table.fits
    ]  # fmt: skip
    caption = "How far the simulation is from the counts, and how many lie in its intervals"
    heads = [Column("Counted", False, long=True), Column("Days", False), Column("Where", False), Column("Count"),
             Column("In", False), Column("Simulated"), Column("80% interval"), Column("In it", False),
             Column("Source", False, long=True)]  # fmt: skip
    lines = [
        (
            row.title, days(row.start, row.end), row.place, f"{row.observed:,.0f}",
            f"{row.unit}{', derived' if row.derived else ''}",
            row.missing if row.simulated is None else middle(row.simulated),
            "" if row.simulated is None else interval(row.simulated),
            "" if row.in80 is None else "yes" if row.in80 else "no", (f"{row.published_by}, {row.source}", row.url),
        )
        for row in rows
    ]  # fmt: skip
    return [
        Section(
            "Against the counts",
            [told_of_counts(table)],
            [Sheet(caption, columns, body)] if table.fits else [],
            pictures,
        ),
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
            cited(told.sources.get(one.basis.source, one.basis.source)), one.basis.note,
        )
        for one in told.parameters.values()
    ]  # fmt: skip
    sheet = Sheet("What is assumed, with its doubt and where it is from", columns, body)
    return [Section("Parameters", sheets=[sheet], folded=len(body) > MOST_ROWS)] if body else []


def cited(source: str) -> str | tuple[str, str]:
    """A citation that ends in an address, as a link to it."""
    text, _, address = source.rpartition(", ")
    return (text, address) if text and address.startswith(("https://", "http://")) else source


def _doubt(one: Parameter) -> str:
    return "" if one.low == one.high else f"{one.low:g} to {one.high:g}"


def again(command: str, heading: str, sentence: str, bibtex: str) -> Section:
    """The part with the command that gives it again, and how to cite it."""
    texts = ["The command gives every number of this page again. To cite it:", sentence]
    return Section(heading, texts=texts, copied=[command, bibtex.strip()])


def files(hashes: object) -> Section:
    """The part with the hashes of the files that were read."""
    found = sorted(dict(hashes).items()) if isinstance(hashes, dict) else []
    sheet = Sheet(
        "SHA-256 of every file that was read", [Column("File", False), Column("SHA-256", False, long=True)], found
    )
    return Section("Files", sheets=[sheet], folded=True)


def _week(week: Week | None) -> str:
    return day(week.start) if week else ""


def _ratio(fit: Fit | None) -> str:
    return "" if fit is None or fit.ratio is None else f"{fit.ratio:.2f}"


def full(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Sheet:
    """A table without the columns in which nothing stands."""
    kept = [place for place in range(len(columns)) if place == 0 or any(row[place] for row in rows)]
    return Sheet(caption, [columns[place] for place in kept], [[row[place] for place in kept] for row in rows])
