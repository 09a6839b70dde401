"""Puts what `limen run` prints into README.md anew, cut where README.md says "…".

Run it from the root of the repository after the model, its parameters or its words have changed: `python docs/make_readme.py`.
"""

import re
import shlex
import tempfile
from pathlib import Path

from click.testing import CliRunner

from limen.face.cli import limen

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(```console\n\$ limen (run [^\n]*)\n)(.*?)(```\n)", re.DOTALL)
STATES, ROWS, QUOTED, COUNTS = 9, 7, "Quoted", "Against the counts"
CUT = "…"


def shown(command: str) -> list[str]:
    """The first lines of what the command prints, the figures that texts quote, and how far all is from the counts."""
    with tempfile.TemporaryDirectory() as folder:
        words = [*shlex.split(command), "--no-report", "--out", str(Path(folder) / "run")]
        lines = [line.rstrip() for line in CliRunner().invoke(limen, words).stdout.splitlines()]
    quoted = next(i for i, line in enumerate(lines) if line.startswith(QUOTED))
    counts = next(i for i, line in enumerate(lines) if line.startswith(COUNTS))
    head = next(i for i, line in enumerate(lines) if line.startswith("─")) + 1 + STATES
    return [*lines[:head], CUT, "", *lines[quoted : counts - 1], "", *lines[counts : counts + 2 + ROWS], CUT]


def main() -> None:
    """Rewrites the block."""
    text = README.read_text(encoding="utf-8")
    found = BLOCK.search(text)
    assert found, "README.md shows no `limen run`"
    block = found[1] + "\n".join(shown(found[2])) + "\n" + found[4]
    README.write_text(text[: found.start()] + block + text[found.end() :], encoding="utf-8")


if __name__ == "__main__":
    main()
