"""The model of a scenario, ready to be simulated draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

from limen.flow.kernel import Engine
from limen.flow.program import Trace
from limen.model.compile import Compiled, compile_scenario
from limen.model.course import Chance
from limen.model.labels import Labels
from limen.model.order import OnADay, order_of
from limen.model.parameters import Values
from limen.policy.rules import Policy
from limen.scenario.scenario import Scenario
from limen.text.memory import uncollected

NOTES = (
    "Whoever crosses a border twice is two entries; whoever is refused, asks or moves on twice is counted each time.",
    "Entries count ordinary trips, which are most of them and end within days, together with departures for good or for long.",
    "Rules decide what is open; how officials use what is left open to them is an assumption with a range.",
    "Intervals hold what the stated ranges of all assumptions and chance leave open, and nothing of what the model leaves out.",
    "People decide alone: families, vehicles and networks are only in the numbers of a kind of people.",
    "Permitted days run out after their length on average, not on the day.",
    "States do not answer flows with new measures, and officials do not learn: the policy is given.",
    "Appeals, returns by force and travellers of other nationalities are not modelled.",
    "Nothing here is a decision or a forecast about any single person.",
)


@dataclass(frozen=True)
class Model:
    """A scenario under a policy. `simulate` may be called from any thread."""

    compiled: Compiled
    engine: Engine

    @property
    def labels(self) -> Labels:
        """The names of a trace's columns."""
        return self.compiled.labels

    @property
    def order(self) -> list[OnADay]:
        """What happens on each day, in order."""
        return order_of(self.compiled.program)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of results has to bear in mind."""
        population, cells = self.compiled.scenario.population, self.compiled.program.cells
        people, groups = int(population.counts.sum()), len(population.groups)
        posterior = self.compiled.scenario.posterior
        fitted = () if posterior is None else (
            f"{len(posterior.keys):,} assumptions were fitted to what was counted until {posterior.until}: "
            f"only days after it can judge them.",
        )  # fmt: skip
        return (
            f"{people:,} people in {groups:,} groups, {people // max(groups, 1):,} a group, in {cells:,} situations.",
            *fitted,
            *NOTES,
        )

    def simulate(self, seed: int, draw: int | None) -> Trace:
        """One draw: parameters, practice and chance all from (seed, draw).

        Where `draw` is None, parameters are at their medians, and nothing strays by day or week.
        Parameters come from the scenario's posterior where it has one.
        """
        return self._simulate(self.compiled.values(seed, draw), seed, draw or 0, None if draw is None else (seed, draw))

    def simulate_with(self, values: Values, seed: int, draw: int) -> Trace:
        """One draw with given parameters and shares of practice; chance alone is from (seed, draw)."""
        return self._simulate(values, seed, draw, (seed, draw))

    def _simulate(self, values: Values, seed: int, draw: int, chance: Chance | None) -> Trace:
        return self.engine.simulate(self.compiled.rates(values, chance), seed, draw)


def model_of(scenario: Scenario, policy: Policy | None = None) -> Model:
    """The model of a scenario, under its own policy or another in the same words.

    Raises MissingParameters and MissingPractice, each naming all that lacks.
    """
    with uncollected():
        compiled = compile_scenario(scenario, policy)
    return Model(compiled, Engine(compiled.program))
