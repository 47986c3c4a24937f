"""The default engine: what it chooses, and where the relaxation's suggestions are of no use."""

from __future__ import annotations

import pytest
from toys import EARLY, LATE, MONDAY, make_instance

from scheduler import Instance, check, solve
from scheduler.engine import auto, polished


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> Instance:
    """Give a week of three people, taken for one that arrays cannot tell; nothing is suggested."""
    monkeypatch.setattr(auto, "rosters_decide", lambda _: False)
    monkeypatch.setattr(auto, "is_small", lambda *_: False)
    monkeypatch.setattr(auto.Workbench, "fits", False)
    nothing = lambda f, _: {b.employee.id: () for b in f.employees}  # noqa: E731
    monkeypatch.setattr(polished, "_suggested", nothing)
    return make_instance(
        horizon={"start": MONDAY, "days": 7},
        templates=[EARLY, LATE],
        employees=[{"id": name} for name in ("Ana", "Ben", "Chi")],
        services=[],
        floors=[{"kind": "shift_cover",
                 "cover": [{"template": "early", "preferred": 3, "weight_under": 10}]}],
        rules=[{"kind": "total_shifts", "min_shifts": 3, "max_shifts": 5}],
    )  # fmt: skip


def test_a_first_plan_is_looked_for_among_all_options(team: Instance) -> None:
    """Where nobody's rules can be kept with what is suggested, polishing starts all the same."""
    result = solve(team, time_limit=20, workers=2, seed=1)
    assert result.schedule is not None
    assert check(team, result.schedule).ok
    assert result.objective == result.bound == 60


def test_the_bound_of_the_relaxation_is_kept(
    team: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One model that finds no plan in time does not throw away what the relaxation proved."""
    monkeypatch.setattr(polished.Polisher, "start", lambda *_: None)
    monkeypatch.setattr(
        polished, "solve_exactly",
        lambda f, limits, *_: auto.Outcome("unknown", "time_limit", None, None, 1, (), f.size),
    )  # fmt: skip
    result = solve(team, time_limit=5, workers=2)
    assert (result.status, result.bound) == ("unknown", 60)


@pytest.mark.parametrize(("breaks", "chosen"), [([], True), (["lunch"], False)])
def test_columns_are_generated_where_rosters_decide_it_all(
    monkeypatch: pytest.MonkeyPatch, breaks: list[str], chosen: bool
) -> None:
    """A break to be placed makes the team's part too large for them; the choice needs no names."""
    asked = []

    def solved(formulation: auto.Formulation, *_: object) -> auto.Outcome:
        asked.append(formulation)
        return auto.Outcome("unknown", "time_limit", None, None, 1, (), formulation.size)

    monkeypatch.setattr(auto, "solve_by_columns", solved)
    sets = [{"breaks": [{"id": name, "minutes": 30} for name in breaks]}]
    early = {**EARLY, "break_sets": sets if breaks else []}
    solve(make_instance(horizon={"start": MONDAY, "days": 1}, templates=[early]), time_limit=5)
    assert bool(asked) == chosen
