"""The laws of `docs/explanation/semantics.md`, each under its sentence, tried on random policies and whom they speak about."""

from datetime import date, timedelta
from itertools import pairwise, product

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.answers.enumerated import enumerated
from limen.answers.proved import proved as by_proof
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.spans import Timeline
from limen.policy.circuit import Circuit
from limen.policy.everyone import Everyone, in_slices, looks_of_rules
from limen.policy.many import People, answers, tables
from limen.policy.meaning import answer, meaning, no
from limen.policy.outcome import Outcome, encode
from limen.policy.read import policy_from
from limen.policy.search import Search
from limen.policy.standing import epochs, standing
from limen.policy.words import Kind

from .policies import (
    DAYS,
    DOORS,
    GUIDANCE,
    LOWEST,
    RANKS,
    READINGS,
    SOURCES,
    claims,
    clauses,
    conditions,
    meant,
    ordinary_person,
    outcomes,
    places,
    policies,
    rules,
    seeing,
    spoken_at,
    written,
)
from .reference import is_possible, listed

DAY = date.fromisoformat(DAYS[0])
BINDING = st.integers(0, LOWEST - len(GUIDANCE))
WIDE = st.sampled_from(["low", "mid", "high"])
SIDES = st.sampled_from(["admit", "refuse"])


def law(examples=30):
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def some(data, made, most=6):
    """Some people of a policy, each with a reading."""
    people = [(person, reading) for person in made.people(possible=False) for reading in made.read_under]
    return data.draw(st.lists(st.sampled_from(people), min_size=1, max_size=most, unique_by=str))


def entry(rank, effect, name, **more):
    return {"rule": name, "source": f"s{rank}", "entry": effect, **more}


def rank_of(rule):
    return int(listed(rule["source"])[0][1])


def without(kept):
    """Rules that no longer name rules that are gone."""
    names = {rule["rule"] for rule in kept}
    found = []
    for rule in kept:
        despite = [name for name in listed(rule.get("despite", [])) if name in names]
        rest = {key: value for key, value in rule.items() if key != "despite"}
        found.append({**rest, **({"despite": despite} if despite else {})})
    return found


def lawful(outcome):
    return {side for side in ("open", "shut") if getattr(outcome, side)}


def binding_part(outcome):
    return outcome.open, outcome.shut, outcome.conflict, outcome.tension


@law()
@given(policies(), st.data())
def test_every_answer_leaves_something_lawful(made, data):
    policy = made.read()
    for person, reading in some(data, made):
        for outcome in outcomes(policy, places(policy.words, person, reading)).values():
            assert lawful(outcome)
            assert not outcome.conflict or lawful(outcome) == {"open", "shut"}


@law()
@given(policies(), st.data())
def test_where_no_rule_speaks_both_answers_are_left(made, data):
    policy = made.read()
    for person, reading in some(data, made):
        said = meant(policy, places(policy.words, person, reading))
        for door in DOORS:
            silent = not any(
                spoken_at(said.fired[rule["rule"]])
                for rule in made.rules
                for effect in listed(rule.get(door, []))
                if not effect.startswith("first ")
            )
            outcome = Outcome.of(said.doors[door])
            assert (outcome.verdict == "gap") == silent
            assert not silent or (lawful(outcome) == {"open", "shut"} and outcome.leaning is None)


@law()
@given(policies(most=5), st.data())
def test_a_permission_changes_only_what_is_spoken(made, data):
    new = data.draw(rules(made, "new", 2, {}))
    said = {door: f"may {verb['open']}" for door, verb in DOORS.items() if door in new}
    policy, more = made.read(), made.with_rules([*made.rules, {**new, **said}]).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        before, after = outcomes(policy, at), outcomes(more, at)
        for door in DOORS:
            spoken = before[door].spoken or after[door].spoken
            assert {**vars_of(before[door]), "spoken": spoken} == {**vars_of(after[door]), "spoken": spoken}


def vars_of(outcome):
    return {name: getattr(outcome, name) for name in outcome.__slots__}


