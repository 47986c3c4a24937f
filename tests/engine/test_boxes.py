"""Boxes of rosters on the true model: its values follow rosters, and rosters follow its values."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from test_columns import COVER, LIMITS, ward
from test_rebuilding import FAIR

from scheduler import Instance, solve
from scheduler.engine.budget import Allowance, Budget
from scheduler.engine.columns.boxes import Box
from scheduler.engine.columns.choosing import columns_in_use
from scheduler.engine.columns.generation import Search
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.rebuilding import Rebuilder, rebuilder_for
from scheduler.engine.columns.repairing import Repair
from scheduler.engine.columns.routes import pricings_for
from scheduler.engine.columns.staff import group_staff
from scheduler.engine.columns.standing import Standing
from scheduler.engine.columns.team_program import team_program
from scheduler.engine.columns.true_model import TrueModel
from scheduler.engine.columns.ways import Ways
from scheduler.engine.program import program_of
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

PRICE = 1e6
HARD = {
    "kind": "shift_cover",
    "cover": [{"template": "early", "minimum": 1}, {"template": "late", "minimum": 1}],
}


class Ready:
    """Rosters for everybody, and the true model beside them."""

    def __init__(self, instance: Instance, seed: int = 0) -> None:
        self.limits = replace(LIMITS, seed=seed)
        self.budget = Budget(self.limits)
        self.formulation = Formulation(instance, permitted_options(instance))
        program = team_program(self.formulation)
        groups = group_staff(self.formulation, program)
        master = Master(program, groups, PRICE, self.limits, self.budget)
        pricings = pricings_for(groups, self.limits)
        quiet = lambda *_: None  # noqa: E731
        self.search = Search(program, groups, pricings, master, self.limits, self.budget, quiet)
        rebuilder = rebuilder_for(self.search)
        assert rebuilder is not None
        assert rebuilder.complete()
        self.rebuilder: Rebuilder = rebuilder
        self.standing = Standing(self.search, rebuilder.rosters, rebuilder)
        self.model = TrueModel(self.formulation, self.search, rebuilder.price)

    def box(self, days: int | None = None, *, guided: bool = False) -> Box:
        """Give a box of so many days."""
        return Box(self.standing, lambda: self.model, days, random.Random(0), guided=guided)

    def cost_of_model(self) -> float:
        """Give the cost of the model's values, with what is missed at its price."""
        program = self.model.layout.program
        _, units = program.missed(self.model.values)
        own = program.cost @ self.model.values + program.offset
        return float(own + self.rebuilder.price * units.sum())


def short(**more: Any) -> Instance:
    """Give a ward that has to have more people than it has."""
    return ward(people=2, floors=[COVER, HARD], **more)


INSTANCES = [(ward(), 1e-6), (ward(floors=[COVER, FAIR]), 1e-6), (short(), 1e-2)]
"""With what may differ: where rows are missed, columns leave out what another row implies."""


@pytest.mark.parametrize(("instance", "off"), INSTANCES)
def test_the_true_model_costs_what_rosters_cost(instance: Instance, off: float) -> None:
    """Also after some have changed, and where rows are missed: else boxes would save nothing."""
    ready = Ready(instance)
    assert ready.model.follow(ready.rebuilder.rosters)
    assert ready.cost_of_model() == pytest.approx(ready.rebuilder.cost, rel=off)
    for _ in range(4):
        ready.rebuilder.attempt()
        assert ready.model.follow(ready.rebuilder.rosters)
        assert ready.cost_of_model() == pytest.approx(ready.rebuilder.cost, rel=off)


@pytest.mark.parametrize(("instance", "off"), INSTANCES)
def test_what_a_box_finds_costs_as_rosters_what_it_costs_in_the_model(
    instance: Instance, off: float
) -> None:
    """Rosters that are read off values keep their cost, and need not be worked out again."""
    ready = Ready(instance)
    assert ready.model.follow(ready.standing.rosters)
    layout, before = ready.model.layout, ready.standing.cost
    changed, _ = ready.model.improve(layout.is_choice & (layout.day < 4), 3.0, random.Random(0))
    assert changed is not None
    assert ready.standing.take(changed) or ready.standing.cost == before
    assert ready.model.follow(ready.standing.rosters)
    assert ready.cost_of_model() == pytest.approx(ready.standing.cost, rel=off)


def test_a_box_of_everything_ends_the_search_with_the_optimum() -> None:
    """Where a box is the whole problem and solved, nothing is left to look for."""
    instance = ward()
    ready = Ready(instance)
    box = ready.box(7)
    box.size = 1e4
    while not box.is_exhausted:
        box.attempt()
    assert ready.standing.cost == solve(instance, engine="exact", time_limit=30).objective * 100


def test_a_box_only_changes_days_of_its_own() -> None:
    """Whoever is outside keeps what they work."""
    ready = Ready(ward())
    before = [list(mine) for mine in ready.standing.rosters]
    assert ready.model.follow(before)
    layout = ready.model.layout
    inside = layout.is_choice & (layout.day >= 2) & (layout.day < 4)
    changed, _ = ready.model.improve(inside, 9.0, random.Random(0))
    choices = ready.search.groups[0].blocks[0].choices
    for (g, i), column in changed or []:
        differs = set(column.worked) ^ set(before[g][i].worked)
        assert {choices[c].duty.day for c in differs} <= {2, 3}


def test_days_are_dear_where_the_team_lacks_somebody() -> None:
    """Boxes go where something can be saved; what is missed costs more than what is only wanted."""
    ready = Ready(short())
    assert ready.model.follow(ready.standing.rosters)
    program = ready.model.layout.program
    missed, units = program.missed(ready.model.values)
    dear = ready.model.dear_days()
    assert len(missed)
    assert dear.sum() >= ready.rebuilder.price * units.sum()
    assert dear.max() >= ready.rebuilder.price


