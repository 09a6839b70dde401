"""Random policies as what their files say, the policies that Limen reads from them, and everyone whom they speak about."""

import json
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

import yaml
from hypothesis import strategies as st

from limen.policy.meaning import meaning
from limen.policy.outcome import Outcome
from limen.policy.read import policy_from
from limen.policy.standing import standing
from limen.policy.words import Kind, Look

from .reference import OnePerson, in_force, is_possible

FACTS = {
    "nationality": {
        "values": ["A", "B", "C", "D"],
        "groups": {"near": ["B", "C"], "foreign": ["near", "D"]},
        "ordinary": "B",
    },
    "channel": {"values": ["land", "air"], "ordinary": "land"},
    "document": {
        "holds": ["passport", "visa", "permit"],
        "groups": {"titles": ["visa", "permit"]},
        "ordinary": ["passport"],
    },
    "age": {"whole number": "-1..3", "ordinary": "1"},
}
FINDINGS = {
    "threat": {"values": ["no", "yes"], "ordinary": "no", "looked at by": "guard"},
    "danger": {"whole number": "0..2", "ordinary": "0"},
}
STATED = {
    "nationality": ["A", "near", ["A", "D"], "not B", "not near", "not A or near", "foreign", ["near", "A"], "not foreign"],
    "channel": ["land", "air", "not land", ["land", "air"]],
    "document": [
        "visa", "titles", ["passport", "permit"], "not visa", "not titles", "not passport or visa", "none", "not none",
        ["none", "visa"], ["none", "titles"],
    ],
    "age": ["0", "0..2", "1..", "..0", "not 1", "not 0..1 or 3", ["-1", "2..3"]],
    "threat": ["yes", "no", "not yes"],
    "danger": ["1..", "0", "not 2"],
    "open word": ["no", "yes", "not no"],
    "wide word": ["low", "high", ["low", "mid"], "not high", "not low or mid"],
}  # fmt: skip
TERMS = {
    "open word": {"values": ["no", "yes"], "unfilled": "no"},
    "wide word": {"values": ["low", "mid", "high"], "unfilled": "mid"},
}
DOORS = {"entry": {"open": "admit", "shut": "refuse"}, "visa": {"open": "issue", "shut": "deny", "protection": "yes"}}
RANKS = [
    "treaty",
    "union law",
    "national law",
    {"rank": "advice", "binding": "no"},
    {"rank": "leaflet", "binding": "no"},
]
READINGS = {
    "the question": {
        "asks": "Which?",
        "answers": {"one": {"says": "This.", "source": "s0 1"}, "other": {"says": "That.", "source": "s1"}},
    }
}
DAYS = ["2022-01-01", "2022-03-01", "2022-06-01", "2022-09-01"]
SOURCES = {
    f"s{number}{suffix}": {"cite": f"Text {number}{suffix}", "rank": rank, **({"published": day} if day else {})}
    for suffix, day in (("", None), ("early", DAYS[0]), ("late", DAYS[2]))
    for number, rank in enumerate(rank["rank"] if isinstance(rank, dict) else rank for rank in RANKS)
}
GUIDANCE = frozenset({3, 4})
LOWEST = len(RANKS) - 1


@dataclass(frozen=True)
class Made:
    """A policy as its files say it. `sources` and `readings` are always the same."""

    facts: dict
    findings: dict
    rules: list
    impossible: list = field(default_factory=list)
    readings: bool = False
    asked: dict = field(default_factory=dict)

    @property
    def words(self):
        doors = {
            name: {**door, **({"asked": self.asked[name]} if name in self.asked else {})}
            for name, door in DOORS.items()
        }
        named = {"facts": self.facts, "findings": self.findings, "terms": TERMS, "doors": doors, "ranks": RANKS}
        named["place"] = {key: fact for key, fact in (("in", "nationality"), ("at", "channel")) if fact in self.facts}
        return {"vocabulary": "Made up", **named, **({"impossible": self.impossible} if self.impossible else {})}

    @property
    def files(self):
        """The texts of the policy's files, the rules in one of them."""
        more = {"readings": READINGS} if self.readings else {}
        return written([self.words, {"policy": "Made up", "sources": SOURCES, **more}, {"rules": self.rules}])

    def read(self):
        """The policy that Limen reads from the files."""
        return policy_from(self.files)

    def with_rules(self, rules):
        return replace(self, rules=list(rules))

    def people(self, possible=True):
        """Every kind of person that can be told apart at all."""
        declared = {**self.facts, **self.findings}
        for values in product(*(values_of(fact) for fact in declared.values())):
            person = dict(zip(declared, values))
            if not possible or is_possible(self.words, person):
                yield person

    @property
    def read_under(self):
        """The readings under which the policy can be read."""
        return [{"the question": answer} for answer in ("one", "other")] if self.readings else [{}]

    def one_person(self, person, reading, day=DAYS[0], known_on=None):
        """What the reference makes of one person."""
        return OnePerson(self.words, SOURCES, in_force(self.rules, SOURCES, day, known_on), person, reading)


