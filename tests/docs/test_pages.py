"""The pages that teach are followed to the letter: their files are written, their commands are run."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from limen.face.cli import limen

DOCS = Path(__file__).parent.parent.parent / "docs"
TUTORIAL, HOW_TO = DOCS / "tutorial" / "index.md", DOCS / "how-to" / "index.md"
BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\w+\.yaml)\n")
EXIT = re.compile(r"exit code (\d)")


def follow(page, folder, run):
    """Does what a page says, block by block, and returns how many commands it ran."""
    ran = 0
    for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "yaml":
            named = FILE.match(text)
            assert named, f"a block of {page.name} does not begin with the name of its file"
            (folder / named[1]).write_text(text, encoding="utf-8")
            continue
        expected = EXIT.search(text)
        for line in text.splitlines():
            if line.startswith("$ limen "):
                done = run(shlex.split(line)[2:])
                assert done.exit_code == int(expected[1] if expected else 0), f"{line}\n{done.output}"
                assert done.output.strip(), line
                ran += 1
    return ran


@pytest.fixture
def port(tmp_path, monkeypatch):
    """The folder `port` of the tutorial."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "port"
    folder.mkdir()
    return folder


@pytest.fixture
def run():
    """Runs a command line of Limen's in this process."""
    return lambda arguments: CliRunner().invoke(limen, arguments)


def test_the_tutorial_can_be_followed(port, run):
    assert follow(TUTORIAL, port, run) >= 6


def test_the_how_to_pages_continue_the_tutorial(port, run):
    follow(TUTORIAL, port, run)
    assert follow(HOW_TO, port, run) >= 2
