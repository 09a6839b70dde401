"""Why a door answers as it does: the rules that spoke, with their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from limen.policy.meaning import Held, Meaning, any_of
from limen.policy.rules import Cited, Confidence, Effect, Force, Rule
from limen.policy.words import Words


@dataclass(frozen=True, slots=True)
class Text:
    """A place in a source."""

    source: str
    cite: str
    name: str
    locator: str
    link: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that speaks, fills a term or prevails over another rule, with its text.

    `speaks_at` is the rank at which it speaks, which is lower than `rank` where a lower rule filled a term for it. `certain` is
    false where it depends on something unknown whether it fires; `when` then says on what. `where` is its place in the files.
    """

    rule: str
    says: list[str]
    texts: list[Text]
    rank: str
    speaks_at: str
    confidence: str
    start: str | None
    end: str | None
    certain: bool
    when: list[list[str]]
    prevails_over: list[str]
    untranslated: str | None
    where: str


def said(effect: Effect, words: Words) -> str:
    """An effect in words, as in `entry: must admit`."""
    if effect.force is Force.FIRST:
        return f"{effect.door}: first {effect.finding}"
    door = words.doors[effect.door]
    return f"{effect.door}: {effect.force.value} {door.open if effect.open else door.shut}"


def texts_of(references: Iterable[Cited]) -> list[Text]:
    """The texts that a rule or a claim cites."""
    return [
        Text(
            cited.source.id, cited.source.cite, cited.source.name, cited.locator, cited.source.link,
            cited.source.published.isoformat() if cited.source.published else None,
        )
        for cited in references
    ]  # fmt: skip


def reasons(
    rules: Sequence[Rule], meant: Meaning, words: Words, doors: Iterable[str],
    possibly: Callable[[Any], bool], surely: Callable[[Any], bool], when: Callable[[Any], list[list[str]]] | None = None,
) -> list[Reason]:  # fmt: skip
    """The rules that fire for somebody in question, the highest rank first.

    `possibly` and `surely` tell of a truth whether it is so for one, and for all, of the people in question; `when` for whom.
    """
    wanted = set(doors)
    found = []
    for rule in rules:
        held = meant.fired[rule.name]
        truth = any_of(held.values())
        if not possibly(truth):
            continue
        says = [said(effect, words) for effect in rule.effects if effect.door in wanted]
        says += [f"{fill.term}: {fill.value}" for fill in rule.fills]
        marked = rule.untranslated is not None and not wanted.isdisjoint(rule.untranslated.doors)
        if not says and not marked:
            continue
        silenced = [name for name in rule.despite if any(other.name == name for other in rules)]
        at = _speaks_at(held, possibly)
        certain = surely(truth)
        reason = Reason(
            rule.name, says, texts_of(rule.cited), words.ranks[rule.rank].name, words.ranks[at].name, str(rule.confidence),
            rule.start.isoformat() if rule.start else None, rule.end.isoformat() if rule.end else None,
            certain, [] if certain or when is None else when(truth), silenced, untranslated_of(rule), str(rule.where),
        )  # fmt: skip
        found.append((at, reason))
    return [reason for _, reason in sorted(found, key=lambda pair: pair[0])]


def _speaks_at(held: Held, possibly: Callable[[Any], bool]) -> int:
    return min(rank for rank, truth in held.items() if possibly(truth))


def untranslated_of(rule: Rule) -> str | None:
    """What of the rule's text the format could not say."""
    return f"{rule.untranslated.words} ({rule.untranslated.why})" if rule.untranslated else None


def marks(rule: Rule, door: str) -> bool:
    """Whether the format could not say all of a rule's text, and that marks the answers of a door on which the rule bears.

    A rule that says of no door that it is marked marks them all: it fills a term.
    """
    return rule.untranslated is not None and (not rule.untranslated.doors or door in rule.untranslated.doors)


def weakest(found: Iterable[Reason]) -> str:
    """The lowest confidence on a chain of reasons; *unstated* where there is none."""
    levels = [Confidence[reason.confidence.upper()] for reason in found]
    return str(min(levels)) if levels else str(Confidence.UNSTATED)
