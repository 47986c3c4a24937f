"""The answer: shifts with breaks and work segments, for named people."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, PlainSerializer

from .base import Date, Id, LocalTime, Model

if TYPE_CHECKING:
    from .result import Result

Amount = Annotated[Decimal, PlainSerializer(float, when_used="json")]


class PlannedBreak(Model):
    """A break at its time."""

    id: Id
    start: LocalTime
    end: LocalTime
    paid: bool


class WorkSegment(Model):
    """A stretch of serving one service."""

    service: Id
    start: LocalTime
    end: LocalTime


class Shift(Model):
    """A shift that somebody works.

    One that began before the horizon and reaches into it is repeated from the history, so that its
    work can be seen; it costs nothing here.
    """

    employee: Id
    day: Date
    """Date on which it starts."""
    template: Id
    start: LocalTime
    end: LocalTime
    skill: Id | None = None
    """Skill in which it is worked, where a floor asks for one."""
    breaks: tuple[PlannedBreak, ...] = ()
    work: tuple[WorkSegment, ...] = ()


class Schedule(Model):
    """Who works when, and on what."""

    shifts: tuple[Shift, ...] = ()


class ScheduleFile(Model):
    """A schedule as it stands in a file: the shifts, and how the solve went."""

    schema_version: Literal[1] = 1
    instance: str
    """Name of the instance."""
    status: Literal["optimal", "feasible", "infeasible", "unknown"] = "unknown"
    stop_reason: str | None = None
    objective: Amount | None = None
    bound: Amount | None = None
    gap: float | None = None
    seconds: float | None = None
    """Wall time; null in deterministic mode."""
    seed: int | None = None
    engine: str | None = None
    versions: dict[str, str] = Field(default={})
    cost: dict[str, Amount] = Field(default={})
    """Money by term."""
    shifts: tuple[Shift, ...] = ()

    @property
    def schedule(self) -> Schedule:
        """The shifts."""
        return Schedule(shifts=self.shifts)

    @classmethod
    def of(cls, result: "Result") -> Self:
        """Make the file of a result."""
        return cls(
            instance=result.instance.name,
            status=result.status,
            stop_reason=result.stop_reason,
            objective=result.objective,
            bound=result.bound,
            gap=result.gap,
            seconds=result.seconds,
            seed=result.seed,
            engine=result.engine,
            versions=result.versions,
            cost=result.cost or {},
            shifts=result.schedule.shifts if result.schedule else (),
        )