@law()
@given(policies(most=5), st.data())
def test_a_duty_to_look_first_is_no_answer(made, data):
    if not made.findings:
        return
    new = data.draw(rules(made, "new", 2, {}))
    said = {door: f"first {next(iter(made.findings))}" for door in DOORS if door in new}
    policy, more = made.read(), made.with_rules([*made.rules, {**new, **said}]).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        before, after = outcomes(policy, at), outcomes(more, at)
        for door in DOORS:
            assert {**vars_of(before[door]), "first": ()} == {**vars_of(after[door]), "first": ()}


@law()
@given(policies(), st.data())
def test_what_has_to_be_looked_at_first_adds_up_over_all_ranks(made, data):
    policy = made.read()
    for person, reading in some(data, made):
        said = meant(policy, places(policy.words, person, reading))
        for door in DOORS:
            wanted = {
                effect.removeprefix("first ")
                for rule in made.rules
                for effect in listed(rule.get(door, []))
                if effect.startswith("first ") and spoken_at(said.fired[rule["rule"]])
            }
            assert set(Outcome.of(said.doors[door]).first) == wanted


@law()
@given(policies(most=6), st.data())
def test_a_lower_rank_never_opens_what_a_higher_one_shut(made, data):
    policy = made.read()
    lowest = max((rank_of(rule) for rule in made.rules), default=0)
    new = data.draw(rules(made, "new", 2, {}, ranks=range(min(lowest + 1, LOWEST), LOWEST + 1)))
    more = made.with_rules([*made.rules, new]).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        before, after = outcomes(policy, at), outcomes(more, at)
        said = meant(policy, at)
        for door in DOORS:
            assert lawful(after[door]) <= lawful(before[door])
            left = {"open", "shut"}
            for rank in range(1, len(RANKS) + 1):
                found = answer(door, list(policy.rules.values()), above(said.fired, rank), policy.words.ranks)
                assert lawful(found) <= left
                left = lawful(found)


def above(fired, rank):
    """What speaks above a rank."""
    return {name: {at: truth for at, truth in held.items() if at < rank} for name, held in fired.items()}


@law()
@given(policies(most=6), st.data())
def test_a_conflict_is_never_settled_from_below(made, data):
    rank, lower = data.draw(BINDING), data.draw(st.lists(BINDING, max_size=3))
    opposed = [
        entry(rank, "must admit", "this"),
        entry(rank, "must refuse", "that", when=data.draw(clauses(list(made.facts)))),
    ]
    below = [entry(max(low, rank), f"must {data.draw(SIDES)}", f"low {n}") for n, low in enumerate(lower) if low > rank]
    policy, more = made.with_rules(opposed).read(), made.with_rules([*opposed, *below]).read()
    whole, alone = made.with_rules([*made.rules, *opposed]).read(), made.read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        before, after = outcomes(policy, at)["entry"], outcomes(more, at)["entry"]
        assert before.conflict == after.conflict
        assert not after.conflict or lawful(after) == {"open", "shut"}
        said = meant(alone, at)
        higher = answer("entry", list(alone.rules.values()), above(said.fired, rank), alone.words.ranks)
        if before.conflict and higher.open and higher.shut:
            assert outcomes(whole, at)["entry"].conflict


@law()
@given(policies(most=0), st.data())
def test_opposed_musts_below_a_decision_are_a_tension_and_no_conflict(made, data):
    high, low, side = data.draw(BINDING), data.draw(BINDING), data.draw(SIDES)
    opposed = [entry(low, "must admit", "this"), entry(low, "must refuse", "that")]
    policy = made.with_rules([*opposed, entry(high, f"must {side}", "high")]).read()
    for person, reading in some(data, made, 2):
        outcome = outcomes(policy, places(policy.words, person, reading))["entry"]
        if high < low:
            assert outcome.verdict == ("must open" if side == "admit" else "must shut")
            assert outcome.tension
        else:
            assert (outcome.verdict, outcome.tension) == ("conflict", False)


