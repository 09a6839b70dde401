"""Whatever the text, reading it gives a policy or faults in their places, in time, and opens nothing. More in `tests/fuzz`."""

import gc
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.policy.read import policy_from
from limen.text.nodes import Table, read_document

from .broken import RULES, WORDS, Watch, broken_files, check


@pytest.fixture(scope="module")
def watch():
    return Watch()


def test_the_policy_that_is_broken_below_is_whole(watch):
    assert check({"words.yaml": WORDS.encode(), "rules.yaml": RULES.encode()}, watch)


def test_the_watch_sees_a_file_that_is_opened(watch, tmp_path):
    watch.on, watch.seen = True, []
    (tmp_path / "file").write_text("x", encoding="utf-8")
    watch.on = False
    assert watch.seen


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**64))
def test_a_broken_policy_is_answered_with_faults_and_nothing_else(watch, seed):
    check(broken_files(random.Random(seed).randrange), watch)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_answered_with_faults_and_nothing_else(watch, data):
    check({"any.yaml": data}, watch)


NODES = st.recursive(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc ", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["facts", "terms", "doors", "ranks", "rules", "sources", "cases", "place"]), NODES)
)
def test_any_tree_under_the_sections_is_answered_with_faults_and_nothing_else(watch, tree):
    check({"any.yaml": flow(tree).encode()}, watch)


def flow(node):
    """A tree in the flow style of YAML."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(flow, node)) + "]"
    return '"' + node.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(node):
    if isinstance(node, Table):
        return {key: plain(value) for key, (_, value) in node.items.items()}
    return node.text if hasattr(node, "text") else [plain(item) for item in node.items]


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text("abc ", max_size=3), NODES))
def test_a_tree_comes_back_as_it_was_written(tree):
    document = read_document("tree.yaml", flow(tree).encode())
    forbidden = any("may not stand" in fault.message for fault in document.faults)
    deep = any("nested more than" in fault.message for fault in document.faults)
    assert forbidden or deep or (not document.faults and plain(document.root) == tree)


LARGE = 2000
MANY = {
    "faults among many names": "rules:\n" + "".join(
        f"- {{rule: rule {n}, entry: may admit, source: code, despite: rul {n}}}\n" for n in range(LARGE)
    ),
    "rules of one name": "rules:\n" + "- {rule: one, entry: may admit, source: code}\n" * LARGE,
    "a long chain of despite": "rules:\n" + "".join(
        f"- {{rule: r{n}, entry: may admit, source: code, despite: r{n + 1}}}\n" for n in range(LARGE)
    ) + f"- {{rule: r{LARGE}, entry: may admit, source: code}}\n",
    "one large circle": "rules:\n" + "".join(
        f"- {{rule: r{n}, entry: may admit, source: code, despite: r{(n + 1) % LARGE}}}\n" for n in range(LARGE)
    ),
    "many small circles": "rules:\n" + "".join(
        f"- {{rule: r{n}, dangerous: yes, source: code, when: {{dangerous: no}}}}\n" for n in range(LARGE)
    ),
    "unknown keys": "rules:\n- {" + ", ".join(f"key {n}: x" for n in range(LARGE)) + "}\n",
    "one key again and again": "{" + "a: b, " * LARGE + "}",
    "brackets": "policy: " + "[" * 100_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "tags of tags": "".join(f"%TAG !a{n}! x\n" for n in range(LARGE)) + "--- a\n",
    "one long word": "rules:\n- {rule: new, entry: may admit, source: " + "x" * 1_000_000 + "}\n",
    "a list of numbers": "rules:\n- {rule: new, entry: may admit, source: code, when: {age: [" + "0..120, " * 9 * LARGE + "]}}\n",
    "an endless not": "rules:\n- {rule: n, entry: may admit, source: code, when: {nationality: not A" + " or A" * LARGE + "}}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", MANY.values(), ids=MANY)
def test_a_large_input_takes_time_in_proportion(watch, text):
    check({"words.yaml": WORDS.encode(), "rules.yaml": RULES.encode(), "large.yaml": text.encode()}, watch, seconds=2)


def test_a_reading_leaves_the_collector_of_garbage_as_it_was():
    assert gc.isenabled()
    policy_from({"words.yaml": WORDS.encode()})
    assert gc.isenabled()
