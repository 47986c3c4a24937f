"""Tidying: people stay where they are if that costs nothing, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest
from random_instances import random_instance
from toys import MONDAY, make_instance, staffed

from scheduler.engine.cpsat import Run
from scheduler.engine.outcome import Interrupt, Limits
from scheduler.engine.program import program_of
from scheduler.engine.tidying import tidy
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

LIMITS = Limits(time_limit=10, workers=1)


def restlessness(formulation: Formulation, values: np.ndarray) -> int:
    """Count changes of headcounts from slot to slot, less who serves."""
    free = formulation.coverage.free_to_serve
    changes = sum(
        abs(int(values[people.index] - values[free[p, service, slot + 1].index]))
        for (p, service, slot), people in free.items()
        if (p, service, slot + 1) in free
    )
    return changes - sum(int(values[people.index]) for people in free.values())


@pytest.mark.parametrize("seed", range(12))
def test_a_tidied_solution_is_a_solution_as_cheap(seed: int) -> None:
    """Every row still holds, nobody works or rests otherwise, nothing costs more or is restless."""
    instance = random_instance(seed)
    formulation = Formulation(instance, permitted_options(instance))
    run = Run(formulation.model, LIMITS, 10, "test")
    if not run.found:
        pytest.skip("it has no schedule")
    program = program_of(formulation.model)
    tidied = tidy(formulation, program, run.values, LIMITS)
    assert program.holds(tidied)
    assert program.cost @ tidied <= program.cost @ run.values
    assert restlessness(formulation, tidied) <= restlessness(formulation, run.values)
    serving = {people.index for people in formulation.coverage.free_to_serve.values()}
    for decision, variable in formulation.decisions():
        if variable.index not in serving:
            assert tidied[variable.index] == run.values[variable.index], decision


def two_desks() -> Formulation:
    """Give two people for two desks, all day: whoever serves what costs nothing."""
    skills = {"left": 1.0, "right": 1.0}
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[{"id": "day", "start": "08:00", "length": 480}],
        skills=["left", "right"],
        employees=[{"id": name, "skills": skills} for name in ("Ana", "Ben", "Chi")],
        services=[staffed("left", "left", *[1] * 8), staffed("right", "right", *[1] * 8)],
        floors=[{"kind": "coverage", "service": service} for service in ("left", "right")],
    )
    return Formulation(instance, permitted_options(instance))


def test_nobody_changes_without_need() -> None:
    """A solution made restless on purpose comes back with the same number at each desk all day."""
    formulation = two_desks()
    for block in formulation.employees:
        formulation.model.add(block.choices[0].worked == 1)
    free = formulation.coverage.free_to_serve
    for (_, service, slot), people in free.items():
        formulation.model.add_hint(people, 2 if (service == "left") == (slot % 2 == 0) else 1)
    run = Run(formulation.model, LIMITS, 10, "test", follow_hint=True)
    assert run.found
    serving = 3 * 16
    assert restlessness(formulation, run.values) > -serving
    tidied = tidy(formulation, program_of(formulation.model), run.values, LIMITS)
    assert restlessness(formulation, tidied) == -serving


def test_whoever_is_in_a_hurry_gets_it_as_it_is() -> None:
    """Once somebody asks to stop, the solution is given back at once."""
    formulation = two_desks()
    run = Run(formulation.model, LIMITS, 10, "test")
    asked = Interrupt()
    asked.set()
    limits = Limits(time_limit=10, workers=1, interrupt=asked)
    tidied = tidy(formulation, program_of(formulation.model), run.values, limits)
    assert (tidied == run.values).all()
