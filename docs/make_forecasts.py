"""Writes what the dated forecasts of a scenario said as a page, from the folders in which they are kept. Simulates nothing.

Run it from the root of the repository: `python docs/make_forecasts.py`. It writes `docs/reference/forecasts-*.md`.
"""

import csv
import json
from pathlib import Path

NAME = "mobilisation-2022"
PAGE = Path(__file__).parent / "reference" / f"forecasts-{NAME}.md"
FOLDER = Path(__file__).parent.parent / "src" / "limen" / "scenarios" / NAME / "forecasts"
KINDS = {"known-on-2022-09-29": "as known on 29 September", "given-what-followed": "given the measures that followed"}
ENDS = ("0.05", "0.25", "0.5", "0.75", "0.95")

WEEKS = ("2022-10-09", "2022-10-30", "2022-11-27", "2022-12-25")
WEEKLY = {
    "entries-finland": "entries to Finland", "exits-finland": "exits from Finland", "entries-norway": "entries to Norway",
    "exits-norway": "exits from Norway", "entries-eu-land": "entries over the Union's land borders",
    "entries-georgia": "entries to Georgia", "entries-kazakhstan": "entries to Kazakhstan",
}  # fmt: skip
REFUSALS = {f"refusals-{state.lower()}": state for state in ("Estonia", "Latvia", "Lithuania", "Poland")}
APPLICATIONS = "first-time-applications-EU-states"
LAST = "2022-12-31"

HEAD = """\
# The dated forecasts of `{name}`

Made once, from what was known on 29 September 2022, by {draws} draws from the posterior, and not retouched. The folders
`forecasts/` of the scenario hold every quantile by day, week and month, two naive rivals, and the SHA-256 of all that they
were made from. One forecast knows only the rules that had been published by that day; the other is given the measures that
really followed, and no count. This page is written from them by `docs/make_forecasts.py`: medians, and the central 50% and
90%.

```text
{commands}
```

How far to trust them is said in [how wrong it was](../explanation/mobilisation-2022.md). Judge them by counts of your own:
`limen score FOLDER --observations FILE`.

"""

Rows = dict[tuple[str, str], dict[str, float]]


def page() -> str:
    """The page, as text."""
    kept = {kind: quantiles(FOLDER / kind / "quantiles.csv") for kind in KINDS}
    about = {kind: json.loads((FOLDER / kind / "forecast.json").read_text(encoding="utf-8")) for kind in KINDS}
    commands = "\n".join(f"{one['run']['command']} --out FOLDER" for one in about.values())
    draws = about["given-what-followed"]["run"]["draws"]
    lines = HEAD.format(name=NAME, draws=draws, commands=commands).splitlines()
    for kind, title in KINDS.items():
        lines += [f"## {title[0].upper()}{title[1:]}", "", "Crossings in the week that ends on the day:", ""]
        lines += weekly(kept[kind], WEEKLY)
        lines += ["Persons refused in that week, by the states whose counts are at hand:", ""]
        lines += table(
            WEEKS,
            {
                key.partition("-")[2].capitalize(): [found(kept[kind], f"weekly {key}", day) for day in WEEKS]
                for key in REFUSALS
            },
        )
        months = [day for target, day in kept[kind] if target == f"monthly {APPLICATIONS}"]
        lines += [
            "First requests for protection in the Union's states that the scenario has, in the month that ends on the day:",
            "",
        ]
        lines += table(months, {"in all": [found(kept[kind], f"monthly {APPLICATIONS}", day) for day in months]})
        lines += [
            f"The same from September to December by state, and people who had left and were abroad on {LAST}:",
            "",
        ]
        lines += by_state(kept[kind])
    return "\n".join(lines).rstrip("\n") + "\n"


def quantiles(file: Path) -> Rows:
    """What a file of quantiles says, by target and last day."""
    rows: Rows = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            rows.setdefault((row["target"], row["target_end_date"]), {})[row["output_type_id"]] = float(row["value"])
    return rows


def weekly(rows: Rows, series: dict[str, str]) -> list[str]:
    """Some series, by week."""
    return table(WEEKS, {name: [found(rows, f"weekly {key}", day) for day in WEEKS] for key, name in series.items()})


def by_state(rows: Rows) -> list[str]:
    """Applications since September, and people abroad at the end, state by state."""
    marks = {"applications": "first-time-applications-", "abroad": "abroad-"}
    told: dict[str, dict[str, str]] = {}
    for target, day in rows:
        for column, mark in marks.items():
            spell, _, state = target.rpartition(mark)
            if (
                len(state) == 2
                and day == LAST
                and (spell.startswith("since") if column == "applications" else spell == "monthly ")
            ):
                told.setdefault(state, {})[column] = found(rows, target, day)
    return table(list(marks), {state: [cells.get(one, "") for one in marks] for state, cells in sorted(told.items())})


def found(rows: Rows, target: str, day: str) -> str:
    """A median with its intervals."""
    low90, low50, middle, high50, high90 = (f"{rows[target, day][end]:,.0f}" for end in ENDS)
    return f"{middle}<br>{low50}\N{EN DASH}{high50}<br>{low90}\N{EN DASH}{high90}"


def table(heads, rows: dict[str, list[str]]) -> list[str]:
    """A table, a row a name."""
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    return [*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()), ""]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
