"""A second thread beside columns: what either finds is for both, and nothing gets worse."""

from __future__ import annotations

import time
from typing import Any

import pytest
from test_columns import LIMITS, ward
from test_rebuilding import rebuilder

from scheduler import check
from scheduler.engine.budget import Allowance, Budget
from scheduler.engine.columns import beside as beside_module
from scheduler.engine.columns import root as root_module
from scheduler.engine.columns.beside import Beside
from scheduler.engine.columns.run import solve_by_columns
from scheduler.engine.columns.standing import Standing
from scheduler.engine.outcome import Limits, Outcome
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options


def begun(budget: Budget) -> tuple[Beside, Standing]:
    """Give a thread of its own, and others, who begin with the same rosters."""
    instance = ward(people=5)
    found = rebuilder(instance)
    formulation = Formulation(instance, permitted_options(instance))
    beside = Beside(formulation, found.search, found.rosters, budget)
    return beside, Standing(found.search, found.rosters, found)


def test_what_is_found_is_given_to_the_others() -> None:
    """From first rosters, boxes alone reach the optimum, and the others are told of it."""
    budget = Budget(LIMITS)
    beside, others = begun(budget)
    best = solve_by_columns(
        Formulation(ward(people=5), permitted_options(ward(people=5))), LIMITS, Budget(LIMITS)
    ).objective
    assert best is not None
    assert others.cost > best
    while others.cost > best and budget.left > 0:
        cost = others.cost
        assert beside.exchange(others) == (others.cost < cost)
    beside.stop()
    assert others.cost == best
    assert not beside.exchange(others)


def test_what_the_others_have_is_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing better is found, nobody loses what the others found meanwhile."""
    calls: list[Any] = []
    monkeypatch.setattr(beside_module.Beside, "_work", lambda _: calls.append(1))
    beside, others = begun(Allowance(Budget(LIMITS), 5.0))
    found = rebuilder(ward(people=5))
    found.improve(Budget(LIMITS), 200)
    assert others.take([((0, i), column) for i, column in enumerate(found.rosters[0])])
    cost = others.cost
    assert not beside.exchange(others)
    assert others.cost == cost
    assert [list(mine) for mine in beside._given] == others.rosters
    beside.stop()


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> list[Beside]:
    """Note every second thread that begins."""
    found: list[Beside] = []
    plain = Beside.__init__

    def noted(self: Beside, *args: Any) -> None:
        plain(self, *args)
        found.append(self)

    monkeypatch.setattr(root_module.Beside, "__init__", noted)
    return found


def solved(people: int, limits: Limits) -> Outcome:
    """Solve a ward by columns."""
    instance = ward(people=people)
    formulation = Formulation(instance, permitted_options(instance))
    outcome = solve_by_columns(formulation, limits, Budget(limits))
    assert outcome.schedule is not None
    assert check(instance, outcome.schedule).ok
    return outcome


def test_two_workers_end_with_a_schedule_that_checks_clean(begins: list[Beside]) -> None:
    """The second thread begins, ends in time, and its rosters are whole ones."""
    solved(5, Limits(time_limit=20, workers=2))
    (only,) = begins
    assert not only._thread.is_alive()


def test_the_second_thread_ends_with_the_first(
    begins: list[Beside], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has an optimum does not leave a thread behind that goes on until the limit."""

    def wait(self: Beside) -> None:
        while self._budget.left > 0:
            time.sleep(0.01)

    monkeypatch.setattr(Beside, "_work", wait)
    assert solved(5, Limits(time_limit=60, workers=2)).status == "optimal"
    (only,) = begins
    assert not only._thread.is_alive()
