"""Writes docs/how-to/compare-policies.md: every alternative of mobilisation-2022, simulated, checked, and told in tables.

    python docs/make_alternatives.py                 # simulates (some minutes), keeps the numbers, writes page and pictures
    python docs/make_alternatives.py --law           # simulates nothing; what breaks, and the texts, anew
    python docs/make_alternatives.py --page          # the page and pictures again from the numbers that are kept

The numbers are kept beside the page; tests/docs/test_alternatives.py sees to it that the page is what they say, and that they are
still what the scenario says.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from limen.face.alternatives import read_alternatives
from limen.face.many import drawn_from, model_of, progress, scenario_named, worker_count
from limen.model.compile import in_doubt
from limen.results.words import NOT_PUBLISHED

DOCS = Path(__file__).parent
PAGE, NUMBERS = DOCS / "how-to" / "compare-policies.md", DOCS / "how-to" / "compare-policies.json"
PICTURES = DOCS / "pictures"
SCENARIO, DRAWS, SEED = "mobilisation-2022", 100, 1
SHUT, OPEN = "all-close-on-21-september", "finland-stays-open"
ASKED = (("", "first applications"), (SHUT, "first applications"), (SHUT, "applications per 1,000 who came"))
"""Of which answers it is told what carries them: an alternative (none: as it stands), and a measure."""

MOST = 8
TABLES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "At borders": (
        ("came to stay", "asylum states", "To stay in asylum states"),
        ("came to stay", "other states", "To stay elsewhere"),
        ("refusals", "asylum states", "Refusals in asylum states"),
        ("longest queue", "", "Longest queue"),
    ),
    "In asylum offices": (
        ("claims at the border", "", "Claims at the border"),
        ("first applications", "", "First applications"),
        ("applications per 1,000 who came", "", "Applications per 1,000 who came"),
        ("months of backlog", "", "Months of backlog"),
    ),
    "For people": (
        ("protected", "", "Protected"),
        ("in need, no way out", "", "In need, no way out"),
        ("in need, turned back unassessed", "", "In need, turned back unassessed"),
        ("person-days stranded", "", "Person-days stranded"),
    ),
}
BY_STATE = ("first applications", "months of backlog")
STATES = ("FI", "NO", "EE", "LV", "LT", "PL", "DE", "FR")
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"


def simulate() -> dict[str, Any]:
    """All numbers of the page, from new draws."""
    from limen.answers.check import check
    from limen.inference.sensitivity import ranked
    from limen.results.alternatives import Alternatives, meanings, outcome, simulated
    from limen.results.ensemble import about

    told, parameters = drawn_from(scenario_named(SCENARIO), prior=False)
    alternatives = read_alternatives(told, SCENARIO, ())
    base, others = model_of(told), [model_of(one.over(told), one.policy) for one in alternatives]
    with progress(DRAWS, 0, quiet=False) as tell:
        rows = simulated(base, others, SEED, DRAWS, worker_count(None), tell)
    checked = check(told.policy)
    outcomes = [
        outcome(one, told, rows[0], row, checked, check(one.policy))
        for one, row in zip(alternatives, rows[1:], strict=True)
    ]
    command = f"limen compare {SCENARIO} --all --draws {DRAWS} --seed {SEED}"
    run = about(SCENARIO, told.title, SEED, DRAWS, command, {}, "", parameters)
    first, last = told.period.report_from, max(base.labels.days)
    found = Alternatives(run, DRAWS, first.isoformat(), last.isoformat(), outcomes, meanings(outcomes))
    carried = []
    for name, measure in ASKED:
        place = 0 if not name else 1 + [one.name for one in alternatives].index(name)
        model, scenario = [base, *others][place], told if not name else alternatives[place - 1].over(told)
        key = next(one for one in rows[0][0] if one[:2] == (measure, ""))
        answer = [row[key] - (was[key] if name else 0.0) for row, was in zip(rows[place], rows[0], strict=True)]
        values = [model.compiled.values(SEED, draw).of for draw in range(DRAWS)]
        title = alternatives[place - 1].title if name else ""
        carried.append(asdict(ranked(run, key, title, in_doubt(scenario), values, answer, MOST, SEED)))
    numbers = json.loads(json.dumps(asdict(found)))
    for one in numbers["outcomes"]:
        one["consequences"] = [rounded(row) for row in one["consequences"] if is_told(row)]
    draw = [
        {f"{key.name}|{key.of}": value for key, value in row[0].items() if key[:2] in _told()}
        for row in (rows[0], rows[1 + [one.name for one in alternatives].index(OPEN)])
    ]
    return {"alternatives": numbers, "sensitivity": carried, "first_draw": {"": draw[0], OPEN: draw[1]}}


def checked_anew(numbers: dict[str, Any]) -> None:
    """What breaks and what each alternative says and changes, as the files stand now, beside numbers that are kept."""
    from limen.answers.check import check
    from limen.results.alternatives import outcome

    told = scenario_named(SCENARIO)
    checked = check(told.policy)
    for kept, one in zip(numbers["alternatives"]["outcomes"], read_alternatives(told, SCENARIO, ()), strict=True):
        found = asdict(outcome(one, told, [{}], [{}], checked, check(one.policy)))
        kept.update({name: part for name, part in found.items() if name != "consequences"})


def is_told(row: dict[str, Any]) -> bool:
    """Whether the page tells a consequence."""
    return (row["measure"], row["of"]) in _told() or (row["measure"] in BY_STATE and row["of"] in STATES)


def rounded(row: dict[str, Any]) -> dict[str, Any]:
    """A consequence with five digits that count."""
    for part in ("base", "changed", "difference"):
        withheld = row[part].pop("withheld")
        row[part] = {name: value if value is None else float(f"{value:.5g}") for name, value in row[part].items()}
        row[part] |= {"withheld": True} if withheld else {}
    return row


def as_text(numbers: dict[str, Any]) -> str:
    """The numbers as they are kept: JSON, a consequence a line."""
    text = json.dumps(numbers, ensure_ascii=False, indent=1)
    return (
        re.sub(r'\{\n\s+"measure": "[^{}]*(?:\{[^{}]*\}[^{}]*)+\}', lambda found: re.sub(r"\n\s*", " ", found[0]), text)
        + "\n"
    )


def _told() -> set[tuple[str, str]]:
    return {column[:2] for columns in TABLES.values() for column in columns}


def rows_of(outcome: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The consequences of an alternative by measure and what each is of."""
    return {(row["measure"], row["of"]): row for row in outcome["consequences"]}


