"""The model of a scenario, ready to be simulated draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

from limen.flow.kernel import Engine
from limen.flow.program import Trace
from limen.model.compile import Compiled, compile_scenario
from limen.model.labels import Labels
from limen.policy.rules import Policy
from limen.scenario.scenario import Scenario
from limen.text.memory import uncollected


@dataclass(frozen=True)
class Model:
    """A scenario under a policy. `simulate` may be called from any thread."""

    compiled: Compiled
    engine: Engine

    @property
    def labels(self) -> Labels:
        """The names of a trace's columns."""
        return self.compiled.labels

    def simulate(self, seed: int, draw: int | None) -> Trace:
        """One draw: parameters, practice and chance all from (seed, draw); parameters at their medians where `draw` is None."""
        rates = self.compiled.rates(self.compiled.values(seed, draw))
        return self.engine.simulate(rates, seed, draw or 0)


def model_of(scenario: Scenario, policy: Policy | None = None) -> Model:
    """The model of a scenario, under its own policy or another in the same words.

    Raises MissingParameters and MissingPractice, each naming all that lacks.
    """
    with uncollected():
        compiled = compile_scenario(scenario, policy)
    return Model(compiled, Engine(compiled.program))
