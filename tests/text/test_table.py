"""CSV is read strictly, and every cell knows where it stands."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.text import table
from limen.text.table import Columns, read_table

COLUMNS = Columns("a table of things", ("name", "value"))
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters='",\n ;'), max_size=12
)


def read(text, columns=COLUMNS):
    return read_table("things.csv", text.encode() if isinstance(text, str) else text, columns)


def told(sheet):
    return [str(fault).splitlines()[0].split(":", 1)[1] for fault in sheet.document.faults]


def test_a_table_is_rows_of_cells_by_column():
    sheet = read("name,value\nheron,2\nstork,3\n")
    assert [(row.text("name"), row.number("value")) for row in sheet.rows] == [("heron", 2.0), ("stork", 3.0)]
    assert sheet.whole


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_missing():
    sheet = read("note,value,name\nx,2,heron\n")
    assert sheet.rows[0].text("name") == "heron"
    assert sheet.rows[0].text("note") == "x"
    assert read("value,name\n2,heron\n").rows[0].text("note") == ""


def test_quotes_hold_commas_quotes_and_line_breaks():
    sheet = read('name,value\n"a, ""b""\nc",1\n  "d" ,2\n')
    assert [row.text("name") for row in sheet.rows] == ['a, "b"\nc', "d"]
    assert [row.word("value").line for row in sheet.rows] == [3, 4]
    assert (sheet.rows[1].word("name").line, sheet.rows[1].word("name").column) == (4, 3)


def test_spaces_around_a_cell_and_empty_rows_count_for_nothing():
    sheet = read("name,value\n\n heron , 2\n,\n  \nstork,3\n\n")
    assert [row.text("name") for row in sheet.rows] == ["heron", "stork"]
    assert (sheet.rows[0].word("name").column, sheet.rows[0].word("value").column) == (2, 10)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends):
    text = 'name,value\n"a\nb",1\nc,x\n'
    sheet = read(b"\xef\xbb\xbf" + text.replace("\n", ends).encode())
    assert [row.line for row in sheet.rows] == [2, 4]
    sheet.rows[1].number("value")
    assert told(sheet) == ["4:3: 'value' is a number such as 1200 or 0.25; not 'x'."]


def test_a_table_of_a_header_alone_is_whole():
    sheet = read("name,value\n")
    assert sheet.whole
    assert sheet.names("name") == []


def test_names_are_not_known_where_a_row_has_none_or_cannot_be_taken_apart():
    assert read("name,value\nheron,2\n").names("name") == ["heron"]
    assert read("name,value\nheron,2\n,3\n").names("name") is None
    assert read("name,value\nheron,2\nstork\n").names("name") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("-1.5", -1.5), ("+2", 2), ("1e3", 1000), (".5", 0.5), ("5.", 5), ("1_000", None), ("0x10", None),
     ("inf", None), ("nan", None), ("1 000", None), ("1,5", None), ("--1", None), ("1e999", None)],
)  # fmt: skip
def test_numbers_are_plain_and_finite(text, number):
    sheet = read(f'name,value\nx,"{text}"\n')
    assert sheet.rows[0].number("value") == number
    assert bool(sheet.document.faults) == (number is None)


def test_bounds_of_numbers_are_included():
    row = read("name,value\nx,1\n").rows[0]
    assert row.number("value", 0, 1) == row.number("value", 1, 2) == 1.0
    assert row.number("value", 2) is None
    assert row.number("value", high=0) is None
    assert row.number("value", 2, 3) is None
    assert [fault.message for fault in row.document.faults] == [
        "'value' is 1, but it cannot be less than 2.",
        "'value' is 1, but it cannot be more than 0.",
        "'value' is 1, but it lies within 2..3.",
    ]


def test_a_day_may_be_left_empty_but_not_invented():
    row = read("name,value\n2022-09-30,\n").rows[0]
    assert row.day("name") == date(2022, 9, 30)
    assert row.day("value") is None
    assert not row.document.faults
    row = read("name,value\n2022-09-31,30.9.2022\n").rows[0]
    assert row.day("name") is row.day("value") is None
    assert len(row.document.faults) == 2


@pytest.mark.parametrize(("text", "answer"), [("yes", True), ("1", True), ("no", False), ("0", False), ("", False)])
def test_yes_is_yes_and_nothing_is_no(text, answer):
    row = read(f"name,value\nx,{text}\n").rows[0]
    assert row.yes("value") is answer
    assert not row.document.faults


def test_lists_and_pairs_know_the_place_of_each_part():
    row = read("name,value\nx,a; bc ;d=e\n").rows[0]
    assert [(part.text, part.column) for part in row.items("value")] == [("a", 3), ("bc", 6), ("d=e", 10)]
    row = read("name,value\n,home region=Hill; x = y\n").rows[0]
    pairs = row.pairs("value")
    assert {name: value.text for name, (_, value) in pairs.items.items()} == {"home region": "Hill", "x": "y"}
    assert pairs.items["x"][0].column == 20
    assert row.items("name") == []
    assert not row.pairs("name").items


def test_a_formula_is_text_and_nothing_more():
    row = read('name,value\n"=HYPERLINK(""http://example.org"")",=1+1\n').rows[0]
    assert row.text("name") == '=HYPERLINK("http://example.org")'
    assert row.number("value") is None


def test_a_table_has_limits(monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    monkeypatch.setattr(table, "LONGEST_CELL", 5)
    sheet = read("name,value\na,1\nb,2\nc,3\n")
    assert told(sheet) == ["4:1: A table has at most 2 rows."]
    assert len(sheet.rows) == 2
    assert told(read("name,value\nherons,1\n")) == ["2:1: A cell holds at most 5 characters."]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_what_python_writes_as_csv_is_read_back(rows):
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerows([("name", "value"), *rows])
    sheet = read(page.getvalue())
    wanted = [(a.strip(), b.strip()) for a, b in rows if a.strip() or b.strip()]
    assert not sheet.document.faults
    assert [(row.text("name"), row.text("value")) for row in sheet.rows] == wanted


@given(st.binary(max_size=60) | st.text('"",\n\r a', max_size=30).map(str.encode))
def test_whatever_the_bytes_are_the_answer_is_rows_or_faults(data):
    sheet = read(b"name,value\n" + data)
    for row in sheet.rows:
        for ask in (row.number, row.day, row.yes, row.items, row.pairs, row.needed):
            ask("value")
    for fault in sheet.document.faults:
        lines = sheet.document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
