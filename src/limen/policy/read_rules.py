"""Reading sources, readings, rules, claims and cases of one file, once the words are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from limen.policy.conditions import ConditionReader, read_under, spelled, with_needs
from limen.policy.people import PersonReader
from limen.policy.read_reach import REACH, REACH_KEYS, read_reach
from limen.policy.read_words import claim_name, value_name
from limen.policy.rules import (
    Asked,
    AskedTerm,
    Asks,
    Case,
    Cited,
    Claim,
    Confidence,
    Effect,
    Expected,
    ExpectedTerm,
    Fill,
    Force,
    KnownUntil,
    Outlook,
    ReachClaim,
    Rule,
    Source,
    Untranslated,
    Where,
)
from limen.policy.words import EVERYONE, NOBODY, Axis, Condition, Fact, Kind, Need, Words
from limen.text.forms import Form, as_table, as_tables, as_words
from limen.text.nodes import Document, Node, Table, Word

CONFIDENCES = ("high", "medium", "low")
SOURCE_KEYS = ("cite", "name", "rank", "published", "link", "confidence", "note")
SCOPE_KEYS = ("in", "at", "from", "until", "under")
RULE_KEYS = (
    "rule",
    *SCOPE_KEYS,
    "ended by",
    "known",
    "when",
    "unless",
    "despite",
    "source",
    "confidence",
    "untranslated",
    "note",
)
CLAIM_KEYS = ("claim", *SCOPE_KEYS, "for", "unless", "law", "right", "expected", "because", "note", *REACH_KEYS)
CASE_KEYS = ("case", "on", "person", "under", "by", "source", "expected", "because", "note")


def read_sources(
    document: Document, root: Table, ranks: Mapping[str, int], names: dict[str, Word]
) -> dict[str, Source]:
    """The sources of a file by their ids."""
    found = root.items.get("sources")
    table = as_table(document, found[1], "'sources'") if found else None
    sources = {}
    for id_, (key, node) in table.items.items() if table else ():
        if not re.fullmatch(r"[^\s,]+", id_):
            document.fault(key, "The id of a source is one word without spaces or commas.")
            continue
        inner = as_table(document, node, repr(id_))
        if not claim_name(document, names, key) or inner is None:
            continue
        form = Form(document, inner, "a source", SOURCE_KEYS, ("cite", "rank"))
        rank = form.choice("rank", tuple(ranks))
        confidence = form.choice("confidence", CONFIDENCES)
        sources[id_] = Source(
            id_, form.text("cite"), ranks[rank] if rank else 0, form.text("name"), form.text("link"), form.date("published"),
            Confidence[confidence.upper()] if confidence else Confidence.UNSTATED, form.text("note"),
        )  # fmt: skip
    return sources


def read_readings(
    document: Document, root: Table, names: dict[str, Word], sources: Mapping[str, Source]
) -> dict[str, Fact]:
    """The disputed questions of a file, each as a fact whose values are its answers."""
    found = root.items.get("readings")
    table = as_table(document, found[1], "'readings'") if found else None
    readings = {}
    for name, (key, node) in table.items.items() if table else ():
        inner = as_table(document, node, repr(name))
        if not claim_name(document, names, key) or inner is None:
            continue
        form = Form(document, inner, "a reading", ("asks", "answers"), ("asks", "answers"))
        answers = form.table_at("answers")
        said = []
        for answer, (word, value) in answers.items.items() if answers else ():
            value_name(document, word)
            answer_table = as_table(document, value, repr(answer))
            if answer_table is None:
                continue
            answer_form = Form(document, answer_table, "an answer", ("says", "source", "note"), ("says", "source"))
            cited = read_cited(document, answer_form, "source", sources)
            said.append(f"{answer}: {answer_form.text('says')} ({'; '.join(map(str, cited))})")
        if answers is not None and len(answers.items) < 2:
            document.fault(inner, "A disputed question has at least two answers.")
        elif answers is not None:
            values = tuple(answers.items)
            readings[name] = Fact(
                name, Kind.READING, values, frozenset(values[:1]), ask=form.text("asks"), says=" ".join(said)
            )
    return readings


def read_cited(document: Document, form: Form, key: str, sources: Mapping[str, Source]) -> tuple[Cited, ...]:
    """References such as `sbc 14(1)`."""
    cited = []
    for word in form.words(key):
        id_, _, locator = word.text.partition(" ")
        source = sources.get(id_)
        if source is None:
            document.fault(word, f"{id_!r} is not a source.", id_, sources)
        else:
            cited.append(Cited(source, locator.strip()))
    return tuple(cited)


class RuleReader:
    """Reads rules, claims and cases in the words and sources of one policy."""

    def __init__(
        self, words: Words, sources: Mapping[str, Source], readings: Mapping[str, Fact],
        reading_axes: Mapping[str, tuple[Axis, ...]],
    ) -> None:  # fmt: skip
        self.words = words
        self.sources = sources
        self.readings = readings
        self.reading_axes = reading_axes
        self.conditions = ConditionReader(words)
        self.persons = PersonReader(words)
        self.effect_keys = dict.fromkeys((*words.doors, *words.terms, *words.broken))
        self.keys = {
            what: dict.fromkeys((*keys, *self.effect_keys))
            for what, keys in (("a rule", RULE_KEYS), ("a claim", CLAIM_KEYS), ("a case", CASE_KEYS))
        }
        self._ordinary = {axis.number: axis.ordinary for axis in words.axes if axis.fact.kind is not Kind.READING}
        self.broken_rules: set[str] = set()
        self._effects: dict[tuple[str, str], Effect] = {}

    def rules(self, document: Document, root: Table, names: dict[str, Word]) -> dict[str, Rule]:
        """The rules of a file by name."""
        rules = {}
        for table in self._entries(document, root, "rules"):
            rule = self._rule(document, table, names)
            if rule is not None:
                rules[rule.name] = rule
        return rules

    def claims(self, document: Document, root: Table, names: dict[str, Word]) -> dict[str, Claim | ReachClaim]:
        """The claims of a file by name, also those about what is reached."""
        claims: dict[str, Claim | ReachClaim] = {}
        for table in self._entries(document, root, "always"):
            reach = not REACH.keys().isdisjoint(table.items)
            claim = read_reach(self, document, table, names) if reach else self._claim(document, table, names)
            if claim is not None:
                claims[claim.name] = claim
        return claims

    def cases(
        self, document: Document, root: Table, names: dict[str, Word], rules: Mapping[str, Rule]
    ) -> dict[str, Case]:
        """The cases of a file by name."""
        cases = {}
        for table in self._entries(document, root, "cases"):
            case = self._case(document, table, names, rules)
            if case is not None:
                cases[case.name] = case
        return cases

    def cited(self, document: Document, form: Form, key: str) -> tuple[Cited, ...]:
        """References such as `sbc 14(1)`."""
        return read_cited(document, form, key, self.sources)

    def _entries(self, document: Document, root: Table, section: str) -> Iterable[Table]:
        found = root.items.get(section)
        return as_tables(document, found[1], repr(section)) if found else ()

    def name_of(self, document: Document, form: Form, key: str, names: dict[str, Word]) -> str | None:
        """The name that a key gives, once it is noted as taken."""
        word = form.word(key)
        return word.text if word is not None and claim_name(document, names, word) else None

    def dates(self, document: Document, form: Form) -> tuple[date | None, date | None]:
        """The first day in force and the first no longer."""
        start, end = form.date("from"), form.date("until")
        if start is not None and end is not None and start >= end:
            node = form.node("until")
            document.fault(node, f"'until' is the first day no longer in force; {end} is not after {start}.")
        return start, end

    def _scope(self, document: Document, form: Form) -> tuple[list[Need], list[tuple[str, str]]]:
        """The needs and the wording of `in`, `at` and `under`."""
        needs, stated = self.places(document, form)
        read, said = self.under(document, form)
        return [*needs, *read], [*stated, *said]

    def places(self, document: Document, form: Form) -> tuple[list[Need], list[tuple[str, str]]]:
        """The needs and the wording of `in` and `at`."""
        needs: list[Need] = []
        stated = []
        for key, fact in (("in", self.words.place.in_), ("at", self.words.place.at)):
            node = form.node(key)
            if node is None:
                continue
            if fact is None:
                document.fault(node, f"The words file does not say which fact {key!r} is about (section 'place').")
                continue
            needs.extend(self.conditions.needs(document, Word(fact, node.line, node.column), node))
            stated.append((fact, spelled(node)))
        return needs, stated

    def under(self, document: Document, form: Form) -> tuple[list[Need], list[tuple[str, str]]]:
        """The needs and the wording of `under`."""
        under = form.table_at("under")
        if under is None:
            return [], []
        stated = [(name, spelled(node)) for name, (_, node) in under.items.items()]
        return read_under(document, under, self.readings, self.reading_axes), stated

    def condition(self, document: Document, form: Form, key: str) -> Condition:
        """The condition under a key."""
        return self.conditions.condition(document, form.node(key), repr(key))

    def unless(self, document: Document, form: Form, why: str) -> Condition:
        """The carve-outs; `why` is said where they spare everyone."""
        if "unless" not in form.table.items:
            return NOBODY
        before = len(document.faults)
        unless = self.condition(document, form, "unless")
        if len(document.faults) == before and any(not clause.needs for clause in unless):
            document.fault(form.node("unless"), why)
        return unless

    def _rule(self, document: Document, table: Table, names: dict[str, Word]) -> Rule | None:
        form = Form(document, table, "a rule", self.keys["a rule"], ("rule", "source"))
        name = self.name_of(document, form, "rule", names)
        effects: list[Effect] = []
        fills: list[Fill] = []
        for key, (_, node) in table.items.items():
            if key in self.words.doors:
                effects.extend(e for w in as_words(document, node, repr(key)) if (e := self._effect(document, key, w)))
            elif key in self.words.terms:
                value = form.choice(key, self.words.terms[key].values)
                if value is not None:
                    fills.append(Fill(key, value))
        untranslated = self._untranslated(document, form)
        says_something = any(key in self.effect_keys for key in table.items)
        if not says_something and not (untranslated and untranslated.doors):
            document.fault(
                table, "This rule has no effect: it needs a door or a term, or 'untranslated' with 'doors'.",
            )  # fmt: skip
        cited = read_cited(document, form, "source", self.sources)
        start, end = self.dates(document, form)
        needs, stated = self._scope(document, form)
        confidence = form.choice("confidence", CONFIDENCES)
        ended_by = form.word("ended by")
        if ended_by is not None and ended_by.text not in self.sources:
            document.fault(ended_by, f"{ended_by.text!r} is not a source.", ended_by.text, self.sources)
        if ended_by is not None and "until" not in table.items:
            document.fault(ended_by, "'ended by' needs 'until'.")
        known = self._known(document, form, start, end)
        unless = self.unless(document, form, "This carve-out spares everyone, so the rule would never speak.")
        if name is None or not cited:
            self.broken_rules.update([name] if name else ())
            return None
        if untranslated is not None and not untranslated.doors:
            untranslated = replace(untranslated, doors=tuple(dict.fromkeys(effect.door for effect in effects)))
        return Rule(
            name=name,
            where=Where(document.name, table.line, table.column),
            effects=tuple(effects),
            fills=tuple(fills),
            cited=cited,
            rank=cited[0].source.rank,
            confidence=Confidence[confidence.upper()] if confidence else cited[0].source.confidence,
            when=with_needs(self.condition(document, form, "when"), needs),
            unless=unless,
            despite=tuple(word.text for word in form.words("despite")),
            start=start,
            end=end,
            ended_by=self.sources.get(ended_by.text) if ended_by else None,
            known=known,
            untranslated=untranslated,
            note=form.text("note"),
            stated_scope=tuple(stated),
        )

    def _known(self, document: Document, form: Form, start: date | None, end: date | None) -> KnownUntil | None:
        table = form.table_at("known")
        if table is None:
            return None
        inner = Form(document, table, "'known'", ("until", "then"), ("until", "then"))
        day, then = inner.date("until"), inner.text("then")
        if day is None:
            return None
        node = inner.node("until")
        if start is not None and day < start:
            document.fault(node, f"What is not known from {day} cannot begin before the rule, which begins on {start}.")
        if end is not None and day > end:
            document.fault(node, f"The rule ends on {end}; what is not known after it begins on that day or before.")
        return KnownUntil(day, then)

    def _untranslated(self, document: Document, form: Form) -> Untranslated | None:
        table = form.table_at("untranslated")
        if table is None:
            return None
        inner = Form(document, table, "'untranslated'", ("words", "why", "doors"), ("words", "why"))
        doors = []
        for word in inner.words("doors"):
            if word.text in self.words.doors:
                doors.append(word.text)
            elif word.text not in self.words.broken:
                document.fault(word, f"{word.text!r} is not a door.", word.text, self.words.doors)
        return Untranslated(inner.text("words"), inner.text("why"), tuple(doors))

    def _said(
        self, document: Document, door: str, word: Word, verbs: tuple[str, ...], alone: tuple[str, ...] = ()
    ) -> tuple[str, bool, str] | None:
        """The verb, the side and the finding of `must admit` or `first individual threat`. `alone`: what else can be said."""
        verb, _, rest = word.text.partition(" ")
        rest = rest.strip()
        kind = self.words.doors[door]
        if verb not in verbs or not rest:
            options = [f"{verb} {kind.open}" for verb in verbs if verb != "first"]
            example = ", ".join([*options, *alone])
            sides = [f"{verb} {side}" for verb in verbs if verb != "first" for side in (kind.open, kind.shut)]
            choices = [*sides, *(f"first {finding}" for finding in self.words.findings), *alone]
            document.fault(
                word,
                f"{word.text!r} is nothing that can be said of {door!r} (say {example}).",
                word.text,
                choices,
            )
            return None
        if verb == "first":
            if rest in self.words.broken:
                return None
            if rest not in self.words.findings:
                document.fault(word, f"{rest!r} is not a finding.", rest, self.words.findings)
                return None
            return verb, False, rest
        if rest not in (kind.open, kind.shut):
            document.fault(
                word, f"{rest!r} is not an answer of {door!r}, which are {kind.open!r} and {kind.shut!r}.",
                rest, (kind.open, kind.shut),
            )  # fmt: skip
            return None
        return verb, rest == kind.open, ""

    def _effect(self, document: Document, door: str, word: Word) -> Effect | None:
        known = self._effects.get((door, word.text))
        if known is not None:
            return known
        said = self._said(document, door, word, ("must", "may", "presume", "first"))
        if said is None:
            return None
        effect = Effect(door, Force(said[0]), said[1], said[2])
        self._effects[door, word.text] = effect
        return effect

    def _claim(self, document: Document, table: Table, names: dict[str, Word]) -> Claim | None:
        form = Form(document, table, "a claim", self.keys["a claim"], ("claim",))
        name = self.name_of(document, form, "claim", names)
        asked: list[Asked | AskedTerm] = []
        for key, (_, node) in table.items.items():
            if key in self.words.doors:
                asked.extend(a for w in as_words(document, node, repr(key)) if (a := self._asked(document, key, w)))
            elif key in self.words.terms:
                values = self._term_values(document, key, node)
                if values:
                    asked.append(AskedTerm(key, values))
        if not any(key in self.effect_keys for key in table.items):
            document.fault(table, "This claim asks nothing: it needs a door, a term, 'must reach' or 'can reach'.")
        for key in REACH_KEYS:
            if key in table.items:
                document.fault(
                    table.items[key][0], f"{key!r} is said of what is reached: it needs 'must reach' or 'can reach'."
                )
        start, end = self.dates(document, form)
        needs, _ = self._scope(document, form)
        expected = form.choice("expected", ("holds", "fails"))
        scope = self.condition(document, form, "for") if "for" in table.items else EVERYONE
        unless = self.unless(document, form, "This leaves nobody for whom the claim is made.")
        law = read_cited(document, form, "law", self.sources)
        right = form.yes("right")
        if name is None or not asked:
            return None
        return Claim(
            name, Where(document.name, table.line, table.column), tuple(asked), with_needs(scope, needs), unless, start, end, law,
            right, expected == "fails", form.text("because"), form.text("note"),
        )  # fmt: skip

    def _term_values(self, document: Document, term: str, node: Node) -> frozenset[str]:
        values = set()
        for word in as_words(document, node, repr(term)):
            if word.text in self.words.terms[term].values:
                values.add(word.text)
            else:
                options = self.words.terms[term].values
                document.fault(word, f"{word.text!r} is not a value of {term!r}.", word.text, options)
        return frozenset(values)

    def _asked(self, document: Document, door: str, word: Word) -> Asked | None:
        if word.text.startswith("same for every "):
            name = word.text.removeprefix("same for every ").strip()
            if name in self.words.broken:
                return None
            fact = self.words.facts.get(name)
            if fact is None or fact.kind is Kind.SET:
                single = [name for name, fact in self.words.facts.items() if fact.kind is not Kind.SET]
                why = "holds several values at once" if fact else "is not a fact"
                document.fault(
                    word, f"{name!r} {why}; equal treatment is asked by a fact with one value.", name, single
                )
                return None
            return Asked(door, Asks.SAME, fact=name)
        said = self._said(document, door, word, ("must", "can", "first"))
        return Asked(door, Asks(said[0]), said[1], said[2]) if said else None

    def _case(self, document: Document, table: Table, names: dict[str, Word], rules: Mapping[str, Rule]) -> Case | None:
        form = Form(document, table, "a case", self.keys["a case"], ("case", "on", "person"))
        name = self.name_of(document, form, "case", names)
        on = form.date("on")
        expected: list[Expected | ExpectedTerm] = []
        for key, (_, node) in table.items.items():
            if key in self.words.doors:
                expected.extend(
                    e for w in as_words(document, node, repr(key)) if (e := self._expected(document, key, w))
                )
            elif key in self.words.terms:
                value = form.choice(key, self.words.terms[key].values)
                if value is not None:
                    expected.append(ExpectedTerm(key, value))
        if not any(key in self.effect_keys for key in table.items):
            document.fault(table, "This case expects nothing: it needs a door or a term.")
        stated = form.table_at("person")
        person = self._whole_person(document, stated, on) if stated is not None and on is not None else {}
        under: dict[int, int] = {}
        under_table = form.table_at("under")
        if under_table is not None:
            for need in read_under(document, under_table, self.readings, self.reading_axes):
                if isinstance(need, tuple):
                    under[need[0].axis] = min(need[0].places)
                    if len(need[0].places) > 1:
                        document.fault(
                            under_table, "A case stands under one answer of a reading, or under all of them."
                        )
        by = form.words("by")
        for word in by:
            if word.text not in rules and word.text not in self.broken_rules:
                document.fault(word, f"{word.text!r} is not a rule.", word.text, rules)
        cited = read_cited(document, form, "source", self.sources)
        if name is None or on is None:
            return None
        where = Where(document.name, table.line, table.column)
        return Case(
            name, where, on, person, tuple(expected), under, tuple(word.text for word in by), cited,
            form.choice("expected", ("holds", "fails")) == "fails", form.text("because"), form.text("note"),
        )  # fmt: skip

    def _whole_person(self, document: Document, table: Table, on: date) -> dict[int, int]:
        """The place on every axis of facts and findings; what is not stated is ordinary."""
        person = self.persons.person(document, table, whole=True)
        try:
            known = person.on(on, self.words.axes)
        except ValueError as error:
            document.fault(table, f"{error}.")
            return {}
        places = dict(self._ordinary)
        places.update((number, min(left)) for number, left in known.items() if left)
        return places

    def _expected(self, document: Document, door: str, word: Word) -> Expected | None:
        alone = ("may", "gap", "conflict", "tension")
        if word.text in alone:
            return Expected(door, Outlook(word.text))
        said = self._said(document, door, word, ("must", "presume", "first"), alone)
        return Expected(door, Outlook(said[0]), said[1], said[2]) if said else None