@law()
@given(policies(dated=True), st.data())
def test_the_order_of_rules_and_files_does_not_matter(made, data):
    policy = made.read()
    shuffled = data.draw(st.permutations(made.rules))
    cut = data.draw(st.integers(0, len(shuffled)))
    readings = {"readings": READINGS} if made.readings else {}
    files = [
        {"rules": shuffled[:cut]},
        made.words,
        {"sources": SOURCES, "rules": shuffled[cut:]},
        *([readings] * bool(readings)),
    ]
    other = policy_from(written(data.draw(st.permutations(files))))
    day, known_on = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from([None, *DAYS]))
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        assert outcomes(policy, at, day, known_on) == outcomes(
            other, places(other.words, person, reading), day, known_on
        )


@law()
@given(policies(), st.data())
def test_a_rule_that_cannot_fire_changes_nothing(made, data):
    ranks = {rule["rule"]: rank_of(rule) for rule in made.rules}
    new = data.draw(rules(made, "new", 0, ranks))
    nobody = data.draw(conditions([*made.facts, *made.findings], least=1))
    policy = made.read()
    more = made.with_rules([*made.rules, {**new, "when": nobody, "unless": nobody}]).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        assert outcomes(policy, at) == outcomes(more, at)
        for name, its in meant(policy, at).terms.items():
            other = meant(more, at).terms[name]
            assert (its.conflict, its.tension) == (other.conflict, other.tension)
            assert {v: spoken_at(held) for v, held in its.held.items()} == {
                v: spoken_at(h) for v, h in other.held.items()
            }


@law()
@given(policies(), st.data())
def test_opposite_leanings_of_one_rank_cancel(made, data):
    top = [entry(0, "presume admit", "this"), entry(0, "presume refuse", "that")]
    policy = made.with_rules([*made.rules, *top]).read()
    for person, reading in some(data, made):
        outcome = outcomes(policy, places(policy.words, person, reading))["entry"]
        assert outcome.leaning == ("opposed" if outcome.verdict == "may" else None)


@law()
@given(policies(), st.data())
def test_a_leaning_never_shuts_an_answer(made, data):
    def unleaning(rule):
        doors = {
            door: [said.replace("presume", "may") for said in listed(rule[door])] for door in DOORS if door in rule
        }
        return {**rule, **doors}

    policy, other = made.read(), made.with_rules(map(unleaning, made.rules)).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        before, after = outcomes(policy, at), outcomes(other, at)
        assert {door: binding_part(one) for door, one in before.items()} == {
            d: binding_part(one) for d, one in after.items()
        }


@law(80)
@given(policies(most=9), st.data())
def test_guidance_never_binds(made, data):
    policy = made.read()
    bare = made.with_rules(without([rule for rule in made.rules if rank_of(rule) not in GUIDANCE])).read()
    for person, reading in some(data, made, 10):
        at = places(policy.words, person, reading)
        one, other = meant(policy, at), meant(bare, at)
        for door in DOORS:
            assert binding_part(Outcome.of(one.doors[door])) == binding_part(Outcome.of(other.doors[door]))
        for name, held in other.fired.items():
            assert spoken_at(held) - GUIDANCE == spoken_at(one.fired[name]) - GUIDANCE
        for name, its in other.terms.items():
            assert (its.conflict, its.tension) == (one.terms[name].conflict, one.terms[name].tension)


@law()
@given(
    policies(most=0),
    st.lists(st.tuples(st.integers(0, LOWEST), st.sampled_from(["low", "mid", "high"])), max_size=4),
    st.data(),
)
def test_the_highest_binding_rank_that_fills_a_term_decides_it(made, fills, data):
    filling = [{"rule": f"fill {n}", "source": f"s{rank}", "wide word": value} for n, (rank, value) in enumerate(fills)]
    policy = made.with_rules(filling).read()
    binding = [(rank, value) for rank, value in fills if rank not in GUIDANCE]
    for person, reading in some(data, made, 2):
        found = meant(policy, places(policy.words, person, reading)).terms["wide word"]
        has = {value for value, held in found.held.items() if spoken_at(held) - GUIDANCE}
        if not binding:
            assert (has, found.conflict, found.tension) == ({"mid"}, False, False)
            continue
        top = min(rank for rank, _ in binding)
        deciding = {value for rank, value in binding if rank == top}
        assert has == deciding
        assert found.conflict == (len(deciding) > 1)
        assert found.tension == any(value not in deciding for _, value in binding)


