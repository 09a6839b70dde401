"""The order in which rules can be read aloud: each after whatever it depends on. Circles are faults."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from limen.policy.rules import Policy, Rule
from limen.policy.words import Filled
from limen.text.nodes import Document

Node = tuple[str, str]
Depends = dict[Node, dict[Node, None]]
"""By rule and term what it depends on, in an order that is the same each time (that of a set is not)."""

MOST_CIRCLES = 20
LONGEST_CIRCLE = 12


def terms_read(rule: Rule) -> set[str]:
    """The terms on which a rule's condition or carve-out depends."""
    return {
        need.term
        for condition in (rule.when, rule.unless)
        for clause in condition
        for need in clause.needs
        if isinstance(need, Filled)
    }


def depends_on(rules: Iterable[Rule], prevails: Callable[[Rule], Iterable[str]]) -> Depends:
    """What rules and the terms that they fill depend on. `prevails`: the rules over which a rule prevails, all among these."""
    rules = list(rules)
    depends: Depends = {("rule", rule.name): {} for rule in rules}
    for rule in rules:
        node = ("rule", rule.name)
        depends[node].update(dict.fromkeys(("term", term) for term in sorted(terms_read(rule))))
        for fill in rule.fills:
            depends.setdefault(("term", fill.term), {})[node] = None
        for silenced in prevails(rule):
            depends["rule", silenced][node] = None
    return depends


def in_turn(depends: Depends) -> tuple[str, ...]:
    """The names of rules, each after whatever it depends on. Raises CycleError."""
    return tuple(name for kind, name in TopologicalSorter(depends).static_order() if kind == "rule")


def in_order(policy: Policy, documents: Mapping[str, Document], broken: Container[str] = ()) -> tuple[str, ...]:
    """Rule names so that fillers come before readers of a term, and rules before those that they prevail over.

    Faults (an unknown or higher rule under `despite`, a circle) go to the rule's document. `broken` are rules with faults.
    """
    depends = depends_on(policy.rules.values(), lambda rule: _prevails_over(rule, policy, documents, broken))
    place = {name: number for number, name in enumerate(policy.rules)}
    for _ in range(MOST_CIRCLES):
        try:
            return in_turn(depends)
        except CycleError as error:
            circle: list[Node] = error.args[1]
            first = min((node for node in circle if node[0] == "rule"), key=lambda node: place[node[1]])
            rule = policy.rules[first[1]]
            steps = [name if kind == "rule" else f"the term {name!r}" for kind, name in circle]
            if len(steps) > LONGEST_CIRCLE:
                steps[LONGEST_CIRCLE - 1 : -1] = ["..."]
            path = " <- ".join(steps)
            _fault(rule, documents, f"These depend on one another in a circle: {path}.")
            depends = {
                node: {other: None for other in on if other != first} for node, on in depends.items() if node != first
            }
    return ()


def _prevails_over(
    rule: Rule, policy: Policy, documents: Mapping[str, Document], broken: Container[str]
) -> Iterator[str]:
    for name in rule.despite:
        silenced = policy.rules.get(name)
        if silenced is None and name in broken:
            continue
        if silenced is None:
            message = f"'despite' names {name!r}, which is not a rule."
            _fault(rule, documents, message, name, policy.rules)
        elif silenced.rank < rule.rank:
            ranks = policy.words.ranks
            _fault(
                rule, documents,
                f"'despite' cannot silence {name!r}: it is {ranks[silenced.rank].name}, above {ranks[rule.rank].name}.",
            )  # fmt: skip
        else:
            yield name


def _fault(
    rule: Rule, documents: Mapping[str, Document], message: str, word: str | None = None, names: Iterable[str] = ()
) -> None:
    documents[rule.where.file].fault_at(rule.where.line, rule.where.column, message, word, names)
