"""The planned dates and the clock: the only home of date arithmetic.

Inside, time is an integer: *minutes since the horizon starts*, as they really elapse. A day on
which the clocks change has 23 or 25 hours of them. Everything else in the package asks the
horizon for the wall clock, and never computes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from .base import (
    MINUTES_PER_DAY,
    WEEKDAYS,
    ClockTime,
    Date,
    Model,
    Weekday,
    at_most,
    did_you_mean,
    format_clock,
    format_local_time,
)

Interval = Literal[5, 10, 15, 20, 30, 60]
INTERVALS: tuple[int, ...] = get_args(Interval)
"""Minutes that a step of the grid may have."""

Dates = Annotated[tuple[Date, ...], at_most(1000)]


@dataclass(frozen=True, slots=True)
class Slot:
    """One step of the grid, as the wall clock shows it."""

    index: int
    """Position in the horizon, from 0."""
    day: int
    """Days since the horizon's first date."""
    clock: int
    """Wall clock at the slot's start, minutes after midnight."""
    calendar_day: date
    weekday: Weekday


class Window(Model):
    """Hours of the day on some days: half-open, ``"08:00"`` to ``"18:00"``, at most to ``"24:00"``.

    Hours that pass midnight are two windows.
    """

    start: ClockTime = 0
    end: ClockTime = MINUTES_PER_DAY
    days: Annotated[tuple[Weekday, ...], at_most(7)] = WEEKDAYS
    """Days of the week; all, if left out."""
    dates: Dates | None = None
    """Dates instead of days of the week."""

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.end <= self.start:
            raise ValueError(
                f"the window ends at {format_clock(self.end)}, not after its start "
                f"{format_clock(self.start)}; hours that pass midnight are two windows"
            )
        if not self.days:
            raise ValueError("the window has no days")
        if self.dates is not None and not self.dates:
            raise ValueError("the window has no dates")
        return self

    def holds_on(self, calendar_day: date) -> bool:
        """Tell whether the window applies on this date."""
        if self.dates is not None:
            return calendar_day in self.dates
        return WEEKDAYS[calendar_day.weekday()] in self.days

    def contains(self, slot: Slot) -> bool:
        """Tell whether the slot starts inside the window."""
        return self.start <= slot.clock < self.end and self.holds_on(slot.calendar_day)


Windows = Annotated[tuple[Window, ...], at_most(1000)]


def overlapping(windows: tuple[Window, ...]) -> tuple[int, int] | None:
    """Find the first two windows that share time, as positions in the tuple."""
    for i, late in enumerate(windows):
        for j, early in enumerate(windows[:i]):
            if late.start < early.end and early.start < late.end and _share_a_day(early, late):
                return j, i
    return None


def _share_a_day(one: Window, other: Window) -> bool:
    if one.dates is not None:
        return any(other.holds_on(day) for day in one.dates)
    if other.dates is not None:
        return any(one.holds_on(day) for day in other.dates)
    return bool(set(one.days) & set(other.days))


