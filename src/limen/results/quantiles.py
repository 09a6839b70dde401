"""The scenario's series as quantiles by day and week, in the columns of the hubverse's model output.

`reference_date` is the day before the first that is told, so that horizon 1 is the first day, or the first whole week from
Monday to Sunday. See the hubverse's documentation on model output, https://docs.hubverse.io.
"""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np

from limen.evidence.figures import Series
from limen.results.counted import Counted, weeks
from limen.results.series import Told, pick_of, value
from limen.results.store import naming

LEVELS = (0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99)
"""The 23 quantiles that forecast hubs ask for."""

COLUMNS = {
    "reference_date": "DATE",
    "target": "VARCHAR",
    "horizon": "INTEGER",
    "target_end_date": "DATE",
    "location": "VARCHAR",
    "output_type": "VARCHAR",
    "output_type_id": "VARCHAR",
    "value": "DOUBLE",
}
"""The columns and their types."""

Row = tuple[str, str, int, str, str, str, str, float]


def rows(told: Told, counted: Counted) -> Iterator[Row]:
    """One row for each series, day or week, and quantile. `location`: the states of the series, `all` where it has none."""
    counted = counted.since(told.period.report_from)
    reference = counted.days[0] - timedelta(days=1)
    daily, weekly = [(day, day) for day in counted.days], weeks(counted.days)
    for series in told.series.values():
        if pick_of(series) not in counted.values:
            continue
        for every, spans, length in (("daily", daily, 1), ("weekly", weekly, 7)):
            for start, end in spans:
                found = value(series, counted, start, end)
                if found is None or not len(found):
                    continue
                horizon = (end - reference).days // length
                about = (reference.isoformat(), f"{every} {series.id}", horizon, end.isoformat(), location(series))
                for level, number in zip(LEVELS, np.quantile(found, LEVELS).tolist()):
                    yield (*about, "quantile", f"{level:g}", number)


def location(series: Series) -> str:
    """The states of a series, as one text."""
    return "+".join(series.states) or "all"


def as_csv(told: Told, counted: Counted) -> str:
    """The rows as CSV with a head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*row[:-1], f"{row[-1]:.10g}") for row in rows(told, counted))
    return text.getvalue()


def parquet(source: Path, target: Path) -> None:
    """Writes a CSV of these rows again as Parquet, with a type for each column."""
    import duckdb

    partial = target.with_name(f".{target.name}.partial")
    try:
        with naming(target), duckdb.connect(":memory:", config={"threads": 1}) as connection:
            found = connection.read_csv(str(source), header=True, dtype=COLUMNS)
            found.write_parquet(str(partial), compression="zstd")
            partial.replace(target)
    except duckdb.Error as error:
        raise OSError(errno.EIO, str(error).replace(str(partial), str(target)), str(target)) from None
    finally:
        partial.unlink(missing_ok=True)
