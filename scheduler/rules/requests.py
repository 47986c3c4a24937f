"""Requests on and off."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import cents
from ..models.finding import Finding, Violation
from ..models.roster import Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class Requests(Rule):
    """A wish that is not met costs its weight.

    Every employee carries this rule; the wishes are the employee's `requests`.

    Notes
    -----
    With w = Σ x_o over the options of the day (and template) that is asked for: a request to work
    costs weight · (1 − w), a request not to work costs weight · w.

    Source: shift-on and shift-off requests of the nurse-rostering benchmarks (Curtois and Qu 2014).

    Examples
    --------
    Holds: wants Saturday off, does not work on Saturday.

    Broken, by one request: wants an early shift on Monday, works late on Monday.
    """

    always: ClassVar[bool] = True
    unit: ClassVar[str] = "request"
    example: ClassVar[dict[str, object]] = {"kind": "requests"}

    kind: Literal["requests"] = "requests"

    def post(self, block: EmployeeBlock) -> None:
        """Charge each wish that is not met."""
        for wish in block.employee.requests:
            day = block.instance.horizon.day_of(wish.day)
            matching = [
                choice.worked
                for choice in block.on(day)
                if wish.template in (None, choice.duty.template)
            ]
            price = cents(wish.weight)
            if wish.wants == "on":
                block.ledger.charge(self.kind, price, 1)
                price = -price
            for worked in matching:
                block.ledger.charge(self.kind, price, worked)

    def resources(
        self,
        employee: Employee,  # noqa: ARG002
        instance: Instance,  # noqa: ARG002
    ) -> tuple[Resource, ...]:
        """Remember nothing: every wish is about one day."""
        return ()

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare each wish with what is worked."""
        for wish in roster.employee.requests:
            worked = [d.template for d in roster.on(roster.horizon.day_of(wish.day))]
            granted = bool(worked) if wish.template is None else wish.template in worked
            if granted != (wish.wants == "on"):
                what = wish.template or "any shift"
                yield Violation(
                    kind=self.kind,
                    who=roster.employee.id,
                    when=wish.day.isoformat(),
                    amount=1,
                    unit=self.unit,
                    message=f"asked {'for' if wish.wants == 'on' else 'not to work'} {what}",
                    cost=Decimal(wish.weight),
                )
