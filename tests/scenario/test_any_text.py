"""Whatever is written in a scenario's files, the answer is a scenario that hangs together, or its faults."""

import random

import numpy as np
import pytest
from tests.policy.broken import Watch

from .broken import broken_scenario, check
from .small import texts_of


@pytest.fixture(scope="module")
def watch():
    np.random.default_rng(0)  # what numpy loads on first use is not the reader's doing
    return Watch()


def test_the_scenario_that_is_broken_below_is_whole(watch):
    assert check(texts_of(), watch)


@pytest.mark.parametrize("seed", range(300))
def test_a_broken_scenario_is_answered_with_faults_or_hangs_together(watch, seed):
    check(broken_scenario(random.Random(seed).randrange), watch)
