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


EXACT = [(command, shown) for command, shown in EXAMPLES if not command.startswith("run ")]
MINUS = "\N{MINUS SIGN}"
NUMBER = re.compile(rf"[{MINUS}+-]?\d[\d,.]*")
CUT = "…"


@pytest.mark.parametrize(("command", "shown"), EXACT, ids=[command.split()[0] for command, _ in EXACT])
def test_the_examples_are_what_is_printed(command, shown, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(limen, shlex.split(command))
    assert done.output.rstrip() == shown.rstrip()


def numbers(line):
    return [float(word.replace(",", "").replace(MINUS, "-").rstrip(".")) for word in NUMBER.findall(line)]


def words(line):
    return re.sub(r"[▁-█]+", "bars", " ".join(NUMBER.sub("0", line).split()))


def alike(shown, printed):
    """Whether two lines say the same, up to what another processor makes of the last place: draws may then differ a little."""
    return words(shown) == words(printed) and all(
        one == pytest.approx(other, rel=0.1, abs=12)
        for one, other in zip(numbers(shown), numbers(printed), strict=True)
    )


def test_the_example_of_a_run_is_what_is_printed_where_it_is_not_cut(tmp_path):
    ((command, shown),) = [(command, shown) for command, shown in EXAMPLES if command.startswith("run ")]
    done = CliRunner().invoke(limen, [*shlex.split(command), "--no-report", "--out", str(tmp_path / "run")])
    assert done.exit_code == 0
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    kept = [line for line in shown.splitlines() if line and line != CUT]
    assert len(kept) > 20
    missing = [line for line in kept if not any(alike(line, other) for other in printed)]
    assert not missing


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
