"""The page about the semantics and its tests keep together."""

import ast
import re
from pathlib import Path

from limen.answers.cases import check_cases
from limen.policy.read import policy_from

PAGE = Path(__file__).parent.parent.parent / "docs" / "explanation" / "semantics.md"
LAWS = Path(__file__).parent / "test_laws.py"


def page():
    return PAGE.read_text(encoding="utf-8")


def test_every_law_of_the_page_is_a_test_of_the_same_name_in_the_same_order():
    sentences = re.findall(r"^\d+\. \*\*(.+?)\.\*\*", page(), re.MULTILINE)
    named = ["test_" + re.sub(r"\W+", "_", sentence.lower()) for sentence in sentences]
    tests = [
        node.name for node in ast.parse(LAWS.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
    ]
    assert len(named) > 20
    assert named == [name for name in tests if name.startswith("test_")]


def test_the_example_of_the_page_answers_as_the_page_says():
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page(), re.MULTILINE | re.DOTALL)
    results = check_cases(policy_from({"example.yaml": example.encode()}))
    assert len(results) == 3
    assert not [(result.case, result.misses) for result in results if result.misses]
