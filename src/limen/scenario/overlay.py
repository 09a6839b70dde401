"""A policy with changes laid over it: rules withdrawn, rules of other days, rules added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from limen.policy.order import in_order
from limen.policy.read_rules import RuleReader, read_sources
from limen.policy.rules import Policy, Rule, Source
from limen.text.forms import Form, as_tables, as_words, parse_date
from limen.text.nodes import Document, Node, Table, Word

DATE_KEYS = ("rule", "from", "until")
OPEN = "open"
"""In place of a day: no beginning, or no end."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A rule that is given other days: in force from `start` until before `end`."""

    rule: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Overlay:
    """What a document changes of a policy: names of rules withdrawn, rules of other days, and rules and sources added."""

    withdrawn: tuple[str, ...]
    moved: tuple[Moved, ...]
    added: Mapping[str, Rule]
    sources: Mapping[str, Source]

    def over(self, policy: Policy, document: Document) -> Policy:
        """The policy with the changes; without its cases, which tell of the policy as it stands.

        Rules that prevail over others and stand in a circle, or below them, become faults of the document.
        """
        rules = {name: rule for name, rule in policy.rules.items() if name not in self.withdrawn}
        for one in self.moved:
            rules[one.rule] = replace(rules[one.rule], start=one.start, end=one.end, ended_by=None)
        for name, rule in rules.items():
            if gone := [other for other in rule.despite if other in self.withdrawn]:
                rules[name] = replace(rule, despite=tuple(other for other in rule.despite if other not in gone))
        rules.update(self.added)
        laid = replace(policy, rules=rules, cases={}, sources={**policy.sources, **self.sources})
        files: dict[str, Document] = {rule.where.file: Document(rule.where.file, "") for rule in rules.values()}
        files[document.name] = document
        order = in_order(laid, files)
        document.faults += [fault for file in files.values() if file is not document for fault in file.faults]
        return replace(laid, order=order)


class OverlayReader:
    """Reads the sections `sources`, `withdraw`, `dates` and `rules` of a document against a policy."""

    def __init__(self, document: Document, policy: Policy) -> None:
        self.document, self.policy = document, policy

    def read(self, root: Table) -> Overlay:
        """What the document changes."""
        policy, document = self.policy, self.document
        ranks = {rank.name: number for number, rank in enumerate(policy.words.ranks)}
        words: dict[str, Word] = {}
        sources = read_sources(document, root, ranks, words)
        self._taken(words, policy.sources, "source")
        withdrawn = self._withdrawn(root)
        reader = RuleReader(policy.words, {**policy.sources, **sources}, policy.words.readings, policy.words.axes_of)
        words = {}
        added = reader.rules(document, root, words)
        self._taken(words, policy.rules, "rule")
        return Overlay(withdrawn, self._moved(root, withdrawn), added, sources)

    def _taken(self, words: Mapping[str, Word], known: Iterable[str], what: str) -> None:
        for name, word in words.items():
            if name in known:
                self.document.fault(word, f"The policy has a {what} {name!r} already; give this one a name of its own.")

    def _withdrawn(self, root: Table) -> tuple[str, ...]:
        node = _section(root, "withdraw")
        found: list[str] = []
        for word in as_words(self.document, node, "'withdraw'") if node is not None else ():
            if word.text in found:
                self.document.fault(word, f"The rule {word.text!r} is withdrawn a second time.")
            elif self._rule(word):
                found.append(word.text)
        return tuple(found)

    def _rule(self, word: Word) -> bool:
        if word.text in self.policy.rules:
            return True
        self.document.fault(word, f"The policy has no rule {word.text!r}.", word.text, self.policy.rules)
        return False

    def _moved(self, root: Table, withdrawn: Iterable[str]) -> tuple[Moved, ...]:
        node = _section(root, "dates")
        found: dict[str, Moved] = {}
        for table in as_tables(self.document, node, "'dates'") if node is not None else ():
            form = Form(self.document, table, "a change of dates", DATE_KEYS, ("rule",))
            word = form.word("rule")
            days = {key: self._day(form, key) for key in ("from", "until") if form.node(key) is not None}
            if word is None or not self._rule(word):
                continue
            if not days:
                self.document.fault(word, "A change of dates says 'from' or 'until' or both.")
            if word.text in withdrawn or word.text in found:
                self.document.fault(word, f"The rule {word.text!r} is withdrawn, or given other dates, already.")
                continue
            rule = self.policy.rules[word.text]
            start, end = days.get("from", rule.start), days.get("until", rule.end)
            if start is not None and end is not None and end <= start:
                self.document.fault(word, f"The rule would end on {end}, before it begins on {start}.")
            found[word.text] = Moved(word.text, start, end)
        return tuple(found.values())

    def _day(self, form: Form, key: str) -> date | None:
        word = form.word(key)
        if word is None or word.text == OPEN:
            return None
        day = parse_date(word.text)
        if day is None:
            self.document.fault(word, f"{word.text!r} is not a day; write it as 2022-09-30, or {OPEN!r} for none.")
        return day


def _section(root: Table, key: str) -> Node | None:
    found = root.items.get(key)
    return found[1] if found else None
