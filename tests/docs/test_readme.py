"""The README shows what the commands really print."""

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from limen.face.cli import limen

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ limen (.*?)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command.split()[0] for command, _ in EXAMPLES])
def test_the_examples_are_what_is_printed(command, shown, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(limen, shlex.split(command))
    assert done.output.rstrip() == shown.rstrip()


def test_there_are_three_examples():
    assert len(EXAMPLES) == 3


def test_the_python_example_runs():
    (code,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    found = {}
    exec(code, found)
    assert found["report"].fine
    assert {door.answer for door in found["answers"].doors if door.door == "asylum procedure"} == {"must assess"}


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists() and not link.startswith("http")] == []


def test_no_example_depends_on_the_width_of_the_terminal():
    assert "COLUMNS" not in os.environ or max(map(len, README.splitlines())) < 300
