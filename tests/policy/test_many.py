"""Many people: the same answers as one by one, however many there are and however their columns are given."""

from datetime import date

import numpy as np
import pytest

from limen.answers.decide import decide
from limen.policy import circuit
from limen.policy.circuit import Circuit, Number
from limen.policy.many import DoorTable, People, answers, tables
from limen.policy.outcome import encode
from limen.policy.read import read_policy
from limen.policy.standing import standing
from limen.policy.words import Look
from limen.scenario.find import policy_paths

DAY = date(2022, 10, 15)


@pytest.fixture(scope="module")
def policy():
    return read_policy(policy_paths(("finland-estonia-2022",)))


@pytest.fixture(scope="module")
def today(policy):
    return standing(policy, DAY)


def crowd(words, count, seed=5):
    chance = np.random.default_rng(seed)
    return People(
        words, count, {axis.number: chance.integers(0, axis.size, count).astype(np.uint8) for axis in words.axes}
    )


def test_each_of_many_is_answered_as_alone(policy, today):
    people = crowd(policy.words, 300)
    found = answers(tables(today).values(), people)
    for number in range(people.count):
        alone = decide(today, {axis: int(column[number]) for axis, column in people.places.items()})
        for door, answer in alone.meant.doors.items():
            assert found[door][number] == encode(answer, policy.words.findings)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 15, 16, 17, 100])
def test_it_does_not_matter_how_many_are_answered_together(policy, today, count, monkeypatch):
    made, people = tables(today), crowd(policy.words, count)
    together = answers(made.values(), people)
    monkeypatch.setattr(circuit, "AT_ONCE", 16)
    sliced = answers(made.values(), people)
    for door, table in made.items():
        assert np.array_equal(together[door], sliced[door])
        assert np.array_equal(together[door], table.answers(people))
        meant = encode(table.meaning(people).doors[door], policy.words.findings)
        assert np.array_equal(together[door], np.broadcast_to(meant, count))


def test_a_column_may_be_one_value_for_all(policy, today):
    people = crowd(policy.words, 50)
    numbers = {axis.number: axis.ordinary for axis in policy.words.axes}
    chosen = policy.words.axes_of["purpose"][0].number
    mixed = People(policy.words, 50, {**numbers, chosen: people.places[chosen]})
    written_out = People(
        policy.words, 50, {axis: np.broadcast_to(np.uint8(place), 50) for axis, place in mixed.places.items()}
    )
    for door, codes in answers(tables(today).values(), mixed).items():
        assert len(codes) == 50
        assert np.array_equal(codes, tables(today)[door].answers(written_out))


def test_a_table_for_those_with_known_places_answers_them_as_the_table_for_all_does(policy, today):
    state = policy.words.axes_of["state"][0].number
    where = policy.words.axes_of["where"][0].number
    known = {state: frozenset((0,)), where: frozenset((0, 1))}
    people = crowd(policy.words, 200)
    inside = np.asarray(people.places[where]) < 2
    there = People(policy.words, 200, {**people.places, state: 0})
    without_state = People(policy.words, 200, {axis: column for axis, column in there.places.items() if axis != state})
    for door in policy.words.doors:
        table = DoorTable.of(today, door, known)
        assert state not in table.needs
        assert np.array_equal(table.answers(without_state)[inside], DoorTable.of(today, door).answers(there)[inside])


def test_a_missing_column_is_named(policy, today):
    purpose = policy.words.axes_of["purpose"][0].number
    people = crowd(policy.words, 3)
    rest = People(policy.words, 3, {axis: column for axis, column in people.places.items() if axis != purpose})
    with pytest.raises(ValueError, match="also reads purpose: state these columns"):
        answers(tables(today, ["entry"]).values(), rest)


def test_numbers_take_as_few_bytes_as_their_bits_need(policy):
    odd = Circuit(policy.words.axes).see(Look(policy.words.axes_of["age"][0].number, frozenset((1, 3))))
    for bit, dtype in ((0, np.uint8), (7, np.uint8), (8, np.uint16), (16, np.uint32), (31, np.uint32), (62, np.uint64)):
        assert Number.of([(bit, odd)]).dtype == Number.of([(bit, True)]).dtype == dtype


def test_what_is_asked_twice_is_one_gate(policy):
    axes = policy.words.axes
    made = Circuit(axes)
    nationality = policy.words.axes_of["nationality"][0]
    one, other = (
        made.see(Look(nationality.number, frozenset((2, 3)))),
        made.see(Look(nationality.number, frozenset((3, 2)))),
    )
    assert one is other
    assert one & one is one
    assert one | one is one
    assert one & (one ^ True) is False
    assert one | (one ^ True) is True
    assert (one ^ True) ^ True is one
    assert one ^ False is one
    assert made.see(Look(nationality.number, frozenset(range(nationality.size)))) is True
    assert made.see(Look(nationality.number, frozenset())) is False


def test_a_look_is_true_of_its_places_alone(policy):
    axis = policy.words.axes_of["age"][0]
    column = np.arange(axis.size, dtype=np.uint8)
    for places in ({0}, {5}, {120}, {3, 4, 9}, {0, 120}, set(range(18, 61)), set(range(121)) - {7}):
        made = Circuit(policy.words.axes)
        gate = made.see(Look(axis.number, frozenset(places)))
        ((_, truths),) = made.program([gate.number]).run({axis.number: column}, len(column))
        found = np.flatnonzero(np.unpackbits(truths[gate.number], count=len(column)))
        assert set(found.tolist()) == places


def test_numbers_set_any_of_their_bits(policy):
    made = Circuit(policy.words.axes)
    axis = policy.words.axes_of["age"][0]
    odd = made.see(Look(axis.number, frozenset(range(1, axis.size, 2))))
    old = made.see(Look(axis.number, frozenset(range(60, axis.size))))
    parts = [(0, odd), (3, True), (9, old), (12, False), (17, odd), (40, old), (41, True)]
    number = Number.of(parts)
    assert number.dtype == np.uint64
    column = np.arange(axis.size, dtype=np.uint8)
    into = np.empty(len(column), dtype=number.dtype)
    ((_, truths),) = made.program(gate for gates in number.gates.values() for gate in gates).run(
        {axis.number: column}, len(column)
    )
    number.write(truths, into)
    for age in range(axis.size):
        holds = {odd: age % 2 == 1, old: age >= 60}
        assert int(into[age]) == sum(1 << bit for bit, truth in parts if holds.get(truth, truth))


def test_a_number_without_gates_is_the_same_for_all():
    into = np.empty(3, dtype=np.uint8)
    Number.of([(0, True), (2, True), (3, False)]).write({}, into)
    assert into.tolist() == [5, 5, 5]
