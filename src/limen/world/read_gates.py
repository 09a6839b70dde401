"""Reading `gates.csv`: what crossing points carry."""

from __future__ import annotations

from limen.text.sourced import Citations
from limen.text.table import Columns, Sheet
from limen.world.places import Gate

GATES = Columns("a table of gates", ("gate", "persons_a_day", "up_to", "per_waiting", "source", "confidence"))


def read_gates(sheet: Sheet, citations: Citations) -> dict[str, Gate]:
    """The gates by name, in order.

    A gate of 0 persons a day is shut: whoever waits before it is not served. An empty `up_to` is `persons_a_day`, an empty
    `per_waiting` is 0: a gate that does not give way.
    """
    gates: dict[str, Gate] = {}
    for row in sheet.rows:
        name = row.needed("gate")
        persons = row.number("persons_a_day", 0)
        if name is None or persons is None:
            continue
        source, confidence = citations.row(row, f"The gate {name.text!r}")
        up_to = persons if row.word("up_to").empty else row.number("up_to", 0)
        per_waiting = 0.0 if row.word("per_waiting").empty else row.number("per_waiting", 0)
        if up_to is None or per_waiting is None:
            continue
        if up_to < persons:
            message = f"'up_to' is {up_to:g}, less than the {persons:g} persons a day that the gate carries anyway."
            row.fault("up_to", message)
            continue
        if name.text in gates:
            row.fault("gate", f"The gate {name.text!r} stands here a second time.")
            continue
        gates[name.text] = Gate(name.text, persons, up_to, per_waiting, source, confidence, row.text("note"))
    return gates
