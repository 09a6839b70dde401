"""A policy written for OpenFisca-Core: facts, looks, terms, rules and doors as its variables, calculated by its own engine.

The translation says for itself what `limen.policy.meaning` says and shares nothing with it but the rules as they were read, so
neither engine is the other's echo. It uses what OpenFisca has: enumerations, dated formulas, calculation on demand, and the
cache, in which whatever several rules share is found once. It is written to be fast: values are compared as indices, whichever
of the allowed and the other values are fewer are asked for, and each condition on a fact is a variable of its own.

Open, shut and spoken are translated, with terms, ranks, carve-outs, silencing, readings and dates. Leanings, duties to look first
and the marks of tension are not: the peer does less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from limen.policy.many import People
from limen.policy.rules import Force, Policy, Rule
from limen.policy.words import Axis, Clause, Condition, Filled, Kind, Look, Need

SIDES = ("open", "shut", "spoken")
HIGHEST = 0

Formula = Callable[[Any, Any], Any]
"""What OpenFisca calculates for a population and a period: one truth a person."""
Ranked = dict[int, Formula]
"""Where something holds, by the rank at which it does."""


class Translation:
    """The tax and benefit system of a whole policy, with the dates of its rules."""

    def __init__(self, policy: Policy) -> None:
        self.words = policy.words
        self.rules = policy.rules
        self.system = TaxBenefitSystem([build_entity(key="person", plural="persons", label="A person", is_person=True)])
        self._spoken_at: dict[str, Ranked] = {}
        self._filled_at: dict[str, dict[str, Ranked]] = {}
        self._silencers: dict[str, list[str]] = {}
        for axis in self.words.axes:
            self._fact(axis)
        for name in policy.order:
            self._rule(self.rules[name])
        for door in self.words.doors:
            self._door(door)

    def simulation(self, people: People, day: date) -> Simulation:
        """People with their facts, ready to be calculated."""
        made = SimulationBuilder.build_default_simulation(self.system, people.count)
        for axis in self.words.axes:
            column = np.broadcast_to(np.asarray(people.places[axis.number]), (people.count,))
            made.set_input(
                fact_name(axis), day.isoformat(), column + np.int32(axis.fact.low) if is_number(axis) else column
            )
        return made

    @staticmethod
    def calculate(made: Simulation, doors: Iterable[str], day: date) -> dict[tuple[str, str], Any]:
        """Whether each door is open, shut and spoken about, for each person."""
        period = day.isoformat()
        return {
            (door, side): made.calculate(identifier("door", door, side), period) for door in doors for side in SIDES
        }

    def _variable(self, name: str, formula: Formula | None, key: str = "formula", **attributes: Any) -> Formula:
        """Adds a variable of a day, and returns the formula that asks for it."""
        body = {
            "value_type": bool,
            "entity": self.system.person_entity,
            "definition_period": DateUnit.DAY,
            **attributes,
        }
        if formula is not None:
            body[key] = formula
        self.system.add_variable(type(name, (Variable,), body))
        return asking(name)

    def _fact(self, axis: Axis) -> None:
        if axis.item is not None:
            self._variable(fact_name(axis), None)
        elif is_number(axis):
            self._variable(fact_name(axis), None, value_type=int)
        else:
            values = Enum(identifier("values", axis.fact.name), [(f"v{i}", v) for i, v in enumerate(axis.fact.values)])
            ordinary = list(values)[axis.ordinary]
            self._variable(fact_name(axis), None, value_type=Enum, possible_values=values, default_value=ordinary)

    def _look(self, look: Look) -> Formula:
        """Whether a fact is one of some values."""
        axis = self.words.axes[look.axis]
        fact = asking(fact_name(axis))
        if axis.item is not None and look.places == {1}:
            return fact
        name = identifier("look", fact_name(axis), *map(str, sorted(look.places)))
        if name in self.system.variables:
            return asking(name)
        if axis.item is not None:
            return self._variable(name, inverse(fact))
        if is_number(axis):
            spans = [(low + axis.fact.low, high + axis.fact.low) for low, high in runs(look.places)]
            return self._variable(name, either(within(fact, low, high) for low, high in spans))
        members = list(self.system.variables[fact_name(axis)].possible_values)
        if 2 * len(look.places) <= axis.size:
            return self._variable(name, either(equal(fact, members[place]) for place in sorted(look.places)))
        others = sorted(set(range(axis.size)) - look.places)
        return self._variable(name, inverse(either(equal(fact, members[place]) for place in others)))

    def _met(self, need: Need) -> Ranked:
        if isinstance(need, Filled):
            return among(self._filled(need.term)[value] for value in sorted(need.values))
        return {HIGHEST: either(self._look(look) for look in need)}

    def _holds(self, condition: Condition) -> Ranked:
        """Where a condition holds, by the lowest rank that filled a term for it."""
        return among(all_met([self._met(need) for need in clause.needs]) for clause in condition)

    def _fails(self, clause: Clause) -> Ranked:
        """Where a clause does not hold, by the lowest rank that filled a term otherwise."""
        looked = [self._met(need)[HIGHEST] for need in clause.needs if not isinstance(need, Filled)]
        unmet: list[Ranked] = [{HIGHEST: inverse(both(looked))}] if looked else []
        for need in clause.needs:
            if isinstance(need, Filled):
                others = frozenset(self.words.terms[need.term].values) - need.values
                unmet.append(self._met(Filled(need.term, others)))
        return among(unmet)

    def _rule(self, rule: Rule) -> None:
        """Where a rule speaks: one variable for each rank at which it can."""
        where: Ranked = {}
        for rank, found in all_met([self._holds(rule.when), *map(self._fails, rule.unless)]).items():
            at = max(rank, rule.rank)
            where[at] = either([where[at], found]) if at in where else found
        dates: dict[str, Any] = {}
        if rule.start is not None:
            dates["key"] = f"formula_{rule.start:%Y_%m_%d}"
        if rule.end is not None:
            dates["end"] = (rule.end - timedelta(days=1)).isoformat()
        self._spoken_at[rule.name] = {}
        for at, found in sorted(where.items()):
            silencing = [
                speaks for name in self._silencers.get(rule.name, ()) for rank, speaks in self._spoken_at[name].items()
                if rank <= at
            ]  # fmt: skip
            if not self.words.ranks[at].binding:
                silencing += self._holds(rule.unless).values()
            formula = both([found, inverse(either(silencing))]) if silencing else found
            name = identifier("rule", rule.name, "at", str(at))
            self._spoken_at[rule.name][at] = self._variable(name, formula, label=str(rule.where), **dates)
        for silenced in rule.despite:
            self._silencers.setdefault(silenced, []).append(rule.name)

    def _filled(self, term: str) -> dict[str, Ranked]:
        """Where a term has each value: the highest binding rank that fills it decides; where none does, it is also unfilled."""
        if term in self._filled_at:
            return self._filled_at[term]
        fillers: dict[int, dict[str, list[Formula]]] = {}
        for rule in self.rules.values():
            for fill in rule.fills:
                if fill.term == term:
                    for rank, speaks in self._spoken_at[rule.name].items():
                        fillers.setdefault(rank, {}).setdefault(fill.value, []).append(speaks)
        found: dict[str, Ranked] = {value: {} for value in self.words.terms[term].values}
        above: list[Formula] = []
        for rank, here in sorted(fillers.items()):
            for value, speaking in here.items():
                name = identifier("term", term, value, "at", str(rank))
                found[value][rank] = self._variable(name, without(either(speaking), above))
            if self.words.ranks[rank].binding:
                above += [either(speaking) for speaking in here.values()]
        unfilled = found[self.words.terms[term].unfilled]
        left = self._variable(identifier("term", term, "unfilled"), without(everywhere, above))
        unfilled[HIGHEST] = either([unfilled[HIGHEST], left]) if HIGHEST in unfilled else left
        self._filled_at[term] = found
        return found

    def _door(self, door: str) -> None:
        """Whether a door is open, shut and spoken about: the highest rank at which something must be so decides."""
        musts: dict[tuple[int, bool], list[Formula]] = {}
        spoken: list[Formula] = []
        for rule in self.rules.values():
            for effect in rule.effects:
                if effect.door != door or effect.force is Force.FIRST:
                    continue
                for rank, speaks in self._spoken_at[rule.name].items():
                    spoken.append(speaks)
                    if effect.force is Force.MUST and self.words.ranks[rank].binding:
                        musts.setdefault((rank, effect.open), []).append(speaks)
        must = {
            (rank, side): self._variable(
                identifier("door", door, "must", "open" if side else "shut", "at", str(rank)), either(speaking)
            )
            for (rank, side), speaking in musts.items()
        }
        for name, side in (("open", True), ("shut", False)):
            self._variable(identifier("door", door, name), left_open(must, side))
        self._variable(identifier("door", door, "spoken"), either(spoken))


def left_open(must: Mapping[tuple[int, bool], Formula], side: bool) -> Formula:
    """Whether one side of a door stays lawful: no rank that decides demands the other side alone."""
    ranks = sorted({rank for rank, _ in must})
    excluded: list[Formula] = []
    above: list[Formula] = []
    for rank in ranks:
        here = [must[rank, which] for which in (side, not side) if (rank, which) in must]
        if (rank, not side) in must:
            excluded.append(
                without(must[rank, not side], [*above, *([must[rank, side]] if (rank, side) in must else [])])
            )
        above += here
    return inverse(either(excluded)) if excluded else everywhere


def identifier(*parts: str) -> str:
    """A name that OpenFisca accepts for a variable."""
    return "_".join(re.sub(r"\W+", "_", part) for part in parts if part).lower()


def fact_name(axis: Axis) -> str:
    """The variable of a fact, or of one thing of a set."""
    return identifier("fact", axis.fact.name, axis.item or "")


def is_number(axis: Axis) -> bool:
    """Whether the fact is a whole number."""
    return axis.fact.kind is Kind.NUMBER


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring places as spans, both ends included."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def asking(name: str) -> Formula:
    """The value of a variable, which OpenFisca calculates once."""
    return lambda person, period: person(name, period)


def everywhere(person: Any, period: Any) -> Any:  # noqa: ARG001
    """True of everyone."""
    return np.ones(person.count, dtype=np.bool_)


def equal(fact: Formula, member: Any) -> Formula:
    """Whether a fact has a value."""
    return lambda person, period: fact(person, period) == member


def within(fact: Formula, low: int, high: int) -> Formula:
    """Whether a number lies in a span."""

    def formula(person: Any, period: Any) -> Any:
        number = fact(person, period)
        return (number >= low) & (number <= high)

    return formula


def inverse(formula: Formula) -> Formula:
    """Not."""
    return lambda person, period: ~formula(person, period)


def either(formulas: Iterable[Formula]) -> Formula:
    """Or; of nothing, nobody."""
    several = tuple(formulas)
    if not several:
        return inverse(everywhere)
    return several[0] if len(several) == 1 else lambda person, period: reduce(or_, [f(person, period) for f in several])


def both(formulas: Iterable[Formula]) -> Formula:
    """And; of nothing, everyone."""
    several = tuple(formulas)
    if not several:
        return everywhere
    return (
        several[0] if len(several) == 1 else lambda person, period: reduce(and_, [f(person, period) for f in several])
    )


def without(formula: Formula, others: Sequence[Formula]) -> Formula:
    """Where one holds and none of the others does."""
    if not others:
        return formula
    if formula is everywhere:
        return inverse(either(others))
    return both([formula, inverse(either(others))])


def among(several: Iterable[Ranked]) -> Ranked:
    """Or, at each rank."""
    found: dict[int, list[Formula]] = {}
    for ranked in several:
        for rank, formula in ranked.items():
            found.setdefault(rank, []).append(formula)
    return {rank: either(formulas) for rank, formulas in found.items()}


def all_met(several: Sequence[Ranked]) -> Ranked:
    """And, at the lowest rank of those that are met."""
    plain = [ranked[HIGHEST] for ranked in several if set(ranked) == {HIGHEST}]
    found: Ranked = {HIGHEST: both(plain)}
    for ranked in several:
        if set(ranked) != {HIGHEST}:
            joined: dict[int, list[Formula]] = {}
            for rank, formula in found.items():
                for other, more in ranked.items():
                    factors = [more] if formula is everywhere else [formula, more]
                    joined.setdefault(max(rank, other), []).append(both(factors))
            found = {rank: either(formulas) for rank, formulas in joined.items()}
    return found
