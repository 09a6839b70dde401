"""A posterior as data: what is written is what is read, and what is read is what is drawn from."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
from tests.scenario.small import write_small

from limen.evidence.posterior import FILES, Posterior
from limen.inference.fit import fit
from limen.inference.posterior import posterior_of, write_posterior
from limen.model.compile import free
from limen.model.parameters import quantile, standard
from limen.model.run import model_of
from limen.scenario.read import read_scenario

from .counted import counted


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fitted")


@pytest.fixture(scope="module")
def fitted(folder):
    return fit(counted(folder), members=40)


@pytest.fixture(scope="module")
def kept(fitted, folder):
    posterior = posterior_of(fitted, "limen fit small --members 40")
    write_posterior(posterior, fitted.problem.parameters, folder / FILES[0])
    return posterior


def test_what_is_written_is_what_is_read(kept, folder):
    read = read_scenario(folder).posterior
    assert read.keys == kept.keys
    assert np.array_equal(read.z, kept.z)
    assert (read.until, read.seed, read.command) == (kept.until, kept.seed, kept.command)
    assert read.hashes == kept.hashes
    assert "evidence/parameters.csv" in read.hashes
    assert not set(FILES) & set(read.hashes)


@pytest.mark.usefixtures("kept")
def test_the_median_and_ends_stand_beside_the_members_for_readers(folder, kept, fitted):
    first = (folder / FILES[0]).read_text(encoding="utf-8").splitlines()[1].split(",")
    middle = quantile(fitted.problem.parameters[kept.keys[0]], float(np.median(kept.z[:, 0])))
    assert float(first[2]) == pytest.approx(middle, rel=0.01)


@pytest.mark.usefixtures("kept")
def test_draws_are_members_in_turn_and_the_rest_from_its_prior(folder, kept):
    scenario = read_scenario(folder)
    compiled, parameters = model_of(scenario).compiled, scenario.parameters
    others = [key for key in free(scenario) if key not in kept.keys and key in parameters]
    for draw in (0, 7, 41):
        values = compiled.values(1, draw).of
        for place, key in enumerate(kept.keys):
            assert values[key] == quantile(parameters[key], kept.z[draw % 40, place])
        for key in others:
            assert values[key] == quantile(parameters[key], standard(key, 1, draw))
    assert compiled.values(1, 1).of[others[0]] != compiled.values(1, 41).of[others[0]]


@pytest.mark.usefixtures("kept")
def test_the_medians_of_a_posterior_are_those_of_its_members(folder, kept):
    scenario = read_scenario(folder)
    values = model_of(scenario).compiled.values(1, None).of
    key = kept.keys[0]
    assert values[key] == pytest.approx(quantile(scenario.parameters[key], float(np.median(kept.z[:, 0]))))


@pytest.mark.usefixtures("kept")
def test_without_its_posterior_a_scenario_draws_from_the_priors_as_ever(folder, fitted):
    prior = replace(read_scenario(folder), posterior=None)
    assert model_of(prior).compiled.values(1, 3).of == fitted.problem.model.compiled.values(1, 3).of


@pytest.mark.usefixtures("kept")
def test_a_fit_starts_from_the_priors_though_there_is_a_posterior(folder, fitted):
    assert np.array_equal(fit(read_scenario(folder), members=40).smoothed.posterior, fitted.smoothed.posterior)


@pytest.mark.usefixtures("kept")
def test_files_that_changed_since_are_named(folder, tmp_path, kept):
    assert not read_scenario(folder).posterior.changed(read_scenario(folder).hashes)
    shutil.copytree(folder, tmp_path / "copy")
    parameters = tmp_path / "copy" / "evidence" / "parameters.csv"
    parameters.write_text(parameters.read_text(encoding="utf-8").replace("120,80,180", "130,80,180"), encoding="utf-8")
    (tmp_path / "copy" / "people" / "seed.csv").unlink()
    changed = read_scenario(tmp_path / "copy")
    assert changed.posterior.changed(changed.hashes) == ["evidence/parameters.csv", "people/seed.csv"]
    assert "evidence/quoted.csv" not in kept.hashes


def test_a_member_is_taken_as_a_whole():
    posterior = Posterior((("a", ""), ("b", "")), np.array([[0.0, 1.0], [2.0, 3.0]]), None, "", 1)
    assert posterior.members == 2
    assert posterior.member(3) == {("a", ""): 2.0, ("b", ""): 3.0}
    assert posterior.medians() == {("a", ""): 1.0, ("b", ""): 2.0}


def test_a_scenario_without_a_posterior_has_none(tmp_path):
    assert read_scenario(write_small(tmp_path)).posterior is None
