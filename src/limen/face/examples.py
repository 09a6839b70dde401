"""Examples as files that `limen ask --person` reads, each with the command that asks it again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from limen.answers.treated import Treated
from limen.face.many import command_line

Named = tuple[str, str, list[tuple[str, Treated]]]
"""The name of a file, the door, and the same person as asked of policies."""


def write_examples(folder: Path, examples: Iterable[Named], known_on: str | None) -> int:
    """Writes each person into a file of the folder, and returns how many. What is there by the same name is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, door, asked in examples:
        file = folder / f"{name}.yaml"
        lines = []
        for policy, person in asked:
            under = [
                word for question, answer in person.readings.items() for word in ("--under", f"{question}={answer}")
            ]
            words = ["--person", str(file), "--on", person.on, "--door", door, *under]
            known = ["--known-on", known_on] if known_on else []
            lines += [f"# {command_line('limen', 'ask', policy, *words, *known)}", f"# {person.answer}"]
        facts = yaml.safe_dump(asked[0][1].facts, sort_keys=False, allow_unicode=True, width=110)
        file.write_text("\n".join(lines) + f"\n{facts}", encoding="utf-8")
        count += 1
    return count


def file_name(*words: str) -> str:
    """Words as the name of a file."""
    return "-".join(re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-") for word in words)
