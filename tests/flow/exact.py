"""The exact distribution of a small world: the Markov chain over count vectors, every possible day of every state.

Written for itself: it shares no line with the engine, only the arrays that say what is simulated.
"""

from collections import Counter, defaultdict
from itertools import product
from math import comb, exp, factorial, floor, prod

from scipy import stats


def distribution(program, rates):
    """The chance of every outcome: the people in each cell at last, OUTSIDE left out, and what each meter counted."""
    present = tuple(rates.initial.tolist())
    came = Counter({(-1, c): k for c, k in enumerate(present) if k and program.gate[c] >= 0})
    chances = {(present, frozenset(), frozenset(came.items()), (0,) * program.meters): 1.0}
    for day in range(rates.days):
        after = defaultdict(float)
        for state, chance in chances.items():
            for following, further in one_day(program, rates, day, *state):
                after[following] += chance * further
        chances = after
    found = defaultdict(float)
    for (present, due, _, counted), chance in chances.items():
        last = list(present)
        for (_, c), k in due:
            last[c] += k
        found[tuple(last[1:]) + counted] += chance
    return dict(found)


def one_day(program, rates, day, present, due, came, counted):
    """Every state in which a day may end, with its chance."""
    present, came = list(present), Counter(dict(came))
    seen = [
        sum(present[c] for c in program.signal_cell[a:b]) / rates.scale[s, day]
        for s, (a, b) in enumerate(zip(program.signal_start, program.signal_start[1:]))
    ]
    for i, c in enumerate(program.inflow_cell.tolist()):
        k = int(rates.inflow[i, day])
        present[0] -= k
        present[c] += k
        if program.gate[c] >= 0:
            came[day, c] += k
    for admitted, chance in every_gate(program, rates, day, came):
        waiting = came - admitted
        leaving = {c: k for c, k in enumerate(present) if c and program.gate[c] < 0}
        for (_, c), k in admitted.items():
            leaving[c] = leaving.get(c, 0) + k
        cells = [(c, k) for c, k in leaving.items() if k]
        for choice in product(*(every_split(k, options(program, rates, seen, day, c)) for c, k in cells)):
            yield (
                evening(program, day, present, due, waiting, counted, cells, [taken for taken, _ in choice]),
                chance * prod(further for _, further in choice),
            )


def evening(program, day, present, due, waiting, counted, cells, choice):
    """The state after each cell's people took the transitions of `choice`."""
    present, due, waiting, counted = list(present), Counter(dict(due)), Counter(waiting), list(counted)
    for (c, people), taken in zip(cells, choice):
        stay = people
        for t, k in taken:
            if t is None:
                continue
            stay -= k
            present[c] -= k
            due[day + int(program.lag[t]), int(program.target[t])] += k
            for m in program.meter[program.meter_start[t] : program.meter_start[t + 1]]:
                counted[m] += k
        if program.gate[c] >= 0:
            waiting[day + 1, c] += stay
    for (there, c), k in list(due.items()):
        if there == day + 1:
            del due[there, c]
            present[c] += k
            if program.gate[c] >= 0:
                waiting[day + 1, c] += k
    return tuple(present), frozenset((+due).items()), frozenset((+waiting).items()), tuple(counted)


def every_gate(program, rates, day, came):
    """Every way in which the gates may admit, with its chance."""
    each = []
    for g, discipline in enumerate(program.discipline.tolist()):
        line = {key: k for key, k in came.items() if program.gate[key[1]] == g and k}
        most = rates.capacity[g, day] + rates.stretch[g] * sum(line.values())
        places = floor(min(most, max(rates.capacity[g, day], rates.stretch_limit[g, day])))
        rank = (lambda key: key[0], lambda _: 0, lambda key: (program.priority[key[1]], key[0]))[discipline]
        each.append(list(every_lot(line, places, rank)))
    for lots in product(*each):
        yield sum((Counter(lot) for lot, _ in lots), Counter()), prod(chance for _, chance in lots)


def every_lot(line, places, rank):
    """Who of a line is admitted, by rank; within the rank that not all pass, every lot with its chance."""
    admitted = {}
    for this in sorted(set(map(rank, line))):
        equals = [(key, k) for key, k in line.items() if rank(key) == this]
        together = sum(k for _, k in equals)
        if together > places:
            for lot in product(*(range(min(k, places) + 1) for _, k in equals)):
                if sum(lot) == places:
                    chance = prod(comb(k, n) for (_, k), n in zip(equals, lot)) / comb(together, places)
                    yield admitted | {key: n for (key, _), n in zip(equals, lot)}, chance
            return
        admitted |= dict(equals)
        places -= together
    yield admitted, 1.0


def options(program, rates, seen, day, c):
    """The transitions of a cell with their chances for one person; None to stay."""
    found = defaultdict(float)
    branches = range(program.branch_start[c], program.branch_start[c + 1])
    hazards = [rates.hazard[b] * prod(rates.rows[i, day] for i in program.hazard_rows[b]) for b in branches]
    for b, hazard in zip(branches, hazards):
        share = hazard / max(1.0, sum(hazards))
        ways = range(program.transition_start[b], program.transition_start[b + 1])
        weights = {}
        for t in ways:
            w = rates.weight[t] * prod(rates.rows[i, day] for i in program.weight_rows[t])
            s, x = rates.sensitivity[t], seen[program.signal[t]] if program.signal[t] >= 0 else None
            ramp = 1 if x is None or x <= s else 0 if x >= 1 else (1 - x) / (1 - s)
            weights[t] = w * (1, exp(-s * (x or 0)), ramp, exp(-s * max(0, (x or 0) - 1)))[program.response[t]]
        total = sum(weights.values())
        if total:
            for t, w in weights.items():
                found[t] += share * w / max(total, rates.floor[b])
        elif program.fallback[b] >= 0:
            found[int(program.fallback[b])] += share
    found[None] = max(0.0, 1 - sum(found.values()))
    return {t: chance for t, chance in found.items() if chance > 1e-15}


def every_split(people, chances):
    """Every way of so many people to spread over the options, with its multinomial chance."""
    ways = list(chances)

    def spread(k, n):
        if n == 1:
            yield (k,)
            return
        for first in range(k + 1):
            for rest in spread(k - first, n - 1):
                yield (first, *rest)

    return [
        (
            [(t, k) for t, k in zip(ways, split) if k],
            factorial(people) / prod(map(factorial, split)) * prod(chances[t] ** k for t, k in zip(ways, split)),
        )
        for split in spread(people, len(ways))
    ]


def p_value(observed, exact):
    """How likely counts at least as far from the exact distribution are: chi-square, rare outcomes together."""
    assert abs(sum(exact.values()) - 1) < 1e-9
    impossible = set(observed) - set(exact)
    assert not impossible, f"outcomes that cannot be: {list(impossible)[:3]}"
    runs = sum(observed.values())
    often = {key: chance for key, chance in exact.items() if chance * runs >= 5}
    expected = [chance * runs for chance in often.values()]
    seen = [observed.get(key, 0) for key in often]
    rest = runs - sum(expected)
    if rest >= 5:
        expected.append(rest)
        seen.append(runs - sum(seen))
    else:
        expected[-1] += rest
        seen[-1] += runs - sum(seen)
    statistic = sum((o - e) ** 2 / e for o, e in zip(seen, expected))
    return float(stats.chi2.sf(statistic, len(expected) - 1)), len(expected)
