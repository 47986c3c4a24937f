"""The twin test: what `post` says to the solver and what `check` finds are the same.

Written once over the built-in rules and floors. Every roster (or schedule) of toy problems is put
to both: hard, it is feasible in the model exactly if nothing is violated; weighted, the least cost
in the model is the cost that `check` computes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from brute_force import Verdict, checked, judged, schedules, team_of
from ortools.sat.python import cp_model
from toys import FLOOR_TOYS, ROSTER_TOYS, FloorToy, RosterToy

from scheduler import Instance, floors, rules
from scheduler.formulation.coverage_block import CoverageBlock
from scheduler.formulation.employee_block import EmployeeBlock
from scheduler.formulation.expressions import Expr
from scheduler.formulation.ledger import Ledger
from scheduler.formulation.options import Option, permitted_options
from scheduler.models.resource import FORBIDDEN, Resource


class Oracle:
    """A model whose decisions can be fixed, again and again."""

    def __init__(self, model: cp_model.CpModel, ledger: Ledger) -> None:
        model.minimize(ledger.objective())
        self._model = model
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.cp_model_presolve = False

    def verdict(self, values: Iterable[tuple[cp_model.IntVar, int]]) -> Verdict:
        """Give the least cost with these variables at these values."""
        for variable, value in values:
            domain = variable.proto.domain
            domain[0] = domain[1] = value
        status = self._solver.solve(self._model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), self._solver.status_name(status)
        return round(self._solver.objective_value) if status == cp_model.OPTIMAL else None


# --- rules


def described(toy: RosterToy) -> list[Resource] | None:
    """Give the automata of all rules of a toy's employee; None if a rule has none."""
    instance = toy.instance()
    employee = instance.employees[0]
    found = [rule.resources(employee, instance) for rule in instance.rules_of(employee)]
    if any(mine is None for mine in found):
        return None
    return [resource for mine in found for resource in mine]


def followed(resources: Iterable[Resource], chosen: Iterable[Option], days: int) -> Verdict:
    """Follow automata along the days of a roster, and give the cents they charge."""
    duties = {option.duty.day: option.duty for option in chosen}
    total = 0
    for resource in resources:
        states = np.array([resource.start])
        for day in range(days):
            effect = resource.effect(day, duties.get(day))
            states, charged = resource.step(day, effect, states)
            if states[0] == FORBIDDEN:
                return None
            total += int(np.sum(charged))
        last = int(resource.finish(states)[0])
        if last == FORBIDDEN:
            return None
        total += last
    return total


def roster_verdicts(toy: RosterToy) -> Iterator[tuple[tuple[Option, ...], Verdict, Verdict]]:
    """For every roster, what the model says, or what automata say otherwise, and the checks."""
    instance = toy.instance()
    employee = instance.employees[0]
    model, ledger = cp_model.CpModel(), Ledger()
    permitted = permitted_options(instance)[employee.id]
    block = EmployeeBlock(model, ledger, instance, employee, permitted)
    oracle = Oracle(model, ledger)
    objective = model.proto.objective
    by_itself = dict(zip(objective.vars, objective.coeffs, strict=True))
    cents = {c.option: by_itself.get(c.worked.index, 0) for c in block.choices}
    resources = None if toy.two_a_day else described(toy)
    for chosen, found in checked(instance, two_a_day=toy.two_a_day):
        posted = charged = None
        if set(chosen) <= set(permitted):
            posted = oracle.verdict((c.worked, int(c.option in chosen)) for c in block.choices)
            if resources is not None:
                charged = followed(resources, chosen, instance.horizon.days)
        if charged is not None:
            charged += round(objective.offset) + sum(cents[option] for option in chosen)
        yield chosen, posted if resources is None or charged == found else charged, found


@pytest.mark.parametrize("toy", ROSTER_TOYS, ids=lambda toy: f"{toy.kind}-{toy.name}")
def test_post_and_check_agree_on_every_roster(toy: RosterToy) -> None:
    """No roster is judged differently by the solver, the checker or automata, to the cent."""
    differing = [
        ([(o.duty.day, o.duty.template, o.duty.start) for o in chosen], posted, found)
        for chosen, posted, found in roster_verdicts(toy)
        if posted != found
    ]
    assert not differing, f"{len(differing)} rosters, such as {differing[0]}"


WITH_AUTOMATA = {
    *("min_rest", "no_overlap", "availability", "pay", "requests", "forbidden_successions"),
    *("max_consecutive_days", "min_consecutive_days", "max_consecutive_days_off"),
    *("min_consecutive_days_off", "max_consecutive_template_days", "min_consecutive_template_days"),
    *("max_weekends", "total_minutes", "total_shifts", "template_shifts", "template_skills"),
    *("complete_weekends", "identical_weekends", "no_night_before_free_weekend"),
    *("max_consecutive_weekends", "min_consecutive_weekends", "unwanted_pattern"),
    *("weekly_minutes", "weekly_shifts"),
}


@pytest.mark.parametrize("kind", sorted(WITH_AUTOMATA))
def test_every_automaton_has_toys(kind: str) -> None:
    """A rule that describes itself is not left out of the comparison above by mistake."""
    assert any(toy.kind == kind and described(toy) is not None for toy in ROSTER_TOYS)


