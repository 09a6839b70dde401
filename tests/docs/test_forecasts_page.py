"""The page of dated forecasts says what the folders hold; and what was forecast before its days is not retouched after them."""

import hashlib
import runpy
from datetime import date
from pathlib import Path

import pytest

from limen.inference.folder import read_folder
from limen.inference.forecasts import read_forecasts

MADE = runpy.run_path(str(Path(__file__).parent.parent.parent / "docs" / "make_forecasts.py"), run_name="not main")
FOLDER = MADE["FOLDER"]
MADE_ONCE = {
    "given-what-followed/quantiles.csv": "a072a450f158a081",
    "given-what-followed/random-walk.csv": "5dc81afcb2260455",
    "given-what-followed/seasonal-naive.csv": "e05a552ce58ee895",
    "given-what-followed/targets.csv": "7812a6656abdc878",
    "known-on-2022-09-29/quantiles.csv": "1df23c4762fe6611",
    "known-on-2022-09-29/random-walk.csv": "5dc81afcb2260455",
    "known-on-2022-09-29/seasonal-naive.csv": "e05a552ce58ee895",
    "known-on-2022-09-29/targets.csv": "7812a6656abdc878",
}
"""By file, the beginning of its SHA-256 on the day on which the forecasts were made. A file that differs is another forecast."""


def test_the_page_of_forecasts_is_up_to_date():
    assert MADE["PAGE"].read_text(encoding="utf-8") == MADE["page"]()


def test_the_forecasts_are_those_that_were_made():
    found = {f"{file.parent.name}/{file.name}": file for file in FOLDER.glob("*/*.csv")}
    digests = {name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for name, file in found.items()}
    assert digests == MADE_ONCE


@pytest.mark.parametrize("kind", list(MADE["KINDS"]))
def test_a_forecast_can_be_judged_and_tells_nothing_before_its_day(kind):
    kept = read_folder(FOLDER / kind)
    assert kept.about.origin == "2022-09-29"
    rows = MADE["quantiles"](FOLDER / kind / "quantiles.csv")
    assert min(date.fromisoformat(day) for _, day in rows) == date(2022, 9, 30)
    assert max(date.fromisoformat(day) for _, day in rows) == date(2022, 12, 31)
    assert all(list(values.values()) == sorted(values.values()) for values in rows.values())
    assert all(values["0.05"] >= 0 for values in rows.values())
    one, other = (read_forecasts(FOLDER / kind / f"quantiles.{ending}").predictions for ending in ("csv", "parquet"))
    assert list(one) == list(other), "CSV and Parquet say the same"
    assert all(one[key].values.tolist() == other[key].values.tolist() for key in one)
