"""Ten thousand rules, read and checked: every word against the vocabulary, every name, date, rank and order."""

from __future__ import annotations

import gc
import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

import yaml

from benchmarks.measure import Figure, Verdict, alternate, report, seconds
from limen.policy.read import read_policy
from limen.policy.rules import Policy

RULES, FACTS, VALUES, DOORS, TERMS = 10_000, 12, 8, 6, 4
RANKS = ["treaty", "act", "decree"]


def texts(count: int = RULES) -> tuple[str, str]:
    """A words file, and a file of so many rules that use everything that a rule can hold."""
    chance = random.Random(10_000)
    words = ["vocabulary: Ten thousand rules", "place: {in: fact 0, at: fact 1}", "facts:"]
    for fact in range(FACTS):
        values = ", ".join(f"value {value}" for value in range(VALUES))
        words.append(f"  fact {fact}: {{values: [{values}], ordinary: value 0}}")
    words += [
        "findings:",
        "  finding: {values: [absent, present], ordinary: absent, looked at by: an official}",
        "terms:",
    ]
    words += [f"  term {term}: {{values: [unmet, met], unfilled: unmet}}" for term in range(TERMS)]
    words += [
        "doors:",
        *(f"  door {door}: {{open: admit, shut: refuse, decided by: an official}}" for door in range(DOORS)),
    ]
    words += ["ranks:", *(f"- {rank}" for rank in RANKS), "- {rank: guidance, binding: no}"]
    rules = ["policy: Ten thousand rules", "words: words.yaml", "sources:"]
    for number, rank in enumerate([*RANKS, "guidance"]):
        rules.append(
            f"  source-{number}: {{cite: Text {number}, rank: {rank}, published: 2001-01-01, confidence: high}}"
        )
    rules.append("rules:")
    silenced: list[int] = []
    for number in range(count):
        rules += _rule(number, chance, silenced)
    return "\n".join(words) + "\n", "\n".join(rules) + "\n"


def _rule(number: int, chance: random.Random, silenced: list[int]) -> list[str]:
    start = date(2020, 1, 1) + timedelta(chance.randrange(1000))
    found = [f"- rule: rule {number}", f"  in: value {chance.randrange(VALUES)}", f"  from: {start}"]
    if chance.random() < 0.1:
        found.append(f"  term {chance.randrange(TERMS)}: met")
    else:
        effect = chance.choice(
            ["must admit", "must refuse", "may admit", "presume refuse", "[may admit, first finding]"]
        )
        found.append(f"  door {chance.randrange(DOORS)}: {effect}")
        if chance.random() < 0.1 and silenced:
            found.append(f"  despite: rule {chance.choice(silenced)}")
        silenced.append(number)
    read = [f"fact {fact}: value {chance.randrange(VALUES)}" for fact in chance.sample(range(2, FACTS), 3)]
    if not found[3].startswith("  term") and chance.random() < 0.2:
        read.append(f"term {chance.randrange(TERMS)}: met")
    found.append(f"  when: {{{', '.join(read)}, finding: present}}")
    found.append(f"  unless: {{fact {chance.randrange(2, FACTS)}: [value 1, value 2]}}")
    text = 0 if any("despite" in line for line in found) else chance.randrange(1, len(RANKS))
    found.append(f"  source: source-{text} {chance.randrange(1, 40)}({chance.randrange(1, 5)})")
    return found


def measure() -> Figure:
    """Reads the files, and beside that only their YAML with the parser written in C."""
    words, rules = texts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "words.yaml").write_text(words, encoding="utf-8")
        (folder / "rules.yaml").write_text(rules, encoding="utf-8")
        read: list[Policy] = []

        def ours() -> None:
            read[:] = [read_policy([folder])]

        def peer() -> None:
            yaml.load(words, Loader=yaml.CSafeLoader)
            yaml.load(rules, Loader=yaml.CSafeLoader)

        def uncollected() -> None:
            gc.disable()
            peer()
            gc.enable()

        contenders = {"ours": lambda: ours, "peer": lambda: peer, "uncollected": lambda: uncollected}
        found = alternate(contenders, rounds=5)
    assert len(read[0].rules) == RULES
    mine = found["ours"]
    return Figure(
        "Ten thousand rules read and checked",
        [
            ("Limen: text to checked rules in order, each word with its place", seconds(mine)),
            (
                "PyYAML with the parser in C: the same text to plain dictionaries, nothing checked",
                seconds(found["peer"]),
            ),
            (
                "the same without Python's collector of cycles, which Limen stops while it reads",
                seconds(found["uncollected"]),
            ),
        ],
        [Verdict("10,000 rules read and checked in under 2 s", seconds(mine), mine < 2)],
        [
            f"Reading and checking takes {mine / found['peer']:.2f} times as long as parsing the same YAML does, and "
            f"{mine / found['uncollected']:.2f} times as long where the collector is stopped for both.",
            f"The text has {len(rules.splitlines()):,} lines and {len(rules) / 1e6:.1f} MB.",
        ],
    )


if __name__ == "__main__":
    report(measure())
