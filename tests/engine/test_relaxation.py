"""The linear relaxation: what it proves, to its end and when time runs out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scheduler import read
from scheduler.engine.outcome import Interrupt
from scheduler.engine.relaxation import Relaxed, relax
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.fixture(scope="module")
def week() -> Formulation:
    """Give a week whose relaxation takes about half a second."""
    instance = read(INSTANCES / "clinic-week.json")
    return Formulation(instance, permitted_options(instance))


@pytest.fixture(scope="module")
def solved(week: Formulation) -> Relaxed:
    """Solve it to the end."""
    found = relax(week.model, Interrupt())
    assert found is not None
    return found


def test_a_solution_is_in_the_model_s_own_units(week: Formulation, solved: Relaxed) -> None:
    """Scaling is undone: values keep limits and rows, and cost what the bound says."""
    found = solved
    assert found.is_optimal and found.bound is not None
    proto = week.model.proto
    lows = np.array([v.domain[0] for v in proto.variables])
    highs = np.array([v.domain[len(v.domain) - 1] for v in proto.variables])
    assert (found.values >= lows - 1e-6).all() and (found.values <= highs + 1e-6).all()
    for constraint in proto.constraints:
        if constraint.has_linear() and not len(constraint.enforcement_literal):
            linear = constraint.linear
            sides = linear.domain[0], linear.domain[len(linear.domain) - 1]
            value = np.array(linear.coeffs) @ found.values[np.array(linear.vars, dtype=int)]
            slack = 1e-5 * (1 + np.abs(np.array(linear.coeffs)).max(initial=0))
            assert sides[0] - slack <= value <= sides[1] + slack
    costs = dict(zip(proto.objective.vars, proto.objective.coeffs, strict=True))
    cost = sum(cents * found.values[v] for v, cents in costs.items()) + proto.objective.offset
    assert cost - 1 <= found.bound <= cost + 1  # whole cents, rounded up


@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.3])
def test_what_is_proved_when_time_runs_out_is_true(
    week: Formulation, solved: Relaxed, seconds: float
) -> None:
    """A simplex that is stopped gives nothing, or prices that prove something smaller."""
    part = relax(week.model, Interrupt(), seconds)
    assert solved.bound is not None
    if part is not None and part.bound is not None:
        assert 0 <= part.bound <= solved.bound
