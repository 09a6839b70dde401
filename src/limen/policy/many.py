"""Many people: the answers of doors to a table of a million, worked out once and then taken by all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.circuit import Circuit, Number
from limen.policy.everyone import looks_of_rules
from limen.policy.meaning import Meaning, meaning
from limen.policy.outcome import bits_of
from limen.policy.standing import Known, Standing
from limen.policy.words import Axis, Kind, Look, Words
from limen.text.faults import nearest

Codes = npt.NDArray[np.unsignedinteger[Any]]
Places = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class People:
    """A table of people: for every axis that is stated, the place of each person (uint8 or uint16), or one for all.

    What a column does not state is not assumed: `DoorTable.answers` says which columns it misses.
    """

    words: Words
    count: int
    places: Mapping[int, Places | int]

    @classmethod
    def of(cls, words: Words, columns: Mapping[str, Any]) -> People:
        """From columns by fact: names of values (or whole numbers), one for all or one a person.

        A set-valued fact takes a mapping of each thing to true or false, one for all or one a person; what is left out is not
        held. Raises ValueError for an unknown column or value, or columns of different lengths.
        """
        places: dict[int, Places | int] = {}
        for name, column in columns.items():
            axes = words.axes_of.get(name)
            if axes is None:
                raise ValueError(f"{name!r} is no fact, finding or reading.{_hint(name, words.axes_of)}")
            if axes[0].fact.kind is Kind.SET:
                if not isinstance(column, Mapping):
                    raise ValueError(f"{name!r} is a set: give a mapping of things to true or false.")
                for item in column:
                    if item not in axes[0].fact.values:
                        raise ValueError(f"{item!r} is not held by {name!r}.{_hint(item, axes[0].fact.values)}")
                for axis in axes:
                    held = np.asarray(column.get(axis.item, False))
                    places[axis.number] = held.astype(np.uint8) if held.ndim else int(bool(held))
            else:
                places[axes[0].number] = _places(axes[0], column)
        lengths = {len(column) for column in places.values() if isinstance(column, np.ndarray)}
        if len(lengths) > 1:
            raise ValueError(f"The columns have different lengths: {sorted(lengths)}.")
        return cls(words, lengths.pop() if lengths else 1, places)


def _places(axis: Axis, column: Any) -> Places | int:
    fact = axis.fact
    values = np.asarray(column)
    width = np.uint8 if axis.size <= 256 else np.uint16
    if fact.kind is Kind.NUMBER and values.dtype.kind in "iu":
        places = values - fact.low
        bad = (places < 0) | (places >= axis.size)
    else:
        names = np.array(fact.values)
        order = np.argsort(names)
        texts = values.astype(str)
        found = np.minimum(np.searchsorted(names, texts, sorter=order), len(names) - 1)
        places = order[found]
        bad = names[places] != texts
    if np.any(bad):
        value = str(np.atleast_1d(values)[np.argmax(np.atleast_1d(bad))])
        raise ValueError(f"{value!r} is not a value of {fact.name!r}.{_hint(value, fact.values)}")
    return places.astype(width) if places.ndim else int(places)


def _hint(word: str, names: Iterable[str]) -> str:
    near = nearest(word, tuple(names))
    return f" Did you mean {near!r}?" if near else ""


@dataclass(frozen=True)
class DoorTable:
    """The answers of one door on a day, ready for many people: the steps to them are worked out once.

    `needs` are the axes that the door's rules read; `codes` says of which gates of the circuit its numbers are made.
    """

    door: str
    standing: Standing
    needs: tuple[int, ...]
    circuit: Circuit
    codes: Number

    @classmethod
    def of(cls, standing: Standing, door: str, known: Known | None = None) -> DoorTable:
        """The table of a door, for people with the known places."""
        return tables(standing, [door], known)[door]

    def answers(self, people: People) -> Codes:
        """Each person's answer as the number of `limen.policy.outcome.encode`, in as few bytes as the door's numbers need.

        Raises ValueError where a column that the door's rules read is missing.
        """
        return answers([self], people)[self.door]

    def meaning(self, people: People) -> Meaning:
        """The meaning of the door's rules with one truth a person: which rules fire for whom."""
        looks: dict[Look, Any] = {}

        def see(look: Look) -> Any:
            if look not in looks:
                inside = np.zeros(self.standing.words.axes[look.axis].size, dtype=np.bool_)
                inside[list(look.places)] = True
                looks[look] = inside[people.places[look.axis]]
            return looks[look]

        return meaning(self.standing.about([self.door]), self.standing.words, see, [self.door])


def tables(standing: Standing, doors: Iterable[str] | None = None, known: Known | None = None) -> dict[str, DoorTable]:
    """The tables of several doors (all, where none is named), which share what several of them ask."""
    live = standing.given(known or {})
    words = standing.words
    doors = tuple(words.doors if doors is None else doors)
    circuit = Circuit(words.axes)
    meant = meaning(live.about(doors), words, circuit.see, doors)
    found = {}
    for door in doors:
        needs = tuple(sorted({look.axis for look in looks_of_rules(live.about([door]))}))
        found[door] = DoorTable(door, live, needs, circuit, Number.of(bits_of(meant.doors[door], words.findings)))
    return found


def answers(several: Iterable[DoorTable], people: People) -> dict[str, Codes]:
    """The answers of several doors: as `DoorTable.answers`, but what those of one call of `tables` share is asked once.

    Raises ValueError where a column that their rules read is missing.
    """
    several = tuple(several)
    for table in several:
        missing = [str(table.standing.words.axes[number]) for number in table.needs if number not in people.places]
        if missing:
            raise ValueError(f"The door {table.door!r} also reads {', '.join(missing)}: state these columns.")
    found: dict[str, Codes] = {table.door: np.empty(people.count, dtype=table.codes.dtype) for table in several}
    for circuit in dict.fromkeys(table.circuit for table in several):
        here = [table for table in several if table.circuit is circuit]
        program = circuit.program(gate for table in here for gates in table.codes.gates.values() for gate in gates)
        for some, truths in program.run(people.places, people.count):
            for table in here:
                table.codes.write(truths, found[table.door][some])
    return found
