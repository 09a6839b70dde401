"""A run by its settings: the scenario to simulate, the policy that holds in it, and what the run is. For Python and the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from limen.face import many
from limen.face.run import about_run

if TYPE_CHECKING:
    from limen.model.run import Model
    from limen.policy.rules import Policy
    from limen.results.ensemble import About
    from limen.results.tables import RunTable
    from limen.scenario.scenario import Scenario


@dataclass(frozen=True)
class Prepared:
    """What is simulated under which policy, and what the run is."""

    told: Scenario
    policy: Policy
    about: About

    @property
    def model(self) -> Model:
        """The model. Raises MissingData."""
        return many.model_of(self.told, self.policy)


def prepared(
    scenario: Scenario, name: str, draws: int, seed: int, until: date | None, prior: bool, alternative: str
) -> Prepared:
    """A run of a scenario that is cut short already. Raises NoSuchAlternative, FaultyScenario."""
    told, parameters = many.drawn_from(scenario, prior)
    about = about_run(told, name, seed, draws, until, parameters, prior)
    if not alternative:
        return Prepared(told, told.policy, about)
    from limen.face.alternatives import read_alternatives

    other = read_alternatives(told, name, [alternative])[0]
    settings = many.settings(draws, seed, until, prior)
    again = many.command_line("limen", "compare", many.as_path(name), "--with", alternative, *settings)
    hashes: Mapping[str, str] = {**about.hashes, f"alternatives/{alternative}.yaml": other.digest}
    return Prepared(other.over(told), other.policy, replace(about, command=again, hashes=hashes))


def run(
    name: str, draws: int, seed: int, until: date | None, prior: bool, alternative: str, folder: str | Path | None
) -> RunTable:
    """Simulates, and gives the tables; the draws are kept in `folder` where one is named.

    Raises ValueError for settings that cannot be, and what reading the scenario raises.
    """
    from limen.results import tables
    from limen.results.running import fill
    from limen.results.store import create, opened

    try:
        ready = prepared(many.scenario_named(name, until), name, draws, seed, until, prior, alternative)
        model = ready.model
        with TemporaryDirectory(prefix="limen-") as passing, many.clear_numbers(name):
            kept = Path(folder) if folder else Path(passing)
            fill(create(kept, model.labels, ready.about), model, many.worker_count(None), lambda _: None)
            with opened(kept) as data:
                counts = tables.read(data, ready.told)
                return tables.table(data, ready.told, ready.about, counts, str(folder or ""))
    except click.ClickException as error:
        raise ValueError(error.format_message()) from None
