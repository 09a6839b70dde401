"""Writes a corpus out as a page: each rule as a sentence with its source, by place and door, and a calendar by place.

Run it from the root of the repository: `python docs/make_corpus.py`. It writes the pages `docs/reference/corpus-*.md`.
"""

from collections import defaultdict
from pathlib import Path

import limen
from limen.answers.reasons import said, untranslated_of
from limen.policy.rules import Confidence

REFERENCE = Path(__file__).parent / "reference"
PAGES = {
    "finland-estonia-2022": REFERENCE / "corpus-finland-estonia-2022.md",
    "mobilisation-2022": REFERENCE / "corpus-mobilisation-2022.md",
}
EVERYWHERE = "Everywhere"


def page(name):
    """The page of a scenario, as text."""
    policy = limen.read(name).policy
    words = policy.words
    lines = [
        f"# The corpus `{name}`",
        "",
        f"{policy.title}. {len(policy.rules)} rules from {len(policy.sources)} sources, "
        f"{len(policy.claims) + len(policy.reach)} claims, "
        f"{len(policy.cases)} cases. This page is written by `docs/make_corpus.py` from the files; it says what is in them, "
        "not more. It is no legal advice.",
        "",
        *uncertain(policy),
        *calendar(policy),
        "## Rules",
        "",
    ]
    by_place = defaultdict(lambda: defaultdict(list))
    for rule in policy.rules.values():
        places = dict(rule.stated_scope).get(words.place.in_, "")
        for about in rule.doors or [fill.term for fill in rule.fills]:
            by_place[places or EVERYWHERE][about].append(rule)
    for place in sorted(by_place, key=lambda place: (place != EVERYWHERE, place)):
        lines += [f"### {place}", ""]
        for about, rules in by_place[place].items():
            lines += [f"**{about}**", "", *(f"- {sentence(rule, words)}" for rule in rules), ""]
    lines += ["## Sources", "", "| id | text | rank | published | confidence |", "|---|---|---|---|---|"]
    for source in policy.sources.values():
        name = f"{source.name}: {source.cite}" if source.name else source.cite
        cells = (f"`{source.id}`", name, words.ranks[source.rank].name, source.published or "", source.confidence)
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def sentence(rule, words):
    """A rule in one sentence, with its source."""
    says = [*(said(effect, words) for effect in rule.effects), *(f"{fill.term}: {fill.value}" for fill in rule.fills)]
    parts = [f"*{rule.name}*: {'; '.join(says) or 'a text that is not put into rules'}"]
    hidden = {name for name, _ in rule.stated_scope if name == words.place.in_}
    when = [", ".join(f"{name} {value}" for name, value in clause.stated if name not in hidden) for clause in rule.when]
    if any(when):
        parts.append("when " + "; or ".join(when))
    if rule.unless:
        parts.append(
            "unless " + "; or ".join(", ".join(f"{n} {v}" for n, v in clause.stated) for clause in rule.unless)
        )
    if rule.despite:
        parts.append(f"notwithstanding {', '.join(rule.despite)}")
    days = [f"from {rule.start}" if rule.start else "", f"until {rule.end}" if rule.end else ""]
    parts += [" ".join(filter(None, days))] if any(days) else []
    cited = "; ".join(map(str, rule.cited))
    mark = "" if rule.confidence is Confidence.HIGH else f", confidence {rule.confidence}"
    text = f"{', '.join(parts)}. ({cited}; {words.ranks[rule.rank].name}{mark})"
    untranslated = untranslated_of(rule)
    text += f" Not put into rules: {untranslated}." if untranslated else ""
    return f"{text} F{str(rule.known)[1:]}." if rule.known else text


def uncertain(policy):
    """What is uncertain: disputed readings, weak rules, untranslated texts, texts that stop."""
    weak = [rule for rule in policy.rules.values() if rule.confidence is not Confidence.HIGH]
    untranslated = [rule for rule in policy.rules.values() if rule.untranslated]
    lines = ["## What is uncertain", ""]
    lines.append(f"- {len(weak)} of {len(policy.rules)} rules rest on a text that was not read as the official one.")
    lines.append(f"- {len(untranslated)} rules carry something that the format could not say.")
    lines += [f"- Of *{rule.name}*, {rule.known}." for rule in policy.rules.values() if rule.known]
    for name, reading in policy.words.readings.items():
        lines.append(f"- Disputed, *{name}*: {reading.ask} {reading.says}")
    return [*lines, ""]


def calendar(policy):
    """What began and ended when, by place."""
    words = policy.words
    events = defaultdict(list)
    for rule in policy.rules.values():
        place = dict(rule.stated_scope).get(words.place.in_, EVERYWHERE)
        for day, what in ((rule.start, "begins"), (rule.end, "ends")):
            if day is not None:
                events[place].append((day, f"{rule.name} {what}"))
        if rule.known:
            events[place].append((rule.known.day, f"{rule.name}: it is not known {rule.known.then}"))
    lines = ["## Calendar", ""]
    for place in sorted(events, key=lambda place: (place != EVERYWHERE, place)):
        lines += [f"**{place}**", "", "| day | what |", "|---|---|"]
        lines += [f"| {day} | {what} |" for day, what in sorted(events[place])]
        lines.append("")
    return lines


if __name__ == "__main__":
    for scenario, file in PAGES.items():
        file.write_text(page(scenario), encoding="utf-8")
