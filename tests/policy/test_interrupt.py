"""Ctrl-C while the solver is at work is Ctrl-C, and no error of the solver's."""

import pysolvers
import pytest

from limen.policy.circuit import Circuit
from limen.policy.search import Search
from limen.policy.words import Place, Words


class Stopped:
    def solve(self, assumptions):
        raise pysolvers.error(f"Caught keyboard interrupt among {len(assumptions)} assumptions")


def test_an_interrupt_of_the_solver_is_one_of_the_program(monkeypatch):
    search = Search(Circuit(()), Words("", {}, {}, {}, (), Place()))
    assert search.possible([True])
    assert not search.possible([False])
    monkeypatch.setattr(search, "_solver", Stopped())
    with pytest.raises(KeyboardInterrupt):
        search.possible([True])