@law(80)
@given(policies(most=8), BINDING, st.data())
def test_terms_do_not_launder_rank(made, rank, data):
    plain = made.with_rules([{key: value for key, value in rule.items() if key != "despite"} for rule in made.rules])
    policy = plain.read()
    higher = plain.with_rules([rule for rule in plain.rules if rank_of(rule) < rank]).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        one, other = meant(policy, at).fired, meant(higher, at).fired
        for rule in made.rules:
            spoken = spoken_at(one[rule["rule"]])
            assert all(at >= rank_of(rule) for at in spoken)
            assert {at for at in spoken if at < rank} <= spoken_at(other.get(rule["rule"], {}))


@law()
@given(policies(most=6), st.data())
def test_a_carve_out_ranks_like_the_opposite_condition(made, data):
    rank, who = data.draw(BINDING), data.draw(clauses([*made.facts, *made.findings]))
    value, opposite = data.draw(st.permutations(["no", "yes"]))
    one = entry(rank, "must admit", "new", when=who, unless={"open word": value})
    other = entry(rank, "must admit", "new", when={**who, "open word": opposite})
    carved, stated = (made.with_rules([*made.rules, rule]).read() for rule in (one, other))
    for person, reading in some(data, made):
        at = places(carved.words, person, reading)
        assert (
            spoken_at(meant(carved, at).fired["new"]) - GUIDANCE == spoken_at(meant(stated, at).fired["new"]) - GUIDANCE
        )


@law()
@given(policies(most=0), BINDING, st.integers(0, LOWEST), st.data())
def test_a_carve_out_that_a_lower_rank_fills_silences_the_rule(made, rank, filler, data):
    who = data.draw(clauses([*made.facts, *made.findings]))
    fills = {"rule": "fill", "source": f"s{filler}", "open word": "yes", "when": who}
    policy = made.with_rules([entry(rank, "must refuse", "carved", unless={"open word": "yes"}), fills]).read()
    for person, reading in some(data, made):
        said = meant(policy, places(policy.words, person, reading))
        spared = bool(spoken_at(said.fired["fill"])) and filler not in GUIDANCE
        assert spoken_at(said.fired["carved"]) - GUIDANCE == (set() if spared else {rank})


@law(60)
@given(policies(most=9), st.data())
def test_despite_never_silences_a_higher_rank(made, data):
    prevailing = [rule for rule in made.rules if "despite" in rule]
    if not prevailing:
        return
    chosen = data.draw(st.sampled_from(prevailing))
    (silenced, *_) = listed(chosen["despite"])

    def kept(despite):
        rest = {key: value for key, value in chosen.items() if key != "despite"}
        return made.with_rules([{**rest, **despite} if rule is chosen else rule for rule in made.rules]).read()

    one, other = kept({"despite": silenced}), kept({})
    for person, reading in some(data, made, 10):
        at = places(one.words, person, reading)
        fired, unsilenced = meant(one, at).fired, meant(other, at).fired
        prevails = min(spoken_at(fired[chosen["rule"]]), default=len(RANKS))
        assert spoken_at(fired[silenced]) == {rank for rank in spoken_at(unsilenced[silenced]) if rank < prevails}


