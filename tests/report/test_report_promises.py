"""Promises in words: what each asks for, and what every day reached."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from toys import MONDAY, calling, make_instance

from scheduler import Floor, Result, solve
from scheduler.queueing import performance
from scheduler.report.page import report_html
from scheduler.report.promises import Promise, keeping, promise_of, promises_of, terms

LEVEL = {"kind": "service_level", "service": "calls", "target": 0.8, "within_seconds": 20}
WAIT = {"kind": "wait", "service": "calls", "at_most_seconds": 30}
ABANDONMENT = {"kind": "abandonment", "service": "calls", "at_most": 0.05}

WORDINGS: list[tuple[dict[str, Any], str]] = [
    (LEVEL, "80% answered within 20 s in every interval."),
    (
        {**LEVEL, "scope": "day", "at_least_each_interval": 0.7},
        "80% answered within 20 s over each day; in every interval 70% answered within 20 s.",
    ),
    ({**LEVEL, "counted": "answered"}, "80% of the answered within 20 s in every interval."),
    (
        {**LEVEL, "counted": "without_short_abandons"},
        "80% answered, leaving out who gives up, within 20 s in every interval.",
    ),
    ({**WAIT, "scope": "horizon"}, "At most 30 s of waiting on average over the horizon."),
    (
        {**ABANDONMENT, "scope": "day", "at_most_each_interval": 0.125},
        "At most 5% give up over each day; in every interval at most 12.5% give up.",
    ),
    (
        {"kind": "occupancy", "service": "calls", "at_most": 0.855, "scope": "day"},
        "At most 85.5% busy over each day.",
    ),
    (
        {"kind": "expected_quality", "service": "calls", "at_least": 0.75},
        "75% of the contacts resolved at once over each day.",
    ),
    (
        {"kind": "response", "service": "mail", "within_minutes": 240, "backlog": 12},
        "Done within 240 minutes; a backlog of 12 contacts within 240 minutes.",
    ),
    (
        {"kind": "opening", "service": "calls", "at_least": 2},
        "At least 2 people serve while it is open.",
    ),
]


@pytest.mark.parametrize(("given", "words"), WORDINGS)
def test_a_promise_in_its_own_numbers(given: dict[str, Any], words: str) -> None:
    """No number of a promise is rounded away, and no name of a field is left in it."""
    floor = Floor.parse(given)
    assert promise_of(floor) == words
    assert terms(floor) == ""
    assert terms(Floor.parse({**given, "weight": 7})) == "weight 7"


def _two_days(**floor: Any) -> Result:
    """Two days of calls, for which two people have just enough hours."""
    service = calling("calls", "calls", 12, 5)
    instance = make_instance(
        horizon={"start": MONDAY, "days": 2, "interval_minutes": 60},
        templates=[
            {"id": "both", "start": "08:00", "length": 120},
            {"id": "first", "start": "08:00", "length": 60},
        ],
        employees=[{"id": name, "skills": {"calls": 1.0}} for name in ("Ana", "Ben", "Chi")],
        pay={"hourly_rate": 20},
        skills=["calls"],
        services=[service],
        floors=[{**LEVEL, "scope": "day", **floor}],
    )
    return solve(instance, engine="exact", time_limit=10, workers=1)


def _only(result: Result) -> Promise:
    assert result.schedule is not None
    [promise] = promises_of(result.instance, result.schedule)
    return promise


def test_every_day_tells_what_it_reached() -> None:
    """The level of a day is that of its intervals, each counted with its calls."""
    result = _two_days(target=0.7)
    promise = _only(result)
    assert [day.when for day in promise.reached] == [MONDAY, "2026-03-03"]
    assert result.schedule is not None
    for day in promise.reached:
        shifts = [s for s in result.schedule.shifts if s.day.isoformat() == day.when]
        staff = [sum(s.end.hour > hour for s in shifts) for hour in (8, 9)]
        levels = performance([12, 5], staff, 240, within_seconds=20).service_level
        level = float(np.average(levels, weights=[12, 5]))
        assert day.told == f"{level:.1%} answered within 20 s"
        assert day.spare == pytest.approx(1 - (1 - level) / 0.3, abs=1e-5)
    assert promise.held
    assert promise.closest is not None
    assert keeping(promise).startswith(f"held on every day; closest {promise.closest.when}: ")


def test_the_horizon_is_told_in_one_go() -> None:
    """One number is promised, one number is told."""
    promise = _only(_two_days(target=0.7, scope="horizon"))
    [whole] = promise.reached
    assert (whole.when, keeping(promise)) == ("horizon", f"held: {whole.told}")


def test_a_day_that_is_missed_is_told_as_such() -> None:
    """With a price on it, a promise may be missed: the worst day is named, with what was due.

    Nobody comes at all here, so that the queues of all intervals grow without end, besides.
    """
    promise = _only(_two_days(target=0.99, within_seconds=1, weight=1))
    assert not promise.held
    assert promise.closest is not None
    assert promise.closest.spare < 0
    assert keeping(promise).startswith("missed in 2 days and 4 intervals, at its price; worst ")
    assert keeping(promise).endswith("0.0% answered within 1 s, 99% promised")


def test_the_page_lists_the_days() -> None:
    """Every day stands on the page, for whoever asks."""
    result = _two_days(target=0.7)
    page = report_html(result)
    assert "70% answered within 20 s over each day." in page
    for day, label in zip(_only(result).reached, ("Mon 2 Mar", "Tue 3 Mar"), strict=True):
        assert f"<li>{label}: {day.told}</li>" in page


def test_intervals_have_no_days() -> None:
    """What is promised in every interval is told by its tightest interval instead."""
    promise = _only(_two_days(target=0.5, scope="interval"))
    assert promise.reached == ()
    assert "tightest" in keeping(promise)
