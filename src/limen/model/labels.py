"""What the meters, stocks and gates of a simulation are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

TRIP, LEAVE = "trip", "leave"

OFFICE = "asylum office"
"""How the gate of an office begins that decides on requests for protection; its state follows."""

MEASURES = {
    "departures": "people who set out from home on a way",
    "no open way": "people who would have left and found every way shut",
    "stopped at exit": "people stopped before the last door of a way: not let out, not carried, or without its visa",
    "entries": "crossings of the border into the state by people who were admitted",
    "refusals": "people refused entry at the border",
    "claims at the border": "people without a right to enter whose request for protection was taken at the border",
    "turned back unassessed": "people who asked for protection at the border and were sent away without an assessment",
    "first-time applications": "first requests for protection, at the border and inside",
    "decisions": "first-instance decisions on protection",
    "granted": "of these, protection granted",
    "temporary protection given": "people who were given temporary protection as members of a group",
    "exits": "crossings of the border out of the state towards home",
    "moved on": "people who went on to another state",
    "days run out": "people whose permitted days ended while they were there",
    "called up": "people called up and taken into the army",
}
"""The measures that meters count: flows a day, in persons or, for entries and exits, in crossings."""

STOCKS = {
    "at home": "people at home who do not mean to leave",
    "determined": "people in the state of origin who tried to leave, were sent back and still mean to",
    "hiding": "people who stay away from the army inside the state of origin",
    "serving": "people called up",
    "on the way": "people travelling or waiting before a gate",
    "on a trip": "people abroad who mean to go home soon",
    "abroad": "people abroad who left for good or for long, with a right to be there",
    "overstaying": "people abroad whose permitted days have ended",
    "pending": "people whose request for protection is pending",
    "protected": "people who were granted protection",
    "under temporary protection": "people who were given temporary protection as members of a group",
    "rejected": "people whose request for protection was rejected and who are still there",
}
"""What a stock counts: persons at the end of a day."""

CROSSINGS, PERSONS = "crossings", "persons"
UNITS = {measure: CROSSINGS if measure in ("entries", "exits") else PERSONS for measure in (*MEASURES, *STOCKS)}
"""What a measure is counted in: who crosses a border twice is two crossings, who is refused twice two persons refused."""


class Meter(NamedTuple):
    """One meter: a measure, where it has one the state, the way, whether of trips or of those who leave, and the kind of people.

    An empty text means that it is not told apart. Meters of one measure with the same tellings apart never overlap.
    """

    measure: str
    state: str = ""
    way: str = ""
    mode: str = ""
    kind: str = ""


class Stock(NamedTuple):
    """One stock: a measure, where it has one the state, and the kind of people."""

    measure: str
    state: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Labels:
    """The names of a trace's columns, in order, and its days."""

    meters: tuple[Meter, ...]
    stocks: tuple[Stock, ...]
    gates: tuple[str, ...]
    days: tuple[date, ...]
