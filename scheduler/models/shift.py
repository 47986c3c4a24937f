"""Shift templates: a grammar of shifts, with the rules for the breaks inside them."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from .base import WEEKDAYS, ClockTime, Id, Minutes, Model, Weekday, at_most, format_clock

PositiveMinutes = Annotated[Minutes, Field(ge=1)]


class StartRange(Model):
    """When a shift may start; a single time stands for a range of one."""

    earliest: ClockTime
    latest: ClockTime
    step_minutes: PositiveMinutes = 15

    @model_validator(mode="before")
    @classmethod
    def _from_a_single_time(cls, data: Any) -> Any:
        if isinstance(data, str | int) and not isinstance(data, bool):
            return {"earliest": data, "latest": data}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest < self.earliest:
            raise ValueError(
                f"the latest start {format_clock(self.latest)} lies before the earliest "
                f"{format_clock(self.earliest)}; starts on both sides of midnight are two templates"
            )
        if self.latest >= 24 * 60:
            raise ValueError("a shift starts before 24:00; use 00:00 of the next day")
        return self

    def clocks(self) -> range:
        """Every start, in minutes after midnight."""
        return range(self.earliest, self.latest + 1, self.step_minutes)


class LengthRange(Model):
    """How long a shift may last, breaks included; a single number stands for a range of one."""

    min_minutes: PositiveMinutes
    max_minutes: PositiveMinutes
    step_minutes: PositiveMinutes = 60

    @model_validator(mode="before")
    @classmethod
    def _from_a_single_length(cls, data: Any) -> Any:
        if isinstance(data, int) and not isinstance(data, bool):
            return {"min_minutes": data, "max_minutes": data}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max_minutes < self.min_minutes:
            raise ValueError(
                f"max_minutes {self.max_minutes} is less than min_minutes {self.min_minutes}"
            )
        if self.max_minutes > 24 * 60:
            raise ValueError(f"a shift lasts at most 1440 minutes, found {self.max_minutes}")
        return self

    def minutes(self) -> range:
        """Every length, in minutes."""
        return range(self.min_minutes, self.max_minutes + 1, self.step_minutes)


class BreakWindow(Model):
    """When a break may begin, in minutes after the shift's start or before its end."""

    anchor: Literal["start", "end"] = "start"
    earliest_minutes: Minutes
    """Earliest beginning: minutes after the start, or (the larger number) before the end."""
    latest_minutes: Minutes
    """Latest beginning: minutes after the start, or (the smaller number) before the end."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        early, late = self.offsets(shift_minutes=0)
        if late < early:
            raise ValueError(
                f"the break window ends before it begins: {self.earliest_minutes} to "
                f"{self.latest_minutes} minutes "
                + ("after the start" if self.anchor == "start" else "before the end")
            )
        return self

    def offsets(self, shift_minutes: int) -> tuple[int, int]:
        """Earliest and latest beginning in minutes after the start of a shift of this length."""
        if self.anchor == "start":
            return self.earliest_minutes, self.latest_minutes
        return shift_minutes - self.earliest_minutes, shift_minutes - self.latest_minutes


class Break(Model):
    """A pause inside a shift; the solver chooses when it begins."""

    id: Id
    minutes: PositiveMinutes
    paid: bool = False
    window: BreakWindow | None = None
    """When it may begin; anywhere in the shift, if left out."""


class BreakSet(Model):
    """The breaks of shifts of some lengths, in the order in which they are taken."""

    from_shift_minutes: Minutes = 0
    """Shortest shift with these breaks; the set with the largest value that fits is used."""
    breaks: Annotated[tuple[Break, ...], at_most(20)] = ()
    min_work_minutes: Minutes = 0
    """Shortest stretch of work between breaks, before the first and after the last."""
    max_work_minutes: PositiveMinutes | None = None
    """Longest such stretch."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [pause.id for pause in self.breaks]
        if len(set(names)) < len(names):
            raise ValueError(f"two breaks have the same id: {', '.join(sorted(names))}")
        if self.max_work_minutes is not None and self.max_work_minutes < self.min_work_minutes:
            raise ValueError(
                f"max_work_minutes {self.max_work_minutes} is less than min_work_minutes "
                f"{self.min_work_minutes}"
            )
        return self


