"""Around every request: sizes, times, hosts, headers."""

import time

import pytest
from tests.face.serve.serving import client_of

from limen.face.serve.limits import Limits, TooLong, within


def test_every_answer_tells_the_browser_to_ask_nobody_else(served):
    for path in ("/one", "/api", "/api/policies", "/nowhere"):
        headers = served.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers


def test_answers_about_a_person_are_kept_by_nobody(served):
    answer = served.post("/api/ask", json={"policy": "small", "person": {"state": "East"}, "on": "2022-01-12"})
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_that_is_too_large_is_refused(small):
    with client_of(str(small), limits=Limits(bytes=1000)) as client:
        declared = client.post("/api/check", json={"files": {"a.yaml": "x" * 2000}})
        streamed = client.post("/api/check", content=iter([b"x" * 600, b"x" * 600]))
    assert declared.status_code == streamed.status_code == 413
    assert "at most" in declared.json()["error"]


def test_another_host_is_refused(served):
    answer = served.get("/api/policies", headers={"host": "evil.example:8765"})
    assert answer.status_code == 421


def test_a_question_that_takes_too_long_is_stopped(small):
    with client_of(str(small), limits=Limits(seconds=0.0001)) as client:
        answer = client.post("/api/check", json={"policy": "small"})
    assert answer.status_code == 422
    assert "takes longer" in answer.json()["error"]


def test_work_is_stopped_in_its_midst_and_not_after_its_end():
    started = time.monotonic()
    with pytest.raises(TooLong):
        within(0.05, lambda: sum(iter(lambda: 1, 0)))
    assert time.monotonic() - started < 5
    for _ in range(200):
        assert within(0.05, lambda: 7) == 7
    time.sleep(0.1)
