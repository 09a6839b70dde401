"""A scenario as it could be known on a day: rules, practice, events and counts, and what was left out of each."""

from datetime import date

from tests.scenario.small import FILES, write_small

from limen.scenario.known import LeftOut, known_scenario
from limen.scenario.read import read_scenario

RULES = FILES["policy/rules.yaml"]
SURPRISE = """- {rule: East shuts, entry: must refuse, in: East, from: 2022-01-20, source: surprise}
"""


def read(folder):
    texts = {
        "policy/rules.yaml": {
            "readings:": "  surprise: {cite: Order, rank: law, published: 2022-01-19}\nreadings:",
            "rules:\n": f"rules:\n{SURPRISE}",
        },
        "evidence/practice.csv": {
            "entry,West,,may,,2022-01-15,1,1,1,counts,high,\n": "entry,West,,may,,2022-01-15,1,1,1,counts,high,\n"
            "exit,,,may,2022-01-03,2022-01-05,1,,,counts,high,\n"
        },
    }
    return read_scenario(write_small(folder, None, texts))


def test_without_a_day_everything_is_known(tmp_path):
    scenario = read(tmp_path)
    assert known_scenario(scenario, None) == (scenario, LeftOut())


def test_what_was_published_or_began_later_is_left_out_and_later_ends_are_forgotten(tmp_path):
    scenario = read(tmp_path)
    known, left_out = known_scenario(scenario, date(2022, 1, 12))
    assert "East shuts" in scenario.policy.rules
    assert "East shuts" not in known.policy.rules
    assert left_out == LeftOut(
        rules=("East shuts",),
        practice=("entry; West; may; 2022-01-15",),
        practice_ends=("entry; West; may",),
        event_ends=("the order",),
        observations=2,
    )
    assert [row.end for row in known.practice] == [None, None, date(2022, 1, 5)]
    assert [event.end for event in known.events] == [None]
    assert not known.quoted
    earlier, left_out = known_scenario(scenario, date(2022, 1, 9))
    assert left_out.events == ("the order",)
    assert [(event.start, event.end) for event in earlier.events] == [(scenario.period.end, None)]


def test_an_end_on_the_next_day_lies_later_and_one_on_the_day_itself_does_not(tmp_path):
    scenario = read(tmp_path)
    assert known_scenario(scenario, date(2022, 1, 30))[0].events[0].end is None
    assert known_scenario(scenario, date(2022, 1, 31))[0].events[0].end == date(2022, 1, 31)


def test_counts_are_known_once_their_days_are_over_and_they_are_published(tmp_path):
    counts = "evidence/observations/east.csv"
    columns = ("published_on", "2022-01-20", "", "")
    lines = zip(FILES[counts].splitlines(), columns, strict=True)
    dated = {counts: "".join(f"{line},{more}\n" for line, more in lines)}
    scenario = read_scenario(write_small(tmp_path, dated))
    seen = {day: len(known_scenario(scenario, date(2022, 1, day))[0].observations) for day in (16, 19, 20, 23)}
    assert seen == {16: 1, 19: 1, 20: 2, 23: 3}
