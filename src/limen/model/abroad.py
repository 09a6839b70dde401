"""Abroad: trips end, stays go on, permitted days run out, people move on or go home; requests for protection are decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from limen.flow.program import Discipline
from limen.model.changes import by_day, of_number
from limen.model.crossing import NEVER, Through
from limen.model.doors import Rows
from limen.model.groups import Group
from limen.model.home import Cells, Home
from limen.model.labels import LEAVE, OFFICE, TRIP, Meter, Stock
from limen.model.meetings import Meetings, Papers
from limen.model.parameters import Values
from limen.model.plan import ONES, Column, Numbers, Plan


@dataclass
class Abroad:
    """The part of the plan outside the state of origin. `number`: the row of chances behind each meeting."""

    plan: Plan
    home: Home
    number: Rows
    meetings: Mapping[tuple[Papers, str], Meetings]
    issuers: Mapping[Papers, str]
    _trips: dict[tuple[int, str], int] = field(default_factory=dict)
    _staying: dict[tuple[Papers, str], int] = field(default_factory=dict)
    _pending: dict[tuple[Papers, str], int] = field(default_factory=dict)
    _ended: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _offices: dict[str, int] = field(default_factory=dict)
    hazards: Column = field(default_factory=Column)
    stays_on: list[int] = field(default_factory=list)
    _trip_ends: dict[tuple[str, str], tuple[int, int, int]] = field(default_factory=dict)
    _on_trips: list[tuple[int, int, int, int, int, int, str]] = field(default_factory=list)
    run_out: Column = field(default_factory=Column)
    first: dict[str, Papers] = field(default_factory=dict)

    def trip(self, group: Group, cells: Cells, state: str) -> int:
        """The cell of a group's trips to a state; that they go home, or stay on, is laid by `lay`."""
        known = self._trips.get((cells.home, state))
        if known is not None:
            return known
        plan, kind = self.plan, group.kind.name
        cell = plan.builder.cell(
            f"on a trip in {state}: {group.origin}, {kind}, {group.holding.name}",
            stock=Stock("on a trip", state=state, kind=kind),
        )
        self._trips[cells.home, state] = cell
        if (state, kind) not in self._trip_ends:
            back = plan.row("trips back stray", state)
            exits = plan.builder.counted((Meter("exits", state=state, mode=TRIP),))
            self._trip_ends[state, kind] = back, exits, plan.row("press", kind)
        ends = self._trip_ends[state, kind]
        self._on_trips.append((cell, cells.home, self.staying(group.papers, state), *ends, state))
        return cell

    def lay(self) -> None:
        """Lays how trips end, for all at once."""
        builder = self.plan.builder
        *columns, states = zip(*self._on_trips, strict=True) if self._on_trips else [()] * 7
        cell, home, staying, back, exits, press = (np.array(column, dtype=np.int32) for column in columns)
        going, stays_on = builder.branches(cell, back), builder.branches(cell, press)
        builder.transitions(going, home, meters=exits)
        builder.transitions(stays_on, staying)
        self.hazards.extend(going, (("days away", state) for state in states))
        self.stays_on.extend(stays_on.tolist())

    def staying(self, papers: Papers, state: str) -> int:
        """The cell of those who left, with a right to be there, made with all that may follow."""
        if (papers, state) in self._staying:
            return self._staying[papers, state]
        plan, (kind, holding) = self.plan, papers
        cell = plan.builder.cell(f"abroad in {state}: {kind}, {holding}", stock=Stock("abroad", state=state, kind=kind))
        self._staying[papers, state] = cell
        met = self.meetings[papers, state]
        self._goes_home(cell, state, kind)
        self._asks(cell, papers, state, met)
        for other in self._onward.get(state, ()):
            entry = self.meetings[papers, other].entry
            if entry is None:
                continue
            through = Through((), int(self.number[entry]), NEVER)
            branch = self._branch(cell, "moves on a day", f"{state}>{other}")
            plan.builder.transition(
                branch, self.staying(papers, other), rows=(plan.row("admitted", through), ONES),
                meters=(Meter("moved on", state=state, way=f"{state}>{other}"),),
            )  # fmt: skip
        if met.permitted is not None:
            self._days_run_out(cell, papers, state, met.permitted)
        return cell

    @cached_property
    def _onward(self) -> Mapping[str, list[str]]:
        """By state, those to which people move on."""
        found: dict[str, list[str]] = {}
        for name, of in self.plan.scenario.parameters:
            if name == "moves on a day":
                start, to = of.split(">")
                found.setdefault(start, []).append(to)
        return found

    def _goes_home(self, cell: int, state: str, kind: str) -> None:
        plan = self.plan
        branch = self._branch(cell, "returns a day", state)
        plan.builder.transition(branch, self.home.back[kind], meters=(Meter("exits", state=state, mode=LEAVE),))

    def _branch(self, cell: int, name: str, of: str) -> int:
        """A branch whose chance a day is this parameter; with a row where an alternative policy changes it from a day on."""
        plan = self.plan
        changes = of_number(plan.scenario, name, of)
        branch = plan.builder.branch(cell, rows=(plan.row("changed", name, of), ONES) if changes else ())
        self.hazards.add(branch, name, of)
        return branch

    def _asks(self, cell: int, papers: Papers, state: str, met: Meetings) -> None:
        plan = self.plan
        if met.group is not None:
            branch = self._branch(cell, "asks for temporary protection a day", state)
            through = Through((), int(self.number[met.group]), NEVER)
            plan.builder.transition(
                branch, self._end("under temporary protection", state, papers[0]),
                rows=(plan.row("admitted", through), ONES), meters=(Meter("temporary protection given", state=state),),
            )  # fmt: skip
        if met.claim is None:
            return
        branch = self._branch(cell, "asks for asylum a day", state)
        through = Through((), int(self.number[met.claim]), NEVER)
        plan.builder.transition(
            branch, self.pending(papers, state), rows=(plan.row("admitted", through), ONES),
            meters=(Meter("first-time applications", state=state),),
        )  # fmt: skip

    def _days_run_out(self, cell: int, papers: Papers, state: str, permitted: int) -> None:
        """Those whose permitted days end: the stay ends for each after `permitted` days on average."""
        plan, (kind, holding) = self.plan, papers
        over = plan.builder.cell(
            f"overstaying in {state}: {kind}, {holding}", stock=Stock("overstaying", state=state, kind=kind)
        )
        self._goes_home(over, state, kind)
        self._asks(over, papers, state, self.meetings[papers, state])
        branch = plan.builder.branch(cell)
        out = Meter("days run out", state=state)
        exits = Meter("exits", state=state, mode=LEAVE)
        for what, target, meters in (
            ("extends", cell, ()), ("returns", self.home.back[kind], (out, exits)), ("overstays", over, (out,)),
        ):  # fmt: skip
            self.run_out.add(plan.builder.transition(branch, target, meters=meters), what, state)
        self.hazards.add(branch, "permitted", str(permitted))

    def pending(self, papers: Papers, state: str) -> int:
        """The cell of those whose request is pending, and what its decision brings."""
        if (papers, state) in self._pending:
            return self._pending[papers, state]
        plan, (kind, holding) = self.plan, papers
        stock = Stock("pending", state=state, kind=kind)
        cell = plan.builder.cell(f"pending in {state}: {kind}, {holding}", gate=self._office(state), stock=stock)
        self._pending[papers, state] = cell
        self.first.setdefault(state, papers)
        met = self.meetings[papers, state]
        issuer = self.issuers[papers]
        moved = met.keep is not None and issuer not in ("", state) and self._has_claims(papers, issuer)
        keep = int(self.number[met.keep]) if moved and met.keep is not None else NEVER
        self._decided(cell, papers, state, met, keep, issuer)
        return cell

    def _has_claims(self, papers: Papers, state: str) -> bool:
        met = self.meetings.get((papers, state))
        return met is not None and met.claim is not None

    def _decided(self, cell: int, papers: Papers, state: str, met: Meetings, keep: int, issuer: str) -> None:
        plan, kind = self.plan, papers[0]
        protection = tuple(int(self.number[one]) for one in met.protection)
        branch = plan.builder.branch(cell)
        decisions = Meter("decisions", state=state)
        plan.builder.transition(
            branch, self._end("protected", state, kind), rows=(plan.row("granted", protection, keep), ONES),
            meters=(decisions, Meter("granted", state=state)),
        )  # fmt: skip
        plan.builder.transition(
            branch,
            self._end("rejected", state, kind),
            rows=(plan.row("rejected", protection, keep), ONES),
            meters=(decisions,),
        )
        if keep != NEVER:
            plan.builder.transition(branch, self.pending(papers, issuer), rows=(plan.row("transferred", keep), ONES))

    def earlier(self, state: str, papers: Papers, count: int) -> None:
        """Requests that were pending before the first day: decided as those of people with these papers are."""
        plan, kind = self.plan, papers[0]
        stock = Stock("pending", state=state, kind=kind)
        cell = plan.builder.cell(f"pending in {state} from before", gate=self._office(state), stock=stock)
        plan.initial[cell] = count
        self._decided(cell, papers, state, self.meetings[papers, state], NEVER, "")

    def _office(self, state: str) -> int:
        if state not in self._offices:
            self._offices[state] = self.plan.builder.gate(f"{OFFICE} {state}", Discipline.FIFO)
        return self._offices[state]

    def _end(self, measure: str, state: str, kind: str) -> int:
        key = measure, state, kind
        if key not in self._ended:
            plan = self.plan
            cell = plan.builder.cell(f"{measure} in {state}: {kind}", stock=Stock(measure, state=state, kind=kind))
            self._ended[key] = cell
            if measure != "protected":
                self._goes_home(cell, state, kind)
        return self._ended[key]

    def fill(self, numbers: Numbers) -> None:
        """The numbers of one draw."""
        values = numbers.values

        def hazard(name: str, of: str) -> float:
            if name == "permitted":
                return 1 / max(float(of), 1.0)
            return 1 / max(values.get(name, of), 1.0) if name == "days away" else self._chance(numbers, name, of)

        numbers.hazard[self.hazards.ids] = self.hazards.each(hazard, 0, 1)
        numbers.hazard[self.stays_on] = values.get("stays on")
        if self.run_out.ids:
            numbers.weight[self.run_out.ids] = self.run_out.each(
                lambda what, state: self._share(values, what, state), 0, 1
            )
        for state, gate in self._offices.items():
            base = values.get("decisions a day", state)
            numbers.capacity[gate] = whole_by_day(
                by_day(self.plan.scenario, values, "decisions a day", state, base, numbers.days)
            )
        self._fill_decisions(numbers)

    def _chance(self, numbers: Numbers, name: str, of: str) -> float:
        """A chance a day, the highest where it changes: its row then has each day's part of it."""
        base = numbers.values.get(name, of)
        if not of_number(self.plan.scenario, name, of):
            return base
        chance = np.clip(by_day(self.plan.scenario, numbers.values, name, of, base, numbers.days), 0.0, 1.0)
        most = float(chance.max())
        numbers.rows[self.plan.row("changed", name, of)] = chance / most if most > 0 else 0.0
        return most

    def _share(self, values: Values, what: str, state: str) -> float:
        extends = values.get("extends when days run out", state)
        returns = (1 - extends) * values.get("returns when days run out", state)
        return float({"extends": extends, "returns": returns, "overstays": 1 - extends - returns}[what])

    def _fill_decisions(self, numbers: Numbers) -> None:
        """Granted where one of the doors of protection opens; transferred where the state does not keep the case."""
        padded = np.vstack([numbers.chances, np.ones((1, numbers.days))])
        for family in ("granted", "rejected"):
            rows, keys = self.plan.rows_of(family)
            for row, (protection, keep) in zip(rows, keys, strict=True):
                refused = np.prod(1 - padded[list(protection)], axis=0) if protection else np.ones(numbers.days)
                numbers.rows[row] = padded[keep] * (refused if family == "rejected" else 1 - refused)
        rows, keys = self.plan.rows_of("transferred")
        for row, (keep,) in zip(rows, keys, strict=True):
            numbers.rows[row] = 1 - padded[keep]


def whole_by_day(a_day: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How many are done on each day at so many a day, in whole numbers that add up: half a day's work is one every other day."""
    found: npt.NDArray[np.float64] = np.diff(np.floor(np.append(0.0, np.cumsum(a_day)) + 1e-9))
    return found
