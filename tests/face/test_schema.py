"""The schema of policy files marks what the reader refuses and lets pass what it takes."""

from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest
import yaml

import limen
from limen.face.schema import schema_of

SCENARIOS = Path(limen.__file__).parent / "scenarios"
NAMES = sorted(folder.name for folder in SCENARIOS.iterdir())
FILES = sorted(SCENARIOS.glob("*/policy/*.yaml"))


class AsText(yaml.SafeLoader):
    """YAML as an editor of version 1.2 sees it: yes and no are words, days are text."""


AsText.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] not in ("bool", "timestamp", "float")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text):
    return yaml.load(text, AsText)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}/{file.name}")
def test_every_file_of_the_scenarios_follows_its_schema(file):
    data = load(file.read_text())
    if "facts" in data:
        jsonschema.validate(data, schema_of("words"))
    else:
        jsonschema.validate(data, schema_of("policy", (file.parent.parent.name,)))


ALTERNATIVES = sorted(SCENARIOS.glob("*/alternatives/*.yaml"))


@pytest.mark.parametrize("file", ALTERNATIVES, ids=lambda file: file.stem)
def test_every_alternative_of_the_scenarios_follows_its_schema(file):
    jsonschema.validate(load(file.read_text()), alternative(file.parent.parent.name))


@lru_cache
def alternative(scenario):
    return schema_of("alternative", (scenario,))


@pytest.mark.parametrize(
    "wrong",
    [
        "withdraw: tourists refused in Fenland",
        "dates: {rule: tourists refused in Finland, from: soon}",
        "numbers: {number: pul, of: FI, from: 2022-10-01, plus: 1, source: s, confidence: low}",
        "numbers: {number: pull, of: XX, from: 2022-10-01, plus: 1, source: s, confidence: low}",
        "practice: {door: entry, answer: perhaps, share: 0.5, source: s, confidence: low}",
        "practice: {door: entry, answer: may, share: 0.5, confidence: low}",
        "rules: {rule: r}",
    ],
)
def test_the_schema_of_alternatives_marks_what_is_not_in_the_scenario(wrong):
    schema = alternative("mobilisation-2022")
    jsonschema.validate(load("alternative: A\nsays: B\nwithdraw: tourists refused in Finland"), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(load(f"alternative: A\nsays: B\n{wrong}"), schema)


RULE = "sources: {s: {cite: S, rank: union law}}\nrules:\n- {rule: r, entry: must admit, source: s 1, "


@pytest.mark.parametrize(
    "wrong",
    [
        "whn: {nationality: RU}",
        "when: {nationality: RUS}",
        "when: {natonality: RU}",
        "in: XX",
        "from: 2022",
        "confidence: sure",
        "considered a threat: maybe",
        "short-stay visa: must give",
        "under: {threat by class: maybe}",
    ],
)
def test_the_schema_marks_what_is_not_in_the_words(wrong):
    schema = schema_of("policy", ("finland-estonia-2022",))
    jsonschema.validate(load(RULE + "when: {nationality: RU}}"), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(load(RULE + wrong + "}"), schema)


@pytest.mark.parametrize("of", ["policy", "words", "validate", "ask", "calendar", "check", "compare", "run"])
def test_every_schema_is_one(of):
    jsonschema.Draft202012Validator.check_schema(schema_of(of, ("finland-estonia-2022",)))


def test_the_scenarios_are_found():
    assert {"finland-estonia-2022", "schengen-90-180", "citizenship-by-birth"} <= set(NAMES)
