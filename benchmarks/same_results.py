"""Whether two trees of Limen give the same results: `python -m benchmarks.same_results OLD/src NEW/src [SCENARIO ...]`.

Runs the same seed under each, in processes of their own, and compares every byte: of the program, of the numbers and the trace of
each draw, of every array and table that `limen run` keeps, and of what `limen compare --all` prints. To be run before a change of
the engine or of the model that must not change a draw: a posterior that is kept rests on it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import xarray as xr

SCENARIOS = ("mobilisation-2022",)
DRAWS, SEED = 3, 11
COMMAND = "import sys; from limen.face.cli import main; sys.exit(main(sys.argv[1:]))"
WITHIN = """
import hashlib, json, sys
import numpy as np
from limen.face import many
from limen.model.run import model_of

told, _ = many.drawn_from(many.scenario_named(sys.argv[1]), "--prior" in sys.argv)
model, found = model_of(told), {}
compiled, built = model.compiled, model.compiled.built

def note(name, array):
    array = np.ascontiguousarray(array)
    found[name] = f"{array.dtype} {array.shape} {hashlib.sha256(array.tobytes()).hexdigest()}"

for draw in [None, *range(int(sys.argv[2]))]:
    values = compiled.values(int(sys.argv[3]), draw)
    rates = compiled.rates(values, None if draw is None else (int(sys.argv[3]), draw))
    trace = model.simulate(int(sys.argv[3]), draw)
    for what, part in (("rates", rates), ("trace", trace)):
        for name in part.__slots__:
            note(f"{what}.{name} of draw {draw}", getattr(part, name))
for name in built.program.__slots__:
    note(f"program.{name}", getattr(built.program, name))
for name in ("cells", "gates", "rows", "meters", "stocks", "signals"):
    found[f"names of {name}"] = hashlib.sha256(repr(list(map(str, getattr(built, name)))).encode()).hexdigest()
print("FOUND" + json.dumps(found))
"""


def run(tree: Path, script: str, *words: str) -> str:
    """What a script prints that runs the code in a tree."""
    check = f"import sys, limen\nif not limen.__file__.startswith({str(tree.resolve())!r}): sys.exit(limen.__file__)\n"
    done = subprocess.run(
        [sys.executable, "-c", check + script, *words],
        env=os.environ | {"PYTHONPATH": str(tree.resolve())}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{tree}: {done.stdout}{done.stderr}")
    return done.stdout


def everything(tree: Path, scenario: str, more: tuple[str, ...]) -> dict[str, str]:
    """By name, a digest of each thing that is compared."""
    take = ("--draws", str(DRAWS), "--seed", str(SEED), "--quiet", *more)
    printed = run(tree, WITHIN, scenario, str(DRAWS), str(SEED), *more)
    found: dict[str, str] = json.loads(printed.partition("FOUND")[2])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "run"
        run(tree, COMMAND, "run", scenario, *take, "--no-report", "--out", str(folder))
        with xr.open_zarr(folder / "draws.zarr", chunks=None) as data:
            for name in data.variables:
                values = data[name].values
                content = repr(values.tolist()).encode() if values.dtype == object else values.tobytes()
                found[f"kept {name}"] = f"{values.dtype} {values.shape} {hashlib.sha256(content).hexdigest()}"
        for path in (*folder.glob("*.csv"), *folder.glob("*.parquet")):
            found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    if (
        (Path(scenario) if Path(scenario).is_dir() else tree / "limen/scenarios" / scenario)
        .joinpath("alternatives")
        .is_dir()
    ):
        printed = run(tree, COMMAND, "compare", scenario, "--all", *take, "--json")
        found["compare --all"] = hashlib.sha256(printed.encode()).hexdigest()
    return found


def compared(old: Path, new: Path, scenarios: tuple[str, ...]) -> bool:
    """Says of each scenario what differs, and returns whether nothing does."""
    same = True
    for scenario in scenarios:
        for more in ((), ("--prior",)):
            one, other = (everything(tree, scenario, more) for tree in (old, new))
            differ = [name for name in {**one, **other} if one.get(name) != other.get(name)]
            same = same and not differ
            said = f"{len(one)} things compared, {DRAWS} draws; that differ: {', '.join(differ) or 'none'}"
            print(f"{' '.join((scenario, *more))}: {said}", flush=True)
    return same


if __name__ == "__main__":
    sys.exit(not compared(Path(sys.argv[1]), Path(sys.argv[2]), tuple(sys.argv[3:]) or SCENARIOS))
