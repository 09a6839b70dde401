"""Every operation answers with the JSON of its command, and refuses with the command's own message."""

import json

import pytest
from click.testing import CliRunner

from limen.face.cli import limen
from limen.face.schema import answer_schema

PERSON = {"state": "East", "visa": "short-stay visa", "issued by": "this state"}
ARGUMENTS = ["state=East", "visa=short-stay visa", "issued by=this state"]


def printed(*arguments):
    done = CliRunner().invoke(limen, [*map(str, arguments), "--json"])
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("path", "asked", "command"),
    [
        ("ask", {"person": PERSON, "on": "2022-01-12"}, ["ask", "SMALL", *ARGUMENTS, "--on", "2022-01-12"]),
        ("ask", {"person": PERSON, "on": "2022-01-12", "explain": False},
         ["ask", "SMALL", *ARGUMENTS, "--on", "2022-01-12", "--brief"]),
        ("calendar", {"person": PERSON, "start": "2022-01-01", "end": "2022-02-01"},
         ["ask", "SMALL", *ARGUMENTS, "--calendar", "2022-01-01..2022-02-01"]),
        ("ways", {"person": {"visa": "no visa"}, "on": "2022-01-12"},
         ["ask", "SMALL", "visa=no visa", "--ways", "--on", "2022-01-12"]),
        ("check", {}, ["check", "SMALL"]),
        ("check", {"on": "2022-01-12"}, ["check", "SMALL", "--on", "2022-01-12"]),
        ("audit", {"by": "liable"}, ["audit", "SMALL", "--by", "liable"]),
        ("diff", {"on": "2022-01-09", "against": "2022-01-10"},
         ["diff", "SMALL", "--on", "2022-01-09", "--against", "2022-01-10"]),
    ],
)  # fmt: skip
def test_an_operation_answers_with_the_json_of_its_command(served, small, path, asked, command):
    answer = served.post(f"/api/{path}", json={"policy": "small", **asked})
    assert answer.status_code == 200, answer.text
    assert answer.json() == printed(*(str(small) if word == "SMALL" else word for word in command))


def test_who_reaches_a_door_is_the_json_of_its_command(served, small):
    answer = served.post("/api/reach", json={"scenario": "small"})
    assert answer.json() == printed("reach", small)


def test_a_repair_is_the_json_of_its_command(served):
    claim = "nobody on this earth"
    answer = served.post("/api/repair", json={"policy": "schengen-90-180", "claim": claim})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(f"There is no claim {claim!r}.")


@pytest.mark.parametrize(
    "command", ["ask", "calendar", "check", "audit", "diff", "reach", "repair", "ways", "run", "compare"]
)
def test_the_schema_of_an_operation_is_that_of_its_command(command):
    from limen.face.serve import told

    schema, published = told.model(command).model_json_schema(), answer_schema(command)
    assert list(schema["properties"]) == list(published["properties"])
    assert set(schema["$defs"]) == set(published["$defs"])


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ({"stat": "East"}, "Did you mean 'state'?"),
        ({"state": "Eest"}, "Did you mean 'East'?"),
        ({"age": "old"}, "age"),
        ({"visa": "no visa", "issued by": "this state"}, "No such person is possible"),
    ],
)
def test_facts_are_refused_with_the_message_of_the_command_line(served, small, tmp_path, person, says):
    answer = served.post("/api/ask", json={"policy": "small", "person": person, "on": "2022-01-12"})
    file = tmp_path / "person"
    file.write_text("\n".join(f"{name}: {value}" for name, value in person.items()))
    done = CliRunner().invoke(limen, ["ask", str(small), "--person", str(file), "--on", "2022-01-12"])
    told = done.stderr.replace(str(file), "person").strip().removeprefix("Error: ")
    assert answer.status_code == 422
    assert says in answer.json()["error"]
    assert answer.json()["error"] == told


def test_a_person_may_be_sent_as_a_file(served):
    whole = served.post("/api/ask", json={"policy": "small", "person": PERSON, "on": "2022-01-12"})
    file = json.dumps({"visa": "short-stay visa", "issued by": "this state"})
    apart = served.post(
        "/api/ask", json={"policy": "small", "person": {"state": "East"}, "person_file": file, "on": "2022-01-12"}
    )
    assert apart.json() == whole.json()
    twice = served.post("/api/ask", json={"policy": "small", "person": PERSON, "person_file": file, "on": "2022-01-12"})
    assert twice.status_code == 422
    assert "stated twice" in twice.json()["error"]


def test_a_policy_may_be_sent_as_files_and_is_refused_with_every_fault_in_its_place(served, small):
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted((small / "policy").glob("*.yaml"))}
    whole = served.post("/api/validate", json={"policy": "small"}).json()
    sent = served.post("/api/validate", json={"files": files})
    assert {**sent.json(), "files": None} == {**whole, "files": None}
    name = "words.yaml"
    broken = served.post("/api/validate", json={"files": {**files, name: files[name].replace("doors:", "dors:", 1)}})
    assert broken.status_code == 422
    fault = next(one for one in broken.json()["faults"] if one["nearest"])
    assert (fault["file"], fault["nearest"]) == (name, "doors")
    assert f"{name}:{fault['line']}:{fault['column']}: " in broken.json()["error"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../small", "small/policy", "smal", ""])
def test_a_name_that_is_not_served_is_never_taken_for_a_path(served, name):
    answer = served.post("/api/check", json={"policy": name})
    assert answer.status_code in (404, 422)
    assert answer.json()["error"].startswith(("There is no policy", "Name a policy"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"on": "2022-13-01"}, "2022-13-01"),
        ({"on": "2022-01-12", "under": {"danger at hom": "never"}}, "Did you mean 'danger at home'?"),
        ({"on": "2022-01-12", "doors": ["entri"]}, "Did you mean 'entry'?"),
        ({"on": "2022-01-12", "oon": 1}, "oon"),
        ({}, "on: Field required"),
    ],
)
def test_what_is_wrong_in_a_question_is_named(served, asked, says):
    answer = served.post("/api/ask", json={"policy": "small", "person": {"state": "East"}, **asked})
    assert answer.status_code == 422
    assert says in answer.json()["error"]


def test_what_a_refused_request_said_of_a_person_is_not_repeated(served):
    secret = {"policy": "small", "person": {"state": {"deep": "a name that nobody may see"}}, "on": "2022-01-12"}
    answer = served.post("/api/ask", json=secret)
    assert answer.status_code == 422
    assert "nobody may see" not in answer.text


def test_what_is_served_is_told_with_its_words(served):
    listed = {one["name"]: one for one in served.get("/api/policies").json()}
    assert set(listed) == {"small", "schengen-90-180"}
    assert listed["small"]["simulated"] is True
    assert listed["schengen-90-180"]["simulated"] is False
    told = served.get("/api/policies/small").json()
    assert {fact["name"] for fact in told["facts"]} >= {"state", "visa", "age"}
    assert told["place"] == "state"
    assert told["start"] <= told["day"] < told["end"]
    assert served.get("/api/policies/none").status_code == 404
