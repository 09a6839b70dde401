"""The page of the corpus is what the files say now."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_page_of_the_corpus_is_up_to_date():
    made = runpy.run_path(str(DOCS / "make_corpus.py"), run_name="not main")
    assert made["PAGE"].read_text(encoding="utf-8") == made["page"](made["SCENARIO"])


def test_every_rule_and_source_of_the_corpus_is_on_the_page():
    import limen

    made = runpy.run_path(str(DOCS / "make_corpus.py"), run_name="not main")
    policy, text = limen.read(made["SCENARIO"]).policy, made["PAGE"].read_text(encoding="utf-8")
    assert [name for name in policy.rules if f"*{name}*" not in text] == []
    assert [name for name in policy.sources if f"`{name}`" not in text] == []
