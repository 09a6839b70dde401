"""In CI the property tests look at the same examples every time; elsewhere at new ones."""

import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.expected", "tests.docs.console")

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
