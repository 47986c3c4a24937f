"""The checker: independent of the solver, complete, and pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from .grammar import Reading, read_schedule
from .models.finding import Charge, CheckReport, Finding, Violation
from .models.instance import Instance
from .models.schedule import Schedule


def check(instance: Instance, schedule: Schedule) -> CheckReport:
    """Judge a schedule against every rule and floor, and compute its cost.

    Parameters
    ----------
    instance
        What was to be planned.
    schedule
        A schedule from any source.

    Returns
    -------
    CheckReport
        All violations with their amounts, never just the first, and the cost by term.
    """
    reading = read_schedule(instance, schedule)
    violations: list[Violation] = []
    penalties: list[Violation] = []
    cost: dict[str, Decimal] = defaultdict(Decimal)
    for finding in (*reading.violations, *_judge(instance, reading)):
        if isinstance(finding, Charge):
            cost[finding.term] += finding.cost
        elif finding.cost is None:
            violations.append(finding)
        else:
            penalties.append(finding)
            cost[finding.kind] += finding.cost
    return CheckReport(
        violations=tuple(violations),
        penalties=tuple(penalty for penalty in penalties if penalty.cost),
        cost={term: money.quantize(Decimal("0.01")) for term, money in cost.items() if money},
    )


def _judge(instance: Instance, reading: Reading) -> Iterator[Finding]:
    for roster in reading.rosters:
        for rule in instance.rules_of(roster.employee):
            yield from rule.check(roster)
    for floor in instance.all_floors:
        yield from floor.check(reading.team)
