"""One bad file, or folder of files, for every message about a faulty policy, with all that Limen says of it beside it.

A file with words of its own is read alone, any other together with those in `common`. Where what is expected is missing, the test
writes it down and fails: look at it, and keep it if it is right.
"""

import ast
import re
import sys
from pathlib import Path

import pytest
from tests.expected import is_as_expected

import limen.policy
import limen.text
from limen.policy.read import policy_files, policy_from, read_policy
from limen.policy.read_words import WORDS_SECTIONS
from limen.text import nodes
from limen.text.faults import FaultyPolicy
from limen.text.nodes import Document

HERE = Path(__file__).parent
COMMON = sorted((HERE / "common").glob("*.yaml"))
FOLDERS = [
    folder
    for folder in sorted(HERE.iterdir())
    if folder.is_dir() and any(folder.glob("*.yaml")) and folder.name != "common"
]
BAD = [*sorted(HERE.glob("*.yaml")), *FOLDERS]
PACKAGES = (Path(limen.policy.__file__).parent, Path(limen.text.__file__).parent)
READ_IN_SCENARIOS = {"table.py", "sourced.py", "vocabulary.py"}
"""Modules that no policy needs; tests/scenario/test_bad.py has a faulty scenario for each of their messages."""

WORDS = re.compile(rb"^(%s):" % "|".join(WORDS_SECTIONS).encode(), re.MULTILINE)
MADE_HERE = {
    "There are more than 499 faults in this file; the rest is not listed.",
    "The file is larger than 32 MB.",
}


def texts_of(path):
    """The bytes of the files that are read together, by their names without folders."""
    if path.is_dir():
        return {file.name: file.read_bytes() for file in sorted(path.glob("*.yaml"))}
    data = path.read_bytes()
    common = [] if WORDS.search(data) else COMMON
    return {**{file.name: file.read_bytes() for file in common}, path.name: data}


def faults_of(texts):
    with pytest.raises(FaultyPolicy) as raised:
        policy_from(texts)
    assert raised.value.faults
    return raised.value


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_answered_with_all_its_faults(path):
    found = f"{faults_of(texts_of(path))}\n"
    is_as_expected(found, path.with_suffix(".expected"))


def test_nothing_is_expected_of_files_that_are_gone():
    assert {path.stem for path in HERE.glob("*.expected")} == {path.stem for path in BAD}


def test_what_the_bad_files_refer_to_is_good():
    assert policy_from({file.name: file.read_bytes() for file in COMMON}).rules


def modules():
    return {
        path.name: ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted(package.glob("*.py"))
        if path.name not in READ_IN_SCENARIOS
    }


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def notings():
    """Every place in the source that notes a fault: module, first line, last line."""
    return [
        (name, node.lineno, node.end_lineno)
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in {"fault", "fault_at", "_fault", "_unknown_value"}
    ]


def test_no_place_that_notes_a_fault_is_without_a_bad_file(monkeypatch):
    reached = set()

    def noting(original):
        def note(*arguments, **named):
            frame = sys._getframe(1)
            while frame is not None and Path(frame.f_code.co_filename).parent in PACKAGES:
                reached.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
                frame = frame.f_back
            return original(*arguments, **named)

        return note

    for name in ("fault", "fault_at"):
        monkeypatch.setattr(Document, name, noting(getattr(Document, name)))
    for path in BAD:
        faults_of(texts_of(path))
    too_large(monkeypatch)
    places = notings()
    assert len(places) > 80
    missed = [
        f"{name}:{first}" for name, first, last in places
        if not any(module == name and first <= line <= last for module, line in reached)
    ]  # fmt: skip
    assert not missed


def templates():
    """The messages that the source can give, as patterns: of faults, and of errors that become faults."""
    for name, tree in modules().items():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            said = {
                node.targets[0].id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for node in ast.walk(function):
                noted = isinstance(node, ast.Call) and called(node) in {"fault", "fault_at", "_fault"}
                raised = (
                    isinstance(node, ast.Call) and called(node) == "ValueError" and name in {"computed.py", "people.py"}
                )
                for argument in node.args if noted or raised else ():
                    text = said.get(argument.id) if isinstance(argument, ast.Name) else argument
                    pattern = pattern_of(text)
                    if pattern and len(pattern.replace(".*", "")) > 4:
                        yield pattern


def pattern_of(text):
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return re.escape(text.value)
    if isinstance(text, ast.JoinedStr):
        return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".*" for part in text.values)
    return None


