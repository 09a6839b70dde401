"""Runs by day, as far as they are: what the second view shows and its data hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from limen.face.serve.runs import Ran, Runs
from limen.face.serve.trouble import Refused
from limen.results import by_day
from limen.results.counted import Counted, Pick

if TYPE_CHECKING:
    import xarray as xr

Measure = Literal["entries", "refusals", "claims at the border", "first-time applications", "pending"]


def days_of(runs: Runs, run: str, measure: str, less: str) -> tuple[by_day.ByDay, Counted, Counted | None]:
    """A measure of a run by day, with the sums that it is from; with `less` that of another run, which is taken away."""
    ran = runs.named(run)
    base = counted_of(runs.named(less), measure) if less else None
    if less:
        alike(ran, runs.named(less))
    with ran.opened() as data:
        counted = _counted_in(data, ran, measure)
        return by_day.by_day(data, ran.told, measure, counted, base), counted, base


def counted_of(ran: Ran, measure: str) -> Counted:
    """The sums by draw and day. Raises Refused where there is none yet, or the run does not count the measure."""
    with ran.opened() as data:
        return _counted_in(data, ran, measure)


def _counted_in(data: xr.Dataset, ran: Ran, measure: str) -> Counted:
    counted = by_day.counted_by_day(data, ran.told, measure)
    if counted.draws == 0:
        raise Refused(404, f"Run {ran.id} has no draw yet.")
    if Pick(measure) not in counted.values:
        raise Refused(404, f"Run {ran.id} does not count {measure}.")
    return counted


def alike(one: Ran, other: Ran) -> None:
    """Sees to it that two runs can be subtracted. Raises Refused."""
    for name in ("scenario", "seed", "until", "prior"):
        if getattr(one.asked, name) != getattr(other.asked, name):
            raise Refused(422, f"The two runs differ in {name}; they can be compared only where that is the same.")