class Horizon(Model):
    """The dates to plan and the grid they are cut into."""

    start: Date
    """First planned date."""
    days: Annotated[int, Field(strict=True, ge=1, le=366)]
    """Number of planned dates."""
    interval_minutes: Interval
    """Length of one slot."""
    time_zone: str = "UTC"
    """IANA name, such as ``"Europe/Lisbon"``: decides which days have 23 or 25 hours."""
    week_starts_on: Weekday = "mon"
    """First day of the week that weekly rules and overtime count."""
    weekend: Annotated[tuple[Weekday, ...], at_most(7)] = ("sat", "sun")
    """Days that make a weekend, in order."""
    holidays: Dates = ()
    """Dates on which holiday premiums are due."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in available_timezones():
            hint = did_you_mean(name, available_timezones())
            hint = hint if "mean" in hint else "; expected a name such as 'Europe/Lisbon'"
            raise ValueError(f"unknown time zone '{name[:60]}'{hint}")
        return name

    @model_validator(mode="after")
    def _clock_changes_fit_the_grid(self) -> Self:
        for day, midnight in enumerate(self.midnights):
            if midnight % self.interval_minutes:
                raise ValueError(
                    f"the clock changes before {self.date_of(day)} by a time that is no multiple "
                    f"of {self.interval_minutes} minutes; choose a shorter interval_minutes"
                )
        return self

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def _origin(self) -> datetime:
        return self._instant(datetime.combine(self.start, datetime.min.time()))

    def _instant(self, moment: datetime) -> datetime:
        local = moment if moment.tzinfo else moment.replace(tzinfo=self._zone)
        return local.astimezone(UTC)

    @cached_property
    def midnights(self) -> tuple[int, ...]:
        """Minutes at which each day starts, and at which the last one ends."""
        return tuple(self.minute_at(day, 0) for day in range(self.days + 1))

    @property
    def minutes(self) -> int:
        """Length of the horizon in minutes."""
        return self.midnights[-1]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of the horizon with its wall clock."""
        return tuple(self._slots())

    def _slots(self) -> Iterator[Slot]:
        for index, minute in enumerate(range(0, self.minutes, self.interval_minutes)):
            local = self.local(minute)
            day = (local.date() - self.start).days
            clock = local.hour * 60 + local.minute
            yield Slot(index, day, clock, local.date(), WEEKDAYS[local.weekday()])

    def date_of(self, day: int) -> date:
        """Date of a day index; negative days lie before the horizon."""
        return self.start + timedelta(days=day)

    def day_of(self, calendar_day: date) -> int:
        """Index of a date; negative before the horizon."""
        return (calendar_day - self.start).days

    def weekday_of(self, day: int) -> Weekday:
        """Day of the week of a day index."""
        return WEEKDAYS[self.date_of(day).weekday()]

    def minute_at(self, day: int, clock: int) -> int:
        """Minutes since the start of the horizon at which `day` shows `clock` on the wall.

        A time that the clock skips is taken as if it had not (02:30 becomes 03:30 in a zone that
        jumps from 2 to 3); of a time it shows twice, the first is meant.
        """
        midnight = datetime.combine(self.date_of(day), datetime.min.time())
        return self.minute_of(midnight + timedelta(minutes=clock))

    def minute_of(self, moment: datetime) -> int:
        """Minutes since the start of the horizon of a local time (or of one with an offset)."""
        return int((self._instant(moment) - self._origin).total_seconds() // 60)

    def local(self, minute: int) -> datetime:
        """Wall clock at a minute, with its zone."""
        return (self._origin + timedelta(minutes=minute)).astimezone(self._zone)

    def clock_of(self, minute: int) -> int:
        """Minutes after midnight that the wall clock shows at a minute."""
        local = self.local(minute)
        return local.hour * 60 + local.minute

    def written(self, minute: int) -> datetime:
        """Local time as it stands in files.

        Naive, except where the clock shows it twice: then with its UTC offset.
        """
        local = self.local(minute)
        twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        if twice:
            return datetime.fromisoformat(local.isoformat())
        return local.replace(tzinfo=None, fold=0)

    def label(self, minute: int) -> str:
        """Local time as text, for messages."""
        return format_local_time(self.written(minute))

    def minutes_within(self, windows: tuple[Window, ...], start: int, end: int) -> int:
        """Count the minutes of ``[start, end)`` whose wall clock lies in windows.

        The windows do not overlap.
        """
        first, last = (self.day_of(self.local(minute).date()) for minute in (start, end))
        shared = 0
        for day in range(first, last + 1):
            held = [window for window in windows if window.holds_on(self.date_of(day))]
            for begin, stop, clock in self._stretches(day):
                low, high, zero = max(start, begin), min(end, stop), begin - clock
                shared += sum(
                    max(0, min(high, zero + w.end) - max(low, zero + w.start)) for w in held
                )
        return shared

    def _stretches(self, day: int) -> tuple[tuple[int, int, int], ...]:
        """Parts of a day in which the clock runs evenly: first minute, end, clock at the first."""
        even = ((self.minute_at(day, 0), self.minute_at(day + 1, 0), 0),)
        return self._uneven_days.get(day, even)

    @cached_property
    def _uneven_days(self) -> dict[int, tuple[tuple[int, int, int], ...]]:
        return {
            day: tuple(self._even_parts(day))
            for day in range(-1, self.days + 2)
            if self.minute_at(day + 1, 0) - self.minute_at(day, 0) != MINUTES_PER_DAY
        }

    def _even_parts(self, day: int) -> Iterator[tuple[int, int, int]]:
        step = 5  # the finest grid: clocks change on it
        minutes = range(self.minute_at(day, 0), self.minute_at(day + 1, 0), step)
        for _, part in groupby(minutes, key=lambda minute: self.clock_of(minute) - minute):
            even = list(part)
            yield even[0], even[-1] + step, self.clock_of(even[0])

    def is_weekend(self, day: int) -> bool:
        """Tell whether the day belongs to a weekend."""
        return self.weekday_of(day) in self.weekend

    def weeks(self) -> Iterator[range]:
        """Every week with a day in the horizon, as day indices; the first may start before it."""
        first = WEEKDAYS.index(self.week_starts_on)
        offset = (self.start.weekday() - first) % 7
        for monday in range(-offset, self.days, 7):
            yield range(monday, monday + 7)

    def weekends(
        self, since: int = 0, days: tuple[Weekday, ...] | None = None
    ) -> Iterator[tuple[int, ...]]:
        """Every weekend with a day from `since` to the horizon's end, as day indices.

        Its days outside that time are among them. `days` may say what makes a weekend here.
        """
        names = self.weekend if days is None else days
        if not names:
            return
        offsets = sorted((WEEKDAYS.index(n) - WEEKDAYS.index(names[0])) % 7 for n in names)
        for day in range(since - 6, self.days):
            if self.weekday_of(day) == names[0]:
                weekend = tuple(day + offset for offset in offsets)
                if any(since <= d < self.days for d in weekend):
                    yield weekend
