"""Pricing: what it proves is true, however early it has to stop."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler import read
from scheduler.engine.columns.pricing import BlockPricing
from scheduler.engine.columns.staff import Group, group_staff
from scheduler.engine.columns.team_program import team_program
from scheduler.engine.outcome import Limits
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

WARD = Path(__file__).parents[1] / "data" / "formats" / "inrc2" / "n004w2_0_0-1"


@pytest.fixture(scope="module")
def group() -> Group:
    """Give a nurse of a small ward."""
    instance = read(WARD, format="inrc2")
    formulation = Formulation(instance, permitted_options(instance))
    return group_staff(formulation, team_program(formulation))[0]


class Hurried(BlockPricing):
    """Pricing that is stopped before it begins."""

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = super()._solver(seconds)
        solver.parameters.max_time_in_seconds = 0.0
        return solver


def test_what_is_proved_in_no_time_is_true(group: Group) -> None:
    """Rosters with costs below 0 are never promised to cost 0 since the solver had no time."""
    limits = Limits(time_limit=20, workers=1)
    costs = -1000 * np.ones(len(group.cost), dtype=np.int64)
    cheapest, hurried = (
        kind(group, limits).price(costs, 1, 20.0) for kind in (BlockPricing, Hurried)
    )
    assert cheapest.columns
    assert not hurried.columns
    assert cheapest.bound is not None
    assert hurried.bound is not None
    assert hurried.bound <= cheapest.bound < 0