@law(60)
@given(policies(most=9), st.data())
def test_a_rule_that_is_silent_silences_nobody(made, data):
    prevailing = [rule for rule in made.rules if "despite" in rule]
    if not prevailing:
        return
    chosen = data.draw(st.sampled_from(prevailing))
    top = {"rule": "above all", "source": "s0", "visa": "may issue"}
    one = made.with_rules([*made.rules, {**top, "despite": chosen["rule"]}]).read()
    other = made.with_rules(without([*(rule for rule in made.rules if rule is not chosen), top])).read()
    for person, reading in some(data, made):
        at = places(one.words, person, reading)
        fired, unsilenced = meant(one, at).fired, meant(other, at).fired
        assert not spoken_at(fired[chosen["rule"]])
        assert {name: spoken_at(fired[name]) for name in unsilenced} == {
            n: spoken_at(held) for n, held in unsilenced.items()
        }


def codes(everyone, policy, door, stands=None):
    """The answers of a door over everyone, as an array with one number a kind, -1 where nobody is possible."""
    stands = stands or standing(policy, DAY)
    said = meaning(stands.about([door]), policy.words, everyone.see, [door])
    found = np.broadcast_to(encode(said.doors[door], policy.words.findings), everyone.shape)
    return np.where(np.broadcast_to(everyone.possible, everyone.shape), found, -1)


def cell(everyone, at):
    """Where a person stands among everyone."""
    return tuple(
        next(index for index, one in enumerate(classes) if at[axis] in one) if axis in everyone.asked else 0
        for axis, classes in everyone.classes.items()
    )


def code_of(policy, at, door):
    return int(encode(meant(policy, at).doors[door], policy.words.findings))


def all_kinds(made, policy):
    """The places of every possible person under every reading."""
    return [places(policy.words, person, reading) for person in made.people() for reading in made.read_under]


def knowledge(data, words):
    """What is known of somebody: for some axes the places that are left."""
    sizes = {axis.number: axis.size for axis in words.axes}
    chosen = data.draw(st.lists(st.sampled_from(list(sizes)), max_size=4, unique=True))
    some_of = {axis: st.lists(st.sampled_from(range(sizes[axis])), min_size=1, max_size=3) for axis in chosen}
    return {axis: frozenset(data.draw(left)) for axis, left in some_of.items()}


def agrees(at, known):
    return all(at[axis] in left for axis, left in known.items())


@law()
@given(policies(most=5, small=True), st.sampled_from(list(DOORS)), st.data())
def test_the_unknown_answer_is_the_union_over_its_possible_values(made, door, data):
    policy = made.read()
    known = knowledge(data, policy.words)
    stands = standing(policy, DAY).given(known)
    everyone = Everyone(policy.words, looks_of_rules(stands.about([door])), known)
    found = set() if everyone.nobody else set(codes(everyone, policy, door, stands).ravel().tolist()) - {-1}
    assert found == {code_of(policy, at, door) for at in all_kinds(made, policy) if agrees(at, known)}


@law()
@given(policies(), st.data())
def test_a_person_alone_is_answered_as_among_many_and_among_everyone(made, data):
    policy = made.read()
    stands = standing(policy, DAY)
    crowd = data.draw(st.lists(st.sampled_from(list(made.people(possible=False))), min_size=1, max_size=20))
    reading = data.draw(st.sampled_from(made.read_under))
    columns = {name: [person[name] for person in crowd] for name in crowd[0]} | reading
    for name, fact in made.facts.items():
        if "holds" in fact:
            columns[name] = {thing: np.array([thing in one for one in columns[name]]) for thing in fact["holds"]}
    many = answers(tables(stands).values(), People.of(policy.words, columns))
    for door in DOORS:
        everyone = Everyone(policy.words, looks_of_rules(stands.about([door])))
        laid = codes(everyone, policy, door)
        for number, person in enumerate(crowd):
            at = places(policy.words, person, reading)
            assert many[door][number if len(crowd) > 1 or len(many[door]) > 1 else 0] == code_of(policy, at, door)
            if is_possible(made.words, person):
                assert laid[cell(everyone, at)] == code_of(policy, at, door)


