"""Sphinx settings."""

import tomllib
from pathlib import Path

_project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = "Limen"
author = copyright = "The Limen developers"
release = version = _project["version"]
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"Limen {release}"
html_show_copyright = False
html_show_sphinx = False
