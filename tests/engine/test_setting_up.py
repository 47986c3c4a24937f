"""Setting up a large model ends soon after the limit, or when somebody asks."""

from __future__ import annotations

import gc
import time
from typing import Any

import pytest
from random_instances import random_instance

from scheduler import Interrupt, solve
from scheduler.engine import auto, budget
from scheduler.engine.budget import Budget, OutOfTimeError
from scheduler.engine.outcome import Limits
from scheduler.engine.parts.beginning import Beginning
from scheduler.formulation.collecting import without_collecting
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


def test_no_second_model_is_built_once_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects: who has no first plan at the limit is told so then, and keeps what is proved."""
    built = []

    class Counted(Formulation):
        def __init__(self, *args: Any, **options: Any) -> None:
            built.append(None)
            super().__init__(*args, **options)

    def too_late(beginning: Beginning, _: object) -> None:
        while beginning._budget.left > 0:
            time.sleep(0.01)

    monkeypatch.setattr(auto, "is_small", lambda _: False)
    monkeypatch.setattr(auto, "_has_breaks", lambda _: True)
    monkeypatch.setattr(auto, "Formulation", Counted)
    monkeypatch.setattr(Beginning, "by_rosters", too_late)
    result = solve(random_instance(3), engine="auto", time_limit=0.5, workers=1)
    assert (result.status, result.stop_reason) == ("unknown", "time_limit")
    assert not built
    assert result.size is not None and result.size.variables > 0


@pytest.mark.parametrize("is_on", [True, False])
def test_collecting_goes_on_as_before(is_on: bool) -> None:
    """Protects: whoever has switched the collector off, or not, finds it so after a model."""
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError), without_collecting():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() == is_on
    finally:
        (gc.enable if was_on else gc.disable)()
