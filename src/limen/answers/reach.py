"""Claims about what everyone can reach: proved, or refuted by the nearest person with the doors that stop them.

A door is reached if on some way every door lets through. *Must reach* is so whatever officials do. They may shut a door
wherever that is lawful, so it is so if on some way every door must open. *Can reach* is so if on some way every door can
lawfully open.

Which state issued a person's papers is one more fact here. Before setting out one stands in the state that is left, so papers
of any other are those of *another state*; before each door they are the door's own state's, or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from limen.answers.circumstances import Circumstances, Failing
from limen.answers.journey import Journeys, Papers, through
from limen.answers.question import Refutation
from limen.answers.rows import places_of
from limen.answers.spans import Timeline
from limen.answers.steps import state_of
from limen.policy.circuit import Circuit
from limen.policy.lanes import Lanes, in_all
from limen.policy.meaning import Truth, any_of, no, on_facts
from limen.policy.rules import AskedReach, ReachClaim
from limen.policy.search import Search
from limen.policy.standing import Known, Standing
from limen.policy.words import Axis, Fact, Kind, Look, Words, looks_of
from limen.world.places import Mode, Step, Way

NOBODY = "nobody"


@dataclass(frozen=True)
class Travel:
    """The ways that lead out of the state `home`. `hashes`: SHA-256 of the files that say so, by name."""

    ways: tuple[Way, ...]
    home: str
    hashes: Mapping[str, str] = field(default_factory=dict)

    def to(self, door: str, irregular: bool = True) -> list[tuple[Way, tuple[Step, ...]]]:
        """The ways that end before a door, with their steps; without `irregular` not those by the green border."""
        found = []
        for way in self.ways:
            ends = [way.steps] if way.steps else []
            ends += [(*way.steps[:-1], way.claim)] if way.claim else []
            if irregular or way.mode is not Mode.GREEN:
                found += [(way, steps) for steps in ends if steps[-1].door == door]
        return found

    @property
    def steps(self) -> list[Step]:
        """Every step of every way."""
        return [step for way in self.ways for step in (*way.steps, *([way.claim] if way.claim else []))]


class Reaching:
    """Everyone before setting out, on every day, as one circuit: who reaches what. Several claims may share it.

    `issuer` is one more axis behind the days: nobody, each state that decides on some way, and one of the others; the state
    that is left only if its own doors ask about it. The ordinary place is that of the ordinary person. What ways begin with
    (the state, the crossing point, how one travels) is ordinary before setting out, unless a claim is about it.
    """

    def __init__(self, timeline: Timeline, travel: Travel) -> None:
        self.timeline, self.travel, plain = timeline, travel, timeline.words
        self.issuer = len(plain.axes)
        fact = Fact("issuer", Kind.ONE, self._issuers(plain), frozenset())
        fact = replace(fact, ordinary=frozenset((self._ordinary(plain, fact.values),)))
        self.words: Words = replace(plain, axes=(*plain.axes, Axis(self.issuer, fact)))
        self.states = fact.values

    def _issuers(self, words: Words) -> tuple[str, ...]:
        place = words.place.in_
        if place is None or not any(step.relative for step in self.travel.steps):
            return (NOBODY,)
        told = dict.fromkeys(state_of(words, step) for step in self.travel.steps)
        abroad = [state for state in words.facts[place].values if state not in told and state != self.travel.home]
        if not any(step.relative for step in self.travel.steps if state_of(words, step) == self.travel.home):
            told.pop(self.travel.home, None)
        return (NOBODY, *(state for state in told if state), *abroad[:1])

    def _ordinary(self, words: Words, states: tuple[str, ...]) -> str:
        """Who issued the ordinary person's papers: the state where the ordinary person stands, if it says so."""
        place = words.place.in_
        state = next(iter(words.facts[place].ordinary)) if place else NOBODY
        own = [
            words.facts[name].ordinary == {values[0]}
            for step in self.travel.steps
            for name, values in step.relative.items()
        ]
        return state if any(own) and state in states else NOBODY

    @cached_property
    def circuit(self) -> Circuit:
        """The circuit."""
        return Circuit(self.words.axes)

    @cached_property
    def search(self) -> Search:
        """Who asks for people among everyone possible before setting out."""
        return Search(self.circuit, self.words)

    @cached_property
    def journeys(self) -> Journeys:
        """The ways, walked by everyone."""
        papers = Papers({state: self._issued(state) for state in self.states if state != NOBODY})
        return Journeys(self.standing, self.circuit.see, papers, self.travel.home)

    @property
    def standing(self) -> Standing:
        """The rules, with their days."""
        return self.timeline.standing

    def _issued(self, state: str) -> Truth:
        return self.circuit.see(Look(self.issuer, frozenset((self.states.index(state),))))

    @cached_property
    def _papers_fit(self) -> list[Truth]:
        """That what a person says of the papers before setting out is so of whoever issued them."""
        stated: dict[int, tuple[set[int], set[int]]] = {}
        for step in self.travel.steps:
            for name, (own, other) in step.relative.items():
                if self.words.facts[name].kind is not Kind.SET:
                    ((axis, place),) = places_of(self.words, name, own)
                    owns, others = stated.setdefault(axis, (set(), set()))
                    owns.add(place)
                    others.update(place for _, place in places_of(self.words, name, other))
        none = self._issued(NOBODY)
        home = self._issued(self.travel.home) if self.travel.home in self.states else False
        found = []
        for axis, (owns, others) in stated.items():
            here, there = (self.circuit.see(Look(axis, frozenset(places))) for places in (owns, others))
            found.append((none & no(here | there)) | (home & here) | (no(none | home) & there))
        return found

    def reached(self, claim: ReachClaim, asked: AskedReach) -> Truth:
        """Where some way leads to the door."""
        found: Truth = False
        for _, steps in self.travel.to(asked.door, claim.irregular):
            passages = self.journeys.walk(steps)
            found = found | (on_facts(claim.ends, passages[-1].see) & through(passages, asked.must))
        return found

    @cached_property
    def _of_ways(self) -> dict[int, frozenset[int]]:
        """By axis of the facts that first steps say, without those of the person that doors change, the ordinary place."""
        words, steps = self.words, self.travel.steps
        first = [way.steps[0] if way.steps else way.claim for way in self.travel.ways]
        personal = {name for step in steps for name in step.relative}
        personal |= {words.axes[axis].fact.name for step in steps for axis in words.doors[step.door].passing}
        personal -= {words.place.in_, words.place.at}
        names = dict.fromkeys(name for step in first if step for name in step.facts if name not in personal)
        axes = (axis for name in names for axis in words.axes_of[name])
        return {axis.number: frozenset((axis.ordinary,)) for axis in axes}

    def known(self, claim: ReachClaim, under: Known) -> dict[int, frozenset[int]]:
        """What is known of everybody whom a claim is about. `under` restricts readings."""
        asked = {look.axis for condition in (claim.scope, claim.unless) for look in looks_of(condition)}
        return {**{axis: left for axis, left in self._of_ways.items() if axis not in asked}, **under}

    def scope(self, claim: ReachClaim, under: Known) -> list[Truth]:
        """Of whom a claim is made, on the days of the claim."""
        see = self.circuit.see
        scope = on_facts(self.timeline.dated(claim.scope, claim), see) & no(on_facts(claim.unless, see))
        issued = any_of(self._issued(state) for state in self.states if state in self._classes(claim.issuers))
        within = [see(Look(axis, places)) for axis, places in self.known(claim, under).items()]
        return [scope, *([issued] if claim.issuers else []), *within, *self._papers_fit]

    def _classes(self, issuers: frozenset[str]) -> frozenset[str]:
        """The states on the axis that stand for these; the last stands for all that decide on no way."""
        told = set(self.states)
        rest = self.states[-1:] if issuers - told else ()
        return frozenset((issuers & told) | set(rest))

    def refutations(self, claim: ReachClaim, asked: AskedReach, under: Known) -> list[Refutation]:
        """On which days a claim fails, for whom, and under which readings."""
        bad = no(self.reached(claim, asked))
        truths = [*self.scope(claim, under), bad]
        if not self.search.possible(truths):
            return []
        circumstances = Circumstances(self.timeline, self.search.told_apart(truths, self.known(claim, under)))
        lanes = Lanes(self.circuit, truths)

        def fails(person: Mapping[int, int]) -> Failing:
            return circumstances.by_day(in_all(lanes.of(person, circumstances.varied, len(circumstances.all))))

        return circumstances.refutations(self.search, truths, fails)
