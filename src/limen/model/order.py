"""The order of a day in the movement model: what each step of the engine's day is to people at home, at borders and abroad."""

from __future__ import annotations

from typing import NamedTuple

from limen.flow.order import steps_of
from limen.flow.program import Program

MEANING = {
    "read": "The rules in force, practice, season, weekday and the press of events are those of the day. How long the line is "
    "before each border gate is that of last night: who chooses a way today knows no more.",
    "take in": "Nobody is added: everybody is somewhere from the first day on.",
    "admit": "Border gates let as many to the front as they can serve. Asylum offices take as many requests as they decide in a "
    "day.",
    "split": "At home: trips, leaving, the call-up, the choice of a way. At the front of a line: not let out, admitted, refused, "
    "or a request for protection taken or not. In an asylum office: granted, rejected, or handed on to the state that is "
    "responsible. Abroad: going home, staying on, moving on, asking for protection, permitted days that run out.",
    "arrive": "Who set out is before the gate after the days of the journey, one at least. Everybody else is where they went the "
    "next morning.",
    "count": "Entries, refusals, requests and the other flows are those of the day; who is abroad, pending or at home is counted "
    "in the evening.",
}
"""By the step of the engine."""


class OnADay(NamedTuple):
    """One step of a day: its name, of how much, the engine's rule, and what it is in the model."""

    name: str
    sizes: str
    rule: str
    meaning: str


def order_of(program: Program) -> list[OnADay]:
    """The steps of a day, in order."""
    return [OnADay(*step, MEANING[step.name]) for step in steps_of(program)]
