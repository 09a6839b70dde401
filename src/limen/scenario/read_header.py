"""Reading `scenario.yaml`: what the scenario is called, its days, and how officials read disputed texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from limen.policy.standing import Known
from limen.policy.words import Words
from limen.scenario.scenario import Period
from limen.text.forms import Form, as_word
from limen.text.nodes import Document

KEYS = ("title", "says", "period", "under")
PERIOD_KEYS = ("from", "report from", "until")
MOST_DAYS = 20_000


@dataclass(frozen=True)
class Header:
    """What `scenario.yaml` says; `period` None where it has faults."""

    title: str = ""
    says: str = ""
    period: Period | None = None
    under: Known = field(default_factory=dict)


def read_header(document: Document, words: Words | None) -> Header:
    """The header. Every disputed reading of the policy needs an answer, since officials act on one."""
    if document.root is None:
        return Header()
    form = Form(document, document.root, "a scenario", KEYS, ("title", "period"))
    return Header(form.text("title"), form.text("says"), _period(form), _under(form, words))


def _period(form: Form) -> Period | None:
    table = form.table_at("period")
    if table is None:
        return None
    inner = Form(form.document, table, "'period'", PERIOD_KEYS, PERIOD_KEYS)
    start, report, end = (inner.date(key) for key in PERIOD_KEYS)
    if start is None or report is None or end is None:
        return None
    if not start <= report < end:
        message = f"The days are out of order: from {start}, report from {report}, until {end} (not included)."
        form.document.fault(table, message)
        return None
    if (end - start).days > MOST_DAYS:
        form.document.fault(table, f"A period has at most {MOST_DAYS:,} days; not {(end - start).days:,}.")
        return None
    return Period(start, report, end)


def _under(form: Form, words: Words | None) -> Known:
    table = form.table_at("under")
    document, under = form.document, dict[int, frozenset[int]]()
    stated = table.items if table is not None else {}
    if words is None:
        return under
    for name, (key, node) in stated.items():
        reading = words.readings.get(name)
        if reading is None:
            document.fault(key, f"{name!r} is not a reading.", name, words.readings)
            continue
        word = as_word(document, node, repr(name))
        if word is None:
            continue
        if word.text not in reading.values:
            document.fault(word, f"{word.text!r} is not an answer to {name!r}.", word.text, reading.values)
            continue
        under[words.axes_of[name][0].number] = frozenset((reading.values.index(word.text),))
    for name in words.readings:
        if name not in stated:
            message = f"'under' does not say how officials read {name!r}: {' or '.join(words.readings[name].values)}."
            document.fault(table, message)
    return under


def days_of(period: Period | None) -> tuple[date, date] | None:
    """The first day that is simulated, and the first that is no longer."""
    return None if period is None else (period.start, period.end)
