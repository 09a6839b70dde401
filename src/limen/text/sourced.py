"""Every figure says where it comes from and how far it is to be relied on."""

from __future__ import annotations

from collections.abc import Collection

from limen.text.faults import nearest
from limen.text.nodes import Document, Word
from limen.text.table import Row

CONFIDENCES = ("high", "medium", "low")


class Citations:
    """Checks the sources of figures against the `ids` that are known (None: the list could not be read).

    A source is one of these ids, or a citation in words; a single word that is no id is taken for a misspelt one.
    """

    def __init__(self, ids: Collection[str] | None) -> None:
        self.ids = ids

    def source(self, document: Document, word: Word | None, at: Word, figure: str) -> str:
        """The source of a figure; a fault at `at` where there is none, and at the word where it names none."""
        if word is None or word.empty or not word.text.strip():
            document.fault(at, f"{figure} has no source.")
            return ""
        if self.ids is not None and word.text not in self.ids and " " not in word.text:
            message = f"{figure} names the source {word.text!r}, which is no id in sources.yaml."
            document.fault(word, message, word.text, self.ids)
        return word.text

    def row(self, row: Row, figure: str) -> tuple[str, str]:
        """The source and the confidence that a row states in the columns of these names."""
        at = next((word for word in row.cells.values() if not word.empty), row.word("source"))
        source = self.source(row.document, row.word("source"), at, figure)
        return source, self.confidence(row.document, row.word("confidence"), at, figure)

    @staticmethod
    def confidence(document: Document, word: Word | None, at: Word, figure: str) -> str:
        """How far a figure is to be relied on: high, medium or low."""
        if word is None or word.empty or not word.text.strip():
            document.fault(at, f"{figure} does not say its confidence: {', '.join(CONFIDENCES)}.")
            return CONFIDENCES[-1]
        if word.text not in CONFIDENCES:
            message = f"The confidence of {_inside(figure)} is one of {', '.join(CONFIDENCES)}; not {word.text!r}."
            document.fault(word, message, word.text, CONFIDENCES)
            return CONFIDENCES[-1]
        return word.text


def _inside(figure: str) -> str:
    """A figure's name inside a sentence."""
    return f"{figure[0].lower()}{figure[1:]}"


def named(document: Document, word: Word, names: Collection[str] | None, what: str) -> bool:
    """Whether a word is one of the names; a fault where it is not. `names` None: what they are could not be read."""
    if names is None or word.text in names:
        return True
    hint = "" if nearest(word.text, names) or not 0 < len(names) <= 12 else f" There are: {', '.join(names)}."
    document.fault(word, f"{word.text!r} is not {what}.{hint}", word.text, names)
    return False