@dataclass(frozen=True, slots=True)
class BreakSpan:
    """One break of a shift of known length: the beginnings that its neighbours leave possible."""

    id: str
    minutes: int
    paid: bool
    earliest: int
    """Minutes after the shift's start."""
    latest: int


class ShiftTemplate(Model):
    """A family of shifts: every allowed start, length and way of taking breaks."""

    id: Id
    start: StartRange
    length: LengthRange
    days: Annotated[tuple[Weekday, ...], at_most(7), Field(min_length=1)] = WEEKDAYS
    """Days of the week on which the shift may start."""
    tags: Annotated[tuple[Id, ...], at_most(100)] = ()
    """Words under which floors and rules may count the shift: "night", "unpopular"."""
    ends_by_clock: bool = False
    """Keep the wall-clock end when the clocks change, so that a night may last 7 or 9 hours."""
    break_sets: Annotated[tuple[BreakSet, ...], at_most(100)] = ()

    @model_validator(mode="after")
    def _sets_differ(self) -> Self:
        starts = [group.from_shift_minutes for group in self.break_sets]
        if len(set(starts)) < len(starts):
            raise ValueError("two break_sets begin at the same from_shift_minutes")
        return self

    def break_set(self, shift_minutes: int) -> BreakSet:
        """Give the breaks of a shift of this length."""
        fitting = [g for g in self.break_sets if g.from_shift_minutes <= shift_minutes]
        return max(fitting, key=lambda group: group.from_shift_minutes, default=BreakSet())

    def break_spans(self, shift_minutes: int) -> tuple[BreakSpan, ...] | None:
        """Beginnings of each break that respect all windows and stretches, or None if none do.

        Windows are tightened from the left and from the right; the limits form a chain, so any
        beginning that is left for one break can be completed to all.
        """
        rules = self.break_set(shift_minutes)
        shortest = rules.min_work_minutes
        longest = rules.max_work_minutes if rules.max_work_minutes is not None else shift_minutes
        if not rules.breaks:
            return () if shift_minutes <= longest else None
        spans: list[list[int]] = []
        early, late = shortest, longest
        for pause in rules.breaks:
            first, last = (
                pause.window.offsets(shift_minutes) if pause.window else (0, shift_minutes)
            )
            spans.append([max(early, first), min(late, last)])
            early, late = (spans[-1][k] + pause.minutes + (shortest, longest)[k] for k in (0, 1))
        early, late = shift_minutes - longest, shift_minutes - shortest
        for pause, span in zip(reversed(rules.breaks), reversed(spans), strict=True):
            span[0] = max(span[0], early - pause.minutes)
            span[1] = min(span[1], late - pause.minutes)
            early, late = span[0] - longest, span[1] - shortest
        if any(early > late for early, late in spans):
            return None
        return tuple(
            BreakSpan(pause.id, pause.minutes, pause.paid, early, late)
            for pause, (early, late) in zip(rules.breaks, spans, strict=True)
        )

    def longest_stretch(self, shift_minutes: int) -> int:
        """Longest stretch without a break that the windows allow in a shift of this length.

        The limits form a chain, so each pair of neighbouring breaks that fits can be completed.
        """
        rules = self.break_set(shift_minutes)
        longest = rules.max_work_minutes if rules.max_work_minutes is not None else shift_minutes
        begins, stretches = 0, []
        for span in self.break_spans(shift_minutes) or ():
            stretches.append(min(longest, span.latest - begins))
            begins = span.earliest + span.minutes
        return max([*stretches, min(longest, shift_minutes - begins)])
