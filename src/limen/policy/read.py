"""Reading a policy: the files that are named, and no others, become one checked object or a list of every fault."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from limen.policy.order import in_order
from limen.policy.people import excluded
from limen.policy.read_rules import RuleReader, read_readings, read_sources
from limen.policy.read_words import WORDS_SECTIONS, read_words
from limen.policy.rules import Claim, Policy, ReachClaim
from limen.policy.words import Words, lay_axes
from limen.text.faults import Fault, FaultyPolicy
from limen.text.forms import as_word
from limen.text.memory import uncollected
from limen.text.nodes import Document, Node, Table, Word, read_document
from limen.text.plain import plain_files

T = TypeVar("T")

POLICY_SECTIONS = ("policy", "words", "sources", "readings", "rules", "always", "cases")
SECTIONS = (*WORDS_SECTIONS, *POLICY_SECTIONS)
SUFFIXES = (".yaml", ".yml")


def policy_files(paths: Iterable[Path]) -> list[Path]:
    """The files that the paths name: themselves, or the YAML files directly inside a folder, in order of name.

    Raises FileNotFoundError for a path that is not there, or a folder without such files; FaultyPolicy for a folder in which
    something else, such as a link, has the name of one.
    """
    found: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        if path.is_dir():
            inside, wrong = plain_files(path, SUFFIXES)
            faults += wrong
            if not inside and not wrong:
                raise FileNotFoundError(f"There are no .yaml files directly inside {path}.")
            found.extend(inside)
        elif path.is_file():
            found.append(path)
        elif path.exists():
            raise FileNotFoundError(f"{path} is neither a file nor a folder.")
        else:
            raise FileNotFoundError(f"There is no file or folder {path}.")
    if faults:
        raise FaultyPolicy(faults)
    return list(dict.fromkeys(found))


def read_policy(paths: Iterable[Path | str]) -> Policy:
    """Reads files and folders together as one policy.

    Raises FaultyPolicy with every fault in its place, FileNotFoundError for a path that is not there.
    """
    files = policy_files(Path(path) for path in paths)
    return policy_from({str(file): file.read_bytes() for file in files})


def policy_from(texts: Mapping[str, bytes]) -> Policy:
    """Reads a policy from the bytes of its files by name, opening nothing. Raises FaultyPolicy."""
    with uncollected():
        documents = [read_document(name, data) for name, data in texts.items()] or [Document("(no file)", "")]
        policy = _Reading([document for document in documents if document.root is not None]).policy(documents)
    faults = [fault for document in documents for fault in document.faults]
    if faults or policy is None:
        raise FaultyPolicy(faults)
    return replace(policy, hashes={name: hashlib.sha256(data).hexdigest() for name, data in texts.items()})


class _Reading:
    """One reading of several files. Names are shared by all of them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents

    def each(self) -> Iterable[tuple[Document, Table]]:
        for document in self.documents:
            if document.root is not None:
                yield document, document.root

    def policy(self, documents: Sequence[Document]) -> Policy | None:
        for document, root in self.each():
            _check_sections(document, root)
        words = self._words(documents)
        if words is None:
            return None
        ranks = {rank.name: number for number, rank in enumerate(words.ranks)}
        sources = self._gather(lambda document, root, names: read_sources(document, root, ranks, names))
        readings = self._gather(lambda document, root, names: read_readings(document, root, names, sources))
        for document, root in self.each():
            table = root.items.get("readings")
            if table and isinstance(table[1], Table):
                for name, (key, _) in table[1].items.items():
                    if name in words.facts or name in words.terms or name in words.doors:
                        document.fault(key, f"The name {name!r} is taken already by the words file.")
        axes, axes_of = lay_axes({**words.facts, **readings})
        words = replace(words, readings=readings, axes=axes, axes_of=axes_of)
        reader = RuleReader(words, sources, readings, axes_of)
        rules = self._gather(reader.rules)
        claimed = self._gather(reader.claims)
        claims = {name: claim for name, claim in claimed.items() if isinstance(claim, Claim)}
        reach = {name: claim for name, claim in claimed.items() if isinstance(claim, ReachClaim)}
        cases = self._gather(lambda document, root, names: reader.cases(document, root, names, rules))
        reason = excluded(words, {axis.number: frozenset((axis.ordinary,)) for axis in axes})
        if reason is not None:
            message = f"The ordinary person must be possible, but these facts are declared impossible: {reason}."
            next(d for d, root in self.each() if "facts" in root.items).fault(None, message)
        policy = Policy(self._title(), words, sources, rules, claims, reach, cases)
        by_file = {document.name: document for document in self.documents}
        for case in cases.values():
            reason = excluded(words, {axis: frozenset((place,)) for axis, place in case.person.items()})
            if reason is not None:
                document = by_file[case.where.file]
                message = f"No such person is possible; the words file declares impossible: {reason}."
                document.fault_at(case.where.line, case.where.column, message)
        return replace(policy, order=in_order(policy, by_file, reader.broken_rules))

    def _words(self, documents: Sequence[Document]) -> Words | None:
        holders = [
            (document, root)
            for document, root in self.each()
            if any(section in root.items for section in WORDS_SECTIONS)
        ]
        if not holders:
            if not any(document.faults for document in documents):
                documents[0].fault(
                    None, "None of the files read declares words (the sections 'facts', 'doors' and 'ranks')."
                )
            return None
        document, root = holders[0]
        for other, other_root in holders[1:]:
            section = next(section for section in WORDS_SECTIONS if section in other_root.items)
            other.fault(
                other_root.items[section][0],
                f"{section!r} belongs into one words file, and {document.name} is it. Two policies cannot be read together.",
            )
        if holders[1:]:
            return None
        for section in ("facts", "doors"):
            if section not in root.items:
                document.fault(root, f"A words file needs the section {section!r}.")
        holder_name = Path(document.name).name
        for other, other_root in self.each():
            named = other_root.items.get("words")
            word = as_word(other, named[1], "'words'") if named else None
            if word is not None and word.text != holder_name:
                message = (
                    f"This was written for the words of {word.text!r}, but the words file read is {holder_name!r}."
                )
                other.fault(word, message)
        return read_words(document, root)

    def _gather(self, read: Callable[[Document, Table, dict[str, Word]], dict[str, T]]) -> dict[str, T]:
        """What one section of all files holds; a name may be given once."""
        found: dict[str, T] = {}
        places: dict[str, tuple[Document, Word]] = {}
        for document, root in self.each():
            names: dict[str, Word] = {}
            for name, thing in read(document, root, names).items():
                if name in found:
                    first, word = places[name]
                    message = f"The name {name!r} is taken already ({first.name}, line {word.line})."
                    document.fault(names[name], message)
                    continue
                found[name] = thing
                places[name] = (document, names[name])
        return found

    def _title(self) -> str:
        titles = []
        for document, root in self.each():
            node: Node | None = root.items["policy"][1] if "policy" in root.items else None
            word = as_word(document, node, "'policy'") if node is not None else None
            if word is not None:
                titles.append(word.text)
        return titles[0] if titles else ""


def _check_sections(document: Document, root: Table) -> None:
    for key, (word, _) in root.items.items():
        if key not in SECTIONS:
            document.fault(word, f"{key!r} is not a section.", key, SECTIONS)