def number(value: float | None, unit: str, signed: bool) -> str:
    """A number as the page prints it."""
    if value is None:
        return "<10"
    small = unit in ("months", "per 1,000")
    text = f"{value:{'+' if signed else ''},.{1 if small else 0}f}"
    return "0" if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)


def level(found: dict[str, Any], unit: str) -> str:
    """The median of a number as it stands."""
    return NOT_PUBLISHED if found.get("withheld") else number(found["median"], unit, False)


def cell(row: dict[str, Any] | None, part: str) -> str:
    """The median of a number with its 90% interval."""
    if row is None or (part == "difference" and row["same"]):
        return "0"
    found, signed = row[part], part == "difference"
    if found.get("withheld"):
        return NOT_PUBLISHED
    middle, low, high = (number(found[name], row["unit"], signed) for name in ("median", "low90", "high90"))
    if middle == low == high:
        return middle
    return f"{middle}<br>{low} to {high}" if signed else f"{middle}<br>{low}{DASH}{high}"


def tables(numbers: dict[str, Any]) -> list[str]:
    """The comparisons: a row for the policy as it stands, and one for each alternative."""
    lines = []
    outcomes = numbers["alternatives"]["outcomes"]
    for title, columns in TABLES.items():
        lines += [
            f"### {title}",
            "",
            "| | " + " | ".join(head for _, _, head in columns) + " |",
            "|---" * (len(columns) + 1) + "|",
        ]
        first = rows_of(outcomes[0])
        lines.append("| **As it stands** | " + " | ".join(cell(first.get(one[:2]), "base") for one in columns) + " |")
        for outcome in outcomes:
            rows = rows_of(outcome)
            lines.append(
                f"| {outcome['title']} | " + " | ".join(cell(rows.get(one[:2]), "difference") for one in columns) + " |"
            )
        lines.append("")
    return lines


def by_state(numbers: dict[str, Any]) -> list[str]:
    """First applications and months of backlog by state, where the difference is clear."""
    outcomes = numbers["alternatives"]["outcomes"]
    lines = ["### By state", "", "| | " + " | ".join(STATES) + " |", "|---" * (len(STATES) + 1) + "|"]
    for measure, unit in (("first applications", "persons"), ("months of backlog", "months")):
        base = {row["of"]: row for one in outcomes for row in one["consequences"] if row["measure"] == measure}
        cells = [level(base[state]["base"], unit) if state in base else "" for state in STATES]
        lines.append(f"| **{measure.capitalize()}, as it stands** | " + " | ".join(cells) + " |")
        for outcome in outcomes:
            rows = rows_of(outcome)
            found = [rows.get((measure, state)) for state in STATES]
            clear = [row if row and row["clear"] and not row["difference"].get("withheld") else None for row in found]
            told = [number(row["difference"]["median"], unit, True) if row else "" for row in clear]
            if any(told):
                lines.append(f"| {outcome['title']} | " + " | ".join(told) + " |")
    return [*lines, ""]


def law(numbers: dict[str, Any]) -> list[str]:
    """What breaks, and which rules the law excludes."""
    lines = []
    for one in numbers["alternatives"]["outcomes"]:
        told = []
        for rule in one["against"]:
            reading = f" (under the reading *{rule['readings']}*)" if rule["readings"] else ""
            what = "is excluded by" if rule["overruled"] else "contradicts"
            told.append(
                f"**Against the law**{reading}: *{rule['rule']}* {what} *{rule['other']}*. For example: {rule['sentence']}."
            )
        for claim in one["broken"]:
            right = ", a right" if claim["right"] else ""
            texts = f" ({'; '.join(claim['law'])})" if claim["law"] else ""
            told.append(
                f"**Broken{right}**: *{claim['claim']}*{texts}, {', '.join(claim['days'])}. It fails for: {claim['sentence']}."
            )
        told += [f"Fails as the rules stand, and holds: *{name}*." for name in one["mended"]]
        if told:
            lines += [f"**{one['title']}**", "", *(f"- {text}" for text in told), ""]
    fine = [one["title"] for one in numbers["alternatives"]["outcomes"] if not one["broken"] and not one["against"]]
    return [*lines, f"Nothing breaks, and no rule stands against a higher one, under: {'; '.join(fine)}.", ""]


