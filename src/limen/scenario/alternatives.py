"""Alternative policies of a scenario: small files that say what would be different, read and laid over the scenario."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from limen.evidence.changes import Change
from limen.evidence.figures import Practice
from limen.evidence.read_changes import ChangeReader, Numbers
from limen.policy.rules import Policy
from limen.scenario.files import files_inside
from limen.scenario.overlay import Moved, OverlayReader
from limen.scenario.scenario import Scenario
from limen.scenario.vocabulary import PolicyWords
from limen.text.faults import FaultyScenario, nearest
from limen.text.forms import Form, as_tables
from limen.text.memory import uncollected
from limen.text.nodes import LONGEST_TEXT, Document, Node, Table, Word, read_document
from limen.text.sourced import Citations

FOLDER = "alternatives"
ENDINGS = (".yaml", ".yml")
KEYS = ("alternative", "says", "asked by", "sources", "withdraw", "dates", "rules", "practice", "numbers")
CHANGING = ("withdraw", "dates", "rules", "practice", "numbers")
SHAPE = "An alternative is a mapping with the key `alternative:` and what it changes."


class NoSuchAlternative(FileNotFoundError):
    """A scenario has no alternative of that name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for an alternative, or speaks of it: in what words, and where that can be read."""

    who: str
    says: str
    source: str


@dataclass(frozen=True)
class Alternative:
    """Another policy for a scenario. `policy` is the whole of it; `withdrawn`, `moved` and `added` say what of it is different.

    `practice` and `changes` come on top of the scenario's own. `digest`: SHA-256 of its file.
    """

    name: str
    title: str
    says: str
    asked_by: tuple[Asked, ...]
    policy: Policy
    withdrawn: tuple[str, ...]
    moved: tuple[Moved, ...]
    added: tuple[str, ...]
    practice: tuple[Practice, ...]
    changes: tuple[Change, ...]
    digest: str

    def over(self, scenario: Scenario) -> Scenario:
        """The scenario with the changed practice and numbers. It keeps its own policy, from which its groups and cells follow."""
        return replace(
            scenario, practice=(*scenario.practice, *self.practice), changes=(*scenario.changes, *self.changes)
        )


def alternatives_in(folder: Path) -> dict[str, Path]:
    """The files of a scenario's alternatives by name, in order of name."""
    return {path.stem: path for path in files_inside(folder / FOLDER) if path.suffix.lower() in ENDINGS}


def read_alternative(scenario: Scenario, folder: Path, name: str, numbers: Numbers | None = None) -> Alternative:
    """Reads one alternative of a scenario.

    `numbers`: the numbers that can be changed and what each can be of; None: not checked. Raises NoSuchAlternative, and
    FaultyScenario with every fault in its place.
    """
    found = alternatives_in(folder)
    if name not in found:
        near = nearest(name, found)
        hint = f" Did you mean {near!r}?" if near else f" There are: {', '.join(found) or 'none'}."
        raise NoSuchAlternative(f"{scenario.name} has no alternative {name!r}.{hint}")
    with found[name].open("rb") as file:
        data = file.read(LONGEST_TEXT + 1)
    return alternative_from(scenario, data, name, f"{folder}/{FOLDER}/{found[name].name}", numbers)


def alternative_from(
    scenario: Scenario, data: bytes, name: str, file: str, numbers: Numbers | None = None
) -> Alternative:
    """Reads an alternative from the bytes of its file, opening nothing. Raises FaultyScenario."""
    with uncollected():
        document = read_document(file, data, SHAPE)
        alternative = None if document.root is None else _read(scenario, document, document.root, name, numbers)
    if document.faults or alternative is None:
        raise FaultyScenario(document.faults)
    return replace(alternative, digest=hashlib.sha256(data).hexdigest())


def _read(
    scenario: Scenario, document: Document, root: Table, name: str, numbers: Numbers | None
) -> Alternative | None:
    form = Form(document, root, "an alternative", KEYS, ("alternative", "says"))
    if not any(key in root.items for key in CHANGING):
        document.fault(root, f"This changes nothing: it needs one of {', '.join(map(repr, CHANGING))}.")
    title, says = form.text("alternative"), form.text("says")
    reader = OverlayReader(document, scenario.policy)
    overlay = reader.read(root)
    citations = Citations({*scenario.sources, *overlay.sources})
    changes = ChangeReader(document, PolicyWords(scenario.policy.words), scenario.world.ways, numbers, citations)
    practice, numbers_node = form.node("practice"), form.node("numbers")
    shares = changes.practice(practice) if practice is not None else ()
    changed = changes.changes(numbers_node) if numbers_node is not None else ()
    asked = _asked(document, form.node("asked by"), citations)
    if document.faults:
        return None
    policy = overlay.over(scenario.policy, document)
    return Alternative(
        name, title, says, asked, policy, overlay.withdrawn, overlay.moved, tuple(overlay.added), shares, changed, ""
    )  # fmt: skip


def _asked(document: Document, node: Node | None, citations: Citations) -> tuple[Asked, ...]:
    found = []
    for table in as_tables(document, node, "'asked by'") if node is not None else ():
        form = Form(document, table, "an item of 'asked by'", ("who", "says", "source"), ("who", "says"))
        who = form.word("who")
        source = citations.source(
            document, form.word("source"), who or Word("", table.line, table.column), "What somebody says"
        )
        found.append(Asked(who.text if who else "", form.text("says"), source))
    return tuple(found)
