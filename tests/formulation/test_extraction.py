"""From counts to people: every solution of the model is a legal schedule."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from ortools.sat.python import cp_model
from random_instances import SHAPES, random_instance
from toys import MONDAY, make_instance, staffed

from scheduler import check, solve
from scheduler.formulation.expressions import weighted_total
from scheduler.formulation.extraction import extract
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "no_breaks"])
def test_breaks_first_in_first_out_are_legal_for_each_person(shape: str) -> None:
    """Whatever counts the solver chooses, the k-th beginning suits the k-th person."""
    draw = random.Random(shape)
    instance = random_instance(3, [shape], alike=True)
    formulation = Formulation(instance, permitted_options(instance))
    model = formulation.model
    model.clear_objective()
    breaks = [
        people
        for profile in formulation.coverage.profiles
        for group in profile.groups
        for begun in group.begun
        for people in begun.values()
    ]
    worked = [choice.worked for block in formulation.employees for choice in block.choices]
    model.add(sum(worked) >= 3)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    for _ in range(25):
        terms = [*breaks, *worked]
        model.minimize(weighted_total(terms, [draw.randint(-20, 20) for _ in terms]))
        assert solver.solve(model) == cp_model.OPTIMAL
        schedule = extract(formulation, lambda expression: int(solver.value(expression)))
        assert len(schedule.shifts) >= 3
        assert check(instance, schedule).ok


def test_work_lies_within_duty_and_outside_breaks() -> None:
    """Segments cover whole intervals of one shift, never a break, one service at a time."""
    instance = random_instance(3)
    result = solve(instance, engine="exact", time_limit=20, workers=2)
    assert any(shift.work for shift in result.schedule.shifts)
    for shift in result.schedule.shifts:
        for segment in shift.work:
            assert shift.start <= segment.start < segment.end <= shift.end
            for pause in shift.breaks:
                assert segment.end <= pause.start or pause.end <= segment.start
        for early, late in pairwise(shift.work):
            assert early.end <= late.start
            assert early.end < late.start or early.service != late.service


def test_people_change_services_no_more_than_they_must() -> None:
    """Two people who could swap every hour stay where they are."""
    skills = {"calls": 1.0, "chats": 1.0}
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[{"id": "day", "start": "08:00", "length": 480}],
        employees=[{"id": name, "skills": skills} for name in ("Ana", "Ben", "Chi")],
        skills=["calls", "chats"],
        services=[
            staffed("calls", "calls", 1, 2, 1, 1, 2, 2, 1, 1),
            staffed("chats", "chats", 1, 1, 2, 2, 1, 1, 1, 1),
        ],
        floors=[{"kind": "coverage", "service": name} for name in ("calls", "chats")],
    )
    result = solve(instance, engine="exact", time_limit=20, workers=2)
    assert result.status == "optimal"
    segments = sorted(len(shift.work) for shift in result.schedule.shifts)
    assert len(segments) == 3
    assert sum(segments) <= 6, "one person fills in, the others stay"


def test_who_came_first_stays_when_others_join() -> None:
    """Ana chats from the start; Ben, who comes later, takes the calls."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[
            {"id": "early", "start": "08:00", "length": 180},
            {"id": "late", "start": "09:00", "length": 120},
        ],
        employees=[
            {
                "id": name,
                "skills": {"calls": 1.0, "chats": 1.0},
                "fixed": [{"day": MONDAY, "template": template}],
            }
            for name, template in (("Ana", "early"), ("Ben", "late"))
        ],
        skills=["calls", "chats"],
        services=[staffed("calls", "calls", 0, 1, 1), staffed("chats", "chats", 1, 1, 1)],
        floors=[
            {"kind": "coverage", "service": name, "over_weight": 1} for name in ("calls", "chats")
        ],
    )
    result = solve(instance, engine="exact", time_limit=20, workers=2)
    served = {s.employee: [w.service for w in s.work] for s in result.schedule.shifts}
    assert served == {"Ana": ["chats"], "Ben": ["calls"]}
