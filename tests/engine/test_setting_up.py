"""Setting up a large model ends soon after the limit, or when somebody asks."""

from __future__ import annotations

import pytest
from random_instances import random_instance

from scheduler import Interrupt, solve
from scheduler.engine import budget
from scheduler.engine.budget import Budget, OutOfTimeError
from scheduler.engine.outcome import Limits
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options


def test_building_asks_between_people_profiles_and_floors() -> None:
    """Protects: no more than one person, profile or floor is posted once time is up."""
    instance = random_instance(3)
    asked: list[None] = []
    formulation = Formulation(
        instance, permitted_options(instance), go_on=lambda: asked.append(None)
    )
    people, profiles = len(formulation.employees), len(formulation.coverage.profiles)
    assert len(asked) == people + profiles + len(instance.all_floors)


def test_an_interrupt_ends_setting_up() -> None:
    """Protects: whoever interrupts at once does not wait for a model that nobody needs."""
    interrupt = Interrupt()
    interrupt.set()
    result = solve(random_instance(3), engine="exact", interrupt=interrupt)
    assert (result.status, result.stop_reason) == ("unknown", "interrupted")
    assert result.size is not None and result.size.variables == 0
    assert result.notes


def test_the_limit_ends_setting_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects: a limit that is over long ago stops, and the clock never does if work counts."""
    Budget(Limits(time_limit=1e-9)).go_on()
    monkeypatch.setattr(budget, "GRACE", 0.0)
    Budget(Limits(time_limit=1e-9, deterministic=True)).go_on()
    with pytest.raises(OutOfTimeError):
        Budget(Limits(time_limit=1e-9)).go_on()
