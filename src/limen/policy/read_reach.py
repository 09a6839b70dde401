"""Reading claims about what is reached on a way: conditions on the person before setting out, and on where the way ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limen.policy.conditions import with_needs
from limen.policy.rules import AskedReach, ReachClaim, Where
from limen.policy.words import EVERYONE, Words
from limen.text.forms import Form
from limen.text.nodes import Document, Listing, Table, Word

if TYPE_CHECKING:
    from limen.policy.read_rules import RuleReader

REACH = {"must reach": True, "can reach": False}
REACH_KEYS = (*REACH, "issuer", "irregular")


def read_reach(reader: RuleReader, document: Document, table: Table, names: dict[str, Word]) -> ReachClaim | None:
    """A claim with one of the keys of `REACH`, or None where a fault leaves none."""
    words = reader.words
    form = Form(document, table, "a claim", reader.keys["a claim"], ("claim",))
    name = reader.name_of(document, form, "claim", names)
    asked = [
        AskedReach(word.text, must)
        for key, must in REACH.items()
        for word in form.words(key)
        if _door(document, words, word)
    ]
    for key, (word, _) in table.items.items():
        if key in words.doors or key in words.terms:
            document.fault(word, "A claim about what is reached asks nothing else; make this a claim of its own.")
    start, end = reader.dates(document, form)
    ends, _ = reader.places(document, form)
    under, _ = reader.under(document, form)
    for key in ("for", "unless"):
        _before_setting_out(document, words, form, key)
    scope = reader.condition(document, form, "for") if "for" in table.items else EVERYONE
    unless = reader.unless(document, form, "This leaves nobody for whom the claim is made.")
    expected = form.choice("expected", ("holds", "fails"))
    law = reader.cited(document, form, "law")
    right, irregular, issuers = form.yes("right"), form.yes("irregular"), _issuers(document, words, form)
    if name is None or not asked:
        return None
    return ReachClaim(
        name, Where(document.name, table.line, table.column), tuple(asked), with_needs(scope, under), unless,
        with_needs(EVERYONE, ends), issuers, irregular, start, end, law, right, expected == "fails", form.text("because"),
        form.text("note"),
    )  # fmt: skip


def _door(document: Document, words: Words, word: Word) -> bool:
    if word.text not in words.doors and word.text not in words.broken:
        document.fault(word, f"{word.text!r} is not a door.", word.text, words.doors)
    return word.text in words.doors


def _before_setting_out(document: Document, words: Words, form: Form, key: str) -> None:
    """Sees to it that a condition asks what is so of a person before setting out, wherever a way then leads."""
    node = form.node(key)
    several = node.items if isinstance(node, Listing) else [node]
    for name, (word, _) in (item for one in several if isinstance(one, Table) for item in one.items.items()):
        if name in words.terms:
            why = "before they set out only facts and findings are asked of people"
            document.fault(word, f"{name!r} is a term: {why}.")
        for short, fact in (("in", words.place.in_), ("at", words.place.at)):
            if name == fact:
                document.fault(word, f"{name!r} changes on the way; write {short!r} for where the way ends.")


def _issuers(document: Document, words: Words, form: Form) -> frozenset[str]:
    """The states that may have issued the papers."""
    node = form.node("issuer")
    states = words.facts.get(words.place.in_ or "")
    if node is None:
        return frozenset()
    if states is None:
        document.fault(node, "The words file does not say which fact the states are (section 'place', key 'in').")
        return frozenset()
    found: set[str] = set()
    for word in form.words("issuer"):
        if word.text not in states.values and word.text not in states.groups:
            known = (*states.values, *states.groups)
            document.fault(word, f"{word.text!r} is not a value of {states.name!r}.", word.text, known)
        found |= states.groups.get(word.text, frozenset((word.text,)))
    return frozenset(found)
