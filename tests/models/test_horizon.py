"""The clock: integer minutes inside, wall clock outside, and the hours that days gain or lose."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from scheduler.models.horizon import Horizon, Window, overlapping

CHANGES = [
    ("UTC", "2026-03-28", 1440),
    ("Europe/Berlin", "2026-03-28", 1380),
    ("Europe/Berlin", "2026-10-24", 1500),
    ("Africa/Cairo", "2026-04-23", 1380),  # from 24:00 to 01:00
    ("Asia/Beirut", "2026-03-28", 1380),  # from 24:00 to 01:00
    ("America/Havana", "2026-10-31", 1500),  # from 01:00 back to 00:00
    ("Australia/Lord_Howe", "2026-04-04", 1470),
    ("Australia/Lord_Howe", "2026-10-03", 1410),
]
"""Zones, the day before the second one, and the minutes of the second."""


def horizon(zone: str, start: str, **more: object) -> Horizon:
    data = {"start": start, "days": 3, "interval_minutes": 30, "time_zone": zone, **more}
    return Horizon.model_validate(data)


@pytest.mark.parametrize(("zone", "start", "minutes"), CHANGES)
def test_days_have_their_true_length(zone: str, start: str, minutes: int) -> None:
    """A day on which the clocks change has 23, 25 or 23.5 hours, and the grid covers them all."""
    found = horizon(zone, start)
    lengths = [b - a for a, b in zip(found.midnights, found.midnights[1:], strict=False)]
    assert lengths == [1440, minutes, 1440]
    assert len(found.slots) == found.minutes // 30
    assert [sum(s.day == day for s in found.slots) * 30 for day in range(3)] == lengths


@pytest.mark.parametrize(("zone", "start", "minutes"), CHANGES)
def test_written_times_can_be_read_back(zone: str, start: str, minutes: int) -> None:
    """Every minute has a text of its own, also in the hour that the clock shows twice."""
    found = horizon(zone, start)
    texts = []
    for minute in range(-1440, found.minutes + 1440, 10):
        written = found.written(minute)
        texts.append(written.isoformat())
        assert found.minute_of(written) == minute
        assert found.minute_of(datetime.fromisoformat(texts[-1])) == minute
        assert found.clock_of(minute) == written.hour * 60 + written.minute
    assert len(set(texts)) == len(texts)


def test_only_ambiguous_times_carry_an_offset() -> None:
    """Files show plain local times wherever that is enough."""
    found = horizon("Europe/Berlin", "2026-10-24")
    midnight = found.midnights[1]
    assert found.label(midnight + 60) == "2026-10-25T01:00"
    assert found.label(midnight + 120) == "2026-10-25T02:00+02:00"
    assert found.label(midnight + 180) == "2026-10-25T02:00+01:00"
    assert found.label(midnight + 240) == "2026-10-25T03:00"


def test_of_a_time_shown_twice_the_first_is_meant() -> None:
    """A start of 02:30 is one instant, also when the clock shows it twice."""
    found = horizon("Europe/Berlin", "2026-10-24")
    assert found.minute_at(1, 150) == found.midnights[1] + 150


def test_a_skipped_time_moves_on() -> None:
    """02:30 becomes 03:30 where the clock jumps from 2 to 3."""
    found = horizon("Europe/Berlin", "2026-03-28")
    assert found.label(found.minute_at(1, 150)) == "2026-03-29T03:30"


@pytest.mark.parametrize(("zone", "start", "minutes"), CHANGES)
@pytest.mark.parametrize(
    "hours", [[(0, 24)], [(22, 24), (0, 6)], [(0, 1), (3, 4)], [(1, 3)], [(0.5, 2.5)], [(2.5, 6)]]
)
def test_minutes_within_counts_the_wall_clock(
    zone: str, start: str, minutes: int, hours: list[tuple[float, float]]
) -> None:
    """Premium minutes are those in which the wall clock stands inside the window."""
    found = horizon(zone, start)
    windows = tuple(
        Window(start=int(a * 60), end=int(b * 60), days=("sat", "sun", "fri")) for a, b in hours
    )

    def inside(minute: int) -> bool:
        local = found.local(minute)
        return any(
            w.start <= local.hour * 60 + local.minute < w.end and w.holds_on(local.date())
            for w in windows
        )

    for first, last in ((0, found.minutes), (1200, 2100), (1410, 1530), (600, 5000)):
        counted = found.minutes_within(windows, first, last)
        assert counted == 10 * sum(inside(minute) for minute in range(first, last, 10))


@pytest.mark.parametrize(
    ("start", "first_day", "weeks"),
    [("2026-03-02", "mon", [0, 7]), ("2026-03-04", "mon", [-2, 5]), ("2026-03-04", "thu", [-6, 1])],
)
def test_weeks_begin_where_the_contract_says(start: str, first_day: str, weeks: list[int]) -> None:
    """The first week may have begun before the horizon, the last may end after it."""
    found = horizon("UTC", start, days=8, week_starts_on=first_day)
    assert [week[0] for week in found.weeks()] == weeks
    assert all(len(week) == 7 for week in found.weeks())


def test_weekends_are_whole_even_where_the_horizon_cuts_them() -> None:
    """A weekend counts once, with its days outside the horizon."""
    found = horizon("UTC", "2026-03-08", days=7)
    assert list(found.weekends()) == [(-1, 0), (6, 7)]
    found = horizon("UTC", "2026-03-08", days=7, weekend=["fri", "sat", "sun"])
    assert list(found.weekends()) == [(-2, -1, 0), (5, 6, 7)]
    assert list(horizon("UTC", "2026-03-08", weekend=[]).weekends()) == []


def test_a_clock_change_off_the_grid_is_refused() -> None:
    """Half an hour on a grid of 60 minutes would tear the grid."""
    with pytest.raises(ValidationError, match="no multiple of 60 minutes"):
        horizon("Australia/Lord_Howe", "2026-04-04", interval_minutes=60)


def test_an_unknown_zone_is_refused_with_a_hint() -> None:
    """A misspelt zone must not silently become UTC."""
    with pytest.raises(ValidationError, match="did you mean 'Europe/Berlin'"):
        horizon("Europe/Berlim", "2026-03-28")


def test_windows_that_share_time_are_found() -> None:
    """Overlapping opening hours or patterns would make demand ambiguous."""
    morning = Window(start=480, end=720)
    assert overlapping((morning, Window(start=720, end=800))) is None
    assert overlapping((morning, Window(start=700, end=800))) == (0, 1)
    assert overlapping((morning, Window(start=700, end=800, days=("sat",)))) == (0, 1)
    weekdays = Window(start=480, end=720, days=("mon", "tue"))
    assert overlapping((weekdays, Window(start=700, end=800, days=("sat",)))) is None
    monday = Window(start=500, end=600, dates=(date(2026, 3, 2),))
    assert overlapping((weekdays, monday)) == (0, 1)
    assert overlapping((monday, Window(start=0, end=600, dates=(date(2026, 3, 3),)))) is None
