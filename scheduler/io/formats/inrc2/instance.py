"""From a planning period of INRC-II to an instance that scores in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .record import DAYS, Contract, Limits, Nurse, Past, Period, Scenario

Json = dict[str, Any]

MONDAY = date(2024, 1, 1)
"""The format has no dates, only weeks that begin on a Monday; this is one."""
HOURS = 24
MISSING, SHIFT_RUN, RUN, WISH, WEEKEND, TOTAL = 30, 15, 30, 10, 30, 20
"""Weights of the competition: a nurse below the optimum; a day of a run of a shift type; a day of a
run of working days or days off; an unwanted shift; a weekend, incomplete or too many; a shift
outside the limits of the total."""


def instance_of(period: Period) -> Json:
    """Give the instance as it stands in a file."""
    scenario = period.scenario
    return {
        "schema_version": 1,
        "name": period.name,
        "description": "Converted from the Second International Nurse Rostering Competition.",
        "horizon": {
            "start": MONDAY.isoformat(),
            "days": len(DAYS) * scenario.weeks,
            "interval_minutes": 60,
        },
        "skills": list(scenario.skills),
        "services": [],
        "floors": [{"kind": "shift_cover", "cover": list(_cover(period))}],
        "templates": list(_templates(scenario)),
        "contracts": [
            {
                "id": contract.id,
                "pay": {"hourly_rate": 0},
                "rules": list(_rules(scenario, contract)),
            }
            for contract in scenario.contracts.values()
        ],
        "employees": [_employee(period, nurse) for nurse in scenario.nurses.values()],
    }


def _date(day: int) -> str:
    return (MONDAY + timedelta(days=day)).isoformat()


def _templates(scenario: Scenario) -> Iterator[Json]:
    """Give each shift type an equal part of the day, in the order of the scenario."""
    hours = HOURS // len(scenario.shifts)
    for i, name in enumerate(scenario.shifts):
        yield {"id": name, "start": f"{i * hours:02d}:00", "length": 60 * hours}


def _cover(period: Period) -> Iterator[Json]:
    for shift in period.scenario.shifts:
        for skill in period.scenario.skills:
            demand = [week.demand[shift, skill] for week in period.weeks]
            yield {
                "template": shift,
                "skill": skill,
                "minimum": [people for week in demand for people in week.minimum],
                "preferred": [people for week in demand for people in week.optimal],
                "weight_under": MISSING,
            }


def _rules(scenario: Scenario, contract: Contract) -> Iterator[Json]:
    yield from _successions(scenario)
    yield _total(contract, already=0)
    yield _weekends(contract, already=0)
    if contract.complete_weekends:
        yield {"kind": "complete_weekends", "weight": WEEKEND}
    yield from _runs("consecutive_days", contract.run, weight=RUN)
    yield from _runs("consecutive_days_off", contract.run_off, weight=RUN)
    for name, shift in scenario.shifts.items():
        kind = "consecutive_template_days"
        yield from _runs(kind, shift.run, weight=SHIFT_RUN, templates=[name])


def _successions(scenario: Scenario) -> Iterator[Json]:
    banned = [
        {"first": name, "then": list(shift.not_before)}
        for name, shift in scenario.shifts.items()
        if shift.not_before
    ]
    if banned:
        yield {"kind": "forbidden_successions", "successions": banned}


def _total(contract: Contract, already: int) -> Json:
    least, most = contract.shifts
    rule = {"kind": "total_shifts", "min_shifts": least, "max_shifts": most, "weight": TOTAL}
    return rule | ({"already": already} if already else {})


def _weekends(contract: Contract, already: int) -> Json:
    rule = {"kind": "max_weekends", "weekends": contract.max_weekends, "weight": WEEKEND}
    return rule | ({"already": already} if already else {})


def _runs(kind: str, limits: Limits, **fields: Any) -> Iterator[Json]:
    """Give the rules on a run: what is known of the past begins with it, and nothing ends it."""
    least, most = limits
    yield {"kind": f"max_{kind}", "days": most, **fields}
    if least > 1:
        yield {"kind": f"min_{kind}", "days": least, "at_start": "closed", **fields}


def _employee(period: Period, nurse: Nurse) -> Json:
    past, contract = period.history[nurse.id], period.scenario.contracts[nurse.contract]
    employee: Json = {
        "id": nurse.id,
        "contract": nurse.contract,
        "skills": dict.fromkeys(nurse.skills, 1.0),
        "rules": [
            *([_total(contract, past.shifts)] if past.shifts else []),
            *([_weekends(contract, past.weekends)] if past.weekends else []),
        ],
        "requests": list(_requests(period, nurse)),
    }
    if past.run or past.run_off:
        employee["history"] = _history(period.scenario, past)
    return employee


def _requests(period: Period, nurse: Nurse) -> Iterator[Json]:
    for i, week in enumerate(period.weeks):
        for wish in week.wishes:
            if wish.nurse == nurse.id:
                day = _date(len(DAYS) * i + wish.day)
                shift = {} if wish.shift is None else {"template": wish.shift}
                yield {"wants": "off", "day": day, **shift, "weight": WISH}


def _history(scenario: Scenario, past: Past) -> Json:
    """Give the last run of work or of days off.

    Of its first days, only that they were worked is known; another shift type stands for theirs.
    """
    first = -past.run or -past.run_off
    templates = {template["id"]: template for template in _templates(scenario)}
    shifts = []
    for day in range(-past.run, 0):
        own = past.last_shift is not None and day >= -past.run_of_shift
        template = templates[str(past.last_shift) if own else _other(scenario, past)]
        start = int(template["start"][:2])
        shifts.append(
            {
                "template": template["id"],
                "start": f"{_date(day)}T{start:02d}:00",
                "end": _clock(day, start + template["length"] // 60),
            }
        )
    return {"since": _date(first), "shifts": shifts}


def _clock(day: int, hour: int) -> str:
    return f"{_date(day + hour // HOURS)}T{hour % HOURS:02d}:00"


def _other(scenario: Scenario, past: Past) -> str:
    """Give a shift type that may come before the last one."""
    others = [name for name in scenario.shifts if name != past.last_shift]
    fitting = [name for name in others if past.last_shift not in scenario.shifts[name].not_before]
    return (fitting or others)[0]
