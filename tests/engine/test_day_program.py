"""A day with people who can take each other's place: the same day, in fewer variables."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from random_instances import random_instance
from test_moves import LIMITS, planned, started
from toys import make_instance

from scheduler import Instance
from scheduler.engine.branching import branch
from scheduler.engine.budget import Budget
from scheduler.engine.layout import Layout
from scheduler.engine.parts.able import able
from scheduler.engine.parts.day_program import DayProgram
from scheduler.engine.parts.incumbent import Incumbent
from scheduler.engine.parts.kinds import kinds_of
from scheduler.engine.parts.moves import Surroundings
from scheduler.engine.parts.replanning import Replanning
from scheduler.engine.parts.shapes import drawn_reach
from scheduler.engine.parts.shifting import Shifting
from scheduler.engine.subproblem import Values, solve_cut


def week(weight: int | None, least: int = 1200, staff: float = 2.0) -> Instance:
    """Give people whose days hang together, by rules that are hard or charge a weight.

    They work `least` minutes at least, and so many are needed at noon.
    """
    soft = {} if weight is None else {"weight": weight}
    pattern = [
        {"start": "08:00", "end": "11:00", "staff": 1.0},
        {"start": "11:00", "end": "14:00", "staff": staff},
        {"start": "14:00", "end": "18:00", "staff": 1.0},
    ]
    return make_instance(
        horizon={"start": "2026-03-02", "days": 7, "interval_minutes": 60},
        services=[{"id": "desk", "skill": "desk", "demand": {"kind": "staff", "pattern": pattern}}],
        templates=[
            {
                "id": "day",
                "start": {"earliest": "08:00", "latest": "11:00", "step_minutes": 60},
                "length": {"min_minutes": 300, "max_minutes": 480, "step_minutes": 60},
            }
        ],
        rules=[
            {"kind": "complete_weekends", **soft},
            {"kind": "min_consecutive_days_off", "days": 2, **soft},
            {"kind": "max_consecutive_days", "days": 4},
            {"kind": "weekly_minutes", "min_minutes": least, "max_minutes": 1800, **soft},
        ],
        employees=[{"id": name} for name in ("Ana", "Ben", "Cem", "Dua")],
        pay={"hourly_rate": 20},
    )


def early_and_late() -> Instance:
    """Give people who work several early shifts in a row, if any, and not too many late ones."""
    pattern = [{"start": "07:00", "end": "19:00", "staff": 1.0}]
    return make_instance(
        horizon={"start": "2026-03-02", "days": 7, "interval_minutes": 60},
        services=[{"id": "desk", "skill": "desk", "demand": {"kind": "staff", "pattern": pattern}}],
        templates=[
            {
                "id": name,
                "start": start,
                "length": {"min_minutes": 300, "max_minutes": 420, "step_minutes": 60},
            }
            for name, start in (("early", "07:00"), ("late", "12:00"))
        ],
        rules=[
            {"kind": "weekly_minutes", "min_minutes": 1200, "max_minutes": 1800},
            {"kind": "max_consecutive_template_days", "templates": ["late"], "days": 2},
            {"kind": "min_consecutive_template_days", "templates": ["early"], "days": 2},
        ],
        employees=[{"id": name} for name in ("Ana", "Ben", "Cem", "Dua")],
        pay={"hourly_rate": 20},
    )


WEEKS = [week(None), week(None, 1560, 1.0), week(None, 1740, 1.0), week(700), early_and_late()]
INSTANCES = [*map(random_instance, range(16)), *WEEKS]


def days_of(layout: Layout, plan: Incumbent) -> list[tuple[int, DayProgram]]:
    """Give every day of a plan."""
    found = []
    for part in layout.parts:
        kinds = kinds_of(layout, part, layout.program.by_row[part.rows].tocsc())
        days = np.unique(layout.day[part.columns])
        found += [
            (day, DayProgram(layout, part, kinds, day, plan.values))
            for day in days[days >= 0].tolist()
        ]
    return found


@pytest.mark.parametrize("instance", INSTANCES)
def test_a_day_holds_the_plan_and_gives_it_back(instance: Instance) -> None:
    """The plan is a solution of each of its days, and naming it again changes nothing."""
    layout, rosters, team, price = started(instance)
    plan = planned(layout, rosters, team, price)
    for _, day in days_of(layout, plan):
        assert day.program.holds(day.values)
        named = day.named(day.values)
        assert named is not None
        assert (named == plan.values).all()


@pytest.mark.parametrize("instance", INSTANCES)
def test_a_day_costs_least_what_it_costs_with_everybody_by_name(instance: Instance) -> None:
    """Numbers leave nothing out, and allow nothing that no names can be given to."""
    layout, rosters, team, price = started(instance)
    plan = planned(layout, rosters, team, price)
    for number, day in days_of(layout, plan):
        everything = np.ones(len(day.values), dtype=bool)
        numbers, is_optimal = branch(day.program, day.values, everything, 20.0, 0)
        free = (layout.day == number) | ((layout.owner >= 0) & ~layout.is_choice)
        free[day.besides] = True
        values, run = solve_cut(layout.program, plan.values, free, LIMITS, 20.0, presolve=True)
        if not is_optimal or run.verdict[0] != "optimal":
            continue
        assert numbers is not None
        assert values is not None
        named = day.named(numbers)
        assert named is not None
        assert layout.program.holds(named)
        least = layout.program.cost @ values
        assert layout.program.cost @ named == pytest.approx(least)
        saved = layout.program.cost @ (plan.values - named)
        assert day.program.cost @ (day.values - numbers) == pytest.approx(saved)


def keeps_rules(layout: Layout, values: Values, person: int) -> bool:
    """Tell whether a person's choices keep their rules, whatever follows from them."""
    program, mine = layout.program, layout.owner == person
    rows = np.unique(program.by_column[:, np.flatnonzero(mine)].indices)
    rows = rows[layout.is_rule[rows]]
    inner = program.by_row[rows].tocoo()
    rules = replace(
        program,
        row_low=program.row_low[rows],
        row_high=program.row_high[rows],
        rows=inner.row.astype(np.int64),
        columns=inner.col.astype(np.int64),
        entries=inner.data,
        posted=program.posted[rows],
    )
    follows = mine & ~layout.is_choice
    found, _ = solve_cut(rules, values, follows, LIMITS, 5.0, hinted=False)
    return found is not None and rules.holds(found)


