"""`limen diff` as a comment on a change of policy files."""

from __future__ import annotations

from limen.answers.diff import Change, Diff
from limen.face.show_audit import Groups, marks_of, reading_of, states
from limen.face.show_diff import all_not_known, compared, count_of, how_many, texts_of
from limen.face.show_reasons import not_known_in_words
from limen.face.words_and_colours import listed

MOST_ROWS = 60


def markdown(found: Diff, groups: Groups, practised: str | None = None) -> str:
    """The changes as a table for each door, the rules behind them, and the nearest person of each."""
    lines = ["## Who is treated differently", "", f"{_cell(compared(found, practised))}: **{count_of(found)}**.", ""]
    rows = found.changes[:MOST_ROWS]
    for door in dict.fromkeys(change.door for change in rows):
        lines += [f"### {_cell(door)}", "", "| before | after | where and when | through | how many | nearest |",
                  "|---|---|---|---|---|---|"]  # fmt: skip
        lines += [_row(change, groups) for change in rows if change.door == door]
        lines.append("")
    if more := len(found.changes) - len(rows):
        lines += [f"And {more} more, which `limen diff` prints in the terminal.", ""]
    rules = {rule.rule: rule for change in rows for rule in change.rules}
    if rules:
        lines += ["<details><summary>The rules</summary>", ""]
        lines += [f"- **{_cell(rule.rule)}** — {_cell('; '.join(rule.says))} — {_cell(texts_of(rule, True))}"
                  for rule in rules.values()]  # fmt: skip
        lines += ["", "</details>", ""]
    if found.changes and found.same:
        lines += [f"Nothing changes at {_cell(listed(found.same))}.", ""]
    if unsure := all_not_known(found):
        lines += ["Known until a day only (all else is said of the rules as written):", ""]
        lines += [f"- {_cell(not_known_in_words(rule))}" for rule in unsure]
        lines.append("")
    lines += [f"_{_cell(note)}_  " for note in found.notes]
    return "\n".join(lines).rstrip() + "\n"


def _row(change: Change, groups: Groups) -> str:
    at = "; ".join(filter(None, (states(change.states, groups), listed(change.days)))) or "everywhere"
    through = "<br>".join(_cell(f"{rule.rule} ({rule.how})") for rule in change.rules)
    cells = (change.before.answer, change.after.answer, at)
    told = reading_of(change.before, change.after)
    marks = "; ".join(marks_of(change.rules, (change.before, change.after)))
    person = _cell(
        change.before.sentence + "".join(f" ({one})" for one in (told and f"if one reads {told}", marks) if one)
    )
    return f"| {' | '.join(map(_cell, cells))} | {through} | {_cell(how_many(change))} | {person} |"


def _cell(text: str) -> str:
    """Text that Markdown takes as it stands."""
    for sign in ("\\", "|", "*", "_", "`", "<", ">", "[", "]"):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
