"""Small changes of a policy: a carve-out in a rule, a rule that prevails over another, a measure withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError

from limen.policy.conditions import with_needs
from limen.policy.order import depends_on, in_turn
from limen.policy.rules import Policy, Rule
from limen.policy.words import Clause, Condition, Filled, Kind, Look, Need, Words


@dataclass(frozen=True)
class Edit:
    """One change of `rule`: silent where a clause of `unless` holds, or where `despite` names a rule, prevailing over that one.

    A clause without needs withdraws the rule.
    """

    rule: str
    unless: Condition = ()
    despite: str = ""

    @property
    def withdraws(self) -> bool:
        """Whether the rule never speaks any more."""
        return any(not clause.needs for clause in self.unless)


class Circular(ValueError):
    """Rules that would depend on one another in a circle."""


def edited(rules: Sequence[Rule], edits: Iterable[Edit]) -> tuple[Rule, ...]:
    """The rules with edits made, in an order in which each follows whatever it depends on. Raises Circular."""
    found = {rule.name: rule for rule in rules}
    for edit in edits:
        rule = found[edit.rule]
        if edit.withdraws:
            found[edit.rule] = replace(rule, when=())
        elif edit.despite:
            found[edit.rule] = replace(rule, despite=(*rule.despite, edit.despite))
        else:
            found[edit.rule] = replace(rule, unless=(*rule.unless, *edit.unless))
    gone = {name for name, rule in found.items() if not rule.when}
    left = [
        replace(rule, despite=tuple(name for name in rule.despite if name not in gone))
        for name, rule in found.items()
        if name not in gone
    ]
    return ordered(left)


def repaired(policy: Policy, edits: Sequence[Edit]) -> Policy:
    """The policy with edits made. Raises Circular."""
    rules = {rule.name: rule for rule in edited([policy.rules[name] for name in policy.order], edits)}
    return replace(policy, rules=rules, order=tuple(rules))


def ordered(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules so that fillers of a term come before its readers, and rules before those over which they prevail."""
    by_name = {rule.name: rule for rule in rules}
    try:
        return tuple(
            by_name[name]
            for name in in_turn(depends_on(rules, lambda rule: [one for one in rule.despite if one in by_name]))
        )
    except CycleError as error:
        raise Circular(str(error)) from None


def spelled(words: Words, clause: Clause) -> dict[str, str]:
    """A clause as a file states it: by fact or term, its values as YAML. Raises KeyError for what a file cannot state."""
    found: dict[str, str] = {}
    denied: dict[str, list[str]] = {}
    for need in clause.needs:
        if isinstance(need, Filled):
            found[need.term] = _listed([value for value in words.terms[need.term].values if value in need.values])
            continue
        axes = [words.axes[look.axis] for look in need]
        name = axes[0].fact.name
        if name in found:
            raise KeyError(name)
        if axes[0].item is None:
            found[name] = _values(words, need)
        elif all(look.places == {1} for look in need):
            found[name] = _listed([axis.item or "" for axis in axes])
        elif len(need) == 1 and need[0].places == {0}:
            denied.setdefault(name, []).append(axes[0].item or "")
        else:
            raise KeyError(name)
    for name, items in denied.items():
        if name in found:
            raise KeyError(name)
        every = [axis.item for axis in words.axes_of[name]]
        found[name] = "none" if items == every else f"not {' or '.join(items)}"
    return found


def _values(words: Words, need: tuple[Look, ...]) -> str:
    """The places on one axis, as a group, its opposite, a range or a list."""
    axis = words.axes[need[0].axis]
    fact, places = axis.fact, sorted(frozenset[int]().union(*(look.places for look in need)))
    if fact.kind is Kind.NUMBER:
        return _listed([_range(words, need, low, high) for low, high in _runs(places)])
    names = frozenset(fact.values[place] for place in places)
    for group, members in fact.groups.items():
        if members == names:
            return group
        if len(names) > 1 and members == frozenset(fact.values) - names:
            return f"not {group}"
    others = [value for value in fact.values if value not in names]
    if len(others) == 1 and len(names) > 1:
        return f"not {others[0]}"
    return _listed([fact.values[place] for place in places])


def _range(words: Words, need: tuple[Look, ...], low: int, high: int) -> str:
    axis = words.axes[need[0].axis]
    first, last = str(low + axis.fact.low), str(high + axis.fact.low)
    if low == high:
        return first
    return f"{'' if low == 0 else first}..{'' if high == axis.size - 1 else last}"


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def _listed(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def statable(words: Words, condition: Condition) -> Condition:
    """The condition as far as a carve-out can state it: about people, not about readings or days, each fact once.

    Clauses that nobody meets are left out.
    """
    clauses = []
    for clause in condition:
        needs: list[Need] = []
        for need in clause.needs:
            if isinstance(need, Filled) or all(words.axes[look.axis].fact.kind.personal for look in need):
                needs = _with(needs, need)
        if all(need.values if isinstance(need, Filled) else any(look.places for look in need) for need in needs):
            clauses.append(Clause(tuple(needs)))
    return tuple(clauses)


def _with(needs: list[Need], need: Need) -> list[Need]:
    """Needs with one more; of two that ask one axis, or one term, what both leave."""
    for at, other in enumerate(needs):
        if isinstance(need, Filled) and isinstance(other, Filled) and need.term == other.term:
            return [*needs[:at], Filled(need.term, need.values & other.values), *needs[at + 1 :]]
        if isinstance(need, Filled) or isinstance(other, Filled):
            continue
        axes = {look.axis for look in (*need, *other)}
        if len(axes) == 1:
            one, two = (frozenset[int]().union(*(look.places for look in looks)) for looks in (need, other))
            return [*needs[:at], (Look(need[0].axis, one & two),), *needs[at + 1 :]]
    return [*needs, need]


def behind_switches(rules: Sequence[Rule], edits: Sequence[Edit], looks: Sequence[Look]) -> tuple[Rule, ...]:
    """The rules with every edit made where its switch is on. Raises Circular."""
    found = {rule.name: rule for rule in rules}
    ghosts: dict[str, list[Rule]] = {}
    for edit, look in zip(edits, looks, strict=True):
        rule = found[edit.rule]
        if edit.despite:
            ghosts.setdefault(edit.rule, []).append(_ghost(rule, edit.despite, look))
        else:
            found[edit.rule] = replace(rule, unless=(*rule.unless, *with_needs(edit.unless, [(look,)])))
    every = []
    for rule in found.values():
        also = tuple(ghost.name for silenced in rule.despite for ghost in ghosts.get(silenced, ()))
        every.append(replace(rule, despite=(*rule.despite, *also)))
    carved = {rule.name: rule.unless for rule in every}
    every += [replace(ghost, unless=carved[name]) for name, several in ghosts.items() for ghost in several]
    silenced_too: list[Rule] = []
    for rule in every:
        names = [ghost.name for name in rule.despite if name in ghosts for ghost in ghosts[name]]
        silenced_too.append(replace(rule, despite=tuple(dict.fromkeys((*rule.despite, *names)))))
    return ordered(silenced_too)


def _ghost(rule: Rule, silenced: str, look: Look) -> Rule:
    """A rule that says nothing, fires where another does and a switch is on, and prevails over a third."""
    return replace(
        rule, name=f"{rule.name} > {silenced}", effects=(), fills=(), despite=(silenced,),
        when=with_needs(rule.when, [(look,)]), untranslated=None,
    )  # fmt: skip