def test_boxes_go_where_days_are_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere little is to be saved; somewhat more often than not, since that may change."""
    ready = Ready(ward())
    assert ready.model.follow(ready.standing.rosters)
    dear = np.array([0, 0, 0, 0, 0, 5.0, 0])
    monkeypatch.setattr(ready.model, "dear_days", lambda: dear)
    box, day = ready.box(2), ready.model.layout.day
    hits = sum(bool((day[box._choices(ready.model)] == 5).any()) for _ in range(200))
    assert 0.7 < hits / 200 < 0.95  # where it lies anywhere, two of six hit


def test_boxes_close_gaps() -> None:
    """What is missed may go on being missed, but whatever can be saved is found."""
    ready = Ready(short())
    same = ready.rebuilder.rosters[0][0]
    ready.rebuilder.take([[same, same]])
    standing = Standing(ready.search, ready.rebuilder.rosters, ready.rebuilder)
    before = standing.cost
    assert ready.model.follow(standing.rosters)
    changed, _ = ready.model.improve(ready.model.layout.is_choice, 9.0, random.Random(0))
    assert changed
    assert standing.take(changed)
    assert standing.cost < before


def test_a_box_without_time_ends() -> None:
    """However small it gets: the clock may be over before the first one."""
    ready = Ready(ward())
    assert ready.model.follow(ready.standing.rosters)
    ready.search.budget = Allowance(ready.budget, 0.0)
    assert not ready.box().attempt()


def test_a_box_has_the_time_that_there_is_now() -> None:
    """The true model is read once, and used in later phases, which have time of their own."""
    ready = Ready(ward())
    ready.search.budget = Allowance(ready.budget, 0.0)
    ready.model = TrueModel(ready.formulation, ready.search, ready.rebuilder.price)
    ready.search.budget = Allowance(ready.budget, 15.0)
    box = ready.box(7)
    box.size = 1e4
    assert box.attempt()


def test_guided_boxes_free_what_suggested_rosters_have() -> None:
    """More people fit into such a box; what is worked stays a choice, and others are as before."""
    ready = Ready(ward())
    assert ready.model.follow(ready.standing.rosters)
    layout, box, guided = ready.model.layout, ready.box(7), ready.box(7, guided=True)
    box.size = guided.size = 1e4
    assert box.can_help
    assert not guided.can_help
    ready.search.generate(np.zeros(len(ready.search.program.posted)))
    first = [columns_in_use(ready.search)[0][:1]]
    ready.standing.suggested = first
    assert guided.can_help
    chosen = guided._choices(ready.model)
    used = ready.model.choices_of(first)
    assert (chosen == layout.is_choice & (used | (ready.model.values > 0))).all()
    assert 0 < chosen.sum() < layout.is_choice.sum()
    assert (box._choices(ready.model) == layout.is_choice).all()


def test_what_filled_gaps_is_judged_anew_once_nothing_is_missing() -> None:
    """A gap is dearer than anything that can be saved later: its ways would be drawn for ever."""
    ready = Ready(ward(floors=[COVER, HARD]))
    same = ready.rebuilder.rosters[0][0]
    ready.rebuilder.take([[same] * len(ready.rebuilder.rosters[0])])
    standing = Standing(ready.search, ready.rebuilder.rosters, ready.rebuilder)
    assert standing.lacks
    box = Box(standing, lambda: ready.model, None, random.Random(0))
    box.size = 1e4
    ways = Ways(standing, [box], [], random.Random(0))
    assert ways.attempt()
    assert not standing.lacks
    assert box.gain is None
    ways.attempt()
    assert box.gain is not None


def test_repairs_use_boxes_and_reach_the_optimum() -> None:
    """All ways together, from rosters that were built one by one."""
    instance = ward()
    ready = Ready(instance)
    repair = Repair(ready.formulation, ready.search, ready.rebuilder.rosters, ready.rebuilder)
    ready.search.budget = Allowance(ready.budget, 15.0)
    repair.run()
    assert repair.cost == solve(instance, engine="exact", time_limit=30).objective * 100


def test_what_was_exhausted_once_is_tried_again() -> None:
    """Repairs go on in later phases, where columns may have brought other rosters."""
    ready = Ready(ward())
    repair = Repair(ready.formulation, ready.search, ready.rebuilder.rosters, ready.rebuilder)
    for box in repair._ways._boxes:
        box.is_exhausted = True
    before = repair.cost
    ready.search.budget = Allowance(ready.budget, 15.0)
    repair.run()
    assert repair.cost < before


def test_rows_may_be_missed_at_a_price() -> None:
    """Variables for what rows lack and have too much of: as much as is missed now, or anything."""
    formulation = Formulation(short(), permitted_options(short()))
    program = program_of(formulation.model)
    nobody = np.zeros(len(program.low), dtype=np.int64)
    missed, units = program.missed(nobody)
    assert len(missed)
    assert not program.holds(nobody)
    there = program.by_row[missed] @ nobody
    lacks, beyond = np.split(units, 2)
    assert (there + lacks >= program.row_low[missed]).all()
    assert (there - beyond <= program.row_high[missed]).all()
    relaxed = program.missable(missed, 7.0, units)
    values = np.concatenate([nobody, units.astype(np.int64)])
    assert relaxed.holds(values)
    assert relaxed.cost @ values - program.cost @ nobody == 7 * units.sum()
    anything = program.missable(missed, 7.0)
    assert (anything.high[len(nobody) :] >= units).all()
    assert np.isfinite(anything.high).all()
