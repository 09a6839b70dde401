"""The whole API from its description: whatever is sent, no 5xx, no traceback, and only what is described."""

import random

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.face.serve.serving import client_of
from tests.model.small import PARAMETERS
from tests.scenario.small import FILES, write_small

from limen.face.serve.app import application
from limen.face.serve.limits import Limits

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    small = write_small(tmp_path_factory.mktemp("described") / "small", {"evidence/parameters.csv": PARAMETERS})
    app = application([str(small), "schengen-90-180"], limits=Limits(draws=3, runs=3, seconds=5), hosts=())
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def test_whatever_is_sent_is_answered_as_described(described):
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        def answered(case):
            case.call_and_validate(checks=CHECKS)

        answered()


ODD = ("\0", "&a", "*a", "{", "]", ": ", "\t", "!!x", "é", "9" * 40)


def spoiled(text, rng):
    """A text with a few bytes, lines or words taken away, doubled or put in other places."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        kind = rng.randrange(6)
        if kind == 0:
            lines.pop(at)
        elif kind == 1:
            lines.insert(at, lines[rng.randrange(len(lines))])
        elif kind == 2:
            place = rng.randint(0, len(lines[at]))
            lines[at] = lines[at][:place] + rng.choice(ODD) + lines[at][place:]
        elif kind == 3:
            lines[at] = lines[at][: rng.randint(0, len(lines[at]))]
        elif kind == 4:
            words = lines[at].split(" ")
            rng.shuffle(words)
            lines[at] = " ".join(words)
        else:
            lines[at] = "  " * rng.randint(0, 20) + lines[at]
        if not lines:
            lines = [""]
    return "\n".join(lines)


def test_spoiled_policies_and_persons_are_refused_in_words_and_nothing_is_written(tmp_path):
    rng = random.Random(7)
    policy = {name.removeprefix("policy/"): text for name, text in FILES.items() if name.startswith("policy/")}
    person = "state: East\nvisa: short-stay visa\nissued by: this state\nage: 30\nliable: [no, yes]\n"
    with client_of("schengen-90-180", folder=tmp_path) as client:
        refused = 0
        for turn in range(240):
            name = rng.choice(sorted(policy))
            files = {**policy, name: spoiled(policy[name], rng)}
            asked = (
                {"files": files}
                if turn % 2
                else {"files": policy, "person_file": spoiled(person, rng), "on": "2022-01-12"}
            )
            answer = client.post("/api/validate" if turn % 2 else "/api/ask", json=asked)
            assert answer.status_code in (200, 422), answer.text
            if answer.status_code == 422:
                refused += 1
                assert answer.json()["error"]
                assert "Traceback" not in answer.text
    assert refused > 60
    assert list(tmp_path.iterdir()) == []