@law()
@given(policies(small=True), st.sampled_from(list(DOORS)))
def test_kinds_that_no_rule_tells_apart_may_be_merged(made, door):
    policy = made.read()
    looks = looks_of_rules(standing(policy, DAY).about([door]))
    merged = Everyone(policy.words, looks)
    apart = Everyone(policy.words, looks, apart=frozenset(axis.number for axis in policy.words.axes))
    one, other = codes(merged, policy, door), codes(apart, policy, door)
    for at in all_kinds(made, policy):
        assert one[cell(merged, at)] == other[cell(apart, at)] == code_of(policy, at, door)
    assert apart.count(True) == len(all_kinds(made, policy))


@law()
@given(policies(), st.data())
def test_what_is_known_beforehand_may_be_put_in_early(made, data):
    policy = made.read()
    known = knowledge(data, policy.words)
    early = standing(policy, DAY).given(known)
    for person, reading in some(data, made, 10):
        at = places(policy.words, person, reading)
        at.update({axis: min(left) for axis, left in known.items()})
        said = meaning(early.rules, policy.words, seeing(at), DOORS)
        assert {door: Outcome.of(one) for door, one in said.doors.items()} == outcomes(policy, at)


@law()
@given(policies(small=True), st.sampled_from(list(DOORS)), st.integers(1, 20), st.data())
def test_the_slices_of_everyone_add_up_to_the_whole(made, door, most_cells, data):
    policy = made.read()
    stands = standing(policy, DAY)
    known = knowledge(data, policy.words)
    apart = frozenset(axis.number for axis in policy.words.axes if data.draw(st.booleans()))

    def looks(known):
        return looks_of_rules(stands.given(known).about([door]))

    kinds = [at for at in all_kinds(made, policy) if agrees(at, known)]
    seen = [0] * len(kinds)
    for piece in in_slices(policy.words, looks, known, apart=apart, most_cells=most_cells):
        assert piece.cells <= most_cells
        laid = codes(piece, policy, door, stands.given(piece.known))
        for number, at in enumerate(kinds):
            if agrees(at, piece.known):
                seen[number] += 1
                assert laid[cell(piece, at)] == code_of(policy, at, door)
    assert set(seen) <= {1}


@law()
@given(policies(small=True), st.data())
def test_a_count_counts_the_possible_kinds(made, data):
    policy = made.read()
    known = knowledge(data, policy.words)
    looks = looks_of_rules(standing(policy, DAY).about(DOORS))
    everyone = Everyone(policy.words, looks, known)
    cells = {cell(everyone, at) for at in all_kinds(made, policy) if agrees(at, known)}
    where = data.draw(st.lists(st.booleans(), min_size=everyone.cells, max_size=everyone.cells))
    mask = np.array(where).reshape(everyone.shape)
    assert everyone.count(True) == len(cells)
    assert everyone.count(mask) == sum(bool(mask[one]) for one in cells)
    assert everyone.count(False) == 0


@law(60)
@given(policies(small=True), st.data())
def test_the_nearest_person_is_really_the_nearest(made, data):
    policy = made.read()
    words = policy.words
    known = knowledge(data, words)
    looks = looks_of_rules(standing(policy, DAY).about(DOORS))
    apart = data.draw(st.sampled_from([frozenset(), frozenset(axis.number for axis in words.axes)]))
    everyone = Everyone(words, looks, known, apart)
    where = np.array(data.draw(st.lists(st.booleans(), min_size=everyone.cells, max_size=everyone.cells)))
    where = where.reshape(everyone.shape)
    usual = places(words, ordinary_person({**made.facts, **made.findings}), {"the question": "one"})

    def unlike(at):
        return [at[axis.number] != usual[axis.number] for axis in words.axes if axis.fact.kind is not Kind.READING]

    there = [at for at in all_kinds(made, policy) if agrees(at, known) and where[cell(everyone, at)]]
    found = everyone.nearest(where)
    if not there:
        assert found is None
        return
    assert found in there
    assert sum(unlike(found)) == min(sum(unlike(at)) for at in there)
    if apart:
        assert unlike(found) == min(unlike(at) for at in there if sum(unlike(at)) == sum(unlike(found)))


