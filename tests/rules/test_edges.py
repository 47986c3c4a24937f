"""Rules at the edges of what is known: cases worked out by hand.

The twin test compares `post` with `check`; what both of them ask for is pinned down here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from brute_force import roster_of
from toys import EARLY, LATE, MONDAY, NIGHT, make_instance, past

from scheduler.formulation.options import options_on

LETTERS = {"e": "early", "l": "late", "n": "night"}


def amounts(rule: dict[str, Any], worked: str, before: str = "", start: str = MONDAY) -> list[Any]:
    """Give the amounts by which a roster breaks a rule.

    One letter a day: early, late, night, or a point for a day off.
    """
    days = [date.fromisoformat(start) - timedelta(days=len(before) - i) for i in range(len(before))]
    shifts = [
        past(LETTERS[c], f"{day}T06:00", f"{day}T14:00")
        for day, c in zip(days, before, strict=True)
        if c != "."
    ]
    history = {"history": {"since": days[0].isoformat(), "shifts": shifts}} if before else {}
    instance = make_instance(
        horizon={"start": start, "days": len(worked)},
        templates=[EARLY, LATE, NIGHT],
        rules=[rule],
        employee=history,
    )
    chosen = [
        option
        for day, letter in enumerate(worked)
        for option in options_on(instance, day)
        if LETTERS.get(letter) == option.duty.template
    ]
    roster = roster_of(instance, instance.employees[0], chosen)
    [own] = instance.contracts[0].rules
    return [finding.amount for finding in own.check(roster)]


MIN_RUN = {"kind": "min_consecutive_days", "days": 3}
MIN_OFF = {"kind": "min_consecutive_days_off", "days": 3}
CLOSED_START, CLOSED_END = {"at_start": "closed"}, {"at_end": "closed"}


@pytest.mark.parametrize(
    ("rule", "before", "worked", "expected"),
    [
        (MIN_RUN, "", ".ee..", [1]),
        (MIN_RUN, "", "ee...", []),
        (MIN_RUN | CLOSED_START, "", "ee...", [1]),
        (MIN_RUN, "", "...ee", []),
        (MIN_RUN | CLOSED_END, "", "...e", [2]),
        (MIN_RUN, "ee", "e....", []),
        (MIN_RUN, ".e", "e....", [1]),
        (MIN_RUN, "e", "......", []),
        (MIN_RUN | CLOSED_START, "e", "......", [2]),
        (MIN_RUN, ".e.", "..", []),
        (MIN_RUN | CLOSED_START | CLOSED_END, "", "e", [2]),
        (MIN_OFF, "", "e..e", [1]),
        (MIN_OFF, "", "..e.", []),
        (MIN_OFF | CLOSED_START | CLOSED_END, "", "..e.", [1, 2]),
        (MIN_OFF, "e.", "e", [2]),
        (MIN_OFF, "..", "e", []),
        ({"kind": "max_consecutive_days", "days": 2}, "eee", "ee.eee", [1, 1, 1]),
        ({"kind": "max_consecutive_days_off", "days": 2}, "", "...e....", [1, 1, 1]),
        ({"kind": "max_consecutive_days_off", "days": 2}, "..", "..e", [1, 1]),
    ],
)
def test_runs_of_days(rule: dict[str, Any], before: str, worked: str, expected: list[int]) -> None:
    """Open edges judge nothing that may go on outside; days before the horizon cost nothing."""
    assert amounts(rule, worked, before) == expected


@pytest.mark.parametrize(
    ("rule", "start", "before", "worked", "expected"),
    [
        # The horizon starts on Friday the 6th; weekends are (1, 2) and (8, 9).
        ({"kind": "complete_weekends"}, "2026-03-06", "", ".e......ee", [1]),
        ({"kind": "complete_weekends"}, "2026-03-06", "", "........e", []),
        ({"kind": "complete_weekends"}, "2026-03-07", "", ".e", [1]),
        ({"kind": "complete_weekends"}, "2026-03-08", "", "e", []),
        ({"kind": "complete_weekends"}, "2026-03-08", ".", "e", [1]),
        ({"kind": "complete_weekends"}, "2026-03-09", "e.", "e", []),
        ({"kind": "identical_weekends"}, "2026-03-07", "", "el", [1]),
        ({"kind": "identical_weekends"}, "2026-03-07", "", "e.", []),
        ({"kind": "identical_weekends"}, "2026-03-08", "l", "e", [1]),
        (
            {"kind": "no_night_before_free_weekend", "templates": ["night"]},
            "2026-03-06", "", "n......n..", [1, 1],
        ),
        (
            {"kind": "no_night_before_free_weekend", "templates": ["night"]},
            "2026-03-06", "", "n.e....n.", [],
        ),
        (
            {"kind": "no_night_before_free_weekend", "templates": ["night"]},
            "2026-03-07", "n", "..", [1],
        ),
        ({"kind": "max_consecutive_weekends", "weekends": 1}, "2026-03-07", "", "e......e", [1]),
        ({"kind": "max_consecutive_weekends", "weekends": 1}, "2026-03-08", "e", "e", []),
        ({"kind": "min_consecutive_weekends", "weekends": 2}, "2026-03-07", "",
         "........e.....e.", []),
        ({"kind": "min_consecutive_weekends", "weekends": 2} | CLOSED_END, "2026-03-07", "",
         ".......e", [1]),
        ({"kind": "max_weekends", "weekends": 2, "already": 2}, "2026-03-07", "", "e......e", [2]),
    ],
)  # fmt: skip
def test_weekends(
    rule: dict[str, Any], start: str, before: str, worked: str, expected: list[int]
) -> None:
    """A weekend is judged whole, with what is known of it, and never with what is not."""
    assert amounts(rule, worked, before, start) == expected


@pytest.mark.parametrize(
    ("rule", "before", "worked", "expected"),
    [
        ({"window_days": 3, "max_shifts": 1}, "", "ee.e", [1, 1]),
        ({"window_days": 3, "max_shifts": 1}, "ee", "e", [2]),
        ({"window_days": 3, "max_shifts": 1}, "eeee", "...", [1]),
        ({"window_days": 3, "min_shifts": 1}, "", "e...e", [1]),
        ({"window_days": 3, "min_shifts": 1}, "..", ".e", [1]),
        ({"window_days": 9, "min_shifts": 1, "max_shifts": 2}, "e", "ee", [1]),
        ({"window_days": 9, "min_shifts": 1}, ".", "..", []),
        ({"window_days": 2, "max_shifts": 1, "templates": ["late", "night"]}, "", "elnl", [1, 1]),
    ],
)
def test_windows(rule: dict[str, Any], before: str, worked: str, expected: list[int]) -> None:
    """Every window that ends in the horizon is judged once, and none with unknown days."""
    assert amounts({"kind": "window_shifts", **rule}, worked, before) == expected


@pytest.mark.parametrize(
    ("rule", "before", "worked", "expected"),
    [
        ({"pattern": [["late"], ["early"]]}, "", "lele.e", [1, 1]),
        ({"pattern": [["late"], ["early"]]}, "l", "e", [1]),
        ({"pattern": ["off", "any", "off"]}, "", "e..e.", [1]),
        ({"pattern": ["off", "any"], "starts_on": "tue"}, "", ".e.e.e", []),
        ({"pattern": ["off", "any"], "starts_on": "wed"}, "", ".e.e.e", [1]),
        ({"pattern": [["late"], "any", "any"]}, "", "..le", []),
    ],
)
def test_patterns(rule: dict[str, Any], before: str, worked: str, expected: list[int]) -> None:
    """Each match is counted once, wherever it begins, if it ends in the horizon."""
    assert amounts({"kind": "unwanted_pattern", **rule}, worked, before) == expected


PUBLISHED = [
    past("early", "2026-03-02T06:00", "2026-03-02T14:00"),
    past("late", "2026-03-04T14:00", "2026-03-04T22:00"),
]


@pytest.mark.parametrize(
    ("rule", "worked", "expected"),
    [
        ({}, "e.l.", []),
        ({}, "e..e", [1]),
        ({}, "l.le", [1]),
        ({}, "eele", [1]),
        ({"notice_ends": "2026-03-04"}, "eee.", [1]),
        ({"notice_ends": "2026-04-04"}, "e.le", [1]),
        ({"moved": 3, "cancelled": 2, "added": 0}, "le..", [3, 2]),
    ],
)
def test_published_shifts(rule: dict[str, Any], worked: str, expected: list[int]) -> None:
    """Only days before the notice ends are compared, each kind of change with its own amount."""
    given = {"notice_ends": "2026-03-05", "shifts": PUBLISHED} | rule
    assert amounts({"kind": "published_shifts", **given}, worked) == expected