def test_no_message_of_the_source_is_without_a_bad_file():
    said = "\n".join([*(path.read_text(encoding="utf-8") for path in HERE.glob("*.expected")), *MADE_HERE])
    patterns = sorted(set(templates()))
    assert len(patterns) > 60
    assert not [pattern for pattern in patterns if not re.search(pattern, said)]


def too_large(monkeypatch):
    monkeypatch.setattr(nodes, "LONGEST_TEXT", 1024 * 1024)
    return faults_of({"large.yaml": b"# " + b"x" * 1024 * 1024 + b"\n"})


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    assert str(too_large(monkeypatch)).startswith("large.yaml:1:1: The file is larger than 1 MB.")


def common(text):
    return {
        **{file.name: file.read_bytes() for file in COMMON},
        "bad.yaml": text.encode() if isinstance(text, str) else text,
    }


def test_so_many_faults_that_the_rest_would_only_be_noise_are_cut_short():
    lines = "".join(f"- {{rule: r{number}, entry: may admitt, source: code}}\n" for number in range(2000))
    faults = faults_of(common(f"rules:\n{lines}")).faults
    assert len(faults) == 500
    assert faults[-1].message == "There are more than 499 faults in this file; the rest is not listed."
    assert faults[-2].nearest == "admit"


def test_every_plain_word_is_text():
    words = b"""
facts:
  country: {values: [NO, no, y, null, ~, 1e3, 0x10, 010, 2022-05-01, .inf, off], ordinary: NO}
doors: {entry: {open: "on", shut: Off}}
ranks: [1]
"""
    fact = policy_from({"words.yaml": words}).words.facts["country"]
    assert fact.values == ("NO", "no", "y", "null", "~", "1e3", "0x10", "010", "2022-05-01", ".inf", "off")


@pytest.mark.parametrize(
    "change", [lambda d: d.replace(b"\n", b"\r\n"), lambda d: d.replace(b"\n", b"\r"), lambda d: b"\xef\xbb\xbf" + d]
)
def test_line_ends_and_a_byte_order_mark_change_nothing(change):
    bad = (HERE / "when-names-no-value.yaml").read_bytes()
    faults = [faults_of(common(text)).faults for text in (bad, change(bad))]
    assert faults[0] == faults[1]
    good = {file.name: change(file.read_bytes()) for file in COMMON}
    assert list(policy_from(good).rules) == ["everyone may be admitted"]


def test_a_name_may_be_in_any_script():
    policy = policy_from(common("rules:\n- {rule: Въезд разрешён 🚪, entry: may admit, source: code}\n"))
    assert "Въезд разрешён 🚪" in policy.rules


def test_a_fault_points_at_characters_and_not_at_bytes():
    (fault,) = faults_of(common("rules:\n- {rule: Въезд 🚪, entry: may admitt, source: code}\n")).faults
    assert str(fault).splitlines()[2].index("^") == str(fault).splitlines()[1].index("may admitt")


def test_what_a_fault_shows_does_nothing_to_a_terminal():
    for path in BAD:
        shown = str(faults_of(texts_of(path)))
        assert all(character.isprintable() or character == "\n" for character in shown), path.name


def test_a_fault_in_a_long_line_shows_the_place_and_not_the_whole():
    lines = str(faults_of(common("rules: [" + "{rule: a}, " * 40 + "]\n"))).splitlines()
    assert max(map(len, lines[1::3])) < 170
    assert all(shown[pointer.index("^")] in "{a" for shown, pointer in zip(lines[1::3], lines[2::3]))


def test_no_files_at_all_are_a_fault():
    assert "declares words" in str(faults_of({}))


def test_only_named_files_and_those_directly_inside_a_named_folder_are_read(tmp_path):
    inner = tmp_path / "policy" / "inner"
    inner.mkdir(parents=True)
    (inner / "rules.yaml").write_text("rules: broken", encoding="utf-8")
    (inner.parent / "notes.txt").write_text("no policy", encoding="utf-8")
    for file in COMMON:
        (inner.parent / file.name).write_bytes(file.read_bytes())
    (inner.parent / "more.yml").write_text("words: words.yaml", encoding="utf-8")
    found = [inner.parent / name for name in ("more.yml", "policy.yaml", "words.yaml")]
    assert policy_files([inner.parent]) == found
    assert policy_files([found[1], inner.parent]) == [found[1], found[0], found[2]]
    assert list(read_policy([inner.parent]).hashes) == [str(file) for file in found]


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"There is no file or folder .*nowhere"):
        read_policy([tmp_path / "nowhere"])
    with pytest.raises(FileNotFoundError, match=r"There are no \.yaml files directly inside"):
        read_policy([tmp_path])
