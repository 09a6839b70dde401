"""The pages of the corpora are what the files say now."""

import runpy
from pathlib import Path

import pytest

import limen

MADE = runpy.run_path(str(Path(__file__).parent.parent.parent / "docs" / "make_corpus.py"), run_name="not main")


@pytest.mark.parametrize("scenario", MADE["PAGES"])
def test_the_page_of_a_corpus_is_up_to_date(scenario):
    assert MADE["PAGES"][scenario].read_text(encoding="utf-8") == MADE["page"](scenario)


@pytest.mark.parametrize("scenario", MADE["PAGES"])
def test_every_rule_and_source_of_a_corpus_is_on_its_page(scenario):
    policy, text = limen.read(scenario).policy, MADE["PAGES"][scenario].read_text(encoding="utf-8")
    assert [name for name in policy.rules if f"*{name}*" not in text] == []
    assert [name for name in policy.sources if f"`{name}`" not in text] == []
