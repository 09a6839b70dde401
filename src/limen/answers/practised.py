"""As if a rule prevailed over higher law: what is done where officials follow it all the same, beside what the law says."""

from __future__ import annotations

from dataclasses import replace

from limen.policy.order import terms_read
from limen.policy.rules import Cited, Policy, Rule
from limen.policy.words import Rank
from limen.text.faults import no_such

PRACTICE = "practice, whatever higher law says"


def practised(policy: Policy, name: str) -> tuple[Policy, Policy]:
    """The policy as the law stands, and as if a rule stood above all law. Both have the same ranks, the highest of them new.

    The rule is raised, and so are the rules that fill the terms which it reads: else it would go on speaking at their rank.
    What silences it does so no longer, but its own carve-outs do. Raises ValueError for a name that no rule has.
    """
    if name not in policy.rules:
        raise ValueError(no_such("rule", name, policy.rules))
    words = replace(policy.words, ranks=(Rank(PRACTICE), *policy.words.ranks))
    law = {rule.name: _ranked(rule, rule.rank + 1) for rule in policy.rules.values()}
    raised = _with_fillers(policy, policy.rules[name])
    done = {
        rule.name: replace(
            _ranked(rule, 0) if rule.name in raised else rule, despite=tuple(one for one in rule.despite if one != name)
        )
        for rule in law.values()
    }
    return replace(policy, words=words, rules=law), replace(policy, words=words, rules=done)


def _ranked(rule: Rule, rank: int) -> Rule:
    cited = tuple(Cited(replace(one.source, rank=rank), one.locator) for one in rule.cited)
    return replace(rule, rank=rank, cited=cited)


def _with_fillers(policy: Policy, rule: Rule) -> set[str]:
    """The rule and all that fill a term which it, or one of them, reads."""
    found, pending = set(), [rule]
    while pending:
        one = pending.pop()
        if one.name in found:
            continue
        found.add(one.name)
        read = terms_read(one)
        pending += [other for other in policy.rules.values() if any(fill.term in read for fill in other.fills)]
    return found
