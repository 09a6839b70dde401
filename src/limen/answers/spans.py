"""Days on which a question has one answer: epochs in which the same rules matter to it are asked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from limen.policy.rules import Claim, Policy, in_force
from limen.policy.standing import Epoch, Standing, as_known, epochs
from limen.policy.words import Words


@dataclass(frozen=True, slots=True)
class Spans:
    """Epochs, in order, on which something is the same."""

    epochs: tuple[Epoch, ...]
    usual: date

    @classmethod
    def union(cls, several: Sequence[Spans]) -> Spans:
        """All epochs of several, in order."""
        epochs = {epoch for spans in several for epoch in spans.epochs}
        return cls(tuple(sorted(epochs, key=lambda epoch: epoch.start or date.min)), several[0].usual)

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


class Timeline:
    """The epochs of a policy with what is in force in each."""

    def __init__(self, policy: Policy, known_on: date | None = None, on: date | None = None) -> None:
        """`on`: only the epoch of that day."""
        self.words: Words = policy.words
        self.rules = as_known(policy, known_on)
        claims: Iterable[Claim] = policy.claims.values()
        found = epochs(self.rules, claims)
        if on is not None:
            nextday = date.fromordinal(on.toordinal() + 1)
            found = [Epoch(on, nextday)]
        self.epochs = found
        published = [source.published for source in policy.sources.values() if source.published]
        self.usual = max(published, default=date(2000, 1, 1))
        self._standing = {
            epoch: Standing(policy.words, tuple(rule for rule in self.rules if in_force(rule, epoch.day)))
            for epoch in found
        }

    def distinct(
        self, doors: Iterable[str], terms: Iterable[str] = (), within: Sequence[Epoch] | None = None
    ) -> Iterator[tuple[Standing, Spans]]:
        """What is in force, once for all epochs in which the same rules matter to these doors and terms."""
        doors, terms = tuple(doors), tuple(terms)
        groups: dict[tuple[str, ...], list[Epoch]] = {}
        for epoch in self.epochs if within is None else within:
            relevant = self._standing[epoch].about(doors, terms)
            groups.setdefault(tuple(rule.name for rule in relevant), []).append(epoch)
        for found in groups.values():
            yield self._standing[found[0]], Spans(tuple(found), self.usual)
