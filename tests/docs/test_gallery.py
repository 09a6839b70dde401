"""The gallery shows what the commands really print."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from limen.face.cli import limen

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "gallery.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ limen (.*?)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[str(number + 1) for number in range(len(EXAMPLES))])
def test_the_gallery_is_what_is_printed(command, shown):
    done = CliRunner().invoke(limen, shlex.split(command))
    assert done.exit_code == 0, done.output
    assert done.output.rstrip() == shown.rstrip(), "python docs/make_gallery.py writes it anew; read what changed"


def test_every_block_is_a_question_to_the_scenario_and_there_are_enough():
    assert len(EXAMPLES) == TEXT.count("```console") >= 12
    assert all(command.startswith("ask mobilisation-2022 ") for command, _ in EXAMPLES)


def test_the_page_is_linked():
    assert "(gallery.md)" in (PAGE.parent / "index.md").read_text(encoding="utf-8")
