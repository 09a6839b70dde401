"""A policy written for OpenFisca-Core: facts, looks, terms, rules and doors as its variables, calculated by its own engine.

The translation says by itself what `limen.policy.meaning` says, and shares nothing with it but the rules as they were read, so
that two engines can be compared and neither is the other's echo. What OpenFisca has it uses: enumerations, dated formulas, its
calculation on demand and its cache, in which whatever several rules share is found once. It is written as fast as its
documentation teaches: values are compared as indices, the fewer values of a question are asked for, and a condition that several
rules look at is a variable of its own.

Open, shut and spoken are translated, with terms, ranks, carve-outs, silencing, readings and dates. Leanings, duties to look first
and the marks of tension are not: the peer does less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
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
from limen.policy.rules import Effect, Force, Policy, Rule
from limen.policy.words import Axis, Condition, Filled, Kind, Look, Need

SIDES = ("open", "shut", "spoken")
HIGHEST = 0

Ranked = dict[int, list[str]]
"""Names of variables by rank: at each rank, whatever one of them says."""


def identifier(*parts: str) -> str:
    """A name that OpenFisca accepts for a variable."""
    return re.sub(r"\W+", "_", "_".join(parts)).strip("_").lower()


@dataclass
class Translation:
    """The tax and benefit system of a policy. `system` holds it; `calculate` answers people."""

    policy: Policy
    system: Any = field(init=False)
    entity: Any = field(init=False)
    _spoken_at: dict[str, Ranked] = field(default_factory=dict)
    _filled_at: dict[tuple[str, str], Ranked] = field(default_factory=dict)
    _silencers: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entity = build_entity(key="person", plural="persons", label="A person", is_person=True)
        self.system = TaxBenefitSystem([self.entity])
        self.entity = self.system.person_entity
        for axis in self.policy.words.axes:
            self._fact(axis)
        for name in self.policy.order:
            self._rule(self.policy.rules[name])
        for door in self.policy.words.doors:
            self._door(door)

    # the engine's side

    def simulation(self, people: People, day: date) -> Simulation:
        """People with their facts, ready to be calculated."""
        made = SimulationBuilder.build_default_simulation(self.system, people.count)
        for axis in self.policy.words.axes:
            column = people.places[axis.number]
            places = np.full(people.count, column) if np.ndim(column) == 0 else np.asarray(column)
            made.set_input(self.fact_name(axis), day.isoformat(), places + axis.fact.low if _is_number(axis) else places)
        return made

    @staticmethod
    def calculate(made: Simulation, doors: Iterable[str], day: date) -> dict[tuple[str, str], Any]:
        """Whether each door is open, shut and spoken about, for each person."""
        period = day.isoformat()
        return {(door, side): made.calculate(identifier("door", door, side), period) for door in doors for side in SIDES}

    # the variables

    def _add(self, name: str, formula: Callable[..., Any] | None, **attributes: Any) -> str:
        """Adds a variable of a day and returns its name."""
        key = attributes.pop("formula_name", "formula")
        body = {"value_type": bool, "entity": self.entity, "definition_period": DateUnit.DAY, **attributes}
        if formula is not None:
            body[key] = formula
        self.system.add_variable(type(name, (Variable,), body))
        return name

    @staticmethod
    def fact_name(axis: Axis) -> str:
        """The variable of a fact, or of one thing of a set."""
        return identifier("fact", axis.fact.name, axis.item or "")

    def _fact(self, axis: Axis) -> None:
        if axis.item is not None:
            self._add(self.fact_name(axis), None)
        elif _is_number(axis):
            self._add(self.fact_name(axis), None, value_type=int, is_period_size_independent=True)
        else:
            values = Enum(identifier("values", axis.fact.name), [(f"v{i}", v) for i, v in enumerate(axis.fact.values)])
            ordinary = list(values)[axis.ordinary]
            self._add(self.fact_name(axis), None, value_type=Enum, possible_values=values, default_value=ordinary)

    def _look(self, look: Look) -> str:
        """The variable that tells whether a fact is one of some values."""
        axis = self.policy.words.axes[look.axis]
        fact = self.fact_name(axis)
        if axis.item is not None and look.places == {1}:
            return fact
        name = identifier("look", fact, *map(str, sorted(look.places)))
        if name not in self.system.variables:
            self._add(name, self._looking(axis, fact, look.places))
        return name

    def _looking(self, axis: Axis, fact: str, places: frozenset[int]) -> Callable[..., Any]:
        if axis.item is not None:
            return lambda person, period: ~person(fact, period)
        if _is_number(axis):
            spans = [(low + axis.fact.low, high + axis.fact.low) for low, high in _runs(places)]

            def within(person: Any, period: Any) -> Any:
                number = person(fact, period)
                return any_of([(number >= low) & (number <= high) for low, high in spans])

            return within
        members = list(self.system.variables[fact].possible_values)
        few = sorted(places) if 2 * len(places) <= axis.size else sorted(set(range(axis.size)) - places)
        asked = [members[place] for place in few]
        among = len(few) == len(places)

        def one_of(person: Any, period: Any) -> Any:
            value = person(fact, period)
            found = any_of([value == member for member in asked])
            return found if among else ~found

        return one_of

    def _need(self, need: Need) -> Ranked:
        """The variables that meet a requirement, by the rank at which they do."""
        if isinstance(need, Filled):
            found: Ranked = {}
            for value in sorted(need.values):
                for rank, names in self._filling(need.term, value).items():
                    found.setdefault(rank, []).extend(names)
            return found
        return {HIGHEST: [self._look(look) for look in need]}

    def _unmet(self, need: Need) -> Ranked:
        """The variables that say that a requirement is not met."""
        if isinstance(need, Filled):
            others = frozenset(self.policy.words.terms[need.term].values) - need.values
            return self._need(Filled(need.term, others))
        if len(need) == 1:
            axis = self.policy.words.axes[need[0].axis]
            return {HIGHEST: [self._look(Look(axis.number, frozenset(range(axis.size)) - need[0].places))]}
        looks = [self._look(look) for look in need]
        name = identifier("none_of", *looks)
        if name not in self.system.variables:
            self._add(name, lambda person, period: ~any_of([person(look, period) for look in looks]))
        return {HIGHEST: [name]}

    def _rule(self, rule: Rule) -> None:
        """Where a rule speaks: one variable for each rank at which it can."""
        clauses = [[self._need(need) for need in clause.needs] for clause in rule.when]
        carved = [[self._unmet(need) for need in clause.needs] for clause in rule.unless]
        where = _either([_all([{HIGHEST: []}, *needs]) for needs in clauses])
        spared = _all([{HIGHEST: []}, *(_either([_alone(unmet) for unmet in clause]) for clause in carved)])
        found: dict[int, list[Product]] = {}
        for rank, products in where.items():
            for other, more in spared.items():
                at = max(rank, other, rule.rank)
                found.setdefault(at, []).extend(_joined(products, more))
        for silenced in rule.despite:
            self._silencers.setdefault(silenced, []).append(rule.name)
        self._spoken_at[rule.name] = {
            at: [self._spoken(rule, at, products)] for at, products in sorted(found.items()) if products
        }

    def _spoken(self, rule: Rule, at: int, products: list[Product]) -> str:
        silent = [
            name for silencer in self._silencers.get(rule.name, ()) for rank, names in self._spoken_at[silencer].items()
            if rank <= at for name in names
        ]  # fmt: skip
        if not self.policy.words.ranks[at].binding:
            for clause in rule.unless:
                for names in _all([self._need(need) for need in clause.needs]).values():
                    carving = self._add(identifier("carved", rule.name, str(at), str(len(silent))), _sum_of(names))
                    silent.append(carving)
        fires = _sum_of(products)

        def formula(person: Any, period: Any) -> Any:
            fired = fires(person, period)
            return fired & ~any_of([person(name, period) for name in silent]) if silent else fired

        dates: dict[str, Any] = {}
        if rule.start is not None:
            dates["formula_name"] = f"formula_{rule.start:%Y_%m_%d}"
        if rule.end is not None:
            dates["end"] = (rule.end - timedelta(days=1)).isoformat()
        return self._add(identifier("rule", rule.name, "at", str(at)), formula, label=str(rule.where), **dates)

    def _filling(self, term: str, value: str) -> Ranked:
        """The variables of a term's value, by rank. Whatever fills it stands before in the order of the rules."""
        if (term, value) not in self._filled_at:
            self._term(term)
        return self._filled_at[term, value]

    def _term(self, name: str) -> None:
        term = self.policy.words.terms[name]
        fillers: dict[tuple[int, str], list[str]] = {}
        for rule_name in self.policy.order:
            for fill in self.policy.rules[rule_name].fills:
                if fill.term == name:
                    for rank, names in self._spoken_at[rule_name].items():
                        fillers.setdefault((rank, fill.value), []).extend(names)
        self._filled_at |= {(name, value): {} for value in term.values}
        above: list[str] = []
        for rank in sorted({rank for rank, _ in fillers}):
            here = {value: names for (at, value), names in fillers.items() if at == rank}
            for value, names in here.items():
                variable = self._add(identifier("term", name, value, "at", str(rank)), _decided(names, tuple(above)))
                self._filled_at[name, value].setdefault(rank, []).append(variable)
            if self.policy.words.ranks[rank].binding:
                above += [one for names in here.values() for one in names]
        variable = self._add(identifier("term", name, "unfilled"), _decided((), tuple(above)))
        self._filled_at[name, term.unfilled].setdefault(HIGHEST, []).append(variable)

    def _door(self, door: str) -> None:
        """Whether a door is open, shut and spoken about: the highest rank at which anything must be so decides."""
        musts: dict[tuple[int, bool], list[str]] = {}
        spoken: list[str] = []
        for rule in self.policy.rules.values():
            for effect in rule.effects:
                if effect.door == door and effect.force is not Force.FIRST:
                    for rank, names in self._spoken_at[rule.name].items():
                        spoken += names
                        if _binds(effect) and self.policy.words.ranks[rank].binding:
                            musts.setdefault((rank, effect.open), []).extend(names)
        sides: dict[tuple[int, bool], str] = {}
        for (rank, side), names in musts.items():
            name = identifier("door", door, "must", "open" if side else "shut", "at", str(rank))
            sides[rank, side] = self._add(name, _decided(tuple(names), ()))
        ranks = sorted({rank for rank, _ in musts})
        self._add(identifier("door", door, "open"), _left(ranks, sides, True))
        self._add(identifier("door", door, "shut"), _left(ranks, sides, False))
        self._add(identifier("door", door, "spoken"), _decided(tuple(dict.fromkeys(spoken)), ()))


