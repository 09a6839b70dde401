"""Reading conditions: the words of a file become looks at axes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from limen.policy.words import EVERYONE, Axis, Clause, Condition, Fact, Filled, Kind, Look, Need, Term, Words
from limen.text.faults import nearest
from limen.text.forms import as_tables, as_words
from limen.text.nodes import Document, Listing, Node, Table, Word

_RANGE = re.compile(r"(-?\d{1,9})?\.\.(-?\d{1,9})?|(-?\d{1,9})", re.ASCII)
NONE = "none"
MOST_ORS = 6


def parse_range(text: str, low: int, high: int) -> tuple[int, int] | None:
    """The ends, both included, of `18..60`, `18..`, `..17` or `18` within low..high; None where the text is no range."""
    found = _RANGE.fullmatch(text)
    if not found or text == "..":
        return None
    first, last, single = found.groups()
    if single is not None:
        return int(single), int(single)
    return (int(first) if first is not None else low), (int(last) if last is not None else high)


class ConditionReader:
    """Reads the conditions of one vocabulary. Equal texts are read once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.names = (*words.facts, *words.terms)
        self._read: dict[tuple[str, str], tuple[Need, ...]] = {}
        self._placed: dict[tuple[str, str], frozenset[int]] = {}
        self._indexed: dict[str, dict[str, int]] = {}
        self._meant: dict[str, dict[str, frozenset[str]]] = {}

    def condition(self, document: Document, node: Node | None, what: str, terms: bool = True) -> Condition:
        """A mapping or a list of mappings. `terms`: whether terms may be read. Faults leave the clause out."""
        if node is None:
            return EVERYONE
        if isinstance(node, Listing) and not node.items:
            document.fault(node, f"{what} lists nothing.")
        return tuple(self.clause(document, table, terms) for table in as_tables(document, node, what))

    def clause(self, document: Document, table: Table, terms: bool = True) -> Clause:
        """One mapping: all its needs."""
        needs: list[Need] = []
        stated: list[tuple[str, str]] = []
        for name, (key, node) in table.items.items():
            needs.extend(self.needs(document, key, node, terms))
            stated.append((name, spelled(node)))
        return Clause(tuple(needs), tuple(stated))

    def needs(self, document: Document, key: Word, node: Node, terms: bool = True) -> Sequence[Need]:
        """The needs of one `fact: values` pair."""
        name = key.text
        fact = self.words.facts.get(name)
        term = self.words.terms.get(name) if terms else None
        if fact is None and term is None:
            if name in self.words.broken:
                return ()
            if name in self.words.terms:
                document.fault(key, f"{name!r} is a term; only facts and findings can stand here.")
            else:
                names = self.names if terms else tuple(self.words.facts)
                document.fault(
                    key,
                    f"{name!r} is not a fact{', finding or term' if terms else ' or finding'}.",
                    name,
                    names,
                )
            return ()
        texts = as_words(document, node, repr(name))
        if not texts:
            return ()
        if term is not None:
            return self._term_need(document, term, texts)
        assert fact is not None
        axes = self.words.axes_of[name]
        if len(texts) == 1:
            return self._single(document, fact, axes, texts[0])
        places: set[int] = set()
        held: set[str] = set()
        with_none = False
        for word in texts:
            if word.text.startswith("not "):
                document.fault(word, "A list says which values are allowed; write 'not A or B' as one text instead.")
                return ()
            if fact.kind is Kind.SET:
                if word.text == NONE:
                    with_none = True
                else:
                    held |= self._named(document, fact, word, word.text)
            else:
                found = self._places(document, fact, word, word.text)
                places |= found
        if fact.kind is not Kind.SET:
            return ((Look(axes[0].number, frozenset(places)),),) if places else ()
        any_held = tuple(Look(axis.number, frozenset({1})) for axis in axes if axis.item in held)
        if not with_none:
            return (any_held,) if any_held else ()
        return tuple((*any_held, Look(axis.number, frozenset({0}))) for axis in axes if axis.item not in held)

    def _single(self, document: Document, fact: Fact, axes: tuple[Axis, ...], word: Word) -> tuple[Need, ...]:
        key = (fact.name, word.text)
        known = self._read.get(key)
        if known is not None:
            return known
        before = len(document.faults)
        text, negated = word.text, False
        if text.startswith("not "):
            text, negated = text[4:].strip(), True
        needs: tuple[Need, ...]
        if fact.kind is not Kind.SET:
            places = (
                self._alternatives(document, fact, word, text) if negated else self._places(document, fact, word, text)
            )
            if negated:
                places = frozenset(range(len(fact.values))) - places
                if not places and len(document.faults) == before:
                    document.fault(word, f"This leaves no value of {fact.name!r}.")
            needs = ((Look(axes[0].number, frozenset(places)),),)
        elif text == NONE:
            looks = tuple(Look(axis.number, frozenset({int(negated)})) for axis in axes)
            needs = (looks,) if negated else tuple((look,) for look in looks)
        elif negated:
            parts = _split(text, self._names(fact))
            held = frozenset[str]().union(*(self._named(document, fact, word, part) for part in parts))
            needs = tuple((Look(axis.number, frozenset({0})),) for axis in axes if axis.item in held)
        else:
            held = self._named(document, fact, word, text)
            needs = (tuple(Look(axis.number, frozenset({1})) for axis in axes if axis.item in held),)
        if len(document.faults) > before:
            return ()
        self._read[key] = needs
        return needs

    def _term_need(self, document: Document, term: Term, texts: list[Word]) -> tuple[Need, ...]:
        values: set[str] = set()
        for word in texts:
            text = word.text
            if text.startswith("not ") and text not in term.values and len(texts) == 1:
                excluded = set(_split(text[4:].strip(), term.values))
                for part in excluded - set(term.values):
                    _unknown_value(document, word, term.name, part, term.values)
                values |= set(term.values) - excluded
            elif text in term.values:
                values.add(text)
            else:
                _unknown_value(document, word, term.name, text, term.values)
        return (Filled(term.name, frozenset(values)),) if values else ()

    def _alternatives(self, document: Document, fact: Fact, word: Word, text: str) -> frozenset[int]:
        parts = _split(text, () if fact.kind is Kind.NUMBER else self._names(fact))
        return frozenset[int]().union(*(self._places(document, fact, word, part) for part in parts))

    def _places(self, document: Document, fact: Fact, word: Word, text: str) -> frozenset[int]:
        """The places of a value, a group or a range on the fact's axis."""
        key = (fact.name, text)
        if key not in self._placed:
            if fact.kind is Kind.NUMBER:
                places = self._range(document, fact, word, text)
            else:
                named = self._named(document, fact, word, text)
                places = frozenset(map(self._index(fact).__getitem__, named))
            if not places:
                return places
            self._placed[key] = places
        return self._placed[key]

    def _range(self, document: Document, fact: Fact, word: Word, text: str) -> frozenset[int]:
        low, high = fact.low, fact.low + len(fact.values) - 1
        ends = parse_range(text, low, high)
        if ends is None:
            document.fault(word, f"{text!r} is not a whole number or a range such as {low}..{high}.")
            return frozenset()
        first, last = ends
        if first > last:
            document.fault(word, f"The range {text!r} is empty: it ends before it begins.")
            return frozenset()
        if first < low or last > high:
            document.fault(word, f"{fact.name!r} lies within {low}..{high}; {text!r} does not.")
            return frozenset()
        return frozenset(range(first - low, last - low + 1))

    def _index(self, fact: Fact) -> dict[str, int]:
        """The place of each value of a fact."""
        if fact.name not in self._indexed:
            self._indexed[fact.name] = {value: place for place, value in enumerate(fact.values)}
        return self._indexed[fact.name]

    def _names(self, fact: Fact) -> dict[str, frozenset[str]]:
        """The values that each value and group of a fact stands for."""
        if fact.name not in self._meant:
            self._meant[fact.name] = {**{value: frozenset((value,)) for value in fact.values}, **fact.groups}
        return self._meant[fact.name]

    def _named(self, document: Document, fact: Fact, word: Word, text: str) -> frozenset[str]:
        found = self._names(fact).get(text)
        if found is not None:
            return found
        options = (*fact.values, *fact.groups, *((NONE,) if fact.kind is Kind.SET else ()))
        value = named_in_full(fact, text, options)
        _unknown_value(document, word, fact.name, value or text, options, text)
        return frozenset()


