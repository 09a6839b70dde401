"""The numbers that the movement model reads: what each means, which a scenario lacks, and their values in one draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import exp, inf, log
from zlib import crc32

import numpy as np

from limen.evidence.figures import Basis, Parameter, Spread
from limen.text.faults import Fault, Faulty

FILE = "evidence/parameters.csv"

Z90 = 1.6448536269514722
"""The 95th percentile of the standard normal distribution."""

PARAMETERS: Mapping[str, str] = {
    "trips a day": "WAY: ordinary travellers who go out by it in a day, averaged over a week before any measure, persons",
    "propensity to travel": "HOLDING or HOLDING>STATE: how often its holders make trips, against others who could, factor",
    "days away": "STATE: how long an ordinary trip lasts, days on average",
    "weekday factor": "MONDAY to SUNDAY: trips on that day against an average day, factor",
    "season factor": "MONTH: trips in that month against the average that `trips a day` is about, factor",
    "trips that turn elsewhere": "for all: of trips whose way is shut, those that take another way instead, share",
    "waiting deters trips": "for all: by which trips thin out with the wait at the gate, per day of waiting",
    "leaves a day": "KIND: the chance a day of leaving for good or for long when nothing presses",
    "propensity to leave": "HOLDING: the chance that its holders leave, against that of their kind, factor",
    "travel weighs": "for all: by which the weight of a way falls with the journey, of trips too, per hour",
    "waiting weighs": "for all: by which the weight of a way falls with the wait at its gate, per day of waiting",
    "pull": "STATE: the logarithm of its weight in the choice of a way",
    "pull of a way": "WAY: added to that of its state; 0 where not stated",
    "attempts though shut": "for all, or by STATE: the weight of a way that is shut, against one that is open, share",
    "refusal risk weighs": "for all: the power of the chance to get through in the weight of a way",
    "rush before closing": "for all: the chance of setting out before a way is to close, as its closing becomes known, factor",
    "trips change from day to day": "for all: how far trips to a state, and back, stray on a day; standard deviation of the log",
    "trips change from week to week": "for all: how far trips to a state drift in a week; standard deviation of the log",
    "leaving changes from day to day": "for all: how far leavers for a state stray on a day; standard deviation of the log",
    "leaving changes from week to week": "for all: how far what draws leavers to a state drifts in a week; standard deviation of "
    "the log",
    "pressure changes from week to week": "for all: how far the press of events drifts in a week; standard deviation of the log",
    "days ahead": "for all: how many days ahead people look for what is going to close, days",
    "tries again a day": "for all: the chance a day that somebody who was sent back tries once more",
    "gives up a day": "for all: the chance a day that somebody who was sent back stays at home after all",
    "hides a day": "KIND: the chance a day that somebody who was sent back hides from the army inside the state",
    "called up a day": "KIND: the chance a day of being called up while an event presses",
    "called up in all": "for all: how many are called up, on average, before the call-up ends; no end where not stated, persons",
    "claims at the border": "KIND: of those refused entry, those who ask for protection there, share",
    "stays on": "for all: the chance a day that somebody on a trip stays abroad, against the chance of leaving from home, factor",
    "moves on a day": "STATE>STATE: the chance a day that somebody who left moves on to the other state",
    "returns a day": "STATE: the chance a day that somebody who left goes home",
    "asks for asylum a day": "STATE: the chance a day that somebody who left asks for protection there; 0 where not stated",
    "asks for temporary protection a day": "STATE: the chance a day that somebody who left asks for temporary protection there; "
    "0 where not stated",
    "extends when days run out": "STATE: of those whose permitted days end, those who extend them, share",
    "returns when days run out": "STATE: of those whose permitted days end, those who go home, share",
    "decisions a day": "STATE: first-instance decisions on protection of people of this scenario, persons a day",
    "pending at the start": "STATE: people whose request for protection is pending on the first day, persons",
}
"""By name: of what there is one (a word in capitals), what it is, and its unit."""

OPTIONAL: Mapping[str, float] = {
    "propensity to travel": 1.0,
    "propensity to leave": 1.0,
    "pull of a way": 0.0,
    "asks for asylum a day": 0.0,
    "asks for temporary protection a day": 0.0,
    "moves on a day": 0.0,
    "decisions a day": 0.0,
    "pending at the start": 0.0,
    "called up a day": 0.0,
    "called up in all": inf,
    "hides a day": 0.0,
    "stays on": 0.0,
    "trips a day": 0.0,
    "trips change from day to day": 0.0,
    "trips change from week to week": 0.0,
    "leaving changes from day to day": 0.0,
    "leaving changes from week to week": 0.0,
    "pressure changes from week to week": 0.0,
}
"""Parameters that need not be stated for everything, and what then holds."""


class MissingData(Faulty):
    """A scenario lacks something that the movement model reads, or states what it does not read: a fault each, with its file."""


class MissingParameters(MissingData):
    """A scenario lacks numbers that the movement model reads."""


@dataclass(frozen=True)
class Values:
    """The value of every parameter in one draw, by (name, of)."""

    of: Mapping[tuple[str, str], float]

    def get(self, name: str, *of: str) -> float:
        """The value for the first of `of` that is stated, else the one for all. Raises MissingParameters."""
        for one in (*of, ""):
            found = self.of.get((name, one))
            if found is not None:
                return found
        if name in OPTIONAL:
            return OPTIONAL[name]
        whose, meaning = f" for {of[0]!r}" if of else "", PARAMETERS.get(name, "an event names it")
        raise MissingParameters([fault_at("", f"The scenario states no {name!r}{whose}: {meaning}.")])


def top_of(bases: Iterable[Basis], file: str = FILE) -> str:
    """The first line of the file that figures stand in, as messages call it; of `file` where there is none."""
    return next((f"{basis.where.rpartition(':')[0]}:1" for basis in bases if basis.where), f"{file}:1")


def fault_at(where: str, message: str, near: str | None = None) -> Fault:
    """A fault at a place such as `file:line`; where that is empty, at the start of the table of parameters."""
    file, _, line = (where or f"{FILE}:1").rpartition(":")
    return Fault(file, int(line), 1, message, nearest=near)


def quantile(parameter: Parameter, z: float) -> float:
    """The value of a parameter at a point of the standard normal distribution: 0 is the median.

    `low` and `high` are the 5th and 95th percentile; where the median lies nearer to one of them, each side has a spread of its
    own (a two-piece normal on the scale of the prior; Johnson, Kotz and Balakrishnan 1994).
    """
    if z == 0 or parameter.spread is Spread.FIXED:
        return parameter.value
    to, back = _SCALES[parameter.spread]
    middle = to(parameter.value)
    side = to(parameter.high) - middle if z > 0 else middle - to(parameter.low)
    return back(middle + side * z / Z90)


def _same(value: float) -> float:
    return value


def _log(value: float) -> float:
    return log(max(value, 1e-12))


def _log_odds(share: float) -> float:
    inside = min(max(share, 1e-9), 1 - 1e-9)
    return log(inside / (1 - inside))


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


_SCALES: Mapping[Spread, tuple[Callable[[float], float], Callable[[float], float]]] = {
    Spread.NORMAL: (_same, _same),
    Spread.LOGNORMAL: (_log, exp),
    Spread.LOGIT: (_log_odds, _share),
}


Key = tuple[str, str]
"""A parameter's name, and what it is of."""


def standard(key: Key, seed: int, draw: int) -> float:
    """Where in its prior a parameter lies in one draw: a standard normal number, keyed by seed, draw and name."""
    stream = np.random.SeedSequence([seed, draw, crc32("\x00".join(key).encode())])
    return float(np.random.Generator(np.random.Philox(stream)).standard_normal())


def valued(parameters: Iterable[tuple[Key, Parameter]], z: Mapping[Key, float]) -> Values:
    """The values of parameters at points of their priors; at the median where `z` names none."""
    return Values({key: quantile(parameter, z.get(key, 0.0)) for key, parameter in parameters})


def drawn(parameters: Iterable[tuple[Key, Parameter]], seed: int, draw: int | None) -> Values:
    """The values of parameters in one draw from their priors; the medians where `draw` is None.

    Each is drawn by itself, keyed by seed, draw and its name: a further parameter changes no other one, and two policies compared
    in the same draw share them all.
    """
    stated = list(parameters)
    if draw is None:
        return valued(stated, {})
    return valued(stated, {key: standard(key, seed, draw) for key, one in stated if one.spread is not Spread.FIXED})
