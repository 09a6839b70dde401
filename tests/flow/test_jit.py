"""Compiled code is kept on disk where that can be, and never older than its sources."""

import subprocess
import sys

import numpy as np

from limen.flow import jit


def test_where_nothing_can_be_written_the_days_are_compiled_each_time(monkeypatch):
    asked = []

    def njit(**options):
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(jit, "njit", njit)

    @jit.entry
    def day(people):
        return people + 1

    assert day(1) == 2
    assert [options.get("cache", False) for options in asked] == [True, False]


def test_compiled_code_is_kept_under_a_name_that_says_what_it_was_made_of(monkeypatch, tmp_path):
    monkeypatch.setattr(jit, "njit", lambda **_: lambda function: function)
    (tmp_path / "jit.py").write_text("one")
    monkeypatch.setattr(jit, "__file__", str(tmp_path / "jit.py"))

    def name():
        def day():
            pass

        return jit.entry(day).__qualname__

    before = name()
    assert name() == before
    (tmp_path / "samplers.py").write_text("changed")
    assert name() != before


def test_nobody_counts_who_holds_an_array(monkeypatch):
    """Such a count locks a word that all threads share, at every look at an array."""
    uncached = jit.njit
    monkeypatch.setattr(jit, "njit", lambda **options: uncached(**{k: v for k, v in options.items() if k != "cache"}))

    @jit.part
    def first(people):
        return people[0]

    @jit.entry
    def day(people):
        return first(people) + first(people[1:])

    assert day(np.array([3, 4])) == 7
    (code,) = day.inspect_llvm().values()
    assert "NRT_incref" not in code
    assert "NRT_decref" not in code


LOADED = """
import sys
import numpy as np
import limen.flow.days
import numba
assert "scipy.linalg" not in sys.modules, "loaded with the days"
total = numba.njit(lambda a, b: a @ b)(np.ones((2, 3)), np.full((3, 2), 2.0))
print(total.tolist(), numba.njit(lambda a, b: np.convolve(a, b))(np.ones(2), np.ones(2)).tolist())
"""


def test_the_days_load_no_linear_algebra_and_whoever_needs_it_has_it():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=False)
    assert done.stdout == "[[6.0, 6.0], [6.0, 6.0]] [1.0, 2.0, 1.0]\n", done.stderr
