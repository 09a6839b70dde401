"""A server in this process, of a small policy of our own invention and a scenario without a policy's size."""

import pytest
from tests.face.serve.serving import client_of
from tests.model.small import PARAMETERS
from tests.scenario.small import write_small

from limen.face.serve.limits import Limits


@pytest.fixture(scope="package")
def small(tmp_path_factory):
    """A small whole scenario as a folder."""
    return write_small(tmp_path_factory.mktemp("served") / "small", {"evidence/parameters.csv": PARAMETERS})


@pytest.fixture(scope="package")
def served(small, tmp_path_factory):
    """A client of a server of the small scenario and a built-in policy, whose runs are kept in a folder."""
    folder = tmp_path_factory.mktemp("runs")
    with client_of(str(small), "schengen-90-180", folder=folder, limits=Limits(draws=50, runs=4)) as client:
        client.folder = folder
        yield client