@pytest.mark.parametrize("instance", INSTANCES)
def test_who_is_able_to_work_what(instance: Instance) -> None:
    """A choice that keeps the rules is never left out, and who must come is never off."""
    layout, rosters, team, price = started(instance)
    plan = planned(layout, rosters, team, price)
    draw, wrong, tried = random.Random(0), 0, 0
    for day in range(layout.days):
        today = layout.day == day
        found = able(layout, plan.values, today)
        for person in np.unique(layout.owner[today]).tolist():
            if found.apart[person]:
                continue
            mine = np.flatnonzero(today & (layout.owner == person))
            without = plan.values.copy()
            without[mine] = 0
            assert found.must[person] == (not keeps_rules(layout, without, person))
            for choice in draw.sample(mine.tolist(), min(4, len(mine))):
                values = without.copy()
                values[choice] = 1
                keeps = keeps_rules(layout, values, person)
                assert found.choices[choice] or not keeps
                wrong += bool(found.choices[choice]) and not keeps
                tried += 1
    assert wrong <= 0.02 * tried


def test_slightly_is_as_far_as_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where shifts start every other hour, half an hour is no move at all."""
    layout, *_ = started(week(None))
    assert layout.start_step == 60
    assert {drawn_reach(layout, random.Random(seed)) for seed in range(9)} == {60, 120}
    monkeypatch.setattr(layout, "start_step", 15)
    assert {drawn_reach(layout, random.Random(seed)) for seed in range(9)} == {30, 60}


@pytest.mark.parametrize("instance", INSTANCES[:6])
def test_shifting_gives_solutions_that_cost_no_more(instance: Instance) -> None:
    """Whatever is moved on whatever day, every rule and floor is kept as far as it was."""
    layout, rosters, team, price = started(instance)
    plan = planned(layout, rosters, team, price)
    around = Surroundings(
        layout, rosters, price, LIMITS, Budget(LIMITS), random.Random(0), lambda: None
    )
    move = Shifting(around)
    for _ in range(4):
        found = move.attempt(plan)
        if found is None:
            continue
        assert layout.program.holds(found.values)
        assert found.rank <= plan.rank
        plan = found


def test_shifts_are_moved_on_days_that_lack_nothing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a day can do without is time that a short one may need; it is planned anew itself."""
    layout, rosters, team, price = started(week(None))
    plan = planned(layout, rosters, team, price)
    monkeypatch.setattr(layout, "short_parts", lambda _: [2])
    drawn: list[int] = []
    for kind in (Replanning, Shifting):
        budget, draw = Budget(LIMITS), random.Random(0)
        move = kind(Surroundings(layout, rosters, price, LIMITS, budget, draw, lambda: None))
        days = [int(layout.day[move._day(plan).choices[0]]) for _ in range(30)]
        drawn.append(days.count(2))
    assert drawn[0] == 30
    assert 15 < drawn[1] < 30
