"""One employee's shifts on the integer clock: what labour rules are judged on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .employee import Employee, PastShift
    from .horizon import Horizon
    from .instance import Instance
    from .schedule import Shift


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift as rules see it. Minutes count from the horizon's start, negative before it."""

    day: int
    """Day on which it starts; it belongs to that day entirely."""
    template: str
    start: int
    end: int
    paid_minutes: int
    """Length without the unpaid breaks."""
    clock: int
    """Wall clock at the start, minutes after midnight."""
    skill: str | None = None
    """Skill in which it is worked, where a schedule says so."""

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the duty shares time with ``[start, end)``."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Roster:
    """All duties of one employee, in order of time, those before the horizon included."""

    instance: Instance
    employee: Employee
    duties: tuple[Duty, ...]

    @property
    def horizon(self) -> Horizon:
        """The instance's horizon."""
        return self.instance.horizon

    @cached_property
    def planned(self) -> tuple[Duty, ...]:
        """Give the duties that start in the horizon."""
        return tuple(duty for duty in self.duties if duty.day >= 0)

    @cached_property
    def known_since(self) -> int:
        """First day about which anything is known: 0 without a history."""
        return known_since(self.horizon, self.employee)

    @cached_property
    def worked_days(self) -> frozenset[int]:
        """Days on which a duty starts."""
        return frozenset(duty.day for duty in self.duties)

    @cached_property
    def _by_day(self) -> dict[int, tuple[Duty, ...]]:
        days = groupby(self.duties, key=lambda duty: duty.day)
        return {day: tuple(duties) for day, duties in days}

    def on(self, day: int) -> tuple[Duty, ...]:
        """Duties that start on a day."""
        return self._by_day.get(day, ())

    def days(self) -> range:
        """Every known day, up to the horizon's end."""
        return range(self.known_since, self.horizon.days)

    @property
    def span(self) -> str:
        """First and last date of the horizon, as text."""
        return f"{self.label(0)} to {self.label(self.horizon.days - 1)}"

    def label(self, day: int) -> str:
        """Give a day's date as text."""
        return self.horizon.date_of(day).isoformat()


def known_since(horizon: Horizon, employee: Employee) -> int:
    """First day about which anything is known of an employee: 0 without a history."""
    return 0 if employee.history is None else horizon.day_of(employee.history.since)


def duty_of(horizon: Horizon, shift: Shift | PastShift) -> Duty:
    """Put a shift with local times on the integer clock."""
    start, end = horizon.minute_of(shift.start), horizon.minute_of(shift.end)
    unpaid = sum(
        horizon.minute_of(pause.end) - horizon.minute_of(pause.start)
        for pause in shift.breaks
        if not pause.paid
    )
    return Duty(
        day=horizon.day_of(shift.start.date()),
        template=shift.template,
        start=start,
        end=end,
        paid_minutes=end - start - unpaid,
        clock=horizon.clock_of(start),
    )


def past_duties(horizon: Horizon, employee: Employee) -> tuple[Duty, ...]:
    """Duties before the horizon, in order of time."""
    if employee.history is None:
        return ()
    duties = (duty_of(horizon, shift) for shift in employee.history.shifts)
    return tuple(sorted(duties, key=lambda duty: duty.start))
