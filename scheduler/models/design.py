"""Designing shifts: demand without people, and the few shifts that are to cover it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from .base import (
    MINUTES_PER_DAY,
    MOST_FAULTS,
    WEEKDAYS,
    ClockTime,
    Count,
    Faults,
    Id,
    Location,
    Model,
    Money,
    Weekday,
    at_most,
    format_clock,
)
from .finding import CheckReport
from .result import Status, StopReason, TracePoint, relative_gap
from .schedule import Amount
from .shift import PositiveMinutes, ShiftTemplate

MOST_SHIFTS = 20_000
"""Shifts to choose from, at most."""
Finding = tuple[Location, str, object]
"""Place, message and value of what is wrong."""
People = Annotated[int, Field(strict=True, ge=1, le=100_000)]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shift that may be chosen: one (start, length) for every day it may start on."""

    template: str
    start: int
    """Minutes after midnight."""
    minutes: int
    days: tuple[int, ...]
    """Positions of the days on which it may start."""


class DesignProblem(Model):
    """Demand over some days, the shifts to choose from, and what short, spare and shifts cost.

    The same shifts are for all days; how many people start each of them is chosen day by day.
    """

    schema_version: Literal[1] = 1
    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: str = ""
    interval_minutes: Annotated[int, Field(strict=True, ge=5, le=MINUTES_PER_DAY)]
    """Length of an interval; a day has a whole number of them."""
    days: Annotated[int, Field(strict=True, ge=1, le=366)] = 7
    first_weekday: Weekday = "mon"
    """Day of the week of the first day."""
    cyclic: bool = True
    """After the last day comes the first one again: its early hours are covered by shifts that
    start on the last evening. Else nobody is on duty when the first day begins, and what a shift
    does after the last one does not count."""
    demand: Annotated[tuple[Count, ...], at_most(366 * 24 * 12), Field(min_length=1)]
    """People needed in each interval, day after day."""
    templates: Annotated[tuple[ShiftTemplate, ...], at_most(1000), Field(min_length=1)]
    """Which shifts may be chosen: every start with every length of a template, on its days. Of two
    templates with the same start and length, the first one gives its name. Tags and breaks are
    passed on to the result; everybody on duty counts, also during a break."""
    weight_shift: Money = Decimal(0)
    """Money for each distinct start and length in use, however many people and days have it."""
    weight_under: Money | None = None
    """Money for a person who is missing in an interval; nobody may be missing, if left out."""
    weight_over: Money = Decimal(0)
    """Money for a person beyond the demand in an interval."""
    max_shifts: People | None = None
    """Distinct starts and lengths in use, at most."""
    min_people: People = 1
    """People who start a shift on a day, if anybody does: so many at least."""
    max_people: People | None = None
    """People who start a shift on a day: so many at most."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        faults = Faults("DesignProblem")
        for location, message, found in self._grid_faults() or self._demand_faults():
            faults.add(location, message, found)
        faults.raise_if_any()
        return self

    def _grid_faults(self) -> list[Finding]:
        step = self.interval_minutes
        if MINUTES_PER_DAY % step:
            message = f"expected minutes that divide a day evenly, found {step}"
            return [(("interval_minutes",), message, step)]
        found: list[Finding] = list(self._template_faults(step))
        due = self.days * self.slots_per_day
        if len(self.demand) != due:
            message = f"expected {due} values, one for each interval, found {len(self.demand)}"
            found.append((("demand",), message, len(self.demand)))
        if self.max_people is not None and self.max_people < self.min_people:
            message = f"{self.max_people} is less than min_people {self.min_people}"
            found.append((("max_people",), message, self.max_people))
        return found[:MOST_FAULTS]

    def _template_faults(self, step: int) -> Iterator[Finding]:
        """Look for doubled names, and for starts and lengths beside the grid."""
        names: dict[str, int] = {}
        for i, template in enumerate(self.templates):
            first = names.setdefault(template.id, i)
            if first < i:
                message = f"'{template.id}' is the id of templates[{first}] already"
                yield ("templates", i, "id"), message, template.id
            places = {
                ("start", "earliest"): template.start.earliest,
                ("start", "step_minutes"): len(template.start.clocks()) > 1
                and template.start.step_minutes,
                ("length", "min_minutes"): template.length.min_minutes,
                ("length", "step_minutes"): len(template.length.minutes()) > 1
                and template.length.step_minutes,
            }
            for place, minutes in places.items():
                if minutes % step:
                    message = f"{minutes} is no multiple of the interval of {step} minutes"
                    yield ("templates", i, *place), message, minutes

    def _demand_faults(self) -> list[Finding]:
        count = sum(len(t.start.clocks()) * len(t.length.minutes()) for t in self.templates)
        if count > MOST_SHIFTS:
            message = f"expected at most {MOST_SHIFTS:,} shifts to choose from, found {count:,}"
            return [(("templates",), message, count)]
        if self.weight_under is not None:
            return []
        reached = {slot for candidate in self.candidates for slot in self.slots_of_any(candidate)}
        found: list[Finding] = [
            (
                ("demand", slot),
                f"no shift covers {self.label(slot)}, and nobody may be missing; give a shift "
                "that does, or weight_under",
                need,
            )
            for slot, need in enumerate(self.demand)
            if need and slot not in reached
        ]
        return found[:MOST_FAULTS]

    @property
    def slots_per_day(self) -> int:
        """Intervals of a day."""
        return MINUTES_PER_DAY // self.interval_minutes

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every shift that may be chosen, by start and length."""
        found: dict[tuple[int, int], tuple[str, set[int]]] = {}
        weekdays = [self.weekday_of(day) for day in range(self.days)]
        for template in self.templates:
            days = {day for day, weekday in enumerate(weekdays) if weekday in template.days}
            for start in template.start.clocks() if days else ():
                for minutes in template.length.minutes():
                    _, known = found.setdefault((start, minutes), (template.id, set()))
                    known |= days
        return tuple(
            Candidate(name, start, minutes, tuple(sorted(days)))
            for (start, minutes), (name, days) in sorted(found.items())
        )

    def weekday_of(self, day: int) -> Weekday:
        """Day of the week of a day's position."""
        return WEEKDAYS[(WEEKDAYS.index(self.first_weekday) + day) % 7]

    def slots_of(self, candidate: Candidate, day: int) -> Iterator[int]:
        """Intervals that a shift covers if it starts on a day."""
        first = day * self.slots_per_day + candidate.start // self.interval_minutes
        for slot in range(first, first + candidate.minutes // self.interval_minutes):
            if self.cyclic or slot < len(self.demand):
                yield slot % len(self.demand)

    def slots_of_any(self, candidate: Candidate) -> Iterator[int]:
        """Intervals that a shift can cover."""
        for day in candidate.days:
            yield from self.slots_of(candidate, day)

    def label(self, slot: int) -> str:
        """Weekday and time at which an interval begins; from the second week on, with the week."""
        day, within = divmod(slot, self.slots_per_day)
        clock = format_clock(within * self.interval_minutes)
        return f"{self.day_label(day)} {clock}"

    def day_label(self, day: int) -> str:
        """Weekday, with its week where there are several."""
        week = f" {day // 7 + 1}" if self.days > 7 else ""
        return f"{self.weekday_of(day).capitalize()}{week}"


class DesignedShift(Model):
    """A shift in use, and who starts it when."""

    id: Id
    """Name of its template in the result."""
    template: Id
    """Template of the problem that it was chosen from."""
    start: ClockTime
    minutes: PositiveMinutes
    people: tuple[Count, ...]
    """People who start it, for each day."""


class CoverInterval(Model):
    """What an interval needs and gets."""

    when: str
    demand: int
    people: int


class DesignFile(Model):
    """A design as it stands in a file."""

    schema_version: Literal[1] = 1
    problem: str
    """Name of the problem."""
    status: Status = "unknown"
    stop_reason: str | None = None
    objective: Amount | None = None
    bound: Amount | None = None
    gap: float | None = None
    seconds: float | None = None
    seed: int | None = None
    versions: dict[str, str] = Field(default={})
    cost: dict[str, Amount] = Field(default={})
    """Money by term."""
    shifts: tuple[DesignedShift, ...] = ()
    templates: tuple[ShiftTemplate, ...] = ()
    """The shifts in use, ready for an instance."""
    cover: tuple[CoverInterval, ...] = ()


@dataclass(frozen=True)
class Design:
    """Status, reason, shifts, cost and bound of one design, each on its own."""

    problem: DesignProblem
    status: Status
    stop_reason: StopReason
    shifts: tuple[DesignedShift, ...] | None
    """The best shifts, or None."""
    objective: Decimal | None
    """Their cost, as the checker computes it."""
    bound: Decimal | None
    """No design costs less: proved, also where none was found."""
    report: CheckReport | None
    """What the checker says about the shifts."""
    seconds: float
    seed: int
    versions: dict[str, str]
    trace: tuple[TracePoint, ...] = ()

    @property
    def gap(self) -> float | None:
        """(objective − bound) / objective."""
        return relative_gap(self.objective, self.bound)

    @property
    def cost(self) -> dict[str, Decimal] | None:
        """Money by term."""
        return None if self.report is None else self.report.cost

    @property
    def cover(self) -> tuple[int, ...]:
        """People on duty in every interval."""
        on_duty = [0] * len(self.problem.demand)
        for shift in self.shifts or ():
            days = range(len(shift.people))
            candidate = Candidate(shift.template, shift.start, shift.minutes, tuple(days))
            for day, people in enumerate(shift.people):
                for slot in self.problem.slots_of(candidate, day):
                    on_duty[slot] += people
        return tuple(on_duty)

    @property
    def templates(self) -> tuple[ShiftTemplate, ...]:
        """The shifts in use as templates of an instance, on the weekdays that use them."""
        return tuple(self._template(shift) for shift in self.shifts or ())

    def _template(self, shift: DesignedShift) -> ShiftTemplate:
        family = next(t for t in self.problem.templates if t.id == shift.template)
        used = {self.problem.weekday_of(day) for day, people in enumerate(shift.people) if people}
        changed: dict[str, Any] = {
            "id": shift.id,
            "start": shift.start,
            "length": shift.minutes,
            "days": tuple(day for day in WEEKDAYS if day in used),
        }
        kept = family.model_dump(include={"tags", "ends_by_clock", "break_sets"})
        return ShiftTemplate.model_validate({**kept, **changed})

    def file(self) -> DesignFile:
        """Give the design as it stands in a file."""
        cover = zip(self.problem.demand, self.cover, strict=True)
        return DesignFile(
            problem=self.problem.name,
            status=self.status,
            stop_reason=self.stop_reason,
            objective=self.objective,
            bound=self.bound,
            gap=self.gap,
            seconds=self.seconds,
            seed=self.seed,
            versions=self.versions,
            cost=self.cost or {},
            shifts=self.shifts or (),
            templates=self.templates,
            cover=tuple(
                CoverInterval(when=self.problem.label(slot), demand=need, people=people)
                for slot, (need, people) in enumerate(cover)
            )
            if self.shifts is not None
            else (),
        )