def read_under(
    document: Document, table: Table, readings: Mapping[str, Fact], axes_of: Mapping[str, tuple[Axis, ...]]
) -> list[Need]:
    """The needs of `under: {question: answer}`."""
    needs: list[Need] = []
    for name, (key, node) in table.items.items():
        reading = readings.get(name)
        if reading is None:
            document.fault(key, f"{name!r} is not a reading.", name, readings)
            continue
        places = set()
        for word in as_words(document, node, repr(name)):
            if word.text in reading.values:
                places.add(reading.values.index(word.text))
            else:
                _unknown_value(document, word, name, word.text, reading.values)
        if places:
            needs.append((Look(axes_of[name][0].number, frozenset(places)),))
    return needs


def with_needs(condition: Condition, needs: Sequence[Need], stated: Sequence[tuple[str, str]] = ()) -> Condition:
    """The condition with further needs in every clause."""
    if not needs:
        return condition
    return tuple(Clause((*needs, *clause.needs), (*stated, *clause.stated)) for clause in condition)


def both(one: Condition, other: Condition) -> Condition:
    """The condition that two conditions hold."""
    return tuple(found for clause in other for found in with_needs(one, clause.needs, clause.stated))


def spelled(node: Node) -> str:
    """A node's words as a reader would say them: alternatives joined by *or*."""
    if isinstance(node, Word):
        return node.text
    if isinstance(node, Table):
        return "; ".join(f"{key}: {spelled(value)}" for key, (_, value) in node.items.items())
    return " or ".join(spelled(item) for item in node.items)


def _split(text: str, names: Container[str]) -> list[str]:
    """The parts of `A or B`. A name that itself holds an *or* is one part; the longest name counts."""
    words = text.split(" or ")
    parts: list[str] = []
    while words:
        ends = (end for end in range(min(len(words), MOST_ORS), 1, -1) if " or ".join(words[:end]) in names)
        end = next(ends, 1)
        parts.append(" or ".join(words[:end]).strip())
        del words[:end]
    return parts


def named_in_full(fact: Fact, text: str, options: Iterable[str]) -> str | None:
    """The value that somebody means who writes its name in full, or nearly so; None where one of the options is nearer."""
    by_name = {name: value for value, name in fact.names.items()}
    return by_name.get(nearest(text, (*options, *by_name)) or "") if by_name else None


def _unknown_value(
    document: Document, word: Word, name: str, meant: str, options: Sequence[str], text: str | None = None
) -> None:
    """A fault that offers the option nearest to what is meant; `text` is what stands there, where that is not the same."""
    document.fault(word, f"{text or meant!r} is not a value of {name!r}.", meant, options)
