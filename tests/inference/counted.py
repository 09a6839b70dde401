"""The small scenario with counts of a month: days, weeks and sums that overlap."""

from tests.model.small import small
from tests.scenario.small import FILES

SERIES = """series,title,measure,states,ways,unit,per_day,stock
entries to East,Entries to East,entries,East,Bridge by car; over the fields,crossings,,
entries to West,Entries to West,entries,West,,crossings,,
entries a day,Entries to East a day,entries,East,Bridge by car; over the fields,crossings a day,yes,
exits,Exits from East,exits,East,,crossings,,
refusals,Refusals in East,refusals,East,,persons,,
pending in East,Pending in East,pending,East,,persons,no,yes
"""
HEAD = FILES["evidence/observations/east.csv"].split("\n", 1)[0]

UNITS = {row.split(",")[0]: row.split(",")[-3] for row in SERIES.splitlines()[1:]}


def row(start, end, series, value, confidence="high", derived=0):
    unit = UNITS.get(series, series)
    return f"2022-01-{start:02},2022-01-{end:02},East,Home,counted,{value},{unit},East,Counts,,{confidence},{derived},,{series}"


COUNTS = "\n".join(
    [
        HEAD,
        *(row(day, day, "entries to East", value) for day, value in zip(range(8, 15), (170, 125, 90, 85, 75, 66, 58))),
        row(8, 14, "entries to East", 690, "medium"),
        row(15, 21, "entries to East", 305),
        row(22, 28, "entries to East", 230),
        row(10, 10, "entries to East", 95, "low", 1),
        row(1, 7, "entries a day", 112),
        row(1, 14, "entries to West", 240),
        row(15, 28, "entries to West", 50),
        row(8, 14, "exits", 760),
        row(15, 21, "exits", 300, "medium"),
        row(10, 16, "refusals", 500),
        row(17, 28, "refusals", 900),
        row(20, 20, "pending in East", 1900),
        row(28, 28, "pending in East", 2800),
        "",
    ]
)


def counted(folder, changes=None, edits=None):
    """The small scenario with these counts, read."""
    files = {"evidence/series.csv": SERIES, "evidence/observations/east.csv": COUNTS, "evidence/quoted.csv": None}
    return small(folder, {**files, **(changes or {})}, edits)
