"""The engine and the reference say the same of everyone."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .policies import DAYS, meant, places, policies, spoken_at
from .reference import Answered


def answered(answer):
    leans = {side for side in ("open", "shut") if getattr(answer, f"leans_{side}")}
    first = {finding for finding, truth in answer.first.items() if truth}
    return Answered(
        bool(answer.open), bool(answer.shut), bool(answer.spoken), frozenset(leans), bool(answer.conflict),
        bool(answer.tension), frozenset(first),
    )  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies(dated=True), st.sampled_from(DAYS), st.sampled_from([None, *DAYS]), st.data())
def test_the_meaning_is_what_the_page_says(made, day, known_on, data):
    policy = made.read()
    people = list(made.people())
    for person in data.draw(st.lists(st.sampled_from(people), min_size=1, max_size=6, unique_by=str)):
        for reading in made.read_under:
            expected = made.one_person(person, reading, day, known_on)
            found = meant(policy, places(policy.words, person, reading), day, known_on)
            names = {rule["rule"] for rule in expected.rules}
            assert {name: spoken_at(held) for name, held in found.fired.items()} == {
                n: set(expected.speaks(n)) for n in names
            }
            for term, its in found.terms.items():
                values = {(value, rank) for value, held in its.held.items() for rank in spoken_at(held)}
                assert (values, its.conflict, its.tension) == (
                    set(expected.term(term).values), expected.term(term).conflict, expected.term(term).tension,
                )  # fmt: skip
            for door, answer in found.doors.items():
                assert answered(answer) == expected.answer(door)