@pytest.mark.parametrize("kind", rules.BUILT_IN, ids=lambda kind: kind.model_fields["kind"].default)
def test_every_rule_has_toys(kind: type) -> None:
    """A rule without toys, in every way in which it can be used, proves nothing."""
    toys = [toy for toy in ROSTER_TOYS if toy.kind == kind.model_fields["kind"].default]
    assert toys
    if not kind.always:
        assert any(toy.hard for toy in toys)
        assert any(toy.weighted for toy in toys)
    if re.search(r"before\s+the\s+horizon", kind.__doc__):
        assert any(toy.history for toy in toys)
        assert kind.always or any(toy.history and toy.weighted for toy in toys)
    verdicts = (found for toy in toys for _, found in checked(toy.instance()))
    first = next(verdicts)
    assert any(found != first for found in verdicts), "the toys never break it, or never keep it"


# --- floors


class FloorOracle:
    """The coverage block of a toy with shifts, breaks and serving counts to be fixed."""

    def __init__(self, instance: Instance) -> None:
        model, ledger = cp_model.CpModel(), Ledger()
        options = permitted_options(instance)
        self.blocks = [
            EmployeeBlock(model, ledger, instance, employee, options[employee.id])
            for employee in instance.employees
        ]
        self.coverage = CoverageBlock(model, ledger, instance, self.blocks)
        self._oracle = Oracle(model, ledger)
        self._position = {service.id: i for i, service in enumerate(instance.services)}
        self._member = {
            block.employee.id: p
            for p, profile in enumerate(self.coverage.profiles)
            for block in profile.blocks
        }
        allocation = self.coverage.allocation()
        self.fixable = {k: v for k, v in allocation.items() if self._is_decision(k, v)}
        self.eliminated = any(
            key not in self.fixable and not isinstance(people, int)
            for key, people in allocation.items()
        )

    def _is_decision(self, key: tuple[int, str, int], people: Expr) -> bool:
        """Tell whether serving is a variable of its own, not just another name for duty."""
        duty = self.coverage.profiles[key[0]].on_duty(key[2])
        return isinstance(people, cp_model.IntVar) and not (
            isinstance(duty, cp_model.IntVar) and duty.index == people.index
        )

    def values(self, schedule: tuple) -> tuple[tuple[cp_model.IntVar, int], ...]:
        """Give the variables of a schedule, with their values."""
        values: dict[int, list] = {}
        served: dict[tuple[int, int, int], int] = defaultdict(int)
        breaks: dict[tuple[int, object, int, int], int] = defaultdict(int)
        skilled: dict[tuple[int, int, str, str], int] = defaultdict(int)
        for block, (option, begun, serving, skill) in zip(self.blocks, schedule, strict=True):
            profile = self._member[block.employee.id]
            for choice in block.choices:
                values[choice.worked.index] = [choice.worked, int(choice.option == option)]
            for position, minute in enumerate(begun):
                breaks[profile, option.breaks, position, minute] += 1
            for slot, service in serving.items():
                served[profile, service, slot] += 1
            if option is not None and skill is not None:
                skilled[profile, option.duty.day, option.duty.template, skill] += 1
        for p, profile in enumerate(self.coverage.profiles):
            for group in profile.groups:
                for position, begun in enumerate(group.begun):
                    for minute, people in begun.items():
                        count = breaks[p, group.breaks, position, minute]
                        values[people.index] = [people, count]
        for (p, service, slot), people in self.fixable.items():
            values[people.index] = [people, served[p, self._position[service], slot]]
        for place, people in self.coverage.shift_skills.free.items():
            values[people.index] = [people, skilled[place]]
        return tuple((variable, value) for variable, value in values.values())

    def verdict(self, values: Iterable[tuple[cp_model.IntVar, int]]) -> Verdict:
        """Give the least cost with these values."""
        return self._oracle.verdict(values)


def floor_verdicts(toy: FloorToy) -> Iterator[tuple[Verdict, set[Verdict], bool]]:
    """For all schedules that are one to the model: its verdict, and those of the checks.

    The flag tells whether the model leaves some of the serving open, for its best way.
    """
    instance = toy.instance()
    oracle = FloorOracle(instance)
    found: dict[tuple, set[Verdict]] = defaultdict(set)
    for schedule in schedules(instance):
        team = team_of(instance, schedule)
        key = tuple((variable.index, value) for variable, value in oracle.values(schedule))
        found[key].add(judged(f for floor in instance.all_floors for f in floor.check(team)))
    variables = {v.index: v for v, _ in oracle.values(schedule)}
    for key, verdicts in found.items():
        posted = oracle.verdict((variables[index], value) for index, value in key)
        yield posted, verdicts, oracle.eliminated


@pytest.mark.parametrize("toy", FLOOR_TOYS, ids=lambda toy: f"{toy.kind}-{toy.name}")
def test_post_and_check_agree_on_every_schedule(toy: FloorToy) -> None:
    """No schedule of a team is judged differently by the solver and by the checker."""
    for posted, found, eliminated in floor_verdicts(toy):
        if not eliminated:
            assert found == {posted}
        elif posted is None:
            assert found == {None}
        else:
            assert min(cost for cost in found if cost is not None) == posted


@pytest.mark.parametrize(
    "kind", floors.BUILT_IN, ids=lambda kind: kind.model_fields["kind"].default
)
def test_every_floor_has_toys(kind: type) -> None:
    """A floor without toys, hard and weighted, proves nothing."""
    toys = [toy for toy in FLOOR_TOYS if toy.kind == kind.model_fields["kind"].default]
    assert any(toy.hard for toy in toys)
    assert any(toy.weighted for toy in toys)


@pytest.mark.parametrize("kind", (*rules.BUILT_IN, *floors.BUILT_IN), ids=lambda k: k.__name__)
def test_the_documented_example_is_valid(kind: type) -> None:
    """What the documentation shows can be written into a file as it stands."""
    assert kind.parse(kind.example).kind == kind.example["kind"]