Product = tuple[tuple[str, ...], ...]
"""Groups of variables: one of each group."""
Sums = dict[int, list[Product]]


def any_of(truths: Sequence[Any]) -> Any:
    """Or."""
    return reduce(or_, truths)


def _is_number(axis: Axis) -> bool:
    return axis.fact.kind is Kind.NUMBER


def _binds(effect: Effect) -> bool:
    return effect.force is Force.MUST


def _runs(places: frozenset[int]) -> list[tuple[int, int]]:
    """Neighbouring places as spans, both ends included."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _alone(names: Ranked) -> Sums:
    return {rank: [(tuple(group),)] for rank, group in names.items()}


def _all(needs: Sequence[Any]) -> Sums:
    """All of them, at the lowest rank of any."""
    found: Sums = {HIGHEST: [()]}
    for need in needs:
        sums = need if _is_sums(need) else _alone(need)
        if need == {HIGHEST: []}:
            continue
        joined: Sums = {}
        for rank, products in found.items():
            for other, more in sums.items():
                joined.setdefault(max(rank, other), []).extend(_joined(products, more))
        found = joined
    return found


def _is_sums(need: Any) -> bool:
    return any(isinstance(one, tuple) for group in need.values() for one in group)


def _either(several: Iterable[Sums]) -> Sums:
    found: Sums = {}
    for sums in several:
        for rank, products in sums.items():
            found.setdefault(rank, []).extend(products)
    return found


def _joined(products: Iterable[Product], more: Sequence[Product]) -> list[Product]:
    return [(*one, *other) for one in products for other in more]
