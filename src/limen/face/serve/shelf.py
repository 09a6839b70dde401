"""The policies and scenarios that are served, by name: read when first asked for. A request can name these and no others."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from limen.face import many
from limen.face.common import readings
from limen.face.serve.questions import Question
from limen.face.serve.trouble import Refused
from limen.policy.read import policy_from, read_policy
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.policy.words import Words
from limen.scenario.find import built_in, policy_paths, scenario_folder
from limen.text.faults import nearest

if TYPE_CHECKING:
    from limen.answers.reach import Travel
    from limen.scenario.scenario import Scenario

T = TypeVar("T")

MOST_SENT, MOST_ANSWERS = 8, 128
"""So many policies that were sent along, and answers about everyone, are kept in memory for whoever asks again."""


@dataclass(frozen=True)
class Served:
    """One policy that is served; `path` is what the command line would name it by."""

    name: str
    path: str
    lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def policy(self) -> Policy:
        """The policy. Raises FaultyPolicy."""
        with self.lock:
            return read_policy(policy_paths((self.path,)))

    @cached_property
    def travel(self) -> Travel | None:
        """The ways of its scenario; None where it has none."""
        from limen.face.travel import travel_of

        return travel_of((self.path,), self.policy.words)

    @cached_property
    def is_scenario(self) -> bool:
        """Whether people and places belong to it, so that it can be simulated."""
        from limen.scenario.files import is_scenario

        try:
            return is_scenario(scenario_folder(self.path))
        except FileNotFoundError:  # a single file of rules
            return False

    @cached_property
    def _whole(self) -> Scenario:
        with self.lock:
            return many.scenario_named(self.path)

    def scenario(self, until: date | None = None) -> Scenario:
        """The scenario, cut short after a day. Raises Failed where it has no people and places, FaultyScenario."""
        return many.cut_short(self._whole, until)


class Shelf:
    """What is served. Answers about everyone are kept, since they say nothing of a person; answers about one never are."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        paths = {Path(name).name: name for name in names} or {name: name for name in built_in()}
        self.served = {name: Served(name, path) for name, path in paths.items()}
        self._sent: Kept[Policy] = Kept(MOST_SENT)
        self._answers: Kept[bytes] = Kept(MOST_ANSWERS)

    def named(self, name: str) -> Served:
        """What is served under a name. Raises Refused."""
        if name not in self.served:
            near = nearest(name, self.served)
            hint = f" Did you mean {near!r}?" if near else f" Served here: {', '.join(self.served)}."
            raise Refused(404, f"There is no policy {name!r}.{hint}")
        return self.served[name]

    def policy(self, asked: Question) -> Policy:
        """The policy that a question is about. Raises Refused, FaultyPolicy."""
        if bool(asked.policy) == bool(asked.files):
            raise Refused(422, "Name a policy that is served, or send the files of one: one of the two.")
        if asked.policy:
            return self.named(asked.policy).policy
        texts = {name: text.encode("utf-8", "surrogatepass") for name, text in asked.files.items()}
        return self._sent.get(mark(asked.files), lambda: policy_from(texts))

    def travel(self, asked: Question) -> Travel | None:
        """The ways that belong to the policy of a question."""
        return self.named(asked.policy).travel if asked.policy else None

    def about_everyone(self, command: str, asked: object, answer: Callable[[], bytes]) -> bytes:
        """The answer to a question that says nothing of a person: the kept one where it was asked before."""
        return self._answers.get(mark([command, asked]), answer)


class Kept(Generic[T]):
    """What was last used, by key: at most so many. What fails is not kept."""

    def __init__(self, most: int) -> None:
        self._most, self._lock, self._kept = most, threading.Lock(), OrderedDict[str, T]()

    def get(self, key: str, make: Callable[[], T]) -> T:
        """What is kept under a key, or is made now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


def under(words: Words, given: Mapping[str, str]) -> Known:
    """The readings that a question leaves. Raises click.UsageError."""
    return readings(words, [f"{name}={answer}" for name, answer in given.items()])


def mark(what: object) -> str:
    """What tells one question, or set of files, from another."""
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
