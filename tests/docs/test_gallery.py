"""The gallery shows what the commands really print."""

from pathlib import Path

import pytest
from tests.docs.console import examples, is_what_is_printed

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "gallery.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = examples(TEXT)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[str(number + 1) for number in range(len(EXAMPLES))])
def test_the_gallery_is_what_is_printed(command, shown):
    is_what_is_printed(command, shown)


def test_every_block_is_a_question_to_the_scenario_and_there_are_enough():
    assert len(EXAMPLES) == TEXT.count("```console") >= 12
    assert all(command.startswith("ask mobilisation-2022 ") for command, _ in EXAMPLES)


def test_the_page_is_linked():
    assert "(gallery.md)" in (PAGE.parent / "index.md").read_text(encoding="utf-8")
