"""Keeping to what was published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from ..models.base import Count, Date, Id, LocalTime, Location, Model, at_most
from ..models.finding import Finding
from ..models.horizon import Horizon
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .names import unknown_template

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class PublishedShift(Model):
    """A shift that the person was promised."""

    template: Id
    start: LocalTime
    end: LocalTime

    def is_kept_by(self, duty: Duty, horizon: Horizon) -> bool:
        """Tell whether the duty is this shift."""
        mine = (self.template, horizon.minute_of(self.start), horizon.minute_of(self.end))
        return mine == (duty.template, duty.start, duty.end)


class PublishedShifts(Rule):
    """Before `notice_ends`, the person works the published `shifts` and no others.

    A shift that is replaced by another one of the same day is moved, whether its template, its
    start or its end differs; breaks and services may change. Each kind of change counts as so many
    units; 0 allows it. Published shifts from `notice_ends` on may change freely.

    Notes
    -----
    On each day before `notice_ends`, with w = Σ_o x_o and k = x of the published shift: moved ·
    (w − k) + cancelled · (1 − w) where a shift was published, added · w elsewhere, is 0. Weighted:
    the sum of it.

    Source: notice periods of predictable-scheduling laws (Oregon SB 828; Directive (EU) 2019/1152,
    article 10).

    Examples
    --------
    Holds: early published for Monday, early worked on Monday.

    Broken, by one change: early published for Monday, late worked on Monday.
    """

    unit: ClassVar[str] = "change"
    example: ClassVar[dict[str, object]] = {
        "kind": "published_shifts",
        "notice_ends": "2026-03-09",
        "shifts": [
            {"template": "early", "start": "2026-03-02T06:00", "end": "2026-03-02T14:00"},
        ],
    }

    kind: Literal["published_shifts"] = "published_shifts"
    notice_ends: Date
    """First date on which everything may change."""
    shifts: Annotated[tuple[PublishedShift, ...], at_most(1000)] = ()
    """What was published; days without a shift were published as free."""
    moved: Count = 1
    """Units of a shift that is replaced by another on its day."""
    cancelled: Count = 1
    """Units of a shift that is taken away."""
    added: Count = 1
    """Units of a shift on a day that was free."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look at the dates, and every template up."""
        horizon = instance.horizon
        if self.notice_ends <= horizon.start:
            message = f"the notice ends before anything is planned, on {self.notice_ends}"
            yield ("notice_ends",), message
        days: set[int] = set()
        for i, shift in enumerate(self.shifts):
            day = horizon.day_of(shift.start.date())
            yield from unknown_template(instance, shift.template, "shifts", i, "template")
            if not 0 <= day < horizon.days:
                yield ("shifts", i, "start"), f"{shift.start.date()} is not in the horizon"
            if horizon.minute_of(shift.end) <= horizon.minute_of(shift.start):
                yield ("shifts", i, "end"), "the end is not after the start"
            if day in days:
                yield ("shifts", i, "start"), f"{shift.start.date()} has a published shift already"
            days.add(day)

    def _noticed(self, horizon: Horizon) -> Iterator[tuple[int, PublishedShift | None]]:
        """Every day that is bound, with its shift."""
        published = {horizon.day_of(shift.start.date()): shift for shift in self.shifts}
        for day in range(min(horizon.days, horizon.day_of(self.notice_ends))):
            yield day, published.get(day)

    def post(self, block: EmployeeBlock) -> None:
        """Forbid, or charge, each kind of change of each day."""
        horizon = block.instance.horizon
        for day, shift in self._noticed(horizon):
            works = block.works(day)
            if shift is None:
                changes = [(self.added, [works])]
            else:
                others = [c for c in block.on(day) if not shift.is_kept_by(c.duty, horizon)]
                changes = [
                    (self.moved, [block.any_of(others)]),
                    (self.cancelled, [block.negated(works)]),
                ]
            for units, change in changes:
                if units:
                    block.forbid(self, change, units)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare each day with what was published."""
        for day, shift in self._noticed(roster.horizon):
            worked = roster.on(day)
            if shift is None:
                units, message = self.added * bool(worked), "a shift was added"
            elif not worked:
                units, message = self.cancelled, f"the published {shift.template} was cancelled"
            else:
                kept = any(shift.is_kept_by(duty, roster.horizon) for duty in worked)
                units, message = self.moved * (not kept), f"the {shift.template} shift was moved"
            if units:
                yield self.violation(roster, roster.label(day), units, message)
