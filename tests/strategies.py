"""Hypothesis strategies: instances that have a schedule, because one was drawn first."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from scheduler import Instance
from scheduler.models.horizon import Horizon

DAYS = (
    ("UTC", "2026-03-02"),
    ("Europe/Berlin", "2026-03-28"),
    ("Europe/Berlin", "2026-10-24"),
    ("Africa/Cairo", "2026-04-23"),
    ("Asia/Beirut", "2026-03-28"),
    ("America/Havana", "2026-10-31"),
    ("Australia/Lord_Howe", "2026-04-04"),
    ("Australia/Lord_Howe", "2026-10-03"),
)
"""Zones and first dates; all but the first are followed by a change of the clocks."""
SERVICES = ("calls", "chats")


@st.composite
def templates(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One day template and perhaps a night over midnight, each with or without breaks."""
    found = []
    names = draw(st.sampled_from((["day"], ["night"], ["day", "night"])))
    for name in names:
        length = draw(st.sampled_from((240, 360, 480)))
        pauses: list[dict[str, Any]] = [{"id": "rest", "minutes": 30, "paid": draw(st.booleans())}]
        if draw(st.booleans()):
            late = {"anchor": "end", "earliest_minutes": 150, "latest_minutes": 60}
            pauses.append({"id": "tea", "minutes": 30, "window": late})
        breaks = {"breaks": pauses, "min_work_minutes": 30, "max_work_minutes": length - 60}
        found.append(
            {
                "id": name,
                "start": {
                    "earliest": "08:00" if name == "day" else "21:00",
                    "latest": draw(st.sampled_from(("09:00", "10:00")))
                    if name == "day"
                    else draw(st.sampled_from(("22:00", "23:00"))),
                    "step_minutes": 60,
                },
                "length": length,
                "ends_by_clock": draw(st.booleans()),
                "break_sets": [breaks] if draw(st.booleans()) else [],
            }
        )
    return found


@st.composite
def employees(draw: st.DrawFn, horizon: Horizon) -> list[dict[str, Any]]:
    """Two or three people with one or two skills, a wish, and perhaps a past."""
    found = []
    for name in ("Ana", "Ben", "Chi")[: draw(st.integers(2, 3))]:
        skills = draw(st.sets(st.sampled_from(SERVICES), min_size=1))
        person: dict[str, Any] = {
            "id": name,
            "contract": "c",
            "skills": {skill: draw(st.sampled_from((0.8, 1.0, 1.25))) for skill in sorted(skills)},
        }
        if draw(st.booleans()):
            wish = {"wants": draw(st.sampled_from(("on", "off"))), "day": str(horizon.date_of(0))}
            person["requests"] = [{**wish, "weight": draw(st.integers(1, 60))}]
        found.append(person)
    return found


@st.composite
def feasible_instances(draw: st.DrawFn) -> Instance:
    """Draw people and shifts, let them work, and ask for no more than what they cover.

    The breaks of the drawn shifts are placed by trying every way, so that nothing of the package
    decides what is feasible.
    """
    zone, start = draw(st.sampled_from(DAYS))
    grid = {"start": start, "days": 2, "interval_minutes": 30, "time_zone": zone}
    horizon = Horizon.model_validate(grid)
    people, shapes = draw(employees(horizon)), draw(templates())
    data: dict[str, Any] = {
        "name": "drawn",
        "horizon": grid,
        "skills": list(SERVICES),
        "templates": shapes,
        "contracts": [
            {
                "id": "c",
                "pay": {
                    "hourly_rate": draw(st.sampled_from((12, 17.77))),
                    "overtime": {"contracted_minutes_per_week": 480},
                    "premiums": [
                        {
                            "id": "night",
                            "hours": [{"start": "22:00", "end": "24:00"}, {"end": "06:00"}],
                            "percent": 25,
                        }
                    ],
                },
                "rules": [{"kind": "min_rest", "rest_minutes": 480}],
            }
        ],
        "employees": people,
    }
    needs = {name: [0.0] * len(horizon.slots) for name in SERVICES}
    for person in people:
        service = draw(st.sampled_from(sorted(person["skills"])))
        day = draw(st.integers(0, 1))
        template = draw(st.sampled_from(shapes))
        for slot in _slots_worked(draw, horizon, template, day):
            needs[service][slot] += person["skills"][service]
    data["services"] = [
        {
            "id": name,
            "skill": name,
            "demand": {"kind": "staff", "values": [round(v, 2) for v in needs[name]]},
        }
        for name in SERVICES
    ]
    data["floors"] = [{"kind": "coverage", "service": name} for name in SERVICES]
    return Instance.model_validate(data)


def _slots_worked(
    draw: st.DrawFn, horizon: Horizon, template: dict[str, Any], day: int
) -> list[int]:
    """Slots that one shift of the template serves, with breaks placed by the rules, by hand."""
    earliest = int(template["start"]["earliest"][:2]) * 60
    start = horizon.minute_at(day, earliest)
    end = start + template["length"]
    if template["ends_by_clock"]:
        end = horizon.minute_at(day, earliest + template["length"])
    resting: set[int] = set()
    if template["break_sets"]:
        rules = template["break_sets"][0]
        ways = [begun for begun in _ways(rules, end - start) if _legal(rules, begun, end - start)]
        for begin in draw(st.sampled_from(ways)):
            resting.add(start + begin)
    minutes = (m for m in range(start, end, 30) if m not in resting)
    return [minute // 30 for minute in minutes if minute < horizon.minutes]


def _ways(rules: dict[str, Any], length: int) -> list[tuple[int, ...]]:
    beginnings = range(0, length, 30)
    if len(rules["breaks"]) == 1:
        return [(one,) for one in beginnings]
    return [(one, two) for one in beginnings for two in beginnings if one < two]


def _legal(rules: dict[str, Any], begun: tuple[int, ...], length: int) -> bool:
    edges = [0, *(edge for begin in begun for edge in (begin, begin + 30)), length]
    stretches = [edges[k + 1] - edges[k] for k in range(0, len(edges), 2)]
    if not all(rules["min_work_minutes"] <= s <= rules["max_work_minutes"] for s in stretches):
        return False
    return len(begun) == 1 or 60 <= length - begun[1] <= 150
