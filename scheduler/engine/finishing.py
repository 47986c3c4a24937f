"""Finishing: from the best plan that was found to an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..formulation.extraction import extract
from ..formulation.model import Formulation
from ..models.result import Status, StopReason, TracePoint, relative_gap
from .cpsat import valuation
from .neighbourhood import Plan
from .outcome import Limits, Outcome
from .program import Program, program_of
from .tidying import tidy


def finish(
    plan: Plan,
    bound: int | None,
    formulation: Formulation,
    limits: Limits,
    trace: Sequence[TracePoint],
    program: Program | None = None,
) -> Outcome:
    """Name everything that the best plan decides, if it is a schedule.

    Parameters
    ----------
    program
        The arrays of the plan's model, if they are there already.
    """
    status, reason = _verdict(plan, bound, limits)
    schedule = None
    if not plan.shortage:
        program = program or program_of(plan.formulation.model)
        values = tidy(plan.formulation, program, plan.values, limits)
        schedule = extract(plan.formulation, valuation(values))
    return Outcome(
        status=status,
        stop_reason=reason,
        schedule=schedule,
        objective=None if plan.shortage else plan.cost,
        bound=bound,
        trace=tuple(trace),
        size=formulation.size,
        notes=_lacking(plan),
    )


def _lacking(plan: Plan) -> tuple[str, ...]:
    if not plan.shortage:
        return ()
    days = ", ".join(sorted({slot.calendar_day.isoformat() for slot in plan.short_slots}))
    return (
        f"the best plan lacks {plan.shortage / 100:g} person-intervals on {days}; "
        "more time may help, or the floors cannot be held",
    )


def _verdict(plan: Plan, bound: int | None, limits: Limits) -> tuple[Status, StopReason]:
    stopped: StopReason = "interrupted" if limits.interrupt.is_set() else "time_limit"
    if plan.shortage:
        return "unknown", stopped
    if bound is not None and plan.cost <= bound:
        return "optimal", "proved"
    gap = None if bound is None else relative_gap(Decimal(plan.cost), Decimal(bound))
    return "feasible", "gap" if gap is not None and gap <= limits.gap else stopped
