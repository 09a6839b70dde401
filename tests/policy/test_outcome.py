"""An answer as one number and back, and in words."""

from itertools import product

import pytest

from limen.policy.meaning import Answer
from limen.policy.outcome import Outcome, encode
from limen.policy.words import Door

DOOR = Door("entry", "admit", "refuse")
FINDINGS = ["threat", "danger"]


def test_an_answer_and_its_number_say_the_same():
    for bits in product((False, True), repeat=9):
        *parts, threat, danger = bits
        answer = Answer(*parts, first={"threat": threat, "danger": danger})
        code = int(encode(answer, FINDINGS))
        assert Outcome.decode(code, FINDINGS) == Outcome.of(answer)


def test_different_answers_have_different_numbers():
    codes = {
        int(encode(Answer(*parts, first={"threat": first}), FINDINGS))
        for *parts, first in product((False, True), repeat=8)
    }
    assert len(codes) == 2**8


def test_more_findings_than_bits_are_refused():
    with pytest.raises(ValueError, match="more than 56 findings"):
        encode(Answer(), [str(number) for number in range(57)])
    last = int(encode(Answer(first={"55": True}), [str(number) for number in range(56)]))
    assert Outcome.decode(last, [str(number) for number in range(56)]).first == ("55",)


@pytest.mark.parametrize(
    ("answer", "verdict", "leaning", "spelled"),
    [
        (Answer(), "gap", None, "not regulated (gap)"),
        (Answer(spoken=True), "may", None, "may admit or refuse"),
        (Answer(shut=False, spoken=True), "must open", None, "must admit"),
        (Answer(open=False, spoken=True, tension=True), "must shut", None, "must refuse"),
        (Answer(spoken=True, conflict=True), "conflict", None, "conflict: must admit and must refuse"),
        (Answer(spoken=True, leans_open=True), "may", "open", "may admit or refuse, presumed to admit"),
        (Answer(spoken=True, leans_shut=True), "may", "shut", "may admit or refuse, presumed to refuse"),
        (
            Answer(spoken=True, leans_open=True, leans_shut=True), "may", "opposed",
            "may admit or refuse, opposed presumptions",
        ),
    ],
)  # fmt: skip
def test_an_answer_has_a_verdict_a_leaning_and_words(answer, verdict, leaning, spelled):
    outcome = Outcome.of(answer)
    assert (outcome.verdict, outcome.leaning, outcome.spelled(DOOR)) == (verdict, leaning, spelled)
