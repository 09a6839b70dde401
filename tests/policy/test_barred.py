"""Declarations of impossible people cost a question nothing that it need not tell apart."""

from limen.policy.everyone import Everyone
from limen.policy.read import policy_from
from limen.policy.words import Look

WORDS = """
facts:
  state: {values: [A, B, C], ordinary: A}
  crossing: {values: [any, north, south, east], ordinary: any}
  age: {whole number: 0..9, ordinary: 5}
doors:
  entry: {open: admit, shut: refuse}
ranks: [law]
impossible:
- {crossing: north, state: not A}
- {crossing: south, state: not B}
- {crossing: east, age: ..3}
"""


def everyone(known=None, **places):
    """Everyone, by the places that a question reads of each fact."""
    words = policy_from({"words.yaml": WORDS.encode()}).words
    looks = [Look(words.axes_of[name][0].number, frozenset(read)) for name, read in places.items()]
    return Everyone(words, looks, known)


def test_a_declaration_about_a_fact_that_nobody_reads_tells_nobody_apart():
    assert everyone(state=[0, 1]).shape == (2,)
    assert everyone(age=[0]).count(True) == 2


def test_a_place_that_the_question_cannot_tell_from_the_ordinary_one_needs_no_declaration():
    found = everyone(state=[0], crossing=[2])
    assert found.count(True) == 4  # anything but south in A, B and C; south in B
    assert not found.possible_at(found.cell_of({0: 0, 1: 2}))
    assert found.possible_at(found.cell_of({0: 1, 1: 2}))
    assert found.possible_at(found.cell_of({0: 1, 1: 1}))


def test_what_is_known_keeps_its_declarations():
    north = {1: frozenset((1,))}
    assert everyone(north, state=[0]).count(True) == 1
    assert everyone(north, state=[0]).nearest(True) == {0: 0, 1: 1, 2: 5}
