"""`limen audit` in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console

from limen.answers.audit import Audit, AuditedDoor
from limen.answers.covered import Covered
from limen.answers.pairs import Finding
from limen.answers.treated import Ruling, Treated
from limen.face.show_reasons import dates, in_full, in_short, show_all_not_known, show_not_known
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, listed, say
from limen.policy.rules import Confidence
from limen.policy.words import Words

MOST_FINDINGS = 4
MOST_STATES, MOST_LEFT_OUT = 12, 3

Groups = Mapping[str, frozenset[str]]
"""States by the name of a group."""


def show_audit(console: Console, found: Audit, groups: Groups, verbose: bool) -> None:
    """Doors where the fact decides, then those where it does not, and of whom rules were written."""
    days = f"On {found.on}" if found.on else "On every day"
    known_on = f", as known on {found.known_on}" if found.known_on else ""
    say(console, (found.policy, HEAD))
    say(console, f"{days}{known_on}: where {found.by} decides{_among(found)}.")
    for door in found.doors:
        if door.findings:
            _show_door(console, door, groups, verbose)
    alike = [door for door in found.doors if not door.findings and door.covered]
    if alike:
        console.print()
        say(console, (f"Doors at which {found.by} decides nothing", HEAD))
        for door in alike:
            for one in door.covered:
                say(console, f"{door.door}, ", *_told(one, groups), indent=2)
    show_all_not_known(console, found.not_known)
    console.print()
    for note in found.notes:
        say(console, (note, QUIET))


def _among(found: Audit) -> str:
    value = found.values.partition(": ")[2]
    return "" if value == "?" else f", among {value}"


def _show_door(console: Console, door: AuditedDoor, groups: Groups, verbose: bool) -> None:
    by = f"  decided by {door.decided_by}" if door.decided_by else ""
    console.print()
    say(console, (door.door, HEAD), (by, QUIET))
    for one in door.covered:
        say(console, *_told(one, groups), indent=2)
    for title, covered in ((None, True), ("Rules speak of one of two only", False)):
        findings = [finding for finding in door.findings if finding.covered == covered]
        if title and findings:
            say(console, (title, KNOWN), ": the other is not covered, and not known to be treated otherwise", indent=2)
        for finding in findings if verbose else findings[:MOST_FINDINGS]:
            _show_finding(console, finding, groups, verbose)
        if not verbose and (more := len(findings) - MOST_FINDINGS) > 0:
            say(console, (f"and {more} more ways (-v shows all)", QUIET), indent=4)


def _show_finding(console: Console, finding: Finding, groups: Groups, verbose: bool) -> None:
    where = f"in {states(finding.states, groups)}" if finding.states else ""
    when = listed(finding.days)
    say(
        console, ("; ".join(filter(None, (where, when))) or "everywhere", HEAD), ": ", finding.person.sentence, indent=4
    )
    for alike in finding.values:
        say(console, (f"{alike.values}: ", QUIET), alike.answer, indent=8)
    for rule in finding.rules:
        texts = "; ".join(map(in_full, rule.texts)) if verbose else in_short(rule.texts)
        days = f", {dates(rule.start, rule.end)}" if rule.start or rule.end else ""
        says = "; ".join(rule.says)
        say(console, ("through ", QUIET), rule.rule, f" ({rule.how}) — {says}",
            (f" — {texts}, {rule.rank}{days}; confidence {rule.confidence}", QUIET), indent=8)  # fmt: skip
    if told := reading_of(finding.person, finding.twin):
        say(console, ("if one reads ", KNOWN), told, indent=8)
    show_marks(console, finding.rules, (finding.person, finding.twin), 8)


def show_marks(console: Console, rules: Sequence[Ruling], people: Sequence[Treated], indent: int) -> None:
    """How firm the answers of two people are, where they are not as firm as the rules that make the difference."""
    if marks := marks_of(rules, people):
        say(console, ("; ".join(marks), KNOWN), indent=indent)
    for rule in dict.fromkeys(rule for person in people for rule in person.not_known):
        show_not_known(console, rule, indent)


def marks_of(rules: Sequence[Ruling], people: Sequence[Treated]) -> list[str]:
    """The same in words; rules that are not known to stand are told by themselves."""
    found = []
    if any(person.not_known for person in people):
        found.append("it is not known whether a rule behind this stands on that day")
    if any(person.untranslated for person in people):
        found.append("not everything in the texts could be put into rules")
    named = min((Confidence[rule.confidence.upper()] for rule in rules), default=Confidence.HIGH)
    chains = [Confidence[person.confidence.upper()] for person in people if person.confidence]
    if (behind := min(chains, default=named)) < named:
        found.append(f"confidence {behind}, of another rule behind these answers")
    return found


def _told(one: Covered, groups: Groups) -> list[str | tuple[str, str]]:
    """Whether the fact decides, where, and of whom rules speak."""
    where = "; ".join(filter(None, (f"in {states(one.states, groups)}" if one.states else "", listed(one.days))))
    parts = []
    if not one.covered:
        parts.append("nobody is covered")
    elif one.not_covered or one.not_asked:
        parts.append(f"rules speak of {_value(one.covered)}")
        parts += [f"not covered: {_value(one.not_covered)}"] if one.not_covered else []
        parts += [f"not asked of {_value(one.not_asked)}"] if one.not_asked else []
    verdict = ("decides", HEAD) if one.decides else ("alike", HEAD) if one.alike else ("nothing to compare", KNOWN)
    return [f"{where or 'everywhere'}: ", verdict, f" ({', '.join(parts)})" if parts else ""]


def _value(text: str) -> str:
    return "all values" if text == "?" else text


def states(names: list[str], groups: Groups) -> str:
    """States in few words: by the name of a group, or the first few."""
    whole = frozenset(names)
    for group, members in groups.items():
        if members == whole:
            return group
    for group, members in groups.items():
        if whole < members and len(members - whole) <= MOST_LEFT_OUT < len(whole):
            return f"{group} but {listed(sorted(members - whole))}"
    if len(names) <= MOST_STATES:
        return listed(names)
    return f"{', '.join(names[:MOST_STATES])} and {len(names) - MOST_STATES} more"


def groups_of(words: Words) -> Groups:
    """The groups of states that have a name."""
    fact = words.facts.get(words.place.in_ or "")
    return {} if fact is None else fact.groups


def reading_of(*people: Treated) -> str:
    """How disputed texts are read, where the answers hang on it."""
    read = {question: answer for person in people for question, answer in person.readings.items()}
    return "; ".join(f"{question}: {answer}" for question, answer in read.items())
