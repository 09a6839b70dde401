"""Reading a scenario: a folder of data becomes one validated object, or a list of every fault in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from limen.evidence.figures import Event, Parameter, Practice, Spread
from limen.evidence.posterior import FILES as POSTERIOR_FILES
from limen.evidence.posterior import Posterior
from limen.evidence.read_events import EventReader
from limen.evidence.read_needs import NEEDS, read_needs
from limen.evidence.read_observations import OBSERVATIONS, SERIES, read_observations, read_series
from limen.evidence.read_parameters import PARAMETERS, read_parameters
from limen.evidence.read_posterior import POSTERIOR, read_posterior, until_within
from limen.evidence.read_practice import PRACTICE, read_practice
from limen.evidence.read_sources import read_sources
from limen.people.groups import Population
from limen.people.joint import population
from limen.people.read_margins import MARGINS, SEED, read_margins, read_seed
from limen.people.read_people import PeopleReader
from limen.policy.read import policy_from
from limen.policy.rules import Policy
from limen.scenario.courses import courses
from limen.scenario.files import OBSERVATIONS as OBSERVATIONS_FOLDER
from limen.scenario.files import Files, files_of
from limen.scenario.find import scenario_folder
from limen.scenario.impossible import possible_groups
from limen.scenario.read_header import days_of, read_header
from limen.scenario.read_quoted import QUOTED, read_quoted
from limen.scenario.scenario import Period, Scenario
from limen.scenario.vocabulary import PolicyWords
from limen.text.faults import FaultyPolicy, FaultyScenario
from limen.text.memory import uncollected
from limen.text.sourced import Citations
from limen.text.vocabulary import AnyWords, Vocabulary
from limen.world.places import Mode, World
from limen.world.read import ReadWorld, read_world
from limen.world.read_gates import GATES
from limen.world.read_places import PLACES
from limen.world.read_routes import ROUTES


def read_scenario(name: str | Path, measures: Mapping[str, str] | None = None) -> Scenario:
    """Reads a scenario: a built-in one by its name, or a folder.

    `measures`: what a simulation counts, each with its unit, to check series against; None: not checked. Raises FaultyScenario
    with every fault of all files in its place, FileNotFoundError where there is no such scenario.
    """
    folder = scenario_folder(str(name))
    return scenario_from(files_of(folder), folder.resolve().name, str(folder), measures)


def scenario_from(
    texts: Mapping[str, bytes], name: str, root: str = "", measures: Mapping[str, str] | None = None
) -> Scenario:
    """Reads a scenario from the bytes of its files by their path inside its folder, opening nothing.

    `root` is how messages call the folder. Raises FaultyScenario.
    """
    with uncollected():
        reading = _Reading(Files(texts, root), measures)
        scenario = reading.scenario(name)
    faults = reading.files.all_faults
    if faults or scenario is None:
        raise FaultyScenario(faults)
    return scenario


class _Reading:
    """One reading: the policy first, since the rest is written in its words; then each file, against the names of the others."""

    def __init__(self, files: Files, measures: Mapping[str, str] | None) -> None:
        self.files = files
        self.measures = measures
        self.policy = self._policy()
        self.words: Vocabulary = AnyWords() if self.policy is None else PolicyWords(self.policy.words)
        document = files.document("evidence/sources.yaml", "A file of sources is a mapping with the key `sources:`.")
        self.sources = read_sources(document)
        ids = None if document.root is None or self.policy is None else {*self.sources, *self.policy.sources}
        self.citations = Citations(ids)

    def _policy(self) -> Policy | None:
        if not self.files.policy:
            return None
        try:
            return policy_from(self.files.policy)
        except FaultyPolicy as error:
            self.files.faults.extend(error.faults)
            return None

    def scenario(self, name: str) -> Scenario | None:
        """The scenario, or None where a fault leaves none."""
        files, words, citations = self.files, self.words, self.citations
        shape = "`scenario.yaml` is a mapping with keys such as `title:` and `period:`."
        header = read_header(files.document("scenario.yaml", shape), self.policy.words if self.policy else None)
        world = read_world(
            files.table("world/places.csv", PLACES),
            files.table("world/gates.csv", GATES),
            files.document("world/ways.yaml", "A file of ways is a mapping with the key `ways:`."),
            files.table("world/routes.csv", ROUTES),
            words,
            citations,
        )
        shape = "A file of people is a mapping with the keys `kinds:` and `holdings:`."
        people = PeopleReader(files.document("people/people.yaml", shape), words)
        joint, impossible = self._population(people, world)
        practice = read_practice(files.table("evidence/practice.csv", PRACTICE), words, world.ways, citations)
        parameters, events = self._pressed(people, world)
        sheet = files.table("evidence/series.csv", SERIES)
        series = read_series(sheet, words, world.ways, self.measures)
        ids = sheet.names("series")
        tables = files.tables(OBSERVATIONS_FOLDER, OBSERVATIONS)
        units = {one.id: one.unit for one in series.values()}
        days = days_of(header.period)
        observations = [row for table in tables for row in read_observations(table, ids, days, units)]
        quoted = read_quoted(files.table("evidence/quoted.csv", QUOTED), ids, citations)
        needs = read_needs(files.table("evidence/needs.csv", NEEDS), people.kinds, citations)
        posterior = self._posterior(parameters, practice, header.period, world.world, events)
        if self.policy is None or joint is None or header.period is None:
            return None
        cited = {
            id_: ", ".join(filter(None, (source.cite, source.link))) for id_, source in self.policy.sources.items()
        }
        return Scenario(
            name, header.title, header.period, self.policy, header.under, world.world, joint, practice, parameters,
            events, tuple(observations), series, quoted, {**cited, **self.sources}, files.hashes, header.says, impossible,
            posterior, needs,
        )  # fmt: skip

    def _population(
        self, people: PeopleReader, world: ReadWorld
    ) -> tuple[Population | None, tuple[tuple[str, str, str], ...]]:
        """The joint table of people, and the kinds and holdings that cannot go together; None where a file has faults."""
        kinds, holdings = people.read()
        names = {"origin": world.origins, "kind": people.kinds, "holding": people.holdings}
        margins_sheet, seed_sheet = (
            self.files.table("people/margins.csv", MARGINS),
            self.files.table("people/seed.csv", SEED),
        )
        margins = read_margins(margins_sheet, names, self.citations)
        weights = read_seed(seed_sheet, names, self.citations)
        origins = {place.name: place.facts for place in world.world.places.values() if place.kind == "origin"}
        faulty = margins_sheet.document.faults or seed_sheet.document.faults or people.document.faults
        if faulty or None in names.values() or list(origins) != world.origins or not (kinds and holdings):
            return None, ()
        possible = np.ones((len(origins), len(kinds), len(holdings)), dtype=np.bool_)
        impossible: tuple[tuple[str, str, str], ...] = ()
        if isinstance(self.words, PolicyWords):
            possible, impossible = possible_groups(self.words, list(origins.values()), kinds, holdings)
        return population(list(origins), kinds, holdings, margins, weights, possible, impossible), impossible

    def _pressed(
        self, people: PeopleReader, world: ReadWorld
    ) -> tuple[dict[tuple[str, str], Parameter], tuple[Event, ...]]:
        """The parameters and the events, each against the names of the other."""
        sheet = self.files.table("evidence/parameters.csv", PARAMETERS)
        stated = {(row.text("parameter"), row.text("of")) for row in sheet.rows} if sheet.whole else None
        document = self.files.document("evidence/events.yaml", "A file of events is a mapping with the key `events:`.")
        reader = EventReader(document, people.kinds, stated, self.citations)
        events = reader.events()
        owners = self._owners(world, people, reader.names)
        return read_parameters(sheet, owners, self.citations), events

    def _posterior(
        self,
        parameters: dict[tuple[str, str], Parameter],
        practice: tuple[Practice, ...],
        period: Period | None,
        world: World,
        events: tuple[Event, ...],
    ) -> Posterior | None:
        """The posterior against the parameters in doubt; those are known where the files that state them have no faults."""
        members, made = POSTERIOR_FILES
        sheet = self.files.table(members, POSTERIOR)
        document = self.files.document(made, "What a posterior was made with is a mapping with keys such as `seed:`.")
        steps = {} if period is None else courses(parameters, period, world, events)
        stated = {**parameters, **{row.key: row.share for row in practice}, **steps}
        free = {key: one for key, one in stated.items() if one.spread is not Spread.FIXED}
        posterior = read_posterior(sheet, document, None if self.files.all_faults else free)
        until_within(posterior, document, days_of(period))
        return posterior

    def _owners(self, world: ReadWorld, people: PeopleReader, events: list[str] | None) -> list[str] | None:
        """The names of what a parameter can be of; None where some could not be read."""
        named = (world.places, world.gates, world.ways, people.kinds, people.holdings, events)
        if self.policy is None or None in named:
            return None
        place = self.policy.words.place.in_
        states = self.policy.words.facts[place].values if place else world.world.states
        modes = (mode.value for mode in Mode)
        known = (states, *(names for names in named if names is not None), modes, self.policy.words.doors)
        return list(dict.fromkeys(name for names in known for name in names))
