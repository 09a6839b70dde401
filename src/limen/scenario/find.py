"""Finding a scenario: a path that somebody names, or one of the scenarios that come with Limen."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from limen.text.faults import nearest

POLICY = "policy"


class NoSuchScenario(FileNotFoundError):
    """Nothing by that name or at that path."""


def built_in() -> dict[str, Path]:
    """The scenarios that come with Limen, by name."""
    root = Path(str(files("limen"))) / "scenarios"
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / POLICY).is_dir()}


def policy_paths(names: tuple[str, ...]) -> list[Path]:
    """The paths of the policy files that names stand for.

    A name is a path to a file, to a folder of files, to a folder with a `policy` folder in it, or a built-in scenario. Paths go
    first. Raises NoSuchScenario.
    """
    known = built_in()
    found = []
    for name in names:
        _named(name, known)
        path = Path(name)
        if path.exists():
            inner = path / POLICY
            found.append(inner if inner.is_dir() else path)
        elif name in known:
            found.append(known[name] / POLICY)
        else:
            raise NoSuchScenario(f"There is no file, folder or scenario {name!r}.{_hint(name, known)}")
    return found


def scenario_folder(name: str) -> Path:
    """The folder that a name stands for: a path to a folder, or a built-in scenario. Raises NoSuchScenario."""
    known = built_in()
    _named(name, known)
    path = Path(name)
    if path.is_dir():
        return path
    if name in known:
        return known[name]
    raise NoSuchScenario(f"There is no folder or scenario {name!r}.{_hint(name, known)}")


def _named(name: str, known: dict[str, Path]) -> None:
    if not name.strip():
        raise NoSuchScenario(f"A name is empty. Name a file, a folder or a scenario. Built in: {', '.join(known)}.")


def _hint(name: str, known: dict[str, Path]) -> str:
    near = nearest(name, tuple(known))
    return f" Did you mean {near!r}?" if near else f" Built in: {', '.join(known)}."
