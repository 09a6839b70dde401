"""A small scenario and a model that draws its counts from NumPy, in place of a real one."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
from tests.scenario.small import POLICY_RULES, POLICY_WORDS

from limen.evidence.figures import Basis, Event, Observation, Parameter, Series, Spread
from limen.flow.program import Trace
from limen.model.labels import Labels, Meter, Stock
from limen.policy.read import policy_from
from limen.scenario.scenario import Period, Quoted, Scenario
from limen.world.places import Mode, Way

STATES = ("FI", "EE", "GE")
WAYS = {"FI": ("road to FI", "air to FI"), "EE": ("road to EE",), "GE": ("road to GE",)}
KINDS = ("liable", "others")
START, REPORT, END = date(2022, 8, 25), date(2022, 9, 1), date(2022, 10, 17)
ORDER = date(2022, 9, 21)


def labels_from(start=START, end=END):
    meters = [
        *(
            Meter("entries", state, way, mode, kind)
            for state in STATES for way in WAYS[state] for mode in ("trip", "leave") for kind in KINDS
        ),
        *(Meter("refusals", state, kind=kind) for state in STATES for kind in KINDS),
        *(Meter("first-time applications", state, kind=kind) for state in STATES for kind in KINDS),
        *(Meter("claims at the border", state) for state in STATES),
        Meter("departures"),
    ]  # fmt: skip
    stocks = [Stock("at home"), *(Stock(measure, state) for measure in ("pending", "abroad") for state in STATES)]
    days = tuple(start + timedelta(days=n) for n in range((end - start).days))
    return Labels(tuple(meters), tuple(stocks), ("Vaalimaa", "Narva", "Verkhny Lars"), days)


@dataclass
class Fake:
    """A model whose counts jump with the order, and fall in a state from the day that the policy shuts it."""

    labels: Labels = field(default_factory=labels_from)
    shut: dict = field(default_factory=dict)
    stops_at: int | None = None

    def simulate(self, seed, draw):
        if draw == self.stops_at:
            raise KeyboardInterrupt
        random = np.random.default_rng((seed, draw))
        days = np.array([(day - ORDER).days for day in self.labels.days])
        rush = 1 + 3 * np.exp(-np.maximum(days, 0) / 12) * (days >= 0)
        level = random.lognormal(0, 0.15)
        base = {"FI": 900, "EE": 500, "GE": 1300}

        def mean(meter):
            share = 1 if meter.measure == "entries" else 0.02 if meter.measure == "refusals" else 0.004
            open_ = np.array([0.1 if self.shut.get(meter.state, END) <= day else 1 for day in self.labels.days])
            return base.get(meter.state, 9000) * share * level * rush * (open_ if meter.measure == "entries" else 1)

        meters = random.poisson(np.stack([mean(meter) for meter in self.labels.meters], 1))
        stocks = np.zeros((len(days), len(self.labels.stocks)), dtype=np.int64)
        for column, stock in enumerate(self.labels.stocks):
            grown = np.cumsum(random.poisson(base.get(stock.state, 2000) * 0.02 * rush))
            stocks[:, column] = 40_000_000 - grown if stock.measure == "at home" else 100 + grown
        waiting = random.poisson(np.outer((rush - 1) * 2000, [0.2, 0.1, 1.5]))
        served = random.poisson(np.outer(rush * 1500, [1.0, 0.5, 1.2]))
        return Trace(
            *(array.astype(np.int64) for array in (meters, stocks, waiting, served)), final=np.zeros(1, dtype=np.int64)
        )


def way(name, state, place, mode=Mode.ROAD, gate=None):
    """A way without doors."""
    return Way(name, state, place, mode, place if gate is None else gate, ())


def scenario(name="mobilisation-2022", **changes):
    """What results read of a scenario. Finland and Estonia have a series each; together they are `union`."""
    basis = Basis("frontex-2022", "high", "nearly", "observations.csv:2")

    def counted(series, start, end, value, place="FI"):
        return Observation(start, end, place, f"RU->{place}", "entries", value, "crossings", "Border guard", "A <b>count</b>",
                           "https://example.org/count", False, series, basis)  # fmt: skip

    week = (date(2022, 9, 19), date(2022, 9, 25)), (date(2022, 9, 26), date(2022, 10, 2))
    made = Scenario(
        name=name,
        title="The mobilisation of 2022, as a sketch",
        period=Period(START, REPORT, END),
        policy=policy_from({"words.yaml": POLICY_WORDS.encode(), "rules.yaml": POLICY_RULES.encode()}),
        under={},
        population=SimpleNamespace(),
        practice=(),
        world=SimpleNamespace(
            places={
                "FI": SimpleNamespace(state="FI", name="Finland", kind="state"),
                "EE": SimpleNamespace(state="EE", name="Estonia", kind="state"),
                "GE": SimpleNamespace(state="GE", name="Georgia", kind="state"),
            },
            ways={
                "road to FI": way("road to FI", "FI", "Vaalimaa"),
                "road to EE": way("road to EE", "EE", "Narva"),
                "road to GE": way("road to GE", "GE", "Verkhny Lars"),
                "air to FI": way("air to FI", "FI", "Helsinki Airport", Mode.AIR, ""),
            }
        ),
        parameters={
            ("hazard", ""): Parameter("hazard", "", 0.002, 0.001, 0.004, Spread.LOGNORMAL, "1/day", basis),
            ("refused", "FI"): Parameter("refused", "FI", 0.02, 0.02, 0.02, Spread.FIXED, "share", basis),
        },
        events=(Event("partial mobilisation", ORDER, None, {}, "rise", "half life", basis),),
        observations=(
            counted("finland", *week[0], 60_000),
            counted("finland", *week[1], 70_000),
            counted("finland", ORDER, ORDER, 14_000),
            counted("estonia", date(2022, 9, 5), date(2022, 9, 11), 14_000, "EE"),
            counted("", *week[1], 53_000, "EU"),
            counted("finland", date(2022, 1, 1), date(2022, 1, 31), 9),
        ),
        series={
            "finland": Series("finland", "Entries to Finland", "entries", ("FI",), (), "crossings"),
            "finland-road": Series(
                "finland-road", "Entries to Finland by road", "entries", ("FI",), ("road to FI",), "crossings", per_day=True
            ),
            "estonia": Series("estonia", "Entries to Estonia", "entries", ("EE",), (), "crossings"),
            "union": Series("union", "Entries to the Union", "entries", ("FI", "EE"), (), "crossings"),
            "pending": Series("pending", "Pending in Finland", "pending", ("FI",), (), "persons", stock=True),
        },
        quoted=(
            Quoted("53,000 in the week", "union", *week[1], 53_000, "frontex-2022"),
            Quoted("down by a fifth", "union", *week[1], -20, "frontex-2022", change=True),
        ),
        sources={"frontex-2022": "Frontex, situation at the land borders, 5 October 2022"},
        hashes={"x/scenario/policy/rules.yaml": "ab" * 32, "x/scenario/world.csv": "cd" * 32},
    )  # fmt: skip
    return replace(made, **changes)
