"""Large-neighbourhood search on the true model, from a start that the relaxation suggests."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

from ..formulation.options import Option
from ..models.base import cents
from ..models.instance import Instance
from ..models.result import TracePoint, relative_gap
from ..models.schedule import Schedule
from .budget import Budget
from .neighbourhood import SHAPES, Choices, Neighbourhood, Plan, Shape, solve_neighbourhood
from .outcome import Limits, Progress
from .start import plan_from

NEIGHBOURHOOD_SECONDS = 3.0
SMALLEST, LARGEST, FIRST = 60.0, 8000.0, 300.0
"""Free options in a neighbourhood: limits, and where the adaptation starts."""
PATIENCE = 5
"""Failures in a row after which shortages become dearer."""
LARGEST_PRICE = 10_000_000
"""Cents for a hundredth of a person; beyond, sums would overflow."""


@dataclass
class _Kind:
    """A way to choose neighbourhoods, and what was learnt about it."""

    shape: Shape
    among: Choices
    """Options to choose from."""
    size: float = FIRST
    """Options that it frees."""
    success: float = 1.0
    """How often it helped of late; the chance to be chosen is proportional."""

    def learn(self, *, better: bool, solved: bool) -> None:
        """Grow what is solved to the end, shrink what is not, and remember what helped."""
        self.size = min(LARGEST, max(SMALLEST, self.size * (1.15 if solved else 0.85)))
        self.success = 0.9 * self.success + 0.1 * (1.0 if better else 0.1)


class Polisher:
    """Improves a plan until time runs out, or the bound is reached.

    Parameters
    ----------
    instance
        What is planned.
    options
        Everything that each employee may choose from.
    limits, budget
        When to stop.
    bound
        Proved lower bound in cents, if there is one.
    suggested
        The few options that the relaxation uses.
    """

    def __init__(
        self,
        instance: Instance,
        options: Choices,
        limits: Limits,
        budget: Budget,
        bound: int | None,
        suggested: Choices,
    ) -> None:
        self.trace: list[TracePoint] = []
        self._instance = instance
        self._options = options
        self._limits = limits
        self._quiet = replace(limits, gap=0.0, on_progress=lambda _: None)
        self._budget = budget
        self._bound = bound
        self._price = shortage_price(instance, options)
        self._draw = random.Random(limits.seed)
        self._suggested = suggested
        self._kinds = [_Kind(shape, among) for among in (suggested, options) for shape in SHAPES]

    def start_at(self, schedule: Schedule, seconds: float) -> Plan | None:
        """Begin with a schedule; None if it is not one of this instance."""
        quiet = replace(self._limits, on_progress=lambda _: None)
        plan, run = plan_from(self._instance, schedule, self._options, self._price, quiet, seconds)
        self._budget.spend(0.0 if run is None else run.deterministic_time)
        if plan is not None:
            self._note(plan)
        return plan

    def start(self, seconds: float) -> Plan | None:
        """Find a first plan; it may be short of much.

        It is looked for among the suggested options, and among all where nobody's rules can be kept
        with those.
        """
        team = replace(self._limits, gap=0.01, on_progress=lambda _: None)
        among = self._suggested
        while self._budget.left > 0:
            seconds = min(seconds, self._budget.left)
            around = Neighbourhood(among, kept={})
            plan, run = solve_neighbourhood(self._instance, around, self._price, team, seconds)
            self._budget.spend(run.deterministic_time)
            if plan is not None:
                self._note(plan)
                return plan
            if run.verdict[0] != "infeasible":
                seconds *= 2
            elif among is self._suggested:
                among = self._options
            else:
                return None
        return None

    def improve(self, plan: Plan) -> Plan:
        """Search neighbourhood after neighbourhood."""
        failures = 0
        while self._budget.left > 0 and not self._good_enough(plan):
            found = self._attempt(plan)
            if found is None or self._rank(found) >= self._rank(plan):
                failures += 1
            else:
                failures = 0
                self._note(found)
            if found is not None and self._rank(found) <= self._rank(plan):
                plan = found
            if plan.shortage and failures >= PATIENCE:
                self._price, failures = min(self._price * 3, LARGEST_PRICE), 0
        return plan

    def _rank(self, plan: Plan) -> tuple[bool, int]:
        return plan.rank(self._price)

    def _good_enough(self, plan: Plan) -> bool:
        if plan.shortage or self._bound is None:
            return False
        gap = relative_gap(Decimal(plan.cost), Decimal(self._bound))
        return gap is not None and gap <= self._limits.gap

    def _attempt(self, plan: Plan) -> Plan | None:
        """Choose a neighbourhood and solve it, with all workers: CP-SAT's own searches differ."""
        kind = self._draw.choices(self._kinds, [kind.success for kind in self._kinds])[0]
        around = kind.shape(plan, kind.among, round(kind.size), self._draw)
        limits = replace(self._quiet, seed=self._draw.randrange(1 << 30))
        seconds = min(NEIGHBOURHOOD_SECONDS, self._budget.left)
        found, run = solve_neighbourhood(
            self._instance, around, self._price, limits, seconds, hint=plan
        )
        self._budget.spend(run.deterministic_time)
        better = found is not None and self._rank(found) < self._rank(plan)
        kind.learn(better=better, solved=run.verdict[0] == "optimal")
        return found

    def _note(self, plan: Plan) -> None:
        cost = Decimal(plan.cost) / 100 if not plan.shortage else None
        bound = None if self._bound is None else Decimal(self._bound) / 100
        point = TracePoint(self._budget.seconds, cost, bound)
        self.trace.append(point)
        phase = "polishing" if not plan.shortage else f"{plan.shortage / 100:g} short"
        self._limits.on_progress(Progress(phase, point))


def shortage_price(instance: Instance, options: Choices) -> int:
    """Give the cents for a hundredth of a missing person: a whole one costs a few long shifts.

    Where nobody is paid, it costs a few of the dearest wishes and weighted rules instead.
    """
    rates = [cents(instance.contract_of(e).pay.hourly_rate) for e in instance.employees]
    every: list[Option] = [option for mine in options.values() for option in mine]
    longest = max((option.duty.paid_minutes for option in every), default=60)
    return max(1, 10 * max(max(rates) * longest // 60, _dearest_weight(instance)) // 100)


def _dearest_weight(instance: Instance) -> int:
    """Give the cents of the most expensive wish, or unit of a violation."""
    rules = [rule.weight for e in instance.employees for rule in instance.rules_of(e)]
    wishes = [wish.weight for e in instance.employees for wish in e.requests]
    return max((cents(weight) for weight in (*rules, *wishes) if weight is not None), default=0)
