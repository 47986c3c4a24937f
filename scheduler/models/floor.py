"""The base of all service floors.

A floor ties the team together and is one file in `scheduler.floors`, built like a rule: its
parameters, `post` for the solver, `check` in plain Python, and its documentation.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from .base import Location, WholeMoney
from .finding import Finding, Violation
from .horizon import Slot, Windows
from .kind import Kind, OneOf

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock
    from .instance import Instance
    from .team import Team


@dataclass(frozen=True, slots=True)
class Reached:
    """What a promise over a day, or over the horizon, came to."""

    when: str
    """Date, or ``"horizon"``."""
    told: str
    """What was reached, in words: ``"83.1% answered within 20 s"``."""
    spare: float
    """Share of what is allowed, or needed, that is left over; negative where it is not kept."""


class Floor(Kind):
    """A promise to customers: hard, or weighted with money per unit of violation."""

    table: ClassVar[dict[str, type[Any]]] = {}
    noun: ClassVar[str] = "floor"
    unit: ClassVar[str] = "missing person-interval"
    promise: ClassVar[str]
    """``"access"`` (how fast customers are served) or ``"quality"`` (by whom, how well)."""
    more_is_never_worse: ClassVar[bool] = True
    """Whether a further person serving can never break it; lets the model do without variables."""
    example: ClassVar[dict[str, Any]] = {}
    """How it may stand in a file."""

    hours: Annotated[Windows, Field(min_length=1)] | None = None
    """When it holds; whenever the service is open, if left out."""
    weight: WholeMoney | None = None
    """Money for a unit of violation; a hard floor has none."""

    @property
    @abstractmethod
    def subject(self) -> str:
        """Service or skill that it is about."""

    @property
    def units(self) -> tuple[str, ...]:
        """Units in which it is broken; what it charges in another is no broken promise."""
        return (self.unit,)

    @property
    def occasion(self) -> str:
        """What it is judged in, one by one."""
        return "interval"

    @property
    def wording(self) -> str | None:
        """The promise in its own numbers, or None where the meaning with its fields says it."""
        return None

    @property
    def served(self) -> str | None:
        """Service whose servers it counts, if any."""
        return None

    @abstractmethod
    def post(self, block: CoverageBlock) -> None:
        """Add the floor to the team's part of the model."""

    @abstractmethod
    def check(self, team: Team) -> Iterator[Finding]:
        """Find every violation in what the team does."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:  # noqa: ARG002
        """Find parameters that do not fit the instance, each with its place inside the floor."""
        yield from ()

    def needed(self, instance: Instance) -> Mapping[int, float] | None:  # noqa: ARG002
        """Effective staff it asks for by slot, or None if it is not about a number of people."""
        return None

    def reached(self, team: Team) -> Iterator[Reached]:  # noqa: ARG002
        """Tell what every day, or the horizon, came to; nothing where intervals are judged."""
        yield from ()

    def holds_in(self, slot: Slot) -> bool:
        """Tell whether the floor's own hours include the slot."""
        return self.hours is None or any(window.contains(slot) for window in self.hours)

    def violation(self, team: Team, slot: Slot, missing: float, message: str) -> Violation:
        """Describe a violation of this floor in a slot, priced if the floor has a weight."""
        minute = slot.index * team.instance.horizon.interval_minutes
        return self.breach(team.instance.horizon.label(minute), missing, message)

    def breach(self, when: str, amount: float, message: str) -> Violation:
        """Describe a violation of this floor at any time."""
        return Violation(
            kind=self.kind,
            who=self.subject,
            when=when,
            amount=round(amount, 4),
            unit=self.unit,
            message=message,
            cost=None if self.weight is None else self.weight * Decimal(round(amount * 100)) / 100,
        )


AnyFloor = Annotated[Floor, OneOf(Floor)]
