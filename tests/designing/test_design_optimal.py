"""Designs are the best there are: every design tried, and laws of the model."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from problems import least_cost, problem_of, searched, small_problems

from scheduler import check_design
from scheduler.designing.counting import counts_of
from scheduler.designing.model import CoverModel
from scheduler.designing.root import root_of

HALVES = {
    "days": 1,
    "interval_minutes": 480,
    "templates": [
        {
            "id": "long",
            "start": {"earliest": "00:00", "latest": "16:00", "step_minutes": 480},
            "length": 960,
        }
    ],
    "demand": [1, 1, 1],
    "weight_shift": 0,
}
"""Half a person on each of three shifts would do, round the clock."""
NINE = [
    {
        "id": "nine",
        "start": {"earliest": "00:00", "latest": "18:00", "step_minutes": 360},
        "length": 720,
    }
]
CASES: list[dict[str, Any]] = [
    {},
    {"cyclic": False},
    {"weight_under": None},
    {"max_shifts": 1},
    {"max_people": 1},
    {"min_people": 2},
    {"min_people": 2, "weight_under": None},
    {"weight_shift": 0, "weight_over": 0.5},
    {"weight_shift": 2.5, "weight_under": 1.25, "weight_over": 0.75},
    {"demand": [1, 1, 1, 1, 1, 1, 1, 1]},
    {"demand": [2, 1, 0, 2, 2, 0, 1, 2], "cyclic": False},
    {"first_weekday": "sun", "templates": [{**NINE[0], "days": ["sun"]}], "weight_shift": 4},
]


@pytest.mark.parametrize("changes", CASES, ids=str)
def test_the_best_of_all_designs(changes: dict[str, Any]) -> None:
    """Cost and bound are those of the best of all designs, whatever limits there are."""
    problem = problem_of(**{"templates": NINE, **changes})
    found = searched(problem)
    assert found.status == "optimal"
    assert found.objective == found.bound == least_cost(problem, most=2)
    assert found.report is not None and found.report.ok


def test_the_bold_search_agrees() -> None:
    """The search without relaxation comes to the same cost."""
    problem = problem_of()
    assert searched(problem, careful=False).objective == searched(problem).objective


def test_half_a_person_is_none() -> None:
    """Where the relaxation would split people, whole ones are found, and proved to be best."""
    problem = problem_of(**HALVES)
    found = searched(problem)
    assert found.objective == found.bound == least_cost(problem, most=2) == Decimal(3)


def test_what_cannot_be_is_proved() -> None:
    """One shift cannot cover two peaks of which nobody may be missing."""
    problem = problem_of(
        templates=NINE, demand=[1, 0, 0, 1, 1, 0, 1, 1], weight_under=None, max_shifts=1
    )
    found = searched(problem)
    assert least_cost(problem, most=2) is None
    assert (found.status, found.shifts, found.bound) == ("infeasible", None, None)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_problems())
def test_the_checker_agrees_with_the_model(problem: Any) -> None:
    """The cost that the checker counts is that of the model, which never claims a false bound."""
    found = searched(problem)
    assert found.shifts is not None and found.report is not None
    assert found.report.ok
    assert found.status == "optimal"
    assert found.objective == check_design(problem, found.shifts).objective
    root = root_of(problem, 10)
    assert root is not None and root.bound <= found.objective * 100 + Decimal("0.001")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_problems())
def test_no_cut_cuts_a_design_off(problem: Any) -> None:
    """Every inequality that is added to the model holds for designs of whole people."""
    everything = range(len(problem.candidates))
    shifts = counts_of(problem, everything, 10)
    if problem.max_shifts is not None or shifts is None:
        return
    used = {(shift.start, shift.minutes): shift.people for shift in shifts}
    people = {
        (k, day): count
        for k, shift in enumerate(problem.candidates)
        for day, count in enumerate(used.get((shift.start, shift.minutes), ()))
    }
    cover = CoverModel(problem)
    on_duty = [sum(people.get(key, 0) for key in keys) for keys in cover.covering]
    for high in range(len(problem.demand)):
        for low in range(len(problem.demand)):
            cut = cover.cut(high, low)
            if cut is None:
                continue
            short = max(0, problem.demand[high] - on_duty[high])
            spare = max(0, on_duty[low] - problem.demand[low])
            in_use = sum(any(people.get((k, d), 0) for d in range(problem.days)) for k in cut.used)
            assert short + spare + cut.rise * in_use >= cut.rise
