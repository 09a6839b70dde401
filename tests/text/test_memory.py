"""Memory while much is read."""

import gc

import pytest

from limen.text.memory import kept_to_the_end, uncollected


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("way", [uncollected, kept_to_the_end])
def test_nothing_is_looked_through_meanwhile_and_all_is_as_it_was_afterwards(way):
    with way():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_as_it_was_afterwards_where_reading_fails():
    with pytest.raises(ValueError, match="wrong"), kept_to_the_end():
        raise ValueError("wrong")
    assert gc.isenabled()


def test_what_is_kept_to_the_end_is_not_looked_through_later():
    before = gc.get_freeze_count()
    with kept_to_the_end():
        kept = [[number] for number in range(1000)]
    assert gc.get_freeze_count() >= before + len(kept)
