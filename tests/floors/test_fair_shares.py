"""Fair shares, worked out by hand: what is counted, for whom, and what a unit is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from brute_force import roster_of
from toys import EARLY, LATE, make_instance, past, since

from scheduler.formulation.options import options_on
from scheduler.models.team import Team

DAYS = 4
FRIDAY = "2026-03-06"
TEMPLATES = [EARLY | {"tags": ["unpopular"]}, LATE | {"length": 240}]
HALF = {"id": "half", "pay": {"hourly_rate": 0, "overtime": {"contracted_minutes_per_week": 1000}}}
FULL = {"id": "full", "pay": {"hourly_rate": 0, "overtime": {"contracted_minutes_per_week": 3000}}}


def spread(floor: dict[str, Any], ana: str, ben: str, **contracts: str) -> list[float]:
    """Give the amount beyond a spread of 0; a letter a day from a Friday: early, late or off."""
    worked = {"Ana": ana, "Ben": ben}
    saturday = past("late", "2026-03-05T14:00", "2026-03-05T18:00")
    instance = make_instance(
        horizon={"start": FRIDAY, "days": DAYS},
        templates=TEMPLATES,
        employees=[
            {"id": name, "contract": contracts.get(name, "c"), **since("2026-03-02", saturday)}
            for name in worked
        ],
        more_contracts=[HALF, FULL],
        floors=[
            {"kind": "coverage", "service": "desk"},
            {"kind": "fair_shares", "max_spread": 0, **floor},
        ],
    )
    rosters = [
        roster_of(
            instance,
            employee,
            [
                option
                for day, letter in enumerate(worked[employee.id])
                for option in options_on(instance, day)
                if option.duty.template[0] == letter
            ],
        )
        for employee in instance.employees
    ]
    nobody = np.zeros((2, len(instance.horizon.slots)))
    team = Team(instance, nobody.astype(bool), nobody.astype(np.int64), tuple(rosters))
    return [finding.amount for finding in instance.floors[1].check(team)]


@pytest.mark.parametrize(
    ("floor", "ana", "ben", "expected"),
    [
        ({"count": "shifts"}, "ee.l", "e...", [2]),
        ({"count": "shifts"}, "e...", "...l", []),
        ({"count": "shifts", "max_spread": 1}, "ee.l", "e...", [1]),
        ({"count": "shifts", "tags": ["unpopular"]}, "ellll", "ee..", [1]),
        ({"count": "shifts", "templates": ["late"]}, "el..", "ee..", [1]),
        ({"count": "shifts", "templates": ["late"], "tags": ["unpopular"]}, "el..", "e...", [1]),
        ({"count": "shifts", "already": {"Ben": 2}}, "ee..", "....", []),
        ({"count": "minutes"}, "e...", "l...", [240]),
        ({"count": "weekends"}, ".ee.", "e..e", [1]),
        ({"count": "weekends"}, ".ee.", "..e.", []),
        ({"count": "minutes", "hours": [{"start": "12:00", "end": "15:00"}]}, "e...", "l...", [60]),
        ({"count": "shifts", "hours": [{"start": "12:00", "end": "13:00"}]}, "e...", "l...", [1]),
        ({"count": "shifts", "hours": [{"days": ["sun"]}]}, "eee.", "..e.", []),
    ],
)
def test_what_is_counted(floor: dict[str, Any], ana: str, ben: str, expected: list[float]) -> None:
    """Shifts of the horizon, minutes or weekends; of some templates, tags or hours only."""
    assert spread(floor, ana, ben) == expected


def test_loads_are_compared_pro_rata() -> None:
    """A third of the hours makes each shift weigh three times as much."""
    floor = {"count": "shifts", "pro_rata": True}
    contracts = {"Ana": "half", "Ben": "full"}
    assert spread(floor, "e...", "eee.", **contracts) == []
    assert spread(floor, "ee..", "eee.", **contracts) == [3]
    assert spread(floor, "e...", "e...", **contracts) == [2]
