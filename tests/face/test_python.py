"""Limen from Python: what it takes, and how it refuses."""

from datetime import date, datetime

import numpy as np
import pytest

import limen
from limen.answers.door import ImpossiblePerson
from limen.text.faults import FaultyPolicy


@pytest.fixture(scope="module")
def border():
    return limen.read("finland-estonia-2022")


def test_days_are_dates_or_texts(border):
    person = {"nationality": "RU", "state": "FI", "where": "land border"}
    answers = [border.ask(person, on) for on in ("2022-09-30", date(2022, 9, 30), datetime(2022, 9, 30, 12, 0))]  # noqa: DTZ001
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("on", ["30.9.2022", 5, None, "2022-02-30"])
def test_what_is_no_day_is_told_so(border, on):
    with pytest.raises(ValueError, match="is not a day"):
        border.ask({}, on)


@pytest.mark.parametrize("value", [None, 35.0, {"a": 1}, True, "RX"])
def test_what_is_no_value_is_a_fault_with_its_fact(border, value):
    with pytest.raises(FaultyPolicy, match="nationality"):
        border.ask({"nationality": value}, "2022-09-30")


def test_whole_numbers_of_numpy_are_whole_numbers(border):
    assert "age: 35" in border.ask({"age": np.int64(35)}, "2022-09-30").facts


@pytest.mark.parametrize("person", [[("nationality", "RU")], "nationality=RU", None])
def test_a_person_is_a_mapping(border, person):
    with pytest.raises(ValueError, match="mapping of facts"):
        border.ask(person, "2022-09-30")


@pytest.mark.parametrize("ask", ["ask", "many", "calendar"])
def test_a_door_that_is_not_there_is_refused_with_the_nearest(border, ask):
    call = {
        "ask": lambda: border.ask({}, "2022-09-30", doors=["entri"]),
        "many": lambda: border.many({}, "2022-09-30", doors=["entri"]),
        "calendar": lambda: border.calendar({}, "2022-09-01", "2022-10-01", doors=["entri"]),
    }[ask]
    with pytest.raises(ValueError, match="Did you mean 'entry'"):
        call()


def test_a_reading_that_is_not_there_is_refused(border):
    with pytest.raises(ValueError, match="Did you mean 'threat by class'"):
        border.check(under={"threat by clas": "a class can be named"})
    with pytest.raises(ValueError, match="mapping of questions"):
        border.check(under="threat by class=a class can be named")


def test_an_impossible_person_is_refused_alone_and_marked_in_a_table(border):
    facts = {"state": "FI", "nationality": "FI", "document": ["short-stay visa"]}
    with pytest.raises(ImpossiblePerson):
        border.ask(facts, "2022-09-30")
    columns = {**facts, "document": {"short-stay visa": True}, "where": "land border", "claims asylum": "yes"}
    assert list(border.many(columns, "2022-09-30", doors=["asylum procedure"])["asylum procedure"]) == ["impossible"]


def test_a_table_says_the_same_as_asking_each_of_its_people(border):
    columns = {
        "state": np.array(["FI", "EE", "FI", "EE"]), "where": "land border", "nationality": np.array(["RU", "SY", "FI", "RU"]),
        "claims asylum": np.array(["yes", "no", "no", "yes"]),
    }  # fmt: skip
    found = border.many(columns, "2022-09-28", doors=["asylum procedure"])["asylum procedure"]
    for row, verdict in enumerate(found):
        person = {
            name: str(column[row]) if isinstance(column, np.ndarray) else column for name, column in columns.items()
        }
        (door,) = border.ask(person, "2022-09-28", doors=["asylum procedure"]).doors
        assert door.verdict == verdict


def test_a_column_that_the_door_reads_must_be_stated(border):
    with pytest.raises(ValueError, match="state these columns"):
        border.many({"state": "FI"}, "2022-09-28", doors=["entry"])


def test_an_alternative_is_run_with_the_numbers_of_its_comparison(tmp_path):
    name, numbers = "mobilisation-2022", {"draws": 2, "seed": 1, "until": "2022-10-05"}
    one = limen.read(name).run(**numbers)
    other = limen.read(name).run(**numbers, alternative="finland-stays-open", folder=tmp_path / "kept")
    assert other.run.command == f"limen compare {name} --with finland-stays-open --draws 2 --seed 1 --until 2022-10-05"
    assert (tmp_path / "kept" / "limen-run.json").is_file()
    entries = [{row.state: row.entries.mean for row in table.destinations} for table in (one, other)]
    assert entries[1]["FI"] > entries[0]["FI"]
    with pytest.raises(ValueError, match="not simulated"):
        limen.read("schengen-90-180").run()
    with pytest.raises(FileNotFoundError, match="Did you mean"):
        limen.read(name).run(**numbers, alternative="finland-stay-open")
