"""check_design(): judge shifts against a design problem, in plain Python.

It shares nothing with the model but the problem, and counts minute by minute instead of interval by
interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..models.base import MINUTES_PER_DAY
from ..models.design import DesignedShift, DesignProblem
from ..models.finding import CheckReport, Violation
from ..models.shift import ShiftTemplate


def check_design(problem: DesignProblem, shifts: Sequence[DesignedShift]) -> CheckReport:
    """Judge shifts, and compute what they cost.

    Parameters
    ----------
    problem
        What was asked for.
    shifts
        The shifts in use, with the people who start them on each day.

    Returns
    -------
    CheckReport
        Violations of what must hold; penalties for people who are missing or too many; money by the
        terms `shifts`, `under_cover` and `over_cover`.

    Notes
    -----
    weight_shift · |{(start, length) that anybody works}| + Σ_t weight_under · (demand − people)⁺ +
    weight_over · (people − demand)⁺.

    Source: Di Gaspero, Gärtner, Kortsarz, Musliu, Schaerf and Slany, "The minimum shift design
    problem", Annals of Operations Research 155, 2007.
    """
    found = [*_misfits(problem, shifts), *_counts(problem, shifts), *_cover(problem, shifts)]
    distinct = _in_use(shifts)
    cost = {"shifts": problem.weight_shift * len(distinct)}
    for kind in ("under_cover", "over_cover"):
        paid = (finding.cost or Decimal(0) for finding in found if finding.kind == kind)
        cost[kind] = sum(paid, Decimal(0))
    return CheckReport(
        violations=tuple(finding for finding in found if finding.cost is None),
        penalties=tuple(finding for finding in found if finding.cost is not None),
        cost=cost,
    )


def _in_use(shifts: Sequence[DesignedShift]) -> set[tuple[int, int]]:
    return {(shift.start, shift.minutes) for shift in shifts if any(shift.people)}


def _misfits(problem: DesignProblem, shifts: Sequence[DesignedShift]) -> Iterator[Violation]:
    """Find shifts that no template allows, and lists of days of another length."""
    for shift in shifts:
        if len(shift.people) != problem.days:
            message = f"people for {len(shift.people)} days; the problem has {problem.days}"
            yield _hard("grammar", shift.id, "", len(shift.people), "day", message)
            continue
        for day, people in enumerate(shift.people):
            weekday = problem.weekday_of(day)
            if people and not any(
                weekday in template.days and _allows(template, shift)
                for template in problem.templates
            ):
                message = f"no template allows {shift.minutes} minutes from this start"
                yield _hard("grammar", shift.id, problem.day_label(day), people, "person", message)


def _allows(template: ShiftTemplate, shift: DesignedShift) -> bool:
    late = shift.start - template.start.earliest
    longer = shift.minutes - template.length.min_minutes
    return (
        0 <= late <= template.start.latest - template.start.earliest
        and late % template.start.step_minutes == 0
        and 0 <= longer <= template.length.max_minutes - template.length.min_minutes
        and longer % template.length.step_minutes == 0
    )


def _counts(problem: DesignProblem, shifts: Sequence[DesignedShift]) -> Iterator[Violation]:
    """Count distinct shifts, and the people of each on each day."""
    distinct = len(_in_use(shifts))
    if problem.max_shifts is not None and distinct > problem.max_shifts:
        beyond = distinct - problem.max_shifts
        message = f"{distinct} distinct shifts in use, at most {problem.max_shifts} wanted"
        yield _hard("max_shifts", "everybody", "", beyond, "shift", message)
    starts: dict[tuple[int, int, int], int] = {}
    for shift in shifts:
        for day, people in enumerate(shift.people):
            key = (shift.start, shift.minutes, day)
            starts[key] = starts.get(key, 0) + people
    names = {(shift.start, shift.minutes): shift.id for shift in shifts}
    for (start, minutes, day), people in starts.items():
        who, when = names[start, minutes], problem.day_label(day)
        if 0 < people < problem.min_people:
            message = f"{people} people start it, at least {problem.min_people} wanted"
            missing = problem.min_people - people
            yield _hard("min_people", who, when, missing, "person", message)
        if problem.max_people is not None and people > problem.max_people:
            message = f"{people} people start it, at most {problem.max_people} wanted"
            beyond = people - problem.max_people
            yield _hard("max_people", who, when, beyond, "person", message)


def _cover(problem: DesignProblem, shifts: Sequence[DesignedShift]) -> Iterator[Violation]:
    """Compare the people on duty with the demand of every interval."""
    step, horizon = problem.interval_minutes, problem.days * MINUTES_PER_DAY
    on_duty = [0] * horizon
    for shift in shifts:
        for day, people in enumerate(shift.people):
            begin = day * MINUTES_PER_DAY + shift.start
            for minute in range(begin, begin + shift.minutes) if people else ():
                if problem.cyclic or minute < horizon:
                    on_duty[minute % horizon] += people
    for slot, need in enumerate(problem.demand):
        people, when = min(on_duty[slot * step : (slot + 1) * step]), problem.label(slot)
        most = max(on_duty[slot * step : (slot + 1) * step])
        message = f"{people} of {need} people"
        if people < need and problem.weight_under is None:
            yield _hard("under_cover", "everybody", when, need - people, "person", message)
        elif people < need:
            yield _paid("under_cover", when, need - people, message, problem.weight_under)
        if most > need:
            yield _paid("over_cover", when, most - need, message, problem.weight_over)


def _hard(kind: str, who: str, when: str, amount: int, unit: str, message: str) -> Violation:
    return Violation(kind=kind, who=who, when=when, amount=amount, unit=unit, message=message)


def _paid(kind: str, when: str, amount: int, message: str, weight: Decimal | None) -> Violation:
    return Violation(
        kind=kind,
        who="everybody",
        when=when,
        amount=amount,
        unit="person-interval",
        message=message,
        cost=(weight or Decimal(0)) * amount,
    )
