"""The plain files of a folder. A link, pipe or folder with the name of one is a fault: nothing is followed or skipped."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from limen.text.faults import Fault

OWN = Path(__file__).parent.parent
"""Where Limen itself lies. An installer may have put links there."""


def plain_files(folder: Path, endings: Collection[str]) -> tuple[list[Path], list[Fault]]:
    """The files directly inside a folder whose names have one of the endings, in order of name; a fault for each that is none.

    Names that begin with a dot are left out.
    """
    files: list[Path] = []
    faults: list[Fault] = []
    links = folder.absolute().is_relative_to(OWN)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in endings or path.name.startswith("."):
            continue
        if path.is_symlink() and not links:
            faults.append(
                Fault(str(path), 1, 1, "This is a link, and links are not followed. Put the file itself here.")
            )
        elif not path.is_file():
            what = "folder" if path.is_dir() else "pipe or device"
            faults.append(
                Fault(str(path), 1, 1, f"This is a {what} with the name of a file; only plain files are read.")
            )
        else:
            files.append(path)
    return files, faults
