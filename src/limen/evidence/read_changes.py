"""Reading what an alternative policy changes besides rules: how officials use their answers, and numbers from a day on."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from limen.evidence.changes import SPREADS, Change, How
from limen.evidence.figures import ANSWERS, Basis, Parameter, Practice, Spread
from limen.text.forms import Form, as_tables, as_word
from limen.text.nodes import Document, Node, Table, Word
from limen.text.sourced import Citations, named
from limen.text.vocabulary import Vocabulary

PRACTICE_KEYS = (
    "door", "state", "way", "answer", "from", "until", "share", "low", "high", "source", "confidence", "note",
)  # fmt: skip
NUMBER_KEYS = (
    "number", "of", "from", "until", "becomes", "times", "plus", "low", "high", "spread", "source", "confidence", "note",
)  # fmt: skip

Numbers = Mapping[str, Collection[str]]
"""By the name of a number that can be changed, the names that it can be of; none where there is one for all."""


@dataclass(frozen=True)
class ChangeReader:
    """Reads the sections `practice` and `numbers` of a document.

    `ways`: the names of the ways; `numbers`: what can be changed, None: anything (it is not known what the model reads).
    """

    document: Document
    words: Vocabulary
    ways: Collection[str]
    numbers: Numbers | None
    citations: Citations

    def practice(self, node: Node) -> tuple[Practice, ...]:
        """Shares of practice, in order."""
        return tuple(row for table in as_tables(self.document, node, "'practice'") for row in self._practice(table))

    def changes(self, node: Node) -> tuple[Change, ...]:
        """Changes of numbers, in order. The same number of the same may change once a day."""
        found: dict[tuple[str, str], Change] = {}
        for table in as_tables(self.document, node, "'numbers'"):
            change = self._change(table)
            if change is None:
                continue
            if change.key in found:
                self.document.fault(table, f"The number {change.number!r} is changed twice in the same way and day.")
            found[change.key] = change
        return tuple(found.values())

    def _practice(self, table: Table) -> list[Practice]:
        """A row for each of the ways that are named, or one for all."""
        document = self.document
        form = Form(document, table, "a share of practice", PRACTICE_KEYS, ("door", "answer", "share"))
        door, state, ways = form.word("door"), form.word("state"), form.words("way")
        answer = form.choice("answer", ANSWERS)
        fine = door is not None and self.words.door(document, door)
        fine &= state is None or self.words.state(document, state)
        known = [named(document, way, self.ways, "a way") for way in ways]
        fine &= all(known)
        start, end, in_order = self._days(form)
        where = state.text if state else ""
        about = "; ".join(text for text in (door.text if door else "", where, answer or "") if text)
        share = self._range(form, "share", f"The share of {about!r}", Spread.LOGIT, within=(0, 1))
        if door is None or answer is None or share is None or not (fine and in_order):
            return []
        names = [way.text for way in ways] or [""]
        return [Practice(door.text, where, name, answer, start, end, share) for name in names]

    def _change(self, table: Table) -> Change | None:
        form = Form(self.document, table, "a change", NUMBER_KEYS, ("number", "from"))
        name = form.word("number")
        if name is not None and self.numbers is not None and not named(
            self.document, name, self.numbers, "a number that can be changed from a day on"
        ):  # fmt: skip
            return None
        owners, fine = self._owners(form, name)
        start, end, in_order = self._days(form)
        stated = [how for how in How if how.value in table.items]
        if len(stated) != 1:
            keys = ", ".join(f"'{how.value}'" for how in How)
            self.document.fault(name or table, f"A change says one of {keys}, not {len(stated)} of them.")
            return None
        how = stated[0]
        chosen = form.choice("spread", [spread.value for spread in Spread])
        spread = Spread(chosen) if chosen else SPREADS[how]
        by = self._range(form, how.value, f"The number {name.text if name else ''!r}", spread)
        if name is None or start is None or by is None or not (fine and in_order):
            return None
        return Change(name.text, owners, start, end, how, by)

    def _owners(self, form: Form, name: Word | None) -> tuple[tuple[str, ...], bool]:
        """What the number is of, and whether all of them can be."""
        words = form.words("of")
        if self.numbers is None or name is None:
            return tuple(word.text for word in words) or ("",), True
        known = self.numbers[name.text]
        if not words:
            if known:
                self.document.fault(name, f"{name.text!r} needs the key 'of': what it is of.")
            return ("",), not known
        if not known:
            self.document.fault(words[0], f"There is one {name.text!r} for all: leave 'of' out.")
            return ("",), False
        fine = [self._pair(word, known) for word in words]
        return tuple(word.text for word in words), all(fine)

    def _pair(self, word: Word, known: Collection[str]) -> bool:
        return named(self.document, word, known, "what this number can be of")

    def _days(self, form: Form) -> tuple[date | None, date | None, bool]:
        start, end = form.date("from"), form.date("until")
        if start is not None and end is not None and end <= start:
            self.document.fault(form.node("until"), f"It ends on {end}, before it begins on {start}.")
            return start, end, False
        stated = {key for key in ("from", "until") if form.node(key) is not None}
        return start, end, len(stated) == (start is not None) + (end is not None)

    def _range(
        self, form: Form, key: str, figure: str, spread: Spread, within: tuple[float, float] | None = None
    ) -> Parameter | None:
        """A number with the 5th and 95th percentile of what it may be; without them it is in no doubt."""
        at = form.word(key) or Word("", form.table.line, form.table.column)
        source = self.citations.source(self.document, form.word("source"), at, figure)
        confidence = self.citations.confidence(self.document, form.word("confidence"), at, figure)
        value = self._number(form, key, within)
        if value is None:
            return None
        basis = Basis(source, confidence, form.text("note"), f"{self.document.name}:{form.table.line}")
        ends = [form.node(end) is not None for end in ("low", "high")]
        if spread is Spread.FIXED or ends == [False, False]:
            if any(ends):
                self.document.fault(form.node("low") or form.node("high"), "A fixed number has no 'low' and no 'high'.")
                return None
            return Parameter(key, figure, value, value, value, Spread.FIXED, "", basis)
        low, high = self._number(form, "low", within), self._number(form, "high", within)
        if ends != [True, True]:
            self.document.fault(at, "'low' and 'high' go together: the 5th and the 95th percentile.")
        if low is None or high is None:
            return None
        fault = fault_of(value, low, high, spread)
        if fault:
            self.document.fault(form.node("low"), fault)
            return None
        return Parameter(key, figure, value, low, high, spread, "", basis)

    def _number(self, form: Form, key: str, within: tuple[float, float] | None) -> float | None:
        node = form.node(key)
        word = None if node is None else as_word(self.document, node, repr(key))
        if word is None:
            return None
        try:
            value = float(word.text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.document.fault(word, f"{word.text!r} is not a number.")
            return None
        if within is not None and not within[0] <= value <= within[1]:
            self.document.fault(word, f"{key!r} lies from {within[0]:g} to {within[1]:g}; not {value:g}.")
            return None
        return value


def fault_of(value: float, low: float, high: float, spread: Spread) -> str | None:
    """What is wrong with the ends of a range, or None."""
    if not low <= value <= high or low == high:
        return f"'low' is below the number, and the number below 'high'; not {low:g}, {value:g}, {high:g}."
    if spread is Spread.LOGNORMAL and low <= 0:
        return f"A lognormal spread is of numbers above 0; not from {low:g}."
    if spread is Spread.LOGIT and (low <= 0 or high >= 1):
        return f"A logit spread lies strictly between 0 and 1; not from {low:g} to {high:g}."
    return None
