"""Writes every assumption of a scenario as a page: prior, what the counts made of it, source.

Run it from the root of the repository: `python docs/make_parameters.py`. It writes `docs/reference/parameters-*.md`.
"""

from pathlib import Path

import numpy as np

from limen.evidence.figures import PRACTICE, Spread
from limen.model.compile import all_parameters
from limen.model.parameters import PARAMETERS, quantile
from limen.scenario.courses import is_assumption
from limen.scenario.read import read_scenario

NAME = "mobilisation-2022"
PAGE = Path(__file__).parent / "reference" / f"parameters-{NAME}.md"
SCENARIO = Path(__file__).parent.parent / "src" / "limen" / "scenarios" / NAME
HEAD = "| of | prior: median (5% to 95%) | posterior | spread left | source | confidence | note |"
PRACTICE_HEAD = HEAD.replace("| of |", "| door, where, answer, from |")


def page():
    """The page, as text."""
    scenario = read_scenario(SCENARIO)
    stated = [(key, one) for key, one in all_parameters(scenario) if is_assumption(key)]
    doubt = [key for key, one in stated if one.spread is not Spread.FIXED]
    fitted = (
        {} if scenario.posterior is None else dict(zip(scenario.posterior.keys, scenario.posterior.z.T, strict=True))
    )
    informed = [key for key in doubt if key in fitted and np.std(fitted[key]) <= 0.9]
    lines = [
        f"# The assumptions of `{NAME}`", "",
        f"{len(stated)} numbers, {len(doubt)} of them in doubt. This page is written by `docs/make_parameters.py` from the "
        "files. *Spread left* is the standard deviation of the posterior over that of the prior: 1, and the counts say nothing. "
        "Where no posterior stands, no count speaks for the number beyond chance, and it keeps its prior. "
        f"The counts inform {len(informed)} (spread left at most 0.90). [What this means](../explanation/{NAME}.md).", "",
    ]  # fmt: skip
    for name in dict.fromkeys(key[0] for key, _ in stated):
        some = [(key, one) for key, one in stated if key[0] == name]
        title = "practice: how officials use what the rules leave open" if name == PRACTICE else name
        means = "" if name == PRACTICE else PARAMETERS.get(name, "an event names it")
        lines += [f"## {title[0].upper()}{title[1:]}", "", f"{means[0].upper()}{means[1:]}." if means else "", ""]
        lines += [PRACTICE_HEAD if name == PRACTICE else HEAD, "|---|---|---|---|---|---|---|"]
        lines += [row(key, one, fitted.get(key), scenario.sources) for key, one in some] + [""]
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"


def row(key, one, z, sources):
    """One assumption."""
    where = ", ".join(part for part in key[1].split("|") if part and part != "None") or "all"
    prior = number(one.value) if one.spread is Spread.FIXED else three(one.value, one.low, one.high)
    after, left = "", ""
    if z is not None:
        low, middle, high = (quantile(one, point) for point in np.quantile(z, (0.05, 0.5, 0.95)).tolist())
        after, left = three(middle, low, high), f"{np.std(z):.2f}"
    source = sources.get(one.basis.source, one.basis.source)
    cells = (where, prior, after, left, source, one.basis.confidence, one.basis.note)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def three(middle, low, high):
    """A median with its interval."""
    return f"{number(middle)} ({number(low)} to {number(high)})"


def number(value):
    """A number with three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
