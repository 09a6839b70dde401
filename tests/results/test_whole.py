"""A draw whose file is gone, was cut short or altered is found, never read as whole, and taken again to the same bytes."""

import numpy as np
import pytest
from tests.results.fake import Fake
from tests.results.test_store import bytes_of, made, quietly, run_of

from limen.results.ensemble import VARIABLES
from limen.results.running import fill
from limen.results.store import NoResult, create, opened, read_run, resume

DRAWS = 4


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-7])


def emptied(path):
    path.write_bytes(b"")


def altered(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def gone(path):
    path.unlink()


def another(path):
    """Whole in itself, and of another size."""
    path.write_bytes((path.parent.parent / "day" / "0").read_bytes())


DAMAGES = [cut_short, emptied, altered, gone, another]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    ("file", "whole"), [("flows/2.0.0", 2), ("served/0.0.0", 0), ("waiting/3.0.0", 3), ("draw/0", 0)]
)
def test_a_damaged_draw_is_not_read_and_is_taken_again_to_the_same_bytes(tmp_path, damage, file, whole):
    folder = made(tmp_path / "r", DRAWS)
    damage(folder / "draws.zarr" / file)
    with pytest.raises(NoResult, match=rf"{file} is not whole; what is before draw {whole} is"):
        opened(folder)
    store = resume(folder, Fake().labels, run_of(DRAWS))
    assert (store.done, store.lost) == (whole, DRAWS - whole)
    assert read_run(folder)["draws_done"] == whole
    with opened(folder) as data:
        assert data["draw"].values.tolist() == list(range(whole))
        assert all((data["flows"].values[draw] == Fake().simulate(7, draw).meters).all() for draw in range(whole))
    fill(store, Fake(), 2, quietly)
    assert bytes_of(folder) == bytes_of(made(tmp_path / "whole", DRAWS))


def test_the_first_of_several_damaged_draws_counts(tmp_path):
    folder = made(tmp_path / "r", DRAWS)
    cut_short(folder / "draws.zarr" / "flows" / "3.0.0")
    gone(folder / "draws.zarr" / "stocks" / "1.0.0")
    with pytest.raises(NoResult, match=r"stocks/1\.0\.0 is not whole; what is before draw 1 is"):
        opened(folder)
    assert resume(folder, Fake().labels, run_of(DRAWS)).lost == 3


@pytest.mark.parametrize("damage", DAMAGES[:-1])
@pytest.mark.parametrize("name", ["state", "day"])
def test_columns_that_are_damaged_are_named_and_nothing_is_continued(tmp_path, damage, name):
    folder = made(tmp_path / "r", DRAWS)
    damage(folder / "draws.zarr" / name / "0")
    before = bytes_of(folder)
    for reading in (lambda: opened(folder), lambda: resume(folder, Fake().labels, run_of(DRAWS))):
        with pytest.raises(NoResult, match=f"cannot be read: {name}/0 is not whole"):
            reading()
    assert bytes_of(folder) == before


def test_counts_that_are_all_zero_are_kept_in_files_too(tmp_path):
    """So that a file that is not there is one that was lost."""
    folder, model = tmp_path / "r", Fake()
    nobody = model.simulate(7, 0)
    for name in nobody.__slots__:
        getattr(nobody, name)[:] = 0
    create(folder, model.labels, run_of(2)).append([nobody])
    store = resume(folder, model.labels, run_of(2))
    assert store.lost == 0
    store.append([nobody])
    assert all((folder / "draws.zarr" / name / f"{draw}.0.0").is_file() for name in VARIABLES for draw in range(2))
    with opened(folder) as data:
        assert not any(np.any(data[name].values) for name in VARIABLES)
