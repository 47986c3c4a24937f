"""Options: every concrete shift that a template allows on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..models.instance import Instance
from ..models.roster import Duty
from ..models.rule import Rule
from ..models.shift import BreakSpan, ShiftTemplate
from .collecting import without_collecting


@dataclass(frozen=True, slots=True)
class Option:
    """One (template, start, length) on one day, with the windows of its breaks."""

    duty: Duty
    breaks: tuple[BreakSpan, ...]
    spacing: tuple[int, int]
    """Shortest and longest stretch of work between two breaks, in minutes."""
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once what is looked up a million times."""
        object.__setattr__(self, "_hash", hash((self.duty, self.breaks, self.spacing)))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Option], tuple[object, ...]]:
        """Hash anew in another process, where names have other hashes."""
        return Option, (self.duty, self.breaks, self.spacing)


def options_on(instance: Instance, day: int) -> tuple[Option, ...]:
    """Every option that starts on a day, whoever works it."""
    weekday = instance.horizon.weekday_of(day)
    found: dict[tuple[str, int, int], Option] = {}
    for template in instance.templates:
        if weekday in template.days:
            for option in _options_of(instance, template, day):
                duty = option.duty
                # Two wall-clock starts are one instant where the clock skips an hour.
                found.setdefault((duty.template, duty.start, duty.end), option)
    return tuple(found.values())


def _options_of(instance: Instance, template: ShiftTemplate, day: int) -> Iterator[Option]:
    horizon = instance.horizon
    for clock in template.start.clocks():
        start = horizon.minute_at(day, clock)
        for minutes in template.length.minutes():
            end = (
                horizon.minute_at(day, clock + minutes)
                if template.ends_by_clock
                else start + minutes
            )
            spans = template.break_spans(end - start)
            if spans is None:
                continue  # only where a clock change makes a night too short for its breaks
            rules = template.break_set(end - start)
            unpaid = sum(pause.minutes for pause in spans if not pause.paid)
            longest = rules.max_work_minutes if rules.max_work_minutes is not None else end - start
            yield Option(
                Duty(day, template.id, start, end, end - start - unpaid, horizon.clock_of(start)),
                spans,
                (rules.min_work_minutes, longest),
            )


@without_collecting()
def permitted_options(instance: Instance) -> dict[str, tuple[Option, ...]]:
    """For every employee, the options of the horizon that each of their rules permits."""
    every = [option for day in range(instance.horizon.days) for option in options_on(instance, day)]
    found = {}
    for employee in instance.employees:
        rules = [r for r in instance.rules_of(employee) if type(r).permits is not Rule.permits]
        found[employee.id] = tuple(
            option
            for option in every
            if all(rule.permits(option.duty, employee, instance) for rule in rules)
        )
    return found
