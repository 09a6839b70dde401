"""The page of assumptions is what the files say now."""

import runpy
from pathlib import Path

from limen.scenario.read import read_scenario

MADE = runpy.run_path(str(Path(__file__).parent.parent.parent / "docs" / "make_parameters.py"), run_name="not main")


def test_the_page_of_assumptions_is_up_to_date():
    assert MADE["PAGE"].read_text(encoding="utf-8") == MADE["page"]()


def test_every_assumption_in_doubt_stands_on_it_with_a_source():
    text = MADE["PAGE"].read_text(encoding="utf-8")
    for (name, of), one in read_scenario(MADE["SCENARIO"]).parameters.items():
        section = text.split(f"\n## {name[0].upper()}{name[1:]}\n")[1].split("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith(f"| {of or 'all'} |")]
        assert len(rows) == 1, (name, of)
        assert rows[0].split(" | ")[4], (name, of, one.basis)
