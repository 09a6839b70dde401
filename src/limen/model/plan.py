"""The plan on which the parts of the model lay their cells: names, rows of numbers by day, and who fills them in a draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from limen.flow.build import Builder
from limen.model.parameters import Values
from limen.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]
T = TypeVar("T")
ONES = 0


@dataclass
class Numbers:
    """The numbers of one draw while they are filled in: of branches and transitions in the order in which they were laid."""

    values: Values
    chances: Reals
    rows: Reals
    hazard: Reals
    weight: Reals
    floor: Reals
    sensitivity: Reals
    capacity: Reals
    stretch: Reals
    stretch_limit: Reals
    scale: Reals
    chance: tuple[int, int] | None = None
    """Seed and draw, for what is of chance and not of parameters; None: nothing is left to chance."""

    @property
    def days(self) -> int:
        """How many days there are."""
        return int(self.rows.shape[1])


Fill = Callable[[Numbers], None]


@dataclass
class Plan:
    """The cells so far. `fills` are called, in order, for each draw."""

    scenario: Scenario
    builder: Builder
    initial: dict[int, int] = field(default_factory=dict)
    fills: list[Fill] = field(default_factory=list)
    _rows: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _families: dict[str, tuple[list[int], list[tuple[Any, ...]]]] = field(default_factory=dict)
    _kept: dict[tuple[str, int], Any] = field(default_factory=dict)

    def row(self, *key: Any) -> int:
        """The row of numbers by day with this key, whose first word says which family fills it."""
        number = self._rows.get(key)
        if number is None:
            number = self._rows[key] = self.builder.row(key)
            numbers, keys = self._families.setdefault(key[0], ([], []))
            numbers.append(number)
            keys.append(key[1:])
        return number

    def rows_of(self, family: str) -> tuple[npt.NDArray[np.int64], list[tuple[Any, ...]]]:
        """The rows of a family, and the rest of their keys."""
        numbers, keys = self._families.get(family, ([], []))
        return np.array(numbers, dtype=np.int64), keys

    def from_keys(self, family: str, made: Callable[[list[tuple[Any, ...]]], T]) -> T:
        """What is made of the keys of a family alone: made once, though every draw asks."""
        keys = self.rows_of(family)[1]
        at = family, len(keys)
        if at not in self._kept:
            self._kept[at] = made(keys)
        found: T = self._kept[at]
        return found


@dataclass
class Column:
    """Branches or transitions of one sort with what tells their numbers apart: lists that become arrays once all are laid."""

    ids: list[int] = field(default_factory=list)
    tags: list[tuple[Any, ...]] = field(default_factory=list)
    _arrays: tuple[npt.NDArray[np.int64], list[npt.NDArray[Any]]] | None = None
    _distinct: dict[tuple[int, ...], tuple[list[tuple[Any, ...]], npt.NDArray[np.int64]]] = field(default_factory=dict)

    def add(self, number: int, *tags: Any) -> None:
        """Notes one."""
        self.extend([number], [tags])

    def extend(self, numbers: Iterable[int], tags: Iterable[tuple[Any, ...]]) -> None:
        """Notes several, each with its tags."""
        self.ids.extend(map(int, numbers))
        self.tags.extend(tags)
        self._arrays = None
        self._distinct = {}

    def arrays(self) -> tuple[npt.NDArray[np.int64], Sequence[npt.NDArray[Any]]]:
        """The numbers, and each tag as an array of its own. Made once: every draw asks, and texts are slow to lay out."""
        if self._arrays is None:
            tags = [np.array(list(tag)) for tag in zip(*self.tags, strict=True)]
            self._arrays = np.array(self.ids, dtype=np.int64), tags
        return self._arrays

    def each(self, number: Callable[..., float], *places: int) -> Reals:
        """A number for each of them, from their tags at these places: asked once for each that differs."""
        if places not in self._distinct:
            tags = [tuple(tag[place] for place in places) for tag in self.tags]
            numbers = {tag: place for place, tag in enumerate(dict.fromkeys(tags))}
            self._distinct[places] = list(numbers), np.array([numbers[tag] for tag in tags], dtype=np.int64)
        distinct, which = self._distinct[places]
        return np.array([number(*tag) for tag in distinct], dtype=np.float64)[which]
