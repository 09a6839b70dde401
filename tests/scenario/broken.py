"""Scenarios broken in every way: tokens and bytes of their files dropped, doubled, swapped and replaced."""

import pickle
import re
import time

from tests.policy.broken import broken

from limen.scenario.read import scenario_from
from limen.text.faults import FaultyScenario

from .small import FILES, texts_of

LONGEST_SECONDS = 20.0


def broken_scenario(choose):
    """The files of the small scenario, one to three of them broken or missing."""
    texts, paths = texts_of(), sorted(FILES)
    for _ in range(1 + choose(3)):
        path = paths[choose(len(paths))]
        if choose(20) == 0:
            texts.pop(path, None)
        else:
            texts[path] = broken(FILES[path], choose, 3)
    return texts


def check(texts, watch, seconds=LONGEST_SECONDS):
    """Reads files as a scenario: gives one, or faults, in time, and opens nothing. Tells whether it was a good one."""
    start = time.process_time()
    watch.on, watch.seen = True, []
    try:
        scenario = scenario_from(texts, "broken")
    except FaultyScenario as error:
        scenario, faulty = None, error
    finally:
        watch.on = False
    taken = time.process_time() - start
    assert not watch.seen, watch.seen
    assert taken < seconds, f"took {taken:.2f} s"
    if scenario is None:
        check_faults(faulty, texts)
        return False
    check_scenario(scenario)
    return True


def check_faults(error, texts):
    assert error.faults
    shown = str(error)
    assert all(character.isprintable() or character == "\n" for character in shown), repr(shown)
    assert pickle.loads(pickle.dumps(error)).faults == error.faults
    for fault in error.faults:
        if fault.file not in texts:
            assert (fault.line, fault.column, fault.shown) == (1, 1, "")
            continue
        text = texts[fault.file].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        lines = re.split(r"\r\n|\r|\n", text)
        assert 1 <= fault.line <= len(lines), fault
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1, fault


def check_scenario(scenario):
    """What was read without a fault hangs together: every name leads somewhere, and nobody is lost."""
    world, people = scenario.world, scenario.population
    for way in world.ways.values():
        assert way.place in world.places
        assert not way.gate or way.gate in world.gates
        assert all(step.door in scenario.policy.words.doors for step in way.steps)
    assert all(origin in world.origins and way in world.ways for origin, way in world.routes)
    assert {origin for origin, _ in world.routes} == set(world.origins) == set(people.origins)
    assert {way for _, way in world.routes} == set(world.ways)
    first = [margin.persons for margin in people.margins if margin.name == people.margins[0].name]
    assert abs(people.counts.sum() - sum(first)) <= 0.5
    assert (people.counts >= 0).all()
    for event in scenario.events:
        for kind, name in event.presses.items():
            assert {(name, ""), (name, kind)} & scenario.parameters.keys()
    for parameter in (*scenario.parameters.values(), *(row.share for row in scenario.practice)):
        assert parameter.low <= parameter.value <= parameter.high
        assert parameter.basis.source
    assert {seen.series for seen in scenario.observations} - {""} <= scenario.series.keys()
