"""Runs the commands of the gallery, of equal treatment and of the findings anew and writes what they print under each command.

Run it from the root of the repository: `python docs/make_gallery.py`. It rewrites the outputs of these pages; the sentences stay,
and so do excerpts, in which `...` stands for what is left out.
"""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from limen.face.cli import limen

PAGE = Path(__file__).parent / "how-to" / "gallery.md"
EQUAL = Path(__file__).parent / "explanation" / "equal-treatment.md"
FINDINGS = Path(__file__).parent / "explanation" / "findings.md"
BLOCK = re.compile(r"^```console\n\$ limen (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(text):
    """The page with every output as it is now."""
    return BLOCK.sub(anew, text)


def anew(block):
    """A block with its output as it is now."""
    command, shown = block.groups()
    if "..." in shown.splitlines():
        return block[0]
    return f"```console\n$ limen {command}\n{printed(command)}\n```"


def printed(command):
    """What a command prints. Raises RuntimeError where it fails."""
    done = CliRunner().invoke(limen, shlex.split(command))
    if done.exit_code:
        raise RuntimeError(f"{command}\n{done.output}")
    return done.output.rstrip()


if __name__ == "__main__":
    for file in (PAGE, EQUAL, FINDINGS):
        file.write_text(page(file.read_text(encoding="utf-8")), encoding="utf-8")