def written(files):
    """The texts of files by their names."""
    plain = [json.loads(json.dumps(file)) for file in files]  # no list twice, since YAML would write an alias
    return {f"{number}.yaml": yaml.safe_dump(file, sort_keys=False).encode() for number, file in enumerate(plain)}


def values_of(fact):
    """Every value that a person can have of a fact."""
    if "whole number" in fact:
        low, _, high = fact["whole number"].partition("..")
        return list(range(int(low), int(high) + 1))
    if "holds" in fact:
        return [
            frozenset(thing for thing, held in zip(fact["holds"], one) if held)
            for one in product((False, True), repeat=len(fact["holds"]))
        ]
    return fact["values"]


def ordinary_person(facts):
    return {
        name: int(fact["ordinary"]) if "whole number" in fact
        else frozenset(set(fact["ordinary"]) - {"none"}) if "holds" in fact
        else fact["ordinary"]
        for name, fact in facts.items()
    }  # fmt: skip


@st.composite
def clauses(draw, names):
    """One mapping of a condition."""
    chosen = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    return {name: draw(st.sampled_from(STATED[name])) for name in chosen}


@st.composite
def conditions(draw, names, least=0):
    """A condition: one mapping or a list of them, none of them empty where `least` is 1."""
    one = clauses(names).filter(lambda clause: len(clause) >= least)
    return draw(one | st.lists(one, min_size=1, max_size=3))


@st.composite
def effects(draw, findings, door):
    """What a rule says of a door."""
    both = list(DOORS[door].values())[:2]
    said = [f"{verb} {side}" for verb in ("must", "may", "presume") for side in both]
    said += [f"must {side}" for side in both] + [f"first {finding}" for finding in findings]
    found = draw(st.lists(st.sampled_from(said), min_size=1, max_size=2, unique=True))
    return found[0] if len(found) == 1 else found


@st.composite
def rules(draw, made, name, level, later, ranks=range(5), dated=False):
    """A rule. At level 0 it fills the first term, at 1 the second, at 2 it speaks to doors; it reads only terms of levels below.

    `later` are the ranks of the rules that it may silence, by their names.
    """
    names = [*made.facts, *made.findings, *list(TERMS)[:level], *list(TERMS)[:level]]
    rank = draw(st.sampled_from(list(ranks)))
    suffix = draw(st.sampled_from(["", "early", "late"])) if dated else ""
    rule = {"rule": name, "source": f"s{rank}{suffix}"}
    if level < 2:
        term = list(TERMS)[level]
        rule[term] = draw(st.sampled_from(TERMS[term]["values"]))
    if level == 2 or draw(st.integers(0, 3)) == 0:
        for door in draw(st.sampled_from([["entry"], ["entry"], ["visa"], ["entry", "visa"]])):
            rule[door] = draw(effects(made.findings, door))
    if draw(st.booleans()):
        rule["when"] = draw(conditions(names))
    if draw(st.integers(0, 2)) == 0:
        rule["unless"] = draw(conditions(names, least=1))
    if made.readings and draw(st.booleans()):
        rule["under"] = {"the question": draw(st.sampled_from(["one", "other"]))}
    for key, fact in made.words["place"].items():
        if draw(st.integers(0, 5)) == 0:
            rule[key] = draw(st.sampled_from(STATED[fact]))
    lower = [other for other, its in later.items() if its >= rank]
    if lower and draw(st.booleans()):
        rule["despite"] = draw(st.lists(st.sampled_from(lower), min_size=1, max_size=2, unique=True))
    if dated and draw(st.booleans()):
        first = draw(st.integers(0, 2))
        rule["from"] = DAYS[first]
        if draw(st.booleans()):
            rule["until"] = DAYS[draw(st.integers(first + 1, 3))]
            rule["ended by"] = f"s{rank}{draw(st.sampled_from(['', 'late']))}"
    return rule


