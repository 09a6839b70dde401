"""The semantics once more, one person at a time, by sets of ranks and values: slow, naive and written apart from the engine.

It works on what the files say (mappings and lists of texts), not on what the reader made of them, so reading is tested too.
"""

from dataclasses import dataclass, field
from functools import cache
from itertools import product


@dataclass(frozen=True)
class Answered:
    """What a door answers one person."""

    open: bool
    shut: bool
    spoken: bool
    leans: frozenset[str]
    conflict: bool
    tension: bool
    first: frozenset[str]


@dataclass(frozen=True)
class TermMeant:
    """The values of a term with the ranks at which it has them."""

    values: frozenset[tuple[str, int]]
    conflict: bool
    tension: bool


def listed(stated):
    return stated if isinstance(stated, list) else [stated]


def fact_meets(fact, value, stated):
    """Whether a person's value of a fact is one of those stated. `fact` is its declaration."""
    if isinstance(stated, str) and stated.startswith("not "):
        return not any(fact_is(fact, value, part) for part in stated[4:].split(" or "))
    return any(fact_is(fact, value, one) for one in listed(stated))


def fact_is(fact, value, one):
    if "whole number" in fact:
        low, dots, high = one.partition("..")
        return (
            int(value) == int(one) if not dots else (not low or int(low) <= value) and (not high or value <= int(high))
        )
    members = members_of(fact, one)
    if "holds" in fact:
        return not value if one == "none" else bool(members & value)
    return value in members


def members_of(fact, name):
    groups = fact.get("groups", {})
    return {value for member in groups[name] for value in members_of(fact, member)} if name in groups else {name}


@dataclass(eq=False)
class OnePerson:
    """What the rules in force say to one person under one reading.

    `person` maps facts to a value, a number or a set of things; `reading` maps questions to answers.
    """

    words: dict
    sources: dict
    rules: list
    person: dict
    reading: dict = field(default_factory=dict)

    def __post_init__(self):
        self.ranks = [rank["rank"] if isinstance(rank, dict) else rank for rank in self.words["ranks"]]
        self.guidance = {
            number
            for number, rank in enumerate(self.words["ranks"])
            if isinstance(rank, dict) and rank["binding"] == "no"
        }
        self.facts = {**self.words["facts"], **self.words.get("findings", {})}
        self.speaks, self.term = cache(self.speaks), cache(self.term)
        self.by_name = {rule["rule"]: rule for rule in self.rules}

    def rank_of(self, rule):
        return self.ranks.index(self.sources[listed(rule["source"])[0].split()[0]]["rank"])

    def need(self, name, stated):
        """The ranks at which one line of a condition holds, and those at which it does not."""
        if name in self.facts:
            met = fact_meets(self.facts[name], self.person[name], stated)
            return ({0}, set()) if met else (set(), {0})
        values = self.words["terms"][name]["values"]
        if isinstance(stated, str) and stated.startswith("not "):
            wanted = set(values) - set(stated[4:].split(" or "))
        else:
            wanted = set(listed(stated))
        has = self.term(name).values
        return {rank for value, rank in has if value in wanted}, {rank for value, rank in has if value not in wanted}

    def holds(self, clauses):
        return {
            max(ranks, default=0)
            for clause in clauses
            for ranks in product(*(self.need(name, stated)[0] for name, stated in clause.items()))
        }

    def fails(self, clauses):
        unmet = [set().union(*(self.need(name, stated)[1] for name, stated in clause.items())) for clause in clauses]
        return {max(ranks, default=0) for ranks in product(*unmet)}

    def in_scope(self, rule):
        place = self.words.get("place", {})
        short = {place[key]: rule[key] for key in ("in", "at") if key in rule}
        here = all(fact_meets(self.facts[name], self.person[name], stated) for name, stated in short.items())
        return here and all(self.reading[name] in listed(stated) for name, stated in rule.get("under", {}).items())

    def speaks(self, name):
        """The ranks at which a rule speaks to the person; none where it is silent."""
        rule = self.by_name[name]
        if not self.in_scope(rule):
            return frozenset()
        when, unless = listed(rule.get("when", {})), listed(rule.get("unless", []))
        own = self.rank_of(rule)
        possible = {max(own, one, other) for one in self.holds(when) for other in self.fails(unless)}
        silencers = [other["rule"] for other in self.rules if name in listed(other.get("despite", []))]
        prevails = min((rank for silencer in silencers for rank in self.speaks(silencer)), default=len(self.ranks))
        spared = {rank for rank in self.guidance if self.holds(unless)}
        return frozenset(rank for rank in possible if rank < prevails and rank not in spared)

    def term(self, name):
        """The values of a term: those of the highest binding rank that fills it; else what guidance says, and unfilled."""
        said = {}
        for rule in self.rules:
            if name in rule:
                for rank in self.speaks(rule["rule"]):
                    said.setdefault(rank, set()).add(rule[name])
        binding = sorted(set(said) - self.guidance)
        if binding:
            top, *rest = binding
            values = {(value, top) for value in said[top]}
            return TermMeant(frozenset(values), len(said[top]) > 1, any(said[rank] - said[top] for rank in rest))
        values = {(value, rank) for rank in said for value in said[rank]} | {(self.words["terms"][name]["unfilled"], 0)}
        return TermMeant(frozenset(values), False, False)

    def answer(self, door):
        """What is left of {open, shut} once every rank, from the highest down, has chosen within it."""
        verbs = {self.words["doors"][door]["open"]: "open", self.words["doors"][door]["shut"]: "shut"}
        said = [
            (rank, *effect.split(" ", 1))
            for rule in self.rules
            for effect in listed(rule.get(door, []))
            for rank in self.speaks(rule["rule"])
        ]
        left, conflict, tension = {"open", "shut"}, False, False
        for here in range(len(self.ranks)):
            musts = {verbs[what] for rank, verb, what in said if rank == here and verb == "must"}
            if here in self.guidance or not musts or conflict:
                continue
            if len(musts) == 1 and musts & left:
                left = musts
            elif len(musts) == 2 and len(left) == 2:
                conflict = True
            else:
                tension = True
        leans = set()
        for here in range(len(self.ranks)):
            leaning = "must", "presume"
            at = {
                verbs[what]
                for rank, verb, what in said
                if rank == here and verb in leaning[here not in self.guidance :]
            }
            if not leans and len(left) == 2 and not conflict:
                leans = at
        return Answered(
            open="open" in left,
            shut="shut" in left,
            spoken=any(verb != "first" for _, verb, _ in said),
            leans=frozenset(leans),
            conflict=conflict,
            tension=tension,
            first=frozenset(what for _, verb, what in said if verb == "first"),
        )


def is_possible(words, person):
    """Whether no declaration makes a person impossible."""
    facts = {**words["facts"], **words.get("findings", {})}
    return not any(
        all(fact_meets(facts[name], person[name], stated) for name, stated in clause.items())
        for clause in words.get("impossible", [])
    )


def in_force(rules, sources, day, known_on=None):
    """The rules that are in force on a day, as they could be known on another. Days are texts such as 2022-09-30."""
    found = []
    for rule in rules:
        source = sources[listed(rule["source"])[0].split()[0]]
        unknown_yet = known_on is not None and source.get("published", "") > known_on
        end = rule.get("until")
        if known_on is not None and sources.get(rule.get("ended by"), {}).get("published", "") > known_on:
            end = None
        if not unknown_yet and rule.get("from", "") <= day and (end is None or day < end):
            found.append(rule)
    return found
