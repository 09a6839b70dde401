"""Texts that tests expect word for word, kept beside them."""

import pytest


def is_as_expected(found, path):
    """Compares a text with that of a file. Where there is none it is written, and the test fails so that somebody looks at it."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and is written now: look at it.")
    assert found == path.read_text(encoding="utf-8")
