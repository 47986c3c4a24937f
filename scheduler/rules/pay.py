"""Pay: what the contract says work costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import cents, rounded_div
from ..models.contract import Pay
from ..models.finding import Charge, Finding
from ..models.horizon import Horizon
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .automata import Sums, Templates, weekly

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class PayRule(Rule):
    """Every shift costs its paid minutes, premiums and fixed cost; long weeks cost overtime.

    Every employee carries this rule; its parameters are the contract's `pay`.

    Notes
    -----
    For a shift of p paid minutes, m_k minutes in the hours of premium k, rate r (money per hour):
    pay = r · p / 60, premium = m_k / 60 · (per_hour or r · percent / 100), each rounded half up to
    the cent, plus `per_shift`. Per week: overtime = ⌈(paid minutes − contracted)⁺ / interval⌉
    intervals, each at r · (percent − 100) / 100 · interval / 60, rounded half up to the cent; what
    was worked before the horizon uses up contracted minutes, and is itself not paid again. A shift
    belongs to the week in which it starts.

    Source: hourly contracts with shift differentials and overtime, as payslips show them.

    Examples
    --------
    Holds: always; pay is no promise that could be broken.

    Costs: 8 paid hours at 20.00, two of them at 25 % night premium, 160.00 + 10.00.
    """

    always: ClassVar[bool] = True
    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {"kind": "pay"}

    kind: Literal["pay"] = "pay"

    def post(self, block: EmployeeBlock) -> None:
        """Charge every choice, and the overtime of every week."""
        pay = block.instance.contract_of(block.employee).pay
        rate = cents(pay.hourly_rate)
        for choice in block.choices:
            minutes = choice.duty.paid_minutes
            block.ledger.charge("pay", rounded_div(minutes * rate, 60), choice.worked)
            block.ledger.charge("shift_fees", cents(pay.per_shift), choice.worked)
            premium = _premium_cents(block.instance.horizon, pay, choice.duty)
            block.ledger.charge("premiums", premium, choice.worked)
        if pay.overtime is not None:
            for week in block.instance.horizon.weeks():
                _post_overtime(block, pay, week)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember the paid minutes of the week, if there is overtime."""
        pay = instance.contract_of(employee).pay
        if pay.overtime is None:
            return ()
        contracted = pay.overtime.contracted_minutes_per_week
        step = instance.horizon.interval_minutes
        price = rounded_div(cents(pay.hourly_rate) * (pay.overtime.percent - 100) * step, 6000)
        weeks = tuple(
            replace(week, most=max(contracted, week.before))
            for week in weekly(employee, instance, 0, None, minutes=True)
        )
        return (Sums(Templates(), weeks, price, step_of_price=step, minutes=True),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Write the payslip of the horizon, line by line."""
        pay = roster.instance.contract_of(roster.employee).pay
        for duty in roster.planned:
            # Divide last: a rounded number of hours could tip half a cent the wrong way.
            yield self._charge(roster, "pay", duty.paid_minutes * pay.hourly_rate / 60)
            yield self._charge(roster, "shift_fees", pay.per_shift)
            for premium in pay.premiums:
                windows = premium.windows(roster.horizon)
                within = roster.horizon.minutes_within(windows, duty.start, duty.end)
                per_hour = premium.per_hour
                if per_hour is None:
                    per_hour = pay.hourly_rate * (premium.percent or 0) / 100
                yield self._charge(roster, "premiums", within * per_hour / 60)
        if pay.overtime is not None:
            extra = pay.hourly_rate * (pay.overtime.percent - 100) / 100
            step = roster.horizon.interval_minutes
            price = _to_the_cent(extra * step / 60)
            for week in roster.horizon.weeks():
                worked = sum(d.paid_minutes for d in roster.duties if d.day in week)
                before = sum(d.paid_minutes for d in roster.duties if d.day in week and d.day < 0)
                allowed = max(pay.overtime.contracted_minutes_per_week, before)
                yield self._charge(roster, "overtime", price * -(-max(0, worked - allowed) // step))

    def _charge(self, roster: Roster, term: str, money: Decimal) -> Charge:
        return Charge(term=term, who=roster.employee.id, cost=_to_the_cent(money))


def _to_the_cent(money: Decimal) -> Decimal:
    return Decimal(rounded_div(*(money * 100).as_integer_ratio())) / 100


def _premium_cents(horizon: Horizon, pay: Pay, duty: Duty) -> int:
    total = 0
    for premium in pay.premiums:
        minutes = horizon.minutes_within(premium.windows(horizon), duty.start, duty.end)
        if premium.per_hour is not None:
            total += rounded_div(minutes * cents(premium.per_hour), 60)
        else:
            total += rounded_div(minutes * cents(pay.hourly_rate) * (premium.percent or 0), 6000)
    return total


def _post_overtime(block: EmployeeBlock, pay: Pay, week: range) -> None:
    assert pay.overtime is not None  # the caller has looked
    step = block.instance.horizon.interval_minutes
    before = sum(duty.paid_minutes for duty in block.past if duty.day in week)
    left = max(0, pay.overtime.contracted_minutes_per_week - before)
    days = [block.on(day) for day in week]
    longest = sum(max((c.duty.paid_minutes for c in day), default=0) for day in days)
    if longest <= left:
        return
    intervals = block.model.new_int_var(0, -(-(longest - left) // step), "")
    paid = block.paid_minutes(c for day in days for c in day)
    block.model.add(step * intervals >= paid - left)
    extra = cents(pay.hourly_rate) * (pay.overtime.percent - 100) * step
    block.ledger.charge("overtime", rounded_div(extra, 6000), intervals)
