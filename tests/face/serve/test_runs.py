"""Runs over HTTP: jobs with progress, cancelled in their midst, and the same numbers as on the command line."""

import io
import json
import threading
import time
import zipfile

import pytest
from click.testing import CliRunner

from limen.face.cli import limen
from limen.face.serve.jobs import Bench, Cancelled, Job, State
from limen.results.store import opened

SETTINGS = {"scenario": "small", "draws": 5, "seed": 3}


def ended(served, run, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        told = served.get(f"/api/runs/{run}").json()
        if told["state"] in ("done", "cancelled", "failed"):
            return told
        time.sleep(0.02)
    raise AssertionError(told)


@pytest.fixture(scope="module")
def run(served):
    started = served.post("/api/runs", json=SETTINGS)
    assert started.status_code == 202, started.text
    told = ended(served, started.json()["id"])
    assert (told["state"], told["done"]) == ("done", 5), told
    return told


def test_a_run_comes_to_the_same_as_its_command(served, run, small, tmp_path):
    done = CliRunner().invoke(limen, ["run", str(small), "--draws", "5", "--seed", "3", "--quiet", "--no-report", "--json",
                                      "--out", str(tmp_path / "run")])  # fmt: skip
    printed, answered = json.loads(done.stdout), served.get(f"/api/runs/{run['id']}/table").json()
    for table in (printed, answered):
        table["folder"] = table["run"]["command"] = ""
    assert answered == printed


def test_the_script_that_a_run_offers_gives_its_numbers(served, run):
    from dataclasses import asdict

    names = {}
    exec(run["python"], names)
    table = served.get(f"/api/runs/{run['id']}/table").json()
    assert json.loads(json.dumps([asdict(row) for row in names["run"].destinations])) == table["destinations"]


def test_the_data_of_a_view_is_at_its_address_with_an_ending(served, run):
    query = {"scenario": "small", "draws": 5, "seed": 3}
    days = served.get(f"/api/runs/{run['id']}/days").json()
    lines = served.get("/many.csv", params=query).text.splitlines()
    assert lines[0] == "day,state,name,measure,unit,low80,median,high80"
    assert len(lines) == 1 + len(days["days"]) * (1 + len(days["states"]))
    whole = served.get("/many.json", params=query).json()
    assert {name: whole[name] for name in days} == days
    packed = zipfile.ZipFile(io.BytesIO(served.get("/many.zip", params=query).content))
    assert {"CITATION.bib", "CITATION.txt", "README.txt"} < set(packed.namelist())
    assert served.get("/everyone.json", params={"scenario": "small"}).json()["command"] == "check"


def test_the_same_settings_are_the_same_run(served, run):
    again = served.post("/api/runs", json=SETTINGS).json()
    assert (again["id"], again["state"]) == (run["id"], "done")
    other = served.post("/api/runs", json={**SETTINGS, "seed": 4}).json()
    assert other["id"] != run["id"]
    assert ended(served, other["id"])["state"] == "done"


def test_progress_is_told_as_events_until_the_end(served):
    started = served.post("/api/runs", json={**SETTINGS, "seed": 5}).json()
    with served.stream("GET", f"/api/runs/{started['id']}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        told = [json.loads(line.removeprefix("data: ")) for line in answer.iter_lines() if line.startswith("data: ")]
    counts = [one["done"] for one in told]
    assert counts == sorted(counts)
    assert (told[-1]["state"], told[-1]["done"]) == ("done", 5)


def test_a_run_that_is_cancelled_leaves_whole_draws_and_a_server_that_works(served):
    started = served.post("/api/runs", json={**SETTINGS, "draws": 50, "seed": 6}).json()
    while (told := served.get(f"/api/runs/{started['id']}").json())["done"] < 2 and told["state"] != "done":
        time.sleep(0.005)
    assert served.delete(f"/api/runs/{started['id']}").status_code == 200
    told = ended(served, started["id"])
    assert told["state"] == "cancelled"
    assert 2 <= told["done"] < 50
    with opened(served.folder / started["id"]) as data:
        assert data.sizes["draw"] == told["done"]
    days = served.get(f"/api/runs/{started['id']}/days").json()
    assert days["draws"] == told["done"]
    assert served.get("/api/policies").status_code == 200


def test_a_run_by_day_adds_up_to_its_table(served, run):
    days = served.get(f"/api/runs/{run['id']}/days").json()
    table = served.get(f"/api/runs/{run['id']}/table").json()
    assert days["days"][0] == table["start"]
    assert days["days"][-1] == table["end"]
    assert {one["state"] for one in days["states"]} == {one["state"] for one in table["destinations"]}
    for row in days["states"]:
        for name in ("low80", "median", "high80"):
            assert len(row["daily"][name]) == len(days["days"])
            assert all(value is None or value == 0 or value >= 10 for value in row["daily"][name])


def test_a_run_less_itself_is_zero(served, run):
    days = served.get(f"/api/runs/{run['id']}/days", params={"less": run["id"]}).json()
    assert days["less"] is True
    assert set(days["total"]["median"]) == {0}
    same = served.get(f"/api/runs/{run['id']}/against/{run['id']}").json()
    assert all(row["same"] for row in same["measures"])


def test_runs_that_differ_in_more_than_the_policy_are_not_subtracted(served, run):
    other = served.post("/api/runs", json={**SETTINGS, "seed": 4}).json()
    ended(served, other["id"])
    answer = served.get(f"/api/runs/{run['id']}/against/{other['id']}")
    assert answer.status_code == 422
    assert "seed" in answer.json()["error"]


@pytest.mark.parametrize("what", ["map", "time"])
def test_pictures_are_specifications_that_can_be_drawn(served, run, what):
    import vl_convert

    spec = served.get(f"/api/runs/{run['id']}/{what}", params={"theme": "dark"}).json()
    draw = vl_convert.vega_to_svg if what == "map" else vl_convert.vegalite_to_svg
    if what == "map":
        from limen.world.outlines import outlines

        for data in spec["data"][:2]:
            assert data.pop("url") == "/outlines.json"
            data["values"] = json.loads(outlines())
    assert "<svg" in draw(json.dumps(spec), allowed_base_urls=[])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"draws": 51}, "at most 50 draws"),
        ({"scenario": "smal"}, "Did you mean 'small'?"),
        ({"scenario": "schengen-90-180"}, "not simulated"),
        ({"until": "1999-01-01"}, "can be cut short"),
        ({"alternative": "none"}, "none"),
        ({"seed": -1}, "seed"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(served, settings, says):
    answer = served.post("/api/runs", json={**SETTINGS, **settings})
    assert answer.status_code in (404, 422), answer.text
    assert says in answer.json()["error"]


def test_a_run_that_is_not_there_is_told(served):
    for path in ("", "/table", "/days", "/events", "/map", "/time"):
        answer = served.get(f"/api/runs/none{path}")
        assert answer.status_code == 404
        assert answer.json()["error"] == "There is no run 'none'."


def test_a_job_that_waits_for_its_turn_can_be_cancelled():
    bench, hold, began = Bench(), threading.Event(), threading.Event()

    def first(_):
        began.set()
        hold.wait(10)

    one, two = Job("one", 1), Job("two", 1)
    bench.start(one, first)
    assert began.wait(10)
    bench.start(two, lambda _: pytest.fail("it was cancelled"))
    two.cancel()
    assert two.state is State.CANCELLED
    hold.set()
    version = 0
    while one.state is State.RUNNING:
        version = one.changed_since(version, 10)
    assert one.state is State.DONE
    assert two.state is State.CANCELLED


def test_a_job_that_is_cancelled_stops_at_its_next_step():
    job = Job("one", 3)

    def work(job):
        job.tell(1)
        job.cancel()
        with pytest.raises(Cancelled):
            job.tell(2)
        raise Cancelled

    job.work(work)
    assert (job.state, job.done) == (State.CANCELLED, 2)
