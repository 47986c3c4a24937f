"""Presence of a profile: people with the same skills, counted together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from ..models.horizon import Horizon
from .breaks import BreakGroup, Headcount, break_groups
from .employee_block import Choice, EmployeeBlock
from .expressions import Expr, total, weighted_total
from .options import Option


class Presence:
    """Headcounts, breaks and duty of one profile.

    Parameters
    ----------
    model
        Where variables and constraints go.
    blocks
        The members' employee blocks.
    """

    def __init__(self, model: cp_model.CpModel, blocks: Sequence[EmployeeBlock]) -> None:
        self.blocks = tuple(blocks)
        self.skills = blocks[0].employee.skills
        horizon = blocks[0].instance.horizon
        self._step = horizon.interval_minutes
        self._slots = len(horizon.slots)
        self._there: dict[int, list[Expr]] = defaultdict(list)
        self._resting: dict[int, list[Expr]] = defaultdict(list)
        self._past: dict[int, int] = defaultdict(int)
        self._on_shift: dict[tuple[int, str], list[Expr]] = defaultdict(list)
        self.groups: list[BreakGroup] = []
        self.heads: list[Headcount] = []
        for day in range(horizon.days):
            self._add_day(model, [choice for block in blocks for choice in block.on(day)])
        for block in blocks:
            self._add_past(horizon, block)

    def _add_day(self, model: cp_model.CpModel, choices: Sequence[Choice]) -> None:
        by_option: dict[Option, list[cp_model.IntVar]] = defaultdict(list)
        for choice in choices:
            by_option[choice.option].append(choice.worked)
        heads = [_headcount(model, option, worked) for option, worked in by_option.items()]
        self.heads += heads
        for head in heads:
            self._on_shift[head.option.duty.day, head.option.duty.template].append(head.people)
            for slot in self._slots_of(head.option.duty.start, head.option.duty.end):
                self._there[slot].append(head.people)
        for group in break_groups(heads):
            posted = BreakGroup(model, group, self._step, most=len(self.blocks))
            self.groups.append(posted)
            for minute, resting in posted.resting():
                self._resting[minute // self._step].append(resting)

    def _add_past(self, horizon: Horizon, block: EmployeeBlock) -> None:
        history = block.employee.history
        for shift in history.shifts if history else ():
            start, end = horizon.minute_of(shift.start), horizon.minute_of(shift.end)
            pauses = [(horizon.minute_of(b.start), horizon.minute_of(b.end)) for b in shift.breaks]
            for slot in slots_on_duty(horizon, start, end, pauses):
                self._past[slot] += 1

    def _slots_of(self, start: int, end: int) -> range:
        return range(max(0, start // self._step), min(end // self._step, self._slots))

    @property
    def counts(self) -> Iterator[cp_model.IntVar]:
        """Variables that count who is on a shift or rests: rosters and breaks decide them."""
        for head in self.heads:
            yield head.people
        for group in self.groups:
            yield from group.counts

    def on_duty(self, slot: int) -> Expr:
        """People of the profile inside a shift and not on a break."""
        there, resting = self._there.get(slot, []), self._resting.get(slot, [])
        if not there:
            return self._past.get(slot, 0)
        signs = [1] * len(there) + [-1] * len(resting)
        return weighted_total(there + resting, signs) + self._past.get(slot, 0)

    def on_shift(self, day: int, template: str) -> Expr:
        """People of the profile who work a template on a day."""
        people = self._on_shift.get((day, template), [])
        return people[0] if len(people) == 1 else total(people)

    def may_be_on_duty(self, slot: int) -> bool:
        """Tell whether anybody of the profile can be on duty."""
        return slot in self._there or slot in self._past


def slots_on_duty(
    horizon: Horizon, start: int, end: int, breaks: Sequence[tuple[int, int]]
) -> list[int]:
    """Slots of the horizon that a shift covers entirely and no break touches."""
    step = horizon.interval_minutes
    first, last = -(-start // step), end // step
    return [
        slot
        for slot in range(max(0, first), min(last, len(horizon.slots)))
        if not any(begin < (slot + 1) * step and slot * step < end for begin, end in breaks)
    ]


def _headcount(
    model: cp_model.CpModel, option: Option, worked: Sequence[cp_model.IntVar]
) -> Headcount:
    if len(worked) == 1:
        return Headcount(option, worked[0])
    people = model.new_int_var(0, len(worked), "")
    model.add(total(worked) == people)
    return Headcount(option, people)


def profiles(blocks: Sequence[EmployeeBlock]) -> list[list[EmployeeBlock]]:
    """Group employees with identical skills and proficiencies."""
    groups: dict[tuple[tuple[str, float], ...], list[EmployeeBlock]] = defaultdict(list)
    for block in blocks:
        groups[tuple(sorted(block.employee.skills.items()))].append(block)
    return list(groups.values())
