"""The plain model of the well-known example: one boolean for each person, day and shift.

Heads of every interval are frozen beforehand and people cover them while their shift lasts. Breaks
and services come afterwards. A person with several skills counts for each of them at once; one more
row for all services together keeps the worst of that out.

Source: the structure of the example "shift scheduling" of OR-Tools; the model is our own.
"""

from __future__ import annotations

import time
from collections import defaultdict

from ortools.sat.python import cp_model

from ...formulation.options import Option, permitted_options
from ...models.base import cents
from ...models.instance import Instance
from ...models.rule import Rule
from ...models.team import is_qualified
from ...rules.max_consecutive_days import MaxConsecutiveDays
from ...rules.min_rest import MinRest
from ...rules.weekly_minutes import WeeklyMinutes
from ...rules.weekly_shifts import WeeklyShifts
from .answer import Answer
from .heads import Heads, frozen_heads, served_heads
from .placing import Worked, schedule_of

Choices = list[tuple[Option, cp_model.IntVar]]
KNOWN = ("weekly_minutes", "weekly_shifts", "min_rest", "max_consecutive_days")
ALWAYS = ("no_overlap", "availability", "pay", "requests")


def solve_day_shifts(
    instance: Instance, time_limit: float, seed: int, workers: int, *, padded: bool
) -> Answer:
    """Solve the plain model, then place breaks and services."""
    started = time.perf_counter()
    heads = frozen_heads(instance, padded=padded)
    model = cp_model.CpModel()
    choices = _choices(model, instance)
    missing = _rules(model, instance, choices)
    _cover(model, instance, choices, heads)
    model.minimize(
        sum(
            cents(instance.contract_of(e).pay.hourly_rate) * option.duty.paid_minutes * worked
            for e in instance.employees
            for option, worked in choices[e.id]
        )
    )
    solver = cp_model.CpSolver()
    left = time_limit - (time.perf_counter() - started)
    solver.parameters.max_time_in_seconds = max(left, 0.1)
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    message = f"left out: {', '.join(missing)}" if missing else ""
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        reason = solver.status_name(status).lower()
        return Answer(None, reason, time.perf_counter() - started, message)
    worked = [
        Worked(e, option)
        for e in instance.employees
        for option, works in choices[e.id]
        if solver.boolean_value(works)
    ]
    schedule = schedule_of(instance, worked, heads)
    reason = "its optimum" if status == cp_model.OPTIMAL else "time_limit"
    return Answer(schedule, reason, time.perf_counter() - started, message)


def _choices(model: cp_model.CpModel, instance: Instance) -> dict[str, Choices]:
    return {
        name: [(option, model.new_bool_var("")) for option in options]
        for name, options in permitted_options(instance).items()
    }


def _cover(
    model: cp_model.CpModel, instance: Instance, choices: dict[str, Choices], heads: Heads
) -> None:
    """Cover the heads of every skill, and those of all services together."""
    step = instance.horizon.interval_minutes
    there: dict[str, dict[int, list[cp_model.IntVar]]] = {}
    for employee in instance.employees:
        mine: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for option, worked in choices[employee.id]:
            for slot in range(option.duty.start // step, option.duty.end // step):
                mine[slot].append(worked)
        there[employee.id] = mine
    for skill, counts in heads.items():
        able = [e.id for e in instance.employees if is_qualified(e, skill)]
        for slot, count in counts.items():
            model.add(sum(x for name in able for x in there[name].get(slot, [])) >= count)
    for slot, count in served_heads(instance, heads).items():
        model.add(sum(x for mine in there.values() for x in mine.get(slot, [])) >= count)


def _rules(
    model: cp_model.CpModel, instance: Instance, choices: dict[str, Choices]
) -> tuple[str, ...]:
    """Post the rules that such a model usually has; the kinds of the others are given back."""
    missing: set[str] = set()
    for employee in instance.employees:
        mine = choices[employee.id]
        for day in range(instance.horizon.days):
            model.add_at_most_one(works for option, works in mine if option.duty.day == day)
        for rule in instance.rules_of(employee):
            if rule.weight is None and rule.kind not in ALWAYS:
                if rule.kind in KNOWN:
                    _post(model, instance, rule, mine)
                else:
                    missing.add(rule.kind)
    return tuple(sorted(missing))


def _post(model: cp_model.CpModel, instance: Instance, rule: Rule, mine: Choices) -> None:
    weeks = list(instance.horizon.weeks())
    if isinstance(rule, WeeklyMinutes):
        for week in weeks:
            paid = sum(o.duty.paid_minutes * x for o, x in mine if o.duty.day in week)
            if rule.max_minutes is not None:
                model.add(paid <= rule.max_minutes)
            if rule.min_minutes and week[0] >= 0 and week[-1] < instance.horizon.days:
                model.add(paid >= rule.min_minutes)
    elif isinstance(rule, WeeklyShifts) and rule.max_shifts is not None:
        for week in weeks:
            model.add(sum(x for o, x in mine if o.duty.day in week) <= rule.max_shifts)
    elif isinstance(rule, MaxConsecutiveDays):
        for first in range(instance.horizon.days - rule.days):
            window = range(first, first + rule.days + 1)
            model.add(sum(x for o, x in mine if o.duty.day in window) <= rule.days)
    elif isinstance(rule, MinRest):
        _rest(model, mine, rule.rest_minutes)


def _rest(model: cp_model.CpModel, mine: Choices, rest: int) -> None:
    """Forbid a start too soon after an end, for each end of a day."""
    by_day: dict[int, Choices] = defaultdict(list)
    for option, worked in mine:
        by_day[option.duty.day].append((option, worked))
    for day, today in by_day.items():
        for end in {option.duty.end for option, _ in today}:
            late = [x for o, x in today if o.duty.end >= end]
            soon = [x for o, x in by_day.get(day + 1, []) if o.duty.start < end + rest]
            if soon:
                model.add_at_most_one(late + soon)
