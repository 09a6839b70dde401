"""A real Chromium, and the page of a small run that it opens from disk with the network cut."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.scenario.small import write_small

from limen.face.cli import limen

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
    if CHROMIUM is None:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def small_scenario(tmp_path_factory):
    """A small whole scenario as a folder."""
    return write_small(tmp_path_factory.mktemp("scenario") / "small", {"evidence/parameters.csv": PARAMETERS})


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The page of a run and that of a comparison, by name."""
    folder = tmp_path_factory.mktemp("pages")
    scenario = write_small(folder / "small", {"evidence/parameters.csv": PARAMETERS})
    run, comparison = folder / "run", folder / "comparison.html"
    commands = {
        run / "report.html": ["run", str(scenario), "--draws", "5", "--quiet", "--out", str(run)],
        comparison: ["compare", str(scenario), "--without", "the liable are called up", "--draws", "5", "--quiet",
                     "--output", str(comparison)],
    }  # fmt: skip
    for page, command in commands.items():
        done = CliRunner().invoke(limen, command)
        assert done.exit_code == 0, done.output
        assert page.is_file()
    return {Path(page).stem: page for page in commands}
