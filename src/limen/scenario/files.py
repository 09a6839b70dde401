"""The files of a scenario's folder: which there are, which there have to be, and their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from limen.evidence.posterior import FILES as POSTERIOR
from limen.text.faults import Fault, FaultyScenario, nearest
from limen.text.nodes import LONGEST_TEXT, Document, read_document
from limen.text.plain import plain_files
from limen.text.table import Columns, Sheet, read_table

REQUIRED = (
    "scenario.yaml", "world/places.csv", "world/gates.csv", "world/ways.yaml", "world/routes.csv", "people/people.yaml",
    "people/margins.csv", "evidence/sources.yaml", "evidence/parameters.csv", "evidence/practice.csv",
)  # fmt: skip
OPTIONAL = (
    "people/seed.csv",
    "evidence/events.yaml",
    "evidence/series.csv",
    "evidence/quoted.csv",
    "evidence/needs.csv",
    *POSTERIOR,
)
POLICY, OBSERVATIONS = "policy", "evidence/observations"
FOLDERS = (".", "world", "people", "evidence")
ENDINGS = (".csv", ".yaml", ".yml")


def is_scenario(folder: Path) -> bool:
    """Whether a folder holds, or means to hold, more than a policy."""
    return any((folder / name).exists() for name in ("scenario.yaml", "world", "people", "evidence"))


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of a scenario's files by their path inside the folder: the known files, and others that look like data.

    Of a file that is too large only as much as shows it. Raises FaultyScenario where a link, pipe or folder among the files of
    the policy has the name of one.
    """
    found: list[Path] = []
    for inside in FOLDERS:
        found += [path for path in files_inside(folder / inside) if path.suffix.lower() in ENDINGS]
    found += [path for path in files_inside(folder / OBSERVATIONS) if path.suffix.lower() == ".csv"]
    if (folder / POLICY).is_dir():
        policy, wrong = plain_files(folder / POLICY, ENDINGS[1:])
        if wrong:
            raise FaultyScenario(wrong)
        found += policy
    return {path.relative_to(folder).as_posix(): _bytes(path) for path in found}


def files_inside(folder: Path) -> list[Path]:
    """The files of a folder, in order of name, without hidden ones; none where it is not there."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST_TEXT + 1)


class Files:
    """The files of one reading, and the faults that are found in them. `root` is how messages call the folder."""

    def __init__(self, texts: Mapping[str, bytes], root: str) -> None:
        self.texts = texts
        self.root = root
        self.documents: list[Document] = []
        self.faults: list[Fault] = []
        for path in REQUIRED:
            if path not in texts:
                self.faults.append(Fault(self.name(path), 1, 1, "This file is missing; a scenario needs it."))
        if not self.policy:
            self.faults.append(
                Fault(self.name(POLICY), 1, 1, "A scenario needs a folder of this name with .yaml files.")
            )
        known = (*REQUIRED, *OPTIONAL)
        for path in texts:
            if path not in known and not path.startswith((f"{POLICY}/", f"{OBSERVATIONS}/")):
                near = nearest(path, known)
                self.faults.append(Fault(self.name(path), 1, 1, "This is not a file of a scenario.", nearest=near))

    def name(self, path: str) -> str:
        """What messages call a file."""
        return f"{self.root}/{path}" if self.root else path

    def table(self, path: str, columns: Columns) -> Sheet:
        """A table; one without rows where the file is missing."""
        if path not in self.texts:
            return Sheet(Document(self.name(path), ""), whole=path in OPTIONAL)
        sheet = read_table(self.name(path), self.texts[path], columns)
        self.documents.append(sheet.document)
        return sheet

    def tables(self, folder: str, columns: Columns) -> list[Sheet]:
        """All tables of a folder, in order of name."""
        return [self.table(path, columns) for path in sorted(self.texts) if path.startswith(f"{folder}/")]

    def document(self, path: str, shape: str) -> Document:
        """A document; one without a root where the file is missing or cannot be read."""
        if path not in self.texts:
            return Document(self.name(path), "")
        document = read_document(self.name(path), self.texts[path], shape)
        self.documents.append(document)
        return document

    @property
    def policy(self) -> dict[str, bytes]:
        """The files of the policy by what messages call them."""
        return {self.name(path): data for path, data in self.texts.items() if path.startswith(f"{POLICY}/")}

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file by its path inside the folder."""
        return {path: hashlib.sha256(data).hexdigest() for path, data in sorted(self.texts.items())}

    @property
    def all_faults(self) -> list[Fault]:
        """The faults of all files that were read, and of those that are not there."""
        return [*self.faults, *(fault for document in self.documents for fault in document.faults)]
