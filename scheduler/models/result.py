"""What a solve gives back. Unknown is None, never 0 or infinity."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from .finding import CheckReport
    from .instance import Instance
    from .schedule import Schedule

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
StopReason = Literal[
    "proved",
    "gap",
    "time_limit",
    "interrupted",
    "rejected_by_checker",
    "verified",
    "not_verified",
]
"""`verified` and `not_verified`: what a replay of the schedule found."""


@dataclass(frozen=True, slots=True)
class TracePoint:
    """What was known at a moment of the solve."""

    seconds: float
    cost: Decimal | None
    bound: Decimal | None


@dataclass(frozen=True, slots=True)
class ModelSize:
    """How large the model was, and how long it took to build."""

    variables: int
    constraints: int
    build_seconds: float


def relative_gap(objective: Decimal | None, bound: Decimal | None) -> float | None:
    """(objective − bound) / objective, or None where either is unknown."""
    if objective is None or bound is None:
        return None
    if objective <= bound:
        return 0.0
    return float((objective - bound) / objective)


@dataclass(frozen=True)
class Result:
    """Status, reason, schedule, cost and bound of one solve, each on its own."""

    instance: Instance
    status: Status
    stop_reason: StopReason
    schedule: Schedule | None
    """The best schedule, or None."""
    objective: Decimal | None
    """Its cost, as the checker computes it."""
    bound: Decimal | None
    """No schedule costs less: proved, also where no schedule was found."""
    report: CheckReport | None
    """What the checker says about the schedule."""
    seconds: float | None
    """Wall time; None in deterministic mode, where it would differ from run to run."""
    seed: int
    engine: str
    versions: dict[str, str]
    trace: tuple[TracePoint, ...] = ()
    size: ModelSize | None = None
    notes: tuple[str, ...] = field(default=())
    """Remarks for a reader: what could not be done."""

    @property
    def gap(self) -> float | None:
        """(objective − bound) / objective."""
        return relative_gap(self.objective, self.bound)

    @property
    def cost(self) -> dict[str, Decimal] | None:
        """Money by term."""
        return None if self.report is None else self.report.cost

    def to_frame(self) -> pd.DataFrame:
        """One row per shift: employee, day, template, start, end, paid and break minutes.

        Raises
        ------
        ValueError
            If there is no schedule.
        """
        if self.schedule is None:
            raise ValueError(f"there is no schedule: {self.status}")
        from ..report.tables import shifts_frame  # pandas is loaded for tables only

        return shifts_frame(self.instance, self.schedule)
