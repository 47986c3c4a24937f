"""Small random instances whose breaks are as intricate as templates allow."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

from scheduler import Instance

SHAPES = (
    "anchored_at_the_end",
    "two_breaks_with_stretches",
    "three_breaks",
    "shared_windows",
    "sets_by_length",
    "no_breaks",
)


def random_instance(seed: int, shapes: Sequence[str] = (), *, alike: bool = False) -> Instance:
    """Two to four people, one to three days, two services; perhaps infeasible.

    `shapes` names the templates instead of drawing them; people who are `alike` share a profile.
    """
    draw = random.Random(seed)
    step = draw.choice((30, 60, 60))
    people = draw.randint(2, 4)
    days = draw.randint(1, 3 if step == 60 and people < 4 else 2)
    opens, closes = draw.choice(((8, 16), (7, 17), (9, 18), (0, 24)))
    hard = draw.random() < 0.5
    return Instance.model_validate(
        {
            "name": f"random {seed}",
            "horizon": {"start": "2026-03-02", "days": days, "interval_minutes": step},
            "skills": ["calls", "chats", "senior"],
            "services": _services(draw, people / (3 if hard else 2), opens, closes),
            "floors": _floors(draw, hard),
            "templates": [
                _template(draw, shape, step, opens, closes)
                for shape in shapes or draw.sample(SHAPES, draw.randint(1, 2))
            ],
            "contracts": [_contract(draw)],
            "employees": _employees(draw, people, days, alike=alike),
        }
    )


def _services(draw: random.Random, peak: float, opens: int, closes: int) -> list[dict[str, Any]]:
    services = []
    for name, most in (("calls", peak), ("chats", 0.9)):
        cuts = sorted(draw.sample(range(opens, closes + 1), 4))
        pattern = [
            {
                "start": f"{a:02d}:00",
                "end": f"{b:02d}:00",
                "staff": round(draw.uniform(0, most), 1),
            }
            for a, b in itertools.pairwise(cuts)
        ]
        hours = [{"start": f"{opens:02d}:00", "end": f"{closes:02d}:00"}]
        demand = {"kind": "staff", "pattern": pattern}
        services.append({"id": name, "skill": name, "opening_hours": hours, "demand": demand})
    return services


def _floors(draw: random.Random, hard: bool) -> list[dict[str, Any]]:
    calls: dict[str, Any] = {"kind": "coverage", "service": "calls"}
    chats: dict[str, Any] = {"kind": "coverage", "service": "chats", "weight": 41}
    if not hard:
        calls["weight"] = 57
    if draw.random() < 0.4:
        calls["over_weight"] = draw.randint(1, 9)
    floors = [calls, chats]
    if draw.random() < 0.4:
        floors.append({"kind": "presence", "skill": "senior", "weight": draw.randint(3, 30)})
    if draw.random() < 0.4:
        floors.append(
            {
                "kind": "skilled_share",
                "service": "calls",
                "share": 0.5,
                **draw.choice(({"skill": "senior"}, {"min_proficiency": 1.0})),
                **draw.choice(({}, {"weight": 23})),
            }
        )
    return floors


def _template(
    draw: random.Random, shape: str, step: int, opens: int, closes: int
) -> dict[str, Any]:
    length = 480 if shape == "three_breaks" else draw.choice((6, 7, 8)) * 60
    around_the_clock = opens == 0
    earliest = draw.choice((0, 7, 15, 20)) if around_the_clock else opens - draw.randint(0, 1)
    latest = earliest + draw.randint(0, 2)
    sets: dict[str, list[dict[str, Any]]] = {
        "anchored_at_the_end": [
            {
                "breaks": [
                    _break("a", step, 60, 180),
                    _break("b", step, 240, 120, anchor="end"),
                ],
            }
        ],
        "two_breaks_with_stretches": [
            {
                "min_work_minutes": 60,
                "max_work_minutes": draw.choice((180, 240)),
                "breaks": [_break("a", step), _break("b", 60, paid=True)],
            }
        ],
        "three_breaks": [
            {
                "min_work_minutes": step,
                "max_work_minutes": 180,
                "breaks": [_break("a", step), _break("b", step, 120, 300), _break("c", step)],
            }
        ],
        "shared_windows": [
            {
                "min_work_minutes": draw.choice((step, 60)),
                "breaks": [_break("a", step, 60, 300), _break("b", step, 60, 300)],
            }
        ],
        "sets_by_length": [
            {"from_shift_minutes": 240, "breaks": [_break("a", step, 120, 240)]},
            {
                "from_shift_minutes": 420,
                "min_work_minutes": 60,
                "breaks": [_break("a", step, 60, 300, paid=True), _break("b", 60, 300, 120, "end")],
            },
        ],
        "no_breaks": [],
    }
    shortest = length - 120 if shape == "sets_by_length" else length - 60
    return {
        "id": shape,
        "start": {
            "earliest": f"{earliest:02d}:00",
            "latest": f"{latest:02d}:00",
            "step_minutes": draw.choice((step, 60)),
        },
        "length": {
            "min_minutes": shortest,
            "max_minutes": length,
            "step_minutes": draw.choice((60, 120)),
        },
        "break_sets": sets[shape],
    }


def _break(
    name: str,
    minutes: int,
    earliest: int | None = None,
    latest: int | None = None,
    anchor: str = "start",
    *,
    paid: bool = False,
) -> dict[str, Any]:
    pause: dict[str, Any] = {"id": name, "minutes": minutes, "paid": paid}
    if earliest is not None:
        pause["window"] = {
            "anchor": anchor,
            "earliest_minutes": earliest,
            "latest_minutes": latest,
        }
    return pause


def _contract(draw: random.Random) -> dict[str, Any]:
    rules: list[dict[str, Any]] = [{"kind": "min_rest", "rest_minutes": draw.choice((600, 960))}]
    if draw.random() < 0.5:
        rules.append({"kind": "weekly_minutes", "max_minutes": 600, "weight": 0.25})
    if draw.random() < 0.3:
        rules.append({"kind": "max_consecutive_days", "days": 2})
    rate = draw.choice((12, 17.35, 20.01))
    return {"id": "c", "pay": {"hourly_rate": rate, "per_shift": 3}, "rules": rules}


def _employees(draw: random.Random, people: int, days: int, *, alike: bool) -> list[dict[str, Any]]:
    skill_sets: tuple[dict[str, float], ...] = (
        {"calls": 1.0},
        {"calls": 1.0},
        {"calls": 0.8, "chats": 1.0},
        {"calls": 1.2, "senior": 1.0},
        {"chats": 1.0, "senior": 1.0},
    )
    employees = []
    for name in ("Ana", "Ben", "Chi", "Dan")[:people]:
        skills = {"calls": 1.0, "chats": 0.9} if alike else draw.choice(skill_sets)
        employee: dict[str, Any] = {"id": name, "contract": "c", "skills": skills}
        day = f"2026-03-{2 + draw.randrange(days):02d}"
        if draw.random() < 0.3:
            employee["unavailable"] = [{"start": f"{day}T06:00", "end": f"{day}T12:00"}]
        if draw.random() < 0.3:
            wants = draw.choice(("on", "off"))
            employee["requests"] = [{"wants": wants, "day": day, "weight": 25}]
        employees.append(employee)
    return employees