def pushed(numbers: dict[str, Any]) -> list[str]:
    """Does closing push people into the asylum system? In numbers."""
    rows = {one["name"]: rows_of(one) for one in numbers["alternatives"]["outcomes"]}

    def said(name: str, measure: str) -> str:
        row = rows[name][measure, ""]
        low, high = (number(row["difference"][end], row["unit"], True) for end in ("low90", "high90"))
        return f"{number(row['difference']['median'], row['unit'], True)} (90%: {low} to {high})"

    return [
        "| | every Schengen state closes on 21 September | Finland stays open after 30 September |",
        "|---|---|---|",
        *(
            f"| {measure} | {said(SHUT, measure)} | {said(OPEN, measure)} |"
            for measure in (
                "claims at the border",
                "first applications",
                "applications per 1,000 who came",
                "months of backlog",
            )
        ),
        "",
    ]


def carried(numbers: dict[str, Any]) -> list[str]:
    """What carries the answers."""
    lines = []
    for place, found in enumerate(numbers["sensitivity"]):
        title = (
            f"{found['measure']}, as it stands"
            if not found["alternative"]
            else f"{found['measure']}: what changes if {found['alternative'][0].lower()}{found['alternative'][1:]}"
        )
        lines += [
            f"**{title[0].upper()}{title[1:]}**", "",
            f"![The tornado of this answer](../pictures/sensitivity-{place + 1}.svg)", "",
            "| assumption | rank correlation | PAWN | answer where it is low | where it is high | |",
            "|---|---|---|---|---|---|",
        ]  # fmt: skip
        for row in found["rows"]:
            name = f"{row['parameter']}, {row['of']}" if row["of"] else row["parameter"]
            correlation = f"{row['rank_correlation']:+.2f}".replace("-", MINUS)
            ends = (number(row[end], found["unit"], False) for end in ("low", "high"))
            lines.append(
                f"| {name} | {correlation} | {row['pawn']:.2f} | {' | '.join(ends)} | {'carries it' if row['carries'] else ''} |"
            )
        lines += [
            "",
            f"By chance the largest of {found['assumptions']} rank correlations would reach {found['by_chance']:.2f}.",
            "",
        ]
    return lines


def page(numbers: dict[str, Any]) -> str:
    """The page."""
    found = numbers["alternatives"]
    head = (DOCS / "how-to" / "compare-policies.template").read_text(encoding="utf-8")
    parts = {
        "tables": [*tables(numbers), *by_state(numbers)],
        "law": law(numbers),
        "pushed": pushed(numbers),
        "carried": carried(numbers),
        "alternatives": [
            f"- `{one['name']}`: {one['title']}. "
            + " ".join(f"{quote['who']}: {quote['says']}" for quote in one["asked_by"])
            for one in found["outcomes"]
        ],
        "measures": [f"| {name} | {meaning} |" for name, meaning in found["meanings"].items()],
        "run": [
            f"{found['draws']} draws from the {found['run']['parameters']}, seed {found['run']['seed']}, "
            f"{found['start']} to {found['end']}."
        ],
        "command": [found["run"]["command"]],
    }
    for name, lines in parts.items():
        head = head.replace(f"<!-- {name} -->", "\n".join(lines).rstrip())
    return head


def pictures(numbers: dict[str, Any]) -> None:
    """The tornados."""
    from limen.face.show_sensitivity import picture
    from limen.inference.sensitivity import Assumption, Sensitivity
    from limen.results.ensemble import About
    from limen.results.pictures import svg
    from limen.results.ranges import Range

    nothing = {field.name: None for field in fields(Range)}
    for place, one in enumerate(numbers["sensitivity"]):
        rows = [Assumption(**row) for row in one["rows"]]
        found = Sensitivity(
            **{**one, "run": About(**one["run"]), "answer": Range(**{**nothing, **one["answer"]}), "rows": rows}
        )
        (PICTURES / f"sensitivity-{place + 1}.svg").write_text(svg(picture(found)), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Writes page, numbers and pictures."""
    if "--law" in arguments:
        numbers = json.loads(NUMBERS.read_text(encoding="utf-8"))
        checked_anew(numbers)
        NUMBERS.write_text(as_text(numbers), encoding="utf-8")
    elif "--page" not in arguments:
        NUMBERS.write_text(as_text(simulate()), encoding="utf-8")
    numbers = json.loads(NUMBERS.read_text(encoding="utf-8"))
    PAGE.write_text(page(numbers), encoding="utf-8")
    pictures(numbers)


if __name__ == "__main__":
    main(sys.argv[1:])