@law()
@given(policies(readings=True), st.data())
def test_a_reading_is_one_more_fact_that_nobody_states(made, data):
    policy = made.read()
    for reading in made.read_under:
        here = [
            rule for rule in made.rules if reading["the question"] in listed(rule.get("under", reading)["the question"])
        ]
        bare = [{key: value for key, value in rule.items() if key != "under"} for rule in here]
        fixed = made.with_rules(without(bare)).read()
        for person, _ in some(data, made):
            assert outcomes(policy, places(policy.words, person, reading)) == outcomes(
                fixed, places(fixed.words, person, data.draw(st.sampled_from(made.read_under)))
            )


@law()
@given(policies(dated=True), st.data())
def test_nothing_changes_inside_an_epoch(made, data):
    policy = made.read()
    spans = epochs(policy.rules.values())
    assert (spans[0].start, spans[-1].end) == (None, None)
    assert all(one.end == other.start for one, other in pairwise(spans))
    first, last = date.fromisoformat(DAYS[0]) - timedelta(30), date.fromisoformat(DAYS[-1]) + timedelta(30)
    for span, (person, reading) in product(spans, some(data, made, 3)):
        inside = st.dates(span.start or first, span.end - timedelta(1) if span.end else last)
        one, other = data.draw(inside), data.draw(inside)
        at = places(policy.words, person, reading)
        assert outcomes(policy, at, str(one)) == outcomes(policy, at, str(other)) == outcomes(policy, at, str(span.day))


@law()
@given(policies(dated=True), st.sampled_from(DAYS), st.sampled_from(DAYS), st.data())
def test_what_was_published_later_was_not_known(made, day, known_on, data):
    def as_known(rule):
        later = SOURCES.get(rule.get("ended by"), {}).get("published", "") > known_on
        return {key: value for key, value in rule.items() if not (later and key in ("until", "ended by"))}

    known = [as_known(rule) for rule in made.rules if SOURCES[rule["source"]].get("published", "") <= known_on]
    policy, then = made.read(), made.with_rules(without(known)).read()
    for person, reading in some(data, made):
        at = places(policy.words, person, reading)
        assert outcomes(policy, at, day, known_on) == outcomes(then, at, day)


@law(60)
@given(policies(), st.sampled_from(list(DOORS)), st.data())
def test_looking_at_everyone_and_proving_come_to_the_same(made, door, data):
    policy = made.read()
    known, stands = knowledge(data, policy.words), standing(policy, DAY)
    left = stands.given(known).about([door])
    everyone = Everyone(policy.words, looks_of_rules(left), known)
    circuit = Circuit(policy.words.axes)
    search = Search(circuit, policy.words)
    looked_at = meaning(left, policy.words, everyone.see, [door]).doors[door]
    in_gates = meaning(stands.about([door]), policy.words, circuit.see, [door]).doors[door]
    for part in ("open", "shut", "spoken", "leans_open", "leans_shut", "conflict", "tension"):
        for so, proved in (
            (getattr(looked_at, part), getattr(in_gates, part)),
            (no(getattr(looked_at, part)), no(getattr(in_gates, part))),
        ):
            assert search.nearest([proved], everyone) == (None if everyone.nobody else everyone.nearest(so))


@law()
@given(policies(most=8, dated=True, in_part=True), st.data())
def test_nobody_of_whom_a_door_is_not_asked_refutes_a_claim_about_it(made, data):
    policy = policy_from({**made.files, "claims.yaml": written([{"always": data.draw(claims(made))}])["0.yaml"]})
    timeline = Timeline(policy)
    prover = Prover(timeline)
    for question in (Question(claim, asked, timeline, {}) for claim in policy.claims.values() for asked in claim.asked):
        for one in (*enumerated(question).refutations, *by_proof(question, prover).refutations):
            for person in (one.person, one.twin or one.person):
                for clause in (policy.words.doors[door].asked for door in question.doors):
                    assert any(all(any(person[x.axis] in x.places for x in need) for need in c.needs) for c in clause)
