"""What the house promises about itself. Each test first makes sure that there is something to look at."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "limen"
LONGEST_MODULE = 500
MACHINE_PATH = re.compile(r"(?<![\w.*])/(?:tmp|work|root|farm|home/\w+|Users/\w+)/")
LEFT_FOR_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)(?:#[^)\s]*)?\)")


def some(found):
    found = list(found)
    assert found, "nothing was found to look at"
    return found


def modules(folder=PACKAGE):
    return some(sorted(folder.rglob("*.py")))


def kept_files():
    """What git keeps or is about to keep; in a copy without git, whatever is no folder of a tool."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        found = [ROOT / name for name in listed]
    except (OSError, subprocess.CalledProcessError):
        ours = [
            path for path in ROOT.iterdir() if not path.name.startswith(".") or path.name in {".ci", ".importlinter"}
        ]
        found = [file for path in ours for file in ([path] if path.is_file() else path.rglob("*"))]
    return some(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def matches(pattern, paths):
    for path in paths:
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"


def relative(path):
    return path.relative_to(ROOT).as_posix()


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_ci_runs_the_two_commands_of_the_readme_as_they_stand():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python -m pip install .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert " && limen " in commands[0]
    assert commands[1].endswith(" && python -m pytest")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    run = re.findall(r"^\((.*)\)(?: \| tee .*)?$", script, re.MULTILINE)
    assert run == commands


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no executable bit")
def test_ci_can_be_started():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_version_is_the_same_wherever_it_is_written():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == project()["version"] == version("limen")


def test_the_licence_is_complete():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in licence
    assert re.findall(r"^(\d+)\. [A-Z]", licence, re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert licence.rstrip().endswith("require the production of a new\nEUPL version.")


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_module_is_short_enough_to_be_one_idea(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("folder", sorted({path.parent for path in modules()}), ids=relative)
def test_a_folder_explains_itself(folder):
    init = folder / "__init__.py"
    assert init.is_file()
    assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))


def test_only_the_face_prints_asks_or_exits():
    beyond = {"print", "input", "breakpoint", "exit", "quit"}
    found = []
    for path in modules():
        if path.is_relative_to(PACKAGE / "face"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Name) and node.id in beyond
            system = isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr", "sys.exit"}
            if named or system:
                found.append(f"{relative(path)}:{node.lineno}: {ast.unparse(node)}")
    assert not found


def test_policy_imports_nothing_of_ours_but_the_reading_of_text():
    found = []
    for path in modules(PACKAGE / "policy"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{relative(path)}:{node.lineno}: a relative import"
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            ours = [name for name in names if name.split(".")[0] == "limen"]
            found += [
                f"{relative(path)}:{node.lineno}: {name}"
                for name in ours
                if name.split(".")[1:2] not in (["policy"], ["text"])
            ]
    assert not found


def test_scenarios_are_data():
    files = some(path for path in (PACKAGE / "scenarios").rglob("*") if path.is_file())
    assert {path.suffix for path in files if "forecasts" not in path.parts} <= {".yaml", ".yml", ".csv", ".md"}
    assert {path.suffix for path in files} <= {".yaml", ".yml", ".csv", ".md", ".parquet", ".json", ".txt"}


def test_nothing_in_the_package_is_left_for_later():
    assert not list(matches(LEFT_FOR_LATER, modules()))


def test_no_file_names_a_path_of_somebodys_machine():
    assert MACHINE_PATH.search("in /" + "home/somebody/limen")
    assert not list(matches(MACHINE_PATH, kept_files()))


def test_the_links_of_every_page_lead_somewhere():
    pages = some(path for path in kept_files() if path.suffix == ".md")
    links = some((page, link) for page in pages for link in LINK.findall(text_of(page)))
    assert not [f"{relative(page)}: {link}" for page, link in links if not (page.parent / link).exists()]


def test_every_decision_is_listed_and_has_its_four_parts():
    folder = ROOT / "docs" / "decisions"
    decisions = some(sorted(folder.glob("[0-9]*.md")))
    assert [path.name[:4] for path in decisions] == [f"{number:03}-" for number in range(len(decisions))]
    listed = re.findall(r"\]\((\d{3}-[^)]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in decisions]
    for path in decisions:
        parts = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Context", "Decision", "Why", "What was refused"], path.name


def test_the_plan_of_the_code_names_every_folder_and_no_module_that_is_gone():
    plan = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = some(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__")
    assert not [name for name in folders if f"{name}/" not in plan]
    named = some(re.findall(r"\b\w+/\w+\.py\b", plan))
    assert not [name for name in named if not (PACKAGE / name).is_file() and not (ROOT / name).is_file()]


def test_a_check_opens_no_connection():
    watched = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event not in {"socket.__new__", "socket.gethostname"}:
        raise RuntimeError(f"opens a connection: {event} {arguments}")

sys.addaudithook(refuse)
if sys.argv[1:] == ["itself"]:
    import socket
    socket.create_connection(("127.0.0.1", 9), timeout=1)
from limen.face.cli import main
main(["check", "finland-estonia-2022"])
"""
    caught = subprocess.run([sys.executable, "-c", watched, "itself"], capture_output=True, text=True, check=False)
    assert "opens a connection: socket." in caught.stderr
    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
