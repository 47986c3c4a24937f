"""Bounds in whole numbers: true at any prices of hours, and higher where people are few."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

import numpy as np
import pytest
from random_instances import random_instance
from test_parts import layout_of, solved_exactly

from scheduler.engine.branching import least
from scheduler.engine.budget import Allowance, Budget, Until
from scheduler.engine.layout import Layout
from scheduler.engine.outcome import Interrupt, Limits
from scheduler.engine.parts import sharpening
from scheduler.engine.parts.part_program import PartProgram
from scheduler.engine.parts.reach import Reach
from scheduler.engine.parts.rosters import Rosters
from scheduler.engine.parts.sharpening import LEAST_SECONDS, MOST_SECONDS, WORTH, apart, sharpened
from scheduler.engine.program import Floats, Program

SEEDS = (0, 2, 3, 5, 8, 9, 10, 11, 13, 14, 15, 19, 20, 21)
"""Random instances that have a schedule."""


@cache
def prepared(seed: int) -> tuple[Layout, list[PartProgram]]:
    """Give a random instance and the programs of its parts."""
    layout = layout_of(random_instance(seed))
    most = Reach(layout, Rosters(layout, Limits()), Limits()).most
    return layout, [PartProgram(layout, part, most) for part in layout.parts]


def fractions(programs: list[PartProgram], price: Floats) -> list[float]:
    """Give what parts cost at least in fractions."""
    answers = [program.solve(price) for program in programs]
    assert all(answer is not None for answer in answers)
    return [answer.value for answer in answers if answer is not None]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("minute", [0.0, 7.0, -7.0])
def test_whatever_hours_cost_the_bound_holds(seed: int, minute: float) -> None:
    """No schedule costs less, and no part less than in fractions."""
    exact = solved_exactly(seed)
    assert exact.objective is not None
    layout, programs = prepared(seed)
    reach = Reach(layout, Rosters(layout, Limits()), Limits())
    allowed = reach.most if minute > 0 else reach.least
    besides = apart(layout, programs) - minute * float(allowed.sum())
    price = np.full(len(allowed), minute)
    values = fractions(programs, price)
    totals = [sum(values), *sharpened(programs, values, price, Interrupt(), 0)]
    assert len(totals) > 1 or not programs
    assert totals == sorted(totals)
    assert totals[-1] + besides <= 100 * float(exact.objective) + 0.5


def test_whole_people_cost_more() -> None:
    """In some of these instances, a part costs more than its fractions, and the bound says so."""
    raised = 0
    for seed in SEEDS:
        layout, programs = prepared(seed)
        price = np.zeros(len(layout.formulation.employees))
        values = fractions(programs, price)
        for total in sharpened(programs, values, price, Interrupt(), 0):
            raised += total > sum(values) + 1
    assert raised


@dataclass
class Stub:
    """A part that can be raised by a share of its value of 100."""

    share: float
    asked: int = 0

    def least(self, price: Floats, seconds: float, seed: int) -> float | None:
        """Give what it costs at least."""
        del price, seed
        assert LEAST_SECONDS <= seconds <= MOST_SECONDS
        self.asked += 1
        return 100 * (1 + self.share)


@pytest.mark.parametrize(("share", "asked"), [(0.0, 1), (WORTH / 2, 1), (2 * WORTH, 3)])
def test_it_goes_on_while_it_is_worth_its_time(
    share: float, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large parts hardly gain anything, and would take seconds each that others can use."""
    parts = [Stub(share) for _ in range(3)]
    clock = count(step=MOST_SECONDS)
    monkeypatch.setattr(sharpening.time, "perf_counter", lambda: next(clock))
    values = [100.0] * 3
    totals = [*sharpened(parts, values, np.zeros(1), Interrupt(), 0)]  # type: ignore[arg-type]
    assert sum(part.asked for part in parts) == asked
    assert totals == pytest.approx([300 + 100 * share * (i + 1) for i in range(asked)])


@pytest.mark.parametrize(("left", "seconds"), [(20.0, 1.5), (40.0, 3.0), (1000.0, 6.0)])
def test_parts_have_a_share_of_the_time(
    left: float, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What these take, a search for cheaper plans does not get."""
    asked: list[float] = []
    monkeypatch.setattr(Stub, "least", lambda *given: asked.append(given[2]) or 200.0)
    until = Until(Allowance(Budget(Limits(time_limit=2 * left)), left))
    parts = [Stub(1.0), Stub(1.0)]
    assert [*sharpened(parts, [100.0] * 2, np.zeros(1), until, 0)]  # type: ignore[arg-type]
    assert asked == pytest.approx([seconds] * 2, rel=0.05)


def test_what_costs_least_is_raised_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large parts that gain nothing do not keep small ones, which gain most, from their turn."""
    parts = [Stub(0.0), Stub(0.0), Stub(1.0)]
    clock = count(step=MOST_SECONDS)
    monkeypatch.setattr(sharpening.time, "perf_counter", lambda: next(clock))
    totals = [*sharpened(parts, [300.0, 300.0, 100.0], np.zeros(1), Interrupt(), 0)]  # type: ignore[arg-type]
    assert totals[0] == 800.0
    assert [part.asked for part in parts] == [1, 1, 1]


def test_it_ends_with_its_time() -> None:
    """The solver cannot be stopped: it is not begun with less left than it takes."""
    part = Stub(1.0)
    none = Interrupt()
    none.set()
    soon = Until(Allowance(Budget(Limits(time_limit=60)), 0.5))
    for interrupt in (none, soon):
        assert not [*sharpened([part], [1.0], np.zeros(1), interrupt, 0)]  # type: ignore[list-item]
    assert not part.asked


def test_an_interrupt_knows_how_long_it_is_until_then() -> None:
    """Nobody has asked: no end is known but that of the budget; once somebody asks, it is now."""
    budget = Budget(Limits(time_limit=60))
    plain, until = Interrupt(), Until(Allowance(budget, 10.0))
    assert plain.left == float("inf")
    assert 9.0 < until.left <= 10.0
    plain.set()
    until.set()
    assert plain.left == until.left == 0.0


def test_what_is_in_no_part_counts_at_its_least() -> None:
    """Neither what rules charge nor the offset is in a part; what may be less than 0 may be so."""
    layout, programs = prepared(0)
    program = layout.program
    free = np.flatnonzero((layout.owner >= 0) & ~layout.is_choice)
    before = apart(layout, programs)
    charged = program.cost.copy()
    charged[free[:1]] -= 11.0
    changed = copy(layout)
    changed.program = replace(program, cost=charged, offset=program.offset + 5.0)
    most = program.high[free[0]] if len(free) else 0.0
    assert apart(changed, programs) == pytest.approx(before + 5.0 - 11.0 * most)


@pytest.mark.parametrize(("most", "bound"), [(1, 11.0), (3, 11.0), (0, None)])
def test_a_program_costs_at_least_its_cheapest_solution(most: int, bound: float | None) -> None:
    """Also where nothing can move; there is no bound where there is no solution."""
    row = np.zeros(2, dtype=np.int64)
    program = Program(
        low=np.array([1.0, 0.0]),
        high=np.array([float(max(most, 1)), 3.0]),
        cost=np.array([3.0, 4.0]),
        offset=0.0,
        row_low=np.array([4.5]),
        row_high=np.array([9.0 if most else 4.6]),
        rows=row,
        columns=np.array([0, 1]),
        entries=np.array([1.0, 2.0]),
        posted=row[:1],
        is_whole=True,
    )
    assert least(program, 5.0, 0) == (None if bound is None else pytest.approx(bound))
