"""The base of all labour rules.

A rule belongs to one employee and is one file in `scheduler.rules`: its parameters, `post` for the
solver, `check` in plain Python, and its documentation. `post` and `check` share nothing but
calendar arithmetic, so that each can catch the other's mistakes.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from .base import Location, Money, cents
from .finding import Finding, Violation
from .kind import Kind, OneOf

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from .employee import Employee
    from .instance import Instance
    from .resource import Resource
    from .roster import Duty, Roster


class Rule(Kind):
    """A labour rule: hard, or weighted with money per unit of violation."""

    table: ClassVar[dict[str, type[Any]]] = {}
    noun: ClassVar[str] = "rule"
    unit: ClassVar[str] = "violation"
    """What one unit of violation is, in the singular."""
    always: ClassVar[bool] = False
    """Whether every employee carries it without being asked; such a rule has no parameters."""
    example: ClassVar[dict[str, Any]] = {}
    """How it may stand in a file."""

    weight: Money | None = None
    """Money for a unit of violation; a hard rule has none."""

    def permits(self, duty: Duty, employee: Employee, instance: Instance) -> bool:  # noqa: ARG002
        """Tell whether a single duty may be considered at all; only for what is always hard."""
        return True

    @abstractmethod
    def post(self, block: EmployeeBlock) -> None:
        """Add the rule to the employee's part of the model."""

    @abstractmethod
    def check(self, roster: Roster) -> Iterator[Finding]:
        """Find every violation in a roster, and every charge."""

    def resources(
        self,
        employee: Employee,  # noqa: ARG002
        instance: Instance,  # noqa: ARG002
    ) -> tuple[Resource, ...] | None:
        """Describe the rule as automata over days, if it can be; None if not.

        What single choices cost by themselves is no part of them: a rule that does nothing else
        needs none, and gives ``()``.
        """
        return None

    @property
    def price(self) -> int | None:
        """Cents for a unit of violation; None for a hard rule."""
        return None if self.weight is None else cents(self.weight)

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:  # noqa: ARG002
        """Find parameters that do not fit the instance, each with its place inside the rule."""
        yield from ()

    def violation(self, roster: Roster, when: str, amount: int, message: str) -> Violation:
        """Describe a violation of this rule, priced if the rule has a weight."""
        return Violation(
            kind=self.kind,
            who=roster.employee.id,
            when=when,
            amount=amount,
            unit=self.unit,
            message=message,
            cost=None if self.weight is None else self.weight * amount,
        )


AnyRule = Annotated[Rule, OneOf(Rule)]
