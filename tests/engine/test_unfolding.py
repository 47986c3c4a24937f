"""Breaks of every shift on their own: nothing is promised that the program as it was does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from random_instances import SHAPES, random_instance

from scheduler.engine.layout import Layout
from scheduler.engine.linear import Linear, Solved, solve_linear
from scheduler.engine.outcome import Interrupt
from scheduler.engine.parts import unfolding
from scheduler.engine.parts.part_program import PartProgram
from scheduler.engine.polish import shortage_price
from scheduler.engine.program import Floats, Mask, Program
from scheduler.engine.rounding import SLACK
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options


def parts_of(seed: int, shape: str) -> Iterator[tuple[PartProgram, Mask]]:
    """Give the linear programs of a random instance's parts, and which of their rows say nothing
    of work between two breaks.
    """
    instance = random_instance(seed, (shape,))
    options = permitted_options(instance)
    layout = Layout(Formulation(instance, options, shortage_price(instance, options)))
    order = np.zeros(len(layout.owner))
    for profile in layout.formulation.coverage.profiles:
        for group in profile.groups:
            for position, counts in enumerate(zip(group.begun, group.begun_until, strict=True)):
                mine = [people.index for of_minute in counts for people in of_minute.values()]
                order[mine] = 1 + position
    for part in layout.parts:
        program = PartProgram(layout, part)
        mine = order[np.concatenate([program.choices, program.team])]
        entries = [abs(program.program.by_row) @ (mine == place) > 0 for place in (1, 2, 3)]
        others = abs(program.program.by_row) @ (mine == 0) > 0
        yield program, others | (np.sum(entries, axis=0) < 2)


def proved(program: Program, prices: Floats) -> float:
    """Give what prices of all rows prove by weak duality."""
    limits = np.where(prices > 0, program.row_low, program.row_high)
    reduced = program.cost - program.by_column.T @ prices
    reduced[abs(reduced) < 1e-7] = 0.0
    left = np.minimum(reduced * program.low, reduced * program.high)
    return float(prices[prices != 0] @ limits[prices != 0] + left.sum())


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("shape", SHAPES)
def test_unfolding_leaves_out_work_between_breaks_only(seed: int, shape: str) -> None:
    """It costs as much as the folded program without these rows, and prices for every row of the
    folded program prove that, and perhaps more, but never more than it costs with them.
    """
    for part, is_kept in parts_of(seed, shape):
        whole = Linear.of(part.program)
        without = replace(
            whole,
            matrix=whole.matrix[is_kept],
            row_low=whole.row_low[is_kept],
            row_high=whole.row_high[is_kept],
        )
        folded, loose = (solve_linear(one, Interrupt()) for one in (whole, without))
        found = part.unfolding.solve(part.program.cost, part.program.row_high)
        assert folded is not None and loose is not None and found is not None
        near = 1e-6 * max(1.0, abs(folded.value))
        assert found.value == pytest.approx(loose.value, abs=near)
        prices = np.where(abs(found.prices) < 1e-9, 0.0, found.prices)
        assert found.value - near <= proved(part.program, prices) <= folded.value + near


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("shape", SHAPES)
def test_values_are_told_in_terms_of_the_folded_program(seed: int, shape: str) -> None:
    """Beginnings of breaks, and how many there were so far, add up: every such row holds."""
    for part, is_kept in parts_of(seed, shape):
        program = part.program
        found = part.unfolding.solve(program.cost, program.row_high)
        assert found is not None
        assert float(program.cost @ found.values) == pytest.approx(found.value, abs=1e-4)
        rows = (program.by_row @ found.values)[is_kept]
        assert (rows >= program.row_low[is_kept] - SLACK).all()
        assert (rows <= program.row_high[is_kept] + SLACK).all()
        assert (found.values >= program.low - SLACK).all()


def test_other_limits_are_those_of_the_rows_as_they_were() -> None:
    """Where nobody may work any minute, nobody does."""
    for part, _ in parts_of(8, "three_breaks"):
        high = part.program.row_high.copy()
        free = part.unfolding.solve(part.program.cost, high)
        high[len(part.rows) :] = 0.0
        nobody = part.unfolding.solve(part.program.cost, high)
        assert free is not None and nobody is not None
        assert free.value <= nobody.value
        assert nobody.values[: len(part.kind)].max() <= SLACK < free.values[: len(part.kind)].max()


def test_prices_prove_something_where_those_of_breaks_are_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where GLOP loses its way in breaks, prices of all other rows are good, and hours go on."""
    monkeypatch.setattr(unfolding, "solve_linear", lambda *_: None)
    for part, _ in parts_of(8, "three_breaks"):
        found = part.unfolding.solve(part.program.cost, part.program.row_high)
        assert found is not None and found.prices.any()
        assert proved(part.program, found.prices) <= found.value + 1e-4
        part.obey(stopped := Interrupt())
        stopped.set()
        assert part.unfolding.solve(part.program.cost, part.program.row_high) is None


def test_costs_of_breaks_that_are_noise_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rounding leaves of costs that cancel out: GLOP gave up over it."""
    costs: list[Floats] = []
    solve = unfolding.solve_linear

    def noted(program: Linear, interrupt: Interrupt) -> Solved | None:
        costs.append(program.cost)
        return solve(program, interrupt)

    monkeypatch.setattr(unfolding, "solve_linear", noted)
    for seed in range(6):
        for part, _ in parts_of(seed, "three_breaks"):
            part.unfolding.solve(part.program.cost + 1e-9, part.program.row_high)
    smallest = min(float(abs(cost[cost != 0]).min(initial=1.0)) for cost in costs)
    assert smallest >= 1e-6
