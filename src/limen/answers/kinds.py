"""How many kinds of people something is so of, where they can be laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from limen.answers.enumerated import AT_ONCE
from limen.policy.circuit import Circuit
from limen.policy.everyone import Everyone
from limen.policy.meaning import Truth
from limen.policy.search import Search


def kinds(search: Search, truths: Sequence[Truth], piece: Everyone) -> int | None:
    """How many of the kinds of people in a piece, which holds all of whom this is so, are such; None: too many to lay out."""
    if piece.cells > AT_ONCE:
        return None
    where = piece.possible
    for truth in laid_out(search.circuit, truths, piece):
        where = where & truth
    axes = piece.words.axes
    full = np.broadcast_to(np.asarray(where), piece.shape)
    other = tuple(piece.dims[number] for number in piece.asked if not axes[number].fact.kind.personal)
    return int(np.count_nonzero(full.any(axis=other)))


def laid_out(circuit: Circuit, truths: Sequence[Truth], everyone: Everyone) -> list[Any]:
    """Truths over the kinds of people that are laid out. Of what is not, any place that is left gives the same."""
    return circuit.answered(truths, lambda gate: _at_least(everyone, gate.left, gate.right))


def _at_least(everyone: Everyone, axis: int, place: int) -> Any:
    dim = everyone.dims.get(axis)
    if dim is not None and axis in everyone.asked:
        reached = np.array([one[0] >= place for one in everyone.classes[axis]])
        return reached.reshape(tuple(-1 if other == dim else 1 for other in range(len(everyone.dims))))
    known = everyone.known.get(axis)
    ordinary = everyone.words.axes[axis].ordinary
    return (ordinary if known is None or ordinary in known else min(known)) >= place
