"""Draws the pictures of README.md and the pages anew, as SVG without anything from outside.

Two show what commands print in a terminal, one what `limen run` draws of a border beside what was counted there.

Run it from the root of the repository: `python docs/make_pictures.py`.
"""

import io
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

from click.testing import CliRunner
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

import limen
from limen.face.cli import limen as command
from limen.face.show_calendar import show_calendar
from limen.face.show_report import show_report

HERE = Path(__file__).parent
FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
TOURIST = {
    "state": ["FI", "EE"],
    "where": "land border",
    "nationality": "RU",
    "travel document": "valid",
    "document": "short-stay visa",
    "visa issued by": "EE",
    "purpose": "tourism",
    "family of": "nobody",
    "claims asylum": "no",
}


def draw(name, title, show):
    """Shows something in a terminal that is 104 columns wide and keeps it as a picture."""
    console = Console(record=True, width=104, force_terminal=True, color_system="truecolor", file=io.StringIO())
    show(console)
    svg = console.export_svg(title=title, theme=SVG_EXPORT_THEME, code_format=FORMAT, unique_id=name)
    (HERE / "pictures" / f"{name}.svg").write_text(svg.replace("Fira Code", "DejaVu Sans Mono"), encoding="utf-8")


def draw_run(name, picture):
    """Runs the main job and keeps one of its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        done = CliRunner().invoke(command, ["run", "--draws", "50", "--quiet", "--out", str(out)])
        assert done.exit_code == 0, done.output
        shutil.copy(out / "charts" / f"{picture}.svg", HERE / "pictures" / f"{name}.svg")


def main():
    """Draws all of them."""
    draw_run("finland", "series-entries-finland")
    policy = limen.read("finland-estonia-2022")
    reading = {"threat by class": "a class can be named"}
    days = policy.calendar(TOURIST, date(2022, 8, 1), date(2022, 10, 16), doors=["entry"], under=reading)
    draw("calendar", "limen ask --calendar 2022-08-01..2022-10-15", lambda console: show_calendar(console, days))
    report = policy.check()
    draw("check", "limen check", lambda console: show_report(console, report, quiet=False, verbose=False))


if __name__ == "__main__":
    main()
