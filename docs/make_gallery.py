"""Runs the commands of the gallery, and of the page on equal treatment, anew and writes what they print under each command.

Run it from the root of the repository: `python docs/make_gallery.py`. It rewrites the outputs of both pages; the sentences stay.
"""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from limen.face.cli import limen

PAGE = Path(__file__).parent / "how-to" / "gallery.md"
EQUAL = Path(__file__).parent / "explanation" / "equal-treatment.md"
BLOCK = re.compile(r"^```console\n\$ limen (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(text):
    """The page with every output as it is now."""
    return BLOCK.sub(lambda block: f"```console\n$ limen {block[1]}\n{printed(block[1])}\n```", text)


def printed(command):
    """What a command prints. Raises RuntimeError where it fails."""
    done = CliRunner().invoke(limen, shlex.split(command))
    if done.exit_code:
        raise RuntimeError(f"{command}\n{done.output}")
    return done.output.rstrip()


if __name__ == "__main__":
    for file in (PAGE, EQUAL):
        file.write_text(page(file.read_text(encoding="utf-8")), encoding="utf-8")
