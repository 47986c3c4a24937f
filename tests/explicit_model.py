"""A second model, written from the description of the problem and as explicit as can be.

One Boolean for every person, option and break beginning, and one for every person, service and
slot. It shares nothing with `scheduler.formulation`: it reads the instance, on a horizon without
clock changes, and knows the rules and floors that `random_instances` uses.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from scheduler import Instance
from scheduler.models.employee import Employee
from scheduler.models.shift import ShiftTemplate

DAY = 24 * 60


@dataclass(eq=False)
class Way:
    """One person's shift of a template, with a start and a length, on a day."""

    day: int
    template: ShiftTemplate
    start: int
    length: int
    paid: int
    chosen: cp_model.IntVar
    rests: dict[int, list[cp_model.IntVar]] = field(default_factory=lambda: defaultdict(list))
    """Literals that say that the person rests in the interval from a minute."""

    @property
    def end(self) -> int:
        """Minute at which it ends."""
        return self.start + self.length


class ExplicitModel:
    """All people, all slots, all breaks, one variable each."""

    def __init__(self, instance: Instance) -> None:
        assert instance.horizon.time_zone == "UTC"
        self.instance = instance
        self.step = instance.horizon.interval_minutes
        self.slots = range(instance.horizon.days * DAY // self.step)
        self.model = cp_model.CpModel()
        self.costs: list[tuple[int, cp_model.LinearExprT]] = []
        self.ways = {e.id: self._ways(e) for e in instance.employees}
        self.works = {e.id: self._works(e) for e in instance.employees}
        for employee in instance.employees:
            self._rules(employee)
        for floor in instance.all_floors:
            getattr(self, f"_{floor.kind}")(floor)
        self.model.minimize(sum(cents * amount for cents, amount in self.costs))

    def solve(self, seconds: float = 30) -> tuple[str, float | None]:
        """Give status and least cost in cents."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return solver.status_name(status).lower(), solver.objective_value if found else None

    # --- people

    def _ways(self, employee: Employee) -> list[Way]:
        ways = []
        for day in range(self.instance.horizon.days):
            weekday = (self.instance.horizon.start.weekday() + day) % 7
            names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
            for template in self.instance.templates:
                if names[weekday] not in template.days:
                    continue
                start = template.start
                for clock in range(start.earliest, start.latest + 1, start.step_minutes):
                    lengths = template.length
                    for length in range(
                        lengths.min_minutes, lengths.max_minutes + 1, lengths.step_minutes
                    ):
                        ways.append(self._way(day, template, day * DAY + clock, length))
        for day in range(self.instance.horizon.days):
            self.model.add(sum(way.chosen for way in ways if way.day == day) <= 1)
        for span in employee.unavailable:
            first, last = (
                (moment - moment.combine(self.instance.horizon.start, moment.min.time()))
                for moment in (span.start, span.end)
            )
            for way in ways:
                if way.start < last.total_seconds() // 60 and first.total_seconds() // 60 < way.end:
                    self.model.add(way.chosen == 0)
        return ways

    def _way(self, day: int, template: ShiftTemplate, start: int, length: int) -> Way:
        model, chosen = self.model, self.model.new_bool_var("")
        fitting = [s for s in template.break_sets if s.from_shift_minutes <= length]
        if not fitting:
            return Way(day, template, start, length, length, chosen)
        rules = max(fitting, key=lambda s: s.from_shift_minutes)
        unpaid = sum(pause.minutes for pause in rules.breaks if not pause.paid)
        way = Way(day, template, start, length, length - unpaid, chosen)
        edge: cp_model.LinearExprT = start
        longest = length if rules.max_work_minutes is None else rules.max_work_minutes
        for pause in rules.breaks:
            at = {
                minute: model.new_bool_var("")
                for minute in range(start, start + length - pause.minutes + 1, self.step)
            }
            model.add(sum(at.values()) == chosen)
            begin = sum(minute * literal for minute, literal in at.items())
            if pause.window is not None:
                from_start = pause.window.anchor == "start"
                origin, sign = (start, 1) if from_start else (start + length, -1)
                earliest = origin + sign * pause.window.earliest_minutes
                latest = origin + sign * pause.window.latest_minutes
                for minute, literal in at.items():
                    if not earliest <= minute <= latest:
                        model.add(literal == 0)
            model.add(begin - edge >= rules.min_work_minutes).only_enforce_if(chosen)
            model.add(begin - edge <= longest).only_enforce_if(chosen)
            for minute, literal in at.items():
                for resting in range(minute, minute + pause.minutes, self.step):
                    way.rests[resting].append(literal)
            edge = begin + pause.minutes
        model.add(way.end - edge >= rules.min_work_minutes).only_enforce_if(chosen)
        model.add(way.end - edge <= longest).only_enforce_if(chosen)
        return way

    def _works(self, employee: Employee) -> dict[tuple[str, int], cp_model.IntVar]:
        """One literal for every service and slot; at most one service at a time, only on duty."""
        works = {
            (service.id, slot): self.model.new_bool_var("")
            for service in self.instance.services
            for slot in self.slots
            if service.skill in employee.skills and self._is_open(service.id, slot)
        }
        for slot in self.slots:
            mine = [literal for (_, when), literal in works.items() if when == slot]
            self.model.add(sum(mine) <= self._on_duty(employee, slot))
        return works

    def _on_duty(self, employee: Employee, slot: int) -> cp_model.LinearExprT:
        minute = slot * self.step
        return sum(
            way.chosen - sum(way.rests.get(minute, []))
            for way in self.ways[employee.id]
            if way.start <= minute < way.end
        )

    def _is_open(self, name: str, slot: int) -> bool:
        clock = slot * self.step % DAY
        service = self.instance.service(name)
        return any(window.start <= clock < window.end for window in service.opening_hours)

    # --- rules

    def _rules(self, employee: Employee) -> None:
        contract = next(c for c in self.instance.contracts if c.id == employee.contract)
        rest = 0
        ways = self.ways[employee.id]
        for rule in contract.rules:
            if rule.kind == "min_rest":
                rest = rule.rest_minutes
            elif rule.kind == "max_consecutive_days":
                for first in range(self.instance.horizon.days - rule.days):
                    window = range(first, first + rule.days + 1)
                    self.model.add(sum(w.chosen for w in ways if w.day in window) <= rule.days)
            elif rule.kind == "weekly_minutes":
                over = self.model.new_int_var(0, 100_000, "")
                paid = sum(w.paid * w.chosen for w in ways)
                self.model.add(paid <= rule.max_minutes + over)
                self.costs.append((int(rule.weight * 100), over))
            else:
                raise ValueError(f"the explicit model does not know {rule.kind}")
        for i, one in enumerate(ways):
            for other in ways[i + 1 :]:
                early, late = (one, other) if one.start <= other.start else (other, one)
                if one.day != other.day and late.start < early.end + rest:
                    self.model.add(one.chosen + other.chosen <= 1)
        rate = int(contract.pay.hourly_rate * 100)
        for way in ways:
            self.costs.append((math.floor(way.paid * rate / 60 + 0.5), way.chosen))
            self.costs.append((int(contract.pay.per_shift * 100), way.chosen))
        for wish in employee.requests:
            day = (wish.day - self.instance.horizon.start).days
            granted = sum(w.chosen for w in ways if w.day == day)
            price = int(wish.weight * 100)
            self.costs.append((price, granted if wish.wants == "off" else 1 - granted))

    # --- floors

    def _staff(self, name: str, slot: int) -> cp_model.LinearExprT:
        skill = self.instance.service(name).skill
        return sum(
            round(employee.skills[skill] * 100) * self.works[employee.id][name, slot]
            for employee in self.instance.employees
            if (name, slot) in self.works[employee.id]
        )

    def _lacking(self, floor, supply, need, price: int) -> None:
        if floor.weight is None:
            self.model.add(supply >= need)
            return
        missing = self.model.new_int_var(0, 1_000_000, "")
        self.model.add(supply + missing >= need)
        self.costs.append((floor.weight * price, missing))

    def _coverage(self, floor) -> None:
        service = self.instance.service(floor.service)
        demand = service.demand.by_slot(self.instance.horizon)
        for slot in self.slots:
            if not self._is_open(service.id, slot):
                continue
            need = math.ceil(demand[slot] * 100 - 1e-6)
            self._lacking(floor, self._staff(service.id, slot), need, 1)
            if floor.over_weight:
                idle = sum(
                    round(e.skills[service.skill] * 100)
                    * (
                        self._on_duty(e, slot)
                        - sum(v for (_, when), v in self.works[e.id].items() if when == slot)
                    )
                    for e in self.instance.employees
                    if service.skill in e.skills
                )
                surplus = self.model.new_int_var(0, 1_000_000, "")
                self.model.add(surplus >= self._staff(service.id, slot) + idle - need)
                self.costs.append((floor.over_weight, surplus))

    def _presence(self, floor) -> None:
        for slot in self.slots:
            if any(self._is_open(service.id, slot) for service in self.instance.services):
                there = sum(
                    self._on_duty(e, slot)
                    for e in self.instance.employees
                    if e.skills.get(floor.skill, 0) >= (floor.min_proficiency or 0.01)
                )
                self._lacking(floor, there, floor.at_least, 100)

    def _skilled_share(self, floor) -> None:
        for slot in self.slots:
            if not self._is_open(floor.service, slot):
                continue
            serving = {
                e.id: self.works[e.id][floor.service, slot]
                for e in self.instance.employees
                if (floor.service, slot) in self.works[e.id]
            }
            skill = floor.skill or self.instance.service(floor.service).skill
            skilled = sum(
                serving[e.id]
                for e in self.instance.employees
                if e.id in serving and e.skills.get(skill, 0) >= (floor.min_proficiency or 0.01)
            )
            share = round(floor.share * 100)
            self._lacking(floor, 100 * skilled, share * sum(serving.values()), 1)
