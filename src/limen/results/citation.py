"""How to cite a run: the scenario, the program and its version, the seed, and a mark of the files that it was made from."""

from __future__ import annotations

import hashlib
import json
import re

from limen.results.ensemble import About

AUTHORS = "The Limen developers"
_SPECIAL = re.compile(r"([&%$#_{}])")


def mark(run: About) -> str:
    """Twelve letters that stand for the files, the seed and the version: the same only where these are the same."""
    what = {
        name: found for name, found in run.as_dict().items() if name in ("hashes", "seed", "draws", "limen", "until")
    }
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:12]


def sentence(run: About, done: int) -> str:
    """The citation as a sentence."""
    return (
        f"{AUTHORS}: Limen {run.limen}, a laboratory for border, visa and asylum policy. Scenario “{run.title}” "
        f"({run.scenario}), {done} draws, seed {run.seed}, result {mark(run)}. Given again by: {run.command}"
    )


def bibtex(run: About, done: int) -> str:
    """The citation as BibTeX."""
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{Limen}}, a laboratory for border, visa and asylum policy: {_plain(run.title)}",
        "version": run.limen,
        "note": f"Scenario {_plain(run.scenario)}, {done} draws, seed {run.seed}, result {mark(run)}. "
        f"Given again by \\texttt{{{_plain(run.command)}}}",
    }
    body = "".join(f"  {name} = {{{said}}},\n" for name, said in fields.items())
    return f"@software{{limen-{mark(run)},\n{body}}}\n"


def _plain(text: str) -> str:
    """A text that LaTeX prints as it stands."""
    text = text.replace("\\", "\0").replace("~", "\1").replace("^", "\2")
    text = _SPECIAL.sub(r"\\\1", text)
    return (
        text.replace("\0", "\\textbackslash{}").replace("\1", "\\textasciitilde{}").replace("\2", "\\textasciicircum{}")
    )
