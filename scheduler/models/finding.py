"""What the checker finds: broken promises, and what everything costs."""

from decimal import Decimal

from .base import Model


class Violation(Model):
    """One broken rule or floor: weighted and paid for if it has a `cost`, else hard."""

    kind: str
    """The rule or floor, as in instance files."""
    who: str
    """Employee, or service or skill for a floor."""
    when: str
    """Local time or date at which it is broken."""
    amount: float
    unit: str
    message: str
    cost: Decimal | None = None

    def __str__(self) -> str:
        return f"{self.when}  {self.who}  {self.kind}: {self.message}"


class Charge(Model):
    """A cost that is no violation: pay."""

    term: str
    """Its name in the cost breakdown."""
    who: str
    cost: Decimal


Finding = Violation | Charge


class CheckReport(Model):
    """Everything the checker has to say about a schedule."""

    violations: tuple[Violation, ...]
    """Broken hard rules and floors: none in a valid schedule."""
    penalties: tuple[Violation, ...]
    """Weighted ones, each with its cost."""
    cost: dict[str, Decimal]
    """Money by term."""

    @property
    def ok(self) -> bool:
        """Tell whether no hard rule or floor is broken."""
        return not self.violations

    @property
    def objective(self) -> Decimal:
        """Sum of all terms."""
        return sum(self.cost.values(), Decimal(0))