@st.composite
def policies(draw, most=7, dated=False, readings=None, small=False, in_part=False):
    """A policy with rules of several ranks, terms, carve-outs, exceptions, readings and impossible people.

    `in_part`: a door may be asked of some only.
    """
    kinds = draw(st.lists(st.sampled_from(list(FACTS)), min_size=1, max_size=2 if small else 3, unique=True))
    facts = {name: FACTS[name] for name in FACTS if name in kinds}
    findings = {name: FINDINGS[name] for name in draw(st.lists(st.sampled_from(list(FINDINGS)), max_size=1))}
    made = Made(facts, findings, [], readings=draw(st.booleans()) if readings is None else readings)
    declared = {**facts, **findings}
    usual = ordinary_person(declared)
    barred = st.lists(clauses(list(declared)).filter(bool), max_size=3)
    impossible = [clause for clause in draw(barred) if is_possible({**made.words, "impossible": [clause]}, usual)]
    levels = sorted(draw(st.lists(st.sampled_from([0, 1, 2, 2]), max_size=most)))
    found: list = []
    later: dict = {}
    for number, level in reversed(list(enumerate(levels))):
        rule = draw(rules(made, f"rule {number}", level, later, dated=dated))
        found.append(rule)
        later[rule["rule"]] = int(rule["source"][1])
    asked = {}
    if in_part and draw(st.booleans()):
        asked = {
            "entry": draw(
                clauses(list(facts)).filter(bool) | st.lists(clauses(list(facts)).filter(bool), min_size=2, max_size=2)
            )
        }
    return Made(facts, findings, found, impossible, made.readings, asked)


@st.composite
def claims(draw, made):
    """Claims of every sort about a random policy."""
    names = [*made.facts, *made.findings, *TERMS]
    one_place = [name for name, fact in {**made.facts, **made.findings}.items() if "holds" not in fact]
    found = []
    for number in range(draw(st.integers(1, 3))):
        claim = {"claim": f"claim {number}"}
        if draw(st.booleans()):
            claim["for"] = draw(clauses(names))
        if draw(st.integers(0, 2)) == 0:
            claim["unless"] = draw(clauses(names).filter(bool))
        door = draw(st.sampled_from(list(DOORS)))
        sides = [DOORS[door]["open"], DOORS[door]["shut"]]
        kinds = [f"{verb} {side}" for verb in ("must", "can") for side in sides]
        kinds += [f"first {finding}" for finding in made.findings]
        kinds += [f"same for every {name}" for name in one_place] * 2
        if draw(st.integers(0, 4)) == 0:
            term = draw(st.sampled_from(list(TERMS)))
            claim[term] = draw(st.sampled_from(TERMS[term]["values"]))
        else:
            claim[door] = draw(st.sampled_from(kinds))
        if draw(st.integers(0, 3)) == 0:
            first = draw(st.integers(0, 2))
            claim["from"] = DAYS[first]
            claim["until"] = DAYS[draw(st.integers(first + 1, 3))]
        if made.readings and draw(st.integers(0, 3)) == 0:
            claim["under"] = {"the question": draw(st.sampled_from(list(READINGS["the question"]["answers"])))}
        found.append(claim)
    return found


def places(words, person, reading):
    """The place of a person on every axis."""
    found = {}
    for axis in words.axes:
        fact = axis.fact
        value = reading[fact.name] if fact.kind is Kind.READING else person[fact.name]
        if axis.item is not None:
            found[axis.number] = int(axis.item in value)
        elif fact.kind is Kind.NUMBER:
            found[axis.number] = value - fact.low
        else:
            found[axis.number] = fact.values.index(value)
    return found


def seeing(at):
    """How one person sees a look."""

    def see(look: Look):
        return at[look.axis] in look.places

    return see


def meant(policy, at, day=DAYS[0], known_on=None):
    """The meaning of a policy for one person with these places."""
    stands = standing(policy, date.fromisoformat(day), date.fromisoformat(known_on) if known_on else None)
    return meaning(stands.rules, policy.words, seeing(at), policy.words.doors, policy.words.terms)


def outcomes(policy, at, day=DAYS[0], known_on=None):
    """What each door answers one person with these places."""
    return {door: Outcome.of(answer) for door, answer in meant(policy, at, day, known_on).doors.items()}


def spoken_at(held):
    """The ranks of a truth about one person."""
    return {rank for rank, truth in held.items() if truth}
