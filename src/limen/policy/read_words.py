"""Reading the words file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from limen.policy.computed import COMPUTED
from limen.policy.conditions import NONE, ConditionReader, parse_range
from limen.policy.read_doors import read_door, with_facts
from limen.policy.words import Computed, Fact, Kind, Place, Rank, Term, Words, lay_axes
from limen.text.forms import Form, as_table, as_tables, as_word, as_words
from limen.text.nodes import Document, Listing, Node, Table, Word

WORDS_SECTIONS = ("vocabulary", "facts", "findings", "terms", "doors", "ranks", "place", "impossible")
RESERVED_VALUES = frozenset({"must", "may", "presume", "first", "not", NONE, "gap", "conflict", "tension"})
RESERVED_NAMES = frozenset(
    {
        "rule",
        "claim",
        "case",
        "in",
        "at",
        "from",
        "until",
        "ended by",
        "known",
        "when",
        "unless",
        "despite",
        "under",
        "source",
        "for",
    }
    | {"confidence", "untranslated", "note", "law", "right", "expected", "because", "on", "person", "by"}
    | {"must reach", "can reach", "issuer", "irregular"}
)
WIDEST_NUMBER = 4_000
LONGEST_NAME = 120


def read_words(document: Document, root: Table) -> Words | None:
    """The vocabulary that a words file declares (its readings come later), or None where too little of it could be read."""
    names: dict[str, Word] = {}
    declared: set[str] = set()

    def named(section: str) -> Iterator[tuple[str, Word, Node]]:
        found = root.items.get(section)
        table = as_table(document, found[1], repr(section)) if found else None
        if table is not None and not table.items and section in ("facts", "doors"):
            document.fault(table, f"{section!r} declares nothing.")
        for name, (key, node) in table.items.items() if table else ():
            declared.add(name)
            if claim_name(document, names, key, RESERVED_NAMES):
                yield name, key, node

    facts = {
        name: fact for name, key, node in named("facts") if (fact := _fact(document, key, node, names, finding=False))
    }
    facts |= {
        name: fact for name, key, node in named("findings") if (fact := _fact(document, key, node, names, finding=True))
    }
    terms = {name: term for name, key, node in named("terms") if (term := _term(document, name, node))}
    doors = {name: door for name, key, node in named("doors") if (door := read_door(document, name, node))}
    ranks = _ranks(document, root)
    axes, axes_of = lay_axes(facts)
    broken = declared - facts.keys() - terms.keys() - doors.keys()
    place = _place(document, root, facts, broken)
    words = Words(_title(document, root), facts, terms, doors, ranks, place, {}, (), axes, axes_of, frozenset(broken))
    reader = ConditionReader(words)
    words = replace(words, doors=with_facts(document, root, words, reader))
    if "impossible" in root.items:
        tables = as_tables(document, root.items["impossible"][1], "'impossible'")
        impossible = []
        for table in tables:
            before = len(document.faults)
            clause = reader.clause(document, table, terms=False)
            if len(document.faults) > before:
                continue
            if not clause.needs:
                document.fault(table, "This would make everyone impossible.")
                continue
            impossible.append(clause)
        words = replace(words, impossible=tuple(impossible))
    return words if facts and doors and ranks else None


def claim_name(document: Document, names: dict[str, Word], key: Word, reserved: frozenset[str] = frozenset()) -> bool:
    """Notes a name as taken; a fault where it is taken already, reserved, or no name at all."""
    text = key.text
    if not text.strip() or text != text.strip() or len(text) > LONGEST_NAME or not set(text).isdisjoint("\t\r\n"):
        document.fault(key, f"A name is one line of at most {LONGEST_NAME} characters without spaces around it.")
        return False
    if text in reserved:
        document.fault(key, f"{text!r} is a key of rules, claims or cases and cannot be a name.")
        return False
    if text in names:
        document.fault(key, f"The name {text!r} is taken already (line {names[text].line}).")
        return False
    names[text] = key
    return True


def _title(document: Document, root: Table) -> str:
    found = root.items.get("vocabulary")
    word = as_word(document, found[1], "'vocabulary'") if found else None
    return word.text if word else ""


def _fact(document: Document, key: Word, node: Node, names: dict[str, Word], finding: bool) -> Fact | None:
    what = "a finding" if finding else "a fact"
    table = as_table(document, node, repr(key.text))
    if table is None:
        return None
    kinds = ("values", "whole number") if finding else ("values", "holds", "whole number")
    keys = (*kinds, "ordinary", "groups", "names", "ask", "says", "looked at by" if finding else "computed")
    form = Form(document, table, what, keys, ("ordinary",))
    given = [kind for kind in kinds if kind in table.items]
    if len(given) != 1:
        document.fault(table, f"{what.capitalize()} has exactly one of {', '.join(map(repr, kinds))}.")
        return None
    low = 0
    if given[0] == "whole number":
        kind = Kind.NUMBER
        ends = _number_range(document, form)
        if ends is None:
            return None
        low = ends[0]
        values = tuple(map(str, range(ends[0], ends[1] + 1)))
    else:
        kind = Kind.SET if given[0] == "holds" else Kind.ONE
        values = _values(document, form, given[0])
        if not values:
            return None
    groups = _groups(document, form, values) if kind is not Kind.NUMBER else {}
    ordinary = _ordinary(document, form, kind, values)
    if ordinary is None:
        return None
    computed = None if finding else _computed(document, form, kind, names)
    return Fact(
        key.text, kind, values, ordinary, groups, low, computed, finding,
        form.text("looked at by") if finding else "", form.text("ask"), form.text("says"), _full_names(document, form, values),
    )  # fmt: skip


def _number_range(document: Document, form: Form) -> tuple[int, int] | None:
    word = form.word("whole number")
    if word is None:
        return None
    ends = parse_range(word.text, 0, -1) if ".." in word.text else None
    if ends is None or word.text.startswith("..") or word.text.endswith("..") or ends[0] > ends[1]:
        document.fault(word, f"{word.text!r} is not a range with both ends, such as 0..120.")
        return None
    if ends[1] - ends[0] >= WIDEST_NUMBER:
        document.fault(word, f"A whole number has at most {WIDEST_NUMBER} places.")
        return None
    return ends


def _values(document: Document, form: Form, key: str) -> tuple[str, ...]:
    values: dict[str, Word] = {}
    for word in form.words(key):
        if value_name(document, word):
            if word.text in values:
                document.fault(word, f"The value {word.text!r} stands here a second time.")
            values.setdefault(word.text, word)
    return tuple(values)


def value_name(document: Document, word: Word) -> bool:
    """Whether a word can be the name of a value, a group or an answer; a fault where it cannot."""
    text = word.text
    if (
        not text
        or text in RESERVED_VALUES
        or text.startswith("not ")
        or text.endswith("?")
        or len(text) > LONGEST_NAME
        or text != text.strip()
        or not set(text).isdisjoint("\t\r\n")
    ):
        document.fault(word, f"{text[:40]!r} cannot be the name of a value.")
        return False
    return True


def _groups(document: Document, form: Form, values: tuple[str, ...]) -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    table = form.table_at("groups")
    for name, (key, node) in table.items.items() if table else ():
        if not value_name(document, key):
            continue
        if name in values:
            document.fault(key, f"{name!r} is a value already; a group needs a name of its own.")
            continue
        members = set[str]()
        for word in as_words(document, node, repr(name)):
            if word.text in groups:
                members |= groups[word.text]
            elif word.text in values:
                members.add(word.text)
            else:
                document.fault(word, f"{word.text!r} is not one of the values.", word.text, values)
        if members:
            groups[name] = frozenset(members)
    return groups


def _full_names(document: Document, form: Form, values: tuple[str, ...]) -> dict[str, str]:
    """What values are called in full."""
    names: dict[str, str] = {}
    table = form.table_at("names")
    for value, (key, node) in table.items.items() if table else ():
        word = as_word(document, node, repr(value))
        if value not in values:
            document.fault(key, f"{value!r} is not one of the values.", value, values)
        elif word is not None:
            names[value] = word.text
    return names


def _ordinary(document: Document, form: Form, kind: Kind, values: tuple[str, ...]) -> frozenset[str] | None:
    node = form.node("ordinary")
    if kind is Kind.SET and isinstance(node, Listing) and not node.items:
        document.fault(node, "'ordinary' lists nothing; write `none` for the empty set.")
        return None
    words = form.words("ordinary")
    if not words:
        return None
    if kind is Kind.SET and [word.text for word in words] == [NONE]:
        return frozenset()
    if kind is not Kind.SET and len(words) > 1:
        document.fault(words[1], "Only one value can be the ordinary one.")
        return None
    for word in words:
        if word.text not in values:
            options = values if kind is not Kind.NUMBER else ()
            document.fault(word, f"{word.text!r} is not one of the values.", word.text, options)
            return None
    return frozenset(word.text for word in words)


def _computed(document: Document, form: Form, kind: Kind, names: dict[str, Word]) -> Computed | None:
    table = form.table_at("computed")
    if table is None:
        return None
    inner = Form(document, table, "'computed'", ("as", "from"), ("as", "from"))
    function, given = inner.choice("as", tuple(COMPUTED)), inner.word("from")
    if kind is not Kind.NUMBER:
        document.fault(table, "Only a fact with 'whole number' can be computed.")
        return None
    if given is None or not claim_name(document, names, given):
        return None
    return Computed(function, given.text) if function else None


def _term(document: Document, name: str, node: Node) -> Term | None:
    table = as_table(document, node, repr(name))
    if table is None:
        return None
    form = Form(document, table, "a term", ("values", "unfilled", "says"), ("values", "unfilled"))
    values = _values(document, form, "values")
    unfilled = form.choice("unfilled", values) if values else None
    return Term(name, values, unfilled, form.text("says")) if values and unfilled else None


def _ranks(document: Document, root: Table) -> tuple[Rank, ...]:
    found = root.items.get("ranks")
    if found is None:
        document.fault(root, "A words file needs the section 'ranks'.")
        return ()
    node = found[1]
    names: dict[str, Word] = {}
    ranks: list[Rank] = []
    if isinstance(node, Listing) and not node.items:
        document.fault(node, "'ranks' lists nothing.")
    for item in node.items if isinstance(node, Listing) else [node]:
        word: Word | None
        binding = True
        if isinstance(item, Table):
            form = Form(document, item, "a rank", ("rank", "binding"), ("rank",))
            word, binding = form.word("rank"), form.yes("binding", True)
        else:
            word = as_word(document, item, "A rank")
        if word is not None and claim_name(document, names, word):
            if binding and ranks and not ranks[-1].binding:
                document.fault(word, "A rank that binds cannot stand below one that does not.")
            ranks.append(Rank(word.text, binding))
    return tuple(ranks)


def _place(document: Document, root: Table, facts: Mapping[str, Fact], broken: set[str]) -> Place:
    """The facts behind `in` and `at`; a name that is no fact is a fault and counts as broken."""
    found = root.items.get("place")
    table = as_table(document, found[1], "'place'") if found else None
    if table is None:
        return Place()
    form = Form(document, table, "'place'", ("in", "at"))

    def fact_behind(key: str) -> str | None:
        word = form.word(key)
        if word is not None and word.text not in facts and word.text not in broken:
            document.fault(word, f"{word.text!r} is not a fact.", word.text, facts)
            broken.add(word.text)
        return word.text if word else None

    return Place(fact_behind("in"), fact_behind("at"))
