"""Runs the commands of the gallery anew and writes what they print into the page, each under its command.

Run it from the root of the repository: `python docs/make_gallery.py`. It rewrites `docs/how-to/gallery.md`; the sentences stay.
"""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from limen.face.cli import limen

PAGE = Path(__file__).parent / "how-to" / "gallery.md"
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
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
