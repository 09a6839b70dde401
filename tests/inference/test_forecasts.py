"""Files of forecasts: what is written is read again, and whatever is wrong is named in its place."""

from datetime import date

import duckdb
import numpy as np
import pytest

from limen.inference.forecasts import LEVELS, FaultyForecast, Key, Prediction, read_forecasts, write_forecasts
from limen.inference.targets import target_of
from limen.results import quantiles

ORIGIN = date(2022, 9, 29)
HEAD = ",".join(quantiles.COLUMNS)
GOOD = """2022-09-29,daily x,1,2022-09-30,FI,quantile,0.25,90
2022-09-29,daily x,1,2022-09-30,FI,quantile,0.5,100
2022-09-29,daily x,1,2022-09-30,FI,quantile,0.75,110
2022-09-29,weekly x,1,2022-10-09,FI,quantile,0.5,700
"""


def written(folder, text, head=HEAD):
    path = folder / "forecast.csv"
    path.write_text(f"{head}\n{text}")
    return path


def faults(path):
    with pytest.raises(FaultyForecast) as raised:
        read_forecasts(path)
    return raised.value.faults


def test_what_is_written_is_read_again_from_both_files(tmp_path):
    target = target_of("weekly entries, all", ORIGIN, date(2022, 10, 9))
    values = np.array([1.0, 2.5, 3, 4, 5, 5, 123456.7])
    write_forecasts(tmp_path / "q.csv", [(target, "FI+NO", Prediction(np.array(LEVELS), values))])
    for name in ("q.csv", "q.parquet"):
        found = read_forecasts(tmp_path / name)
        key = Key("entries, all", date(2022, 10, 3), date(2022, 10, 9), "FI+NO")
        assert found.reference == ORIGIN
        assert found.targets == {key: target}
        assert found.predictions[key].levels.tolist() == list(LEVELS)
        assert found.predictions[key].values == pytest.approx(values)


def test_rows_of_one_target_may_be_apart_and_an_empty_place_is_all(tmp_path):
    mixed = "".join(line + "\n" for line in sorted(GOOD.splitlines(), key=lambda line: line.split(",")[6]))
    found = read_forecasts(written(tmp_path, mixed.replace(",FI,", ",,")))
    assert {key.location for key in found.predictions} == {"all"}
    assert [one.values.tolist() for one in found.predictions.values()] == [[90, 100, 110], [700]]


def test_of_two_targets_of_the_same_days_the_first_is_kept(tmp_path):
    text = GOOD + "2022-09-29,since 2022-10-03 x,10,2022-10-09,FI,quantile,0.5,999\n"
    found = read_forecasts(written(tmp_path, text))
    assert found.predictions[Key("x", date(2022, 10, 3), date(2022, 10, 9), "FI")].values.tolist() == [700]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("0.5,100", "0.2,100", (3, 45), "rise from row to row; 0.25 stands above"),
        ("0.75,110", "0.75,95", (4, 50), "Quantiles do not cross: 95 is less than 100"),
        ("0.75,110", "0.5,110", (4, 45), "stands in line 3 already"),
        ("0.75,110", "0.8,110", (2, 45), "even around the median"),
        ("2022-09-29,daily x,1,2022-09-30,FI,quantile,0.5,100\n", "", (2, 45), "there is 0.5"),
        ("0.25,90", "1,90", (2, 45), "between 0 and 1; not 1"),
        ("0.25,90", "0.25,nan", (2, 50), "'value' is a number"),
        ("quantile,0.25", "mean,0.25", (2, 36), "'output_type' is one of quantile; not 'mean'"),
        ("weekly x,1,", "weekly x,2,", (5, 21), "has the horizon 1; not 2"),
        ("weekly x,1,2022-10-09", "monthly x,1,2022-10-09", (5, 12), "is no target"),
        ("weekly x,1,2022-10-09", "weekly x,1,2022-09-29", (5, 23), "not after the reference date"),
        ("2022-09-29,weekly", "2022-09-28,weekly", (5, 1), "about one reference date; above it is 2022-09-29"),
        ("2022-09-29,weekly", "29 Sept,weekly", (5, 1), "not a day"),
        ("weekly x,1,2022-10-09", "weekly x,1,", (5, 23), "'target_end_date' is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_line_and_column(tmp_path, old, new, place, message):
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    first = faults(path)[0]
    assert (first.file, first.line, first.column) == (str(path), *place)
    assert message in str(first)


def test_an_unknown_or_missing_column_and_an_empty_file_are_faults(tmp_path):
    misspelt = " ".join(map(str, faults(written(tmp_path, GOOD, HEAD.replace("horizon", "horizn")))))
    assert "csv:1:23: 'horizn' is not a column of a table of forecasts. Did you mean 'horizon'?" in misspelt
    assert "needs the column 'horizon'" in misspelt
    assert "There is no forecast" in str(faults(written(tmp_path, ""))[0])
    assert "The file is empty" in str(faults(written(tmp_path, "", ""))[0])


def test_in_parquet_faults_are_named_by_row_and_column(tmp_path):
    csv = written(tmp_path, GOOD.replace("0.75,110", "0.75,95"))
    duckdb.read_csv(str(csv), header=True, dtype=quantiles.COLUMNS).write_parquet(str(tmp_path / "q.parquet"))
    (fault,) = faults(tmp_path / "q.parquet")
    assert (fault.line, fault.column) == (4, 8)
    assert "do not cross" in fault.message
    duckdb.sql("SELECT 1 AS horizon, 2 AS colour").write_parquet(str(tmp_path / "other.parquet"))
    messages = [fault.message for fault in faults(tmp_path / "other.parquet")]
    assert any("'colour' is not a column" in message for message in messages)
    assert any("needs the column 'target'" in message for message in messages)
    (tmp_path / "no.parquet").write_bytes(b"PAR1 no such thing")
    assert "no Parquet file" in str(faults(tmp_path / "no.parquet")[0])
    with pytest.raises(FileNotFoundError):
        read_forecasts(tmp_path / "gone.parquet")


def test_whatever_the_bytes_the_answer_is_forecasts_or_faults(tmp_path):
    random = np.random.default_rng(5)
    good = f"{HEAD}\n{GOOD}".encode()
    path = tmp_path / "q.csv"
    ended = set()
    for _ in range(200):
        broken = bytearray(good)
        for place in random.integers(0, len(good), random.integers(1, 6)):
            broken[place] = random.integers(0, 256)
        path.write_bytes(bytes(broken))
        try:
            ended.add(bool(read_forecasts(path).predictions))
        except FaultyForecast as error:
            ended.add(len(error.faults) > 0)
    assert ended == {True}
