"""Implicit breaks and profile counts are exact: a second, explicit model has the same optima."""

from __future__ import annotations

from decimal import Decimal

import pytest
from explicit_model import ExplicitModel
from random_instances import SHAPES, random_instance

from scheduler import Instance, solve

FEASIBLE = (0, 2, 3, 8, 9, 11, 14, 15, 19, 20, 21, 25, 29, 32, 33, 35, 36, 37, 38, 41, 45, 46, 47)
INFEASIBLE = (1, 12, 24, 43)


def compare(instance: Instance) -> str:
    """Solve both models to the end and compare status and cost; give the status."""
    status, cost = ExplicitModel(instance).solve()
    result = solve(instance, engine="exact", time_limit=30, workers=2)
    assert result.status == status
    assert result.objective == (None if cost is None else Decimal(round(cost)) / 100)
    return status


@pytest.mark.parametrize("seed", FEASIBLE)
def test_the_explicit_model_has_the_same_optimum(seed: int) -> None:
    """Counting breaks and profiles instead of people loses and gains nothing."""
    assert compare(random_instance(seed)) == "optimal"


@pytest.mark.parametrize("seed", INFEASIBLE)
def test_the_explicit_model_is_infeasible_too(seed: int) -> None:
    """Counting breaks and profiles instead of people makes nothing possible that is not."""
    assert compare(random_instance(seed)) == "infeasible"


@pytest.mark.parametrize("shape", SHAPES)
def test_breaks_of_people_who_are_alike(shape: str) -> None:
    """Several people of one profile share windows and counts, and still each gets a legal break."""
    assert compare(random_instance(3, [shape], alike=True)) == "optimal"
