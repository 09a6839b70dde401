"""Every day at once: the days between which no rule changes, laid out as one more axis beside the facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from limen.answers.laid import Laid
from limen.policy.conditions import with_needs
from limen.policy.everyone import Everyone, class_of
from limen.policy.rules import Dated, Policy, Rule, in_force
from limen.policy.standing import Epoch, Standing, as_known, epochs, standing_of
from limen.policy.words import Axis, Condition, Fact, Kind, Look, Words


@dataclass(frozen=True, slots=True)
class Spans:
    """Epochs, in order, on which something is the same."""

    epochs: tuple[Epoch, ...]
    usual: date

    @property
    def day(self) -> date:
        """A day within: the first of the last epoch, so that an example is about the latest law (or `usual`)."""
        last = self.epochs[-1]
        return self.usual if last.start is None and last.end is None else last.day

    @property
    def worded(self) -> list[str]:
        """The days in words, neighbouring epochs joined."""
        return [str(epoch) for epoch in self._joined()]

    def _joined(self) -> list[Epoch]:
        joined: list[Epoch] = []
        for epoch in self.epochs:
            if joined and joined[-1].end == epoch.start:
                joined[-1] = Epoch(joined[-1].start, epoch.end)
            else:
                joined.append(epoch)
        return joined


DAY = "day"


class Timeline:
    """The epochs of a policy, as an axis beside the facts: what holds on every day is asked at once.

    `words` and `standing` are the policy's with that axis (`day_axis`), on which every rule says when it is in force.
    """

    def __init__(
        self, policy: Policy, known_on: date | None = None, on: date | None = None, days: Iterable[Epoch] | None = None
    ) -> None:
        """`on`: only that day. `days`: only these, of which each begins no later than the law changes."""
        self.rules = as_known(policy, known_on)
        if days is not None:
            self.epochs = list(days)
        elif on is not None:
            self.epochs = [Epoch(on, on + timedelta(days=1) if on < date.max else None)]
        else:
            self.epochs = epochs(self.rules, (*policy.claims.values(), *policy.reach.values()))
        published = [source.published for source in policy.sources.values() if source.published]
        self.usual = max(published, default=date(2000, 1, 1))
        names = tuple(map(str, self.epochs))
        self.day_axis = len(policy.words.axes)
        axis = Axis(self.day_axis, Fact(DAY, Kind.DAY, names, frozenset(names[-1:])))
        self.words: Words = replace(policy.words, axes=(*policy.words.axes, axis))
        self.standing = Standing(self.words, tuple(found for rule in self.rules if (found := self._dated(rule))))
        self._on: dict[Epoch, Standing] = {}

    def when(self, thing: Dated) -> frozenset[int]:
        """The places on the axis of days on which a rule or a claim is in force."""
        return frozenset(i for i, epoch in enumerate(self.epochs) if in_force(thing, epoch.day))

    def dated(self, condition: Condition, thing: Dated) -> Condition:
        """A condition that also asks for the days on which something is in force."""
        places = self.when(thing)
        if len(places) == len(self.epochs):
            return condition
        return with_needs(condition, [(Look(self.day_axis, places),)]) if places else ()

    def _dated(self, rule: Rule) -> Rule | None:
        when = self.dated(rule.when, rule)
        return replace(rule, when=when) if when else None

    def on(self, epoch: Epoch) -> Standing:
        """What is in force in an epoch, as a single person is answered."""
        if epoch not in self._on:
            rules = tuple(rule for rule in self.rules if in_force(rule, epoch.day))
            self._on[epoch] = Standing(self.words, rules)
        return self._on[epoch]

    def with_unsure(self, day: date) -> Standing:
        """What is in force on a day, with the rules of which it is not known whether they are."""
        return standing_of(self.words, self.rules, day)

    def spans(self, places: Iterable[int]) -> Spans:
        """The epochs at some places of the axis of days."""
        return Spans(tuple(self.epochs[place] for place in sorted(places)), self.usual)

    def classes(self, laid: Laid) -> list[tuple[tuple[int, ...], Any]]:
        """The days that a piece tells apart: the epochs of each class, and the index that picks the class from its arrays."""
        everyone = laid.everyone
        if not self._tells_days_apart(everyone):
            return [(places, Ellipsis) for places in self.days(everyone)]
        before = (slice(None),) * everyone.dims[self.day_axis]
        classes = everyone.classes[self.day_axis]
        return [
            (places, (*before, slice(index, index + 1)))
            for places in self.days(everyone) for index in (class_of(classes, places[0]),)
        ]  # fmt: skip

    def days(self, everyone: Everyone) -> list[tuple[int, ...]]:
        """The days that a question tells apart, in order."""
        if self._tells_days_apart(everyone):
            return sorted(tuple(sorted(one)) for one in everyone.classes[self.day_axis])
        return [tuple(sorted(everyone.known.get(self.day_axis, range(len(self.epochs)))))]

    def _tells_days_apart(self, everyone: Everyone) -> bool:
        return self.day_axis in everyone.asked
