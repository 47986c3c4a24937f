"""Teams of any size: demand that a planted schedule meets, so that each instance is feasible.

First a team is drawn and given a schedule: days, shifts, breaks and services, all within the rules.
Then demand is asked for that this schedule just meets. How much of the contracted hours it uses is
how tight the instance is. Only `random.Random.random` is drawn from, which gives the same numbers
on every version of Python, and amounts are rounded: a plan always makes the same instance.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..models.base import Model
from ..models.instance import Instance
from ..models.schedule import Schedule

Variant = Literal["slack", "tight", "rules"]
Seed = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
WEEK = 7


class TeamPlan(Model):
    """Size, kind and seed of a team; everything else follows."""

    people: Annotated[int, Field(ge=6, le=5000)]
    days: Annotated[int, Field(ge=1, le=364)]
    """One, or whole weeks from a Monday on."""
    variant: Variant
    """`slack`: about two thirds of the contracted hours are needed. `tight`: nearly all.
    `rules`: minimum hours, two days off in a row and whole weekends."""
    seed: Seed = 0
    interval_minutes: Literal[5, 10, 15, 30] = 15

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.days % WEEK and self.days != 1:
            raise ValueError(f"expected one day or whole weeks, found {self.days} days")
        if self.days == 1 and self.variant == "rules":
            raise ValueError("the rules are on weeks: expected more than one day")
        return self

    @property
    def name(self) -> str:
        """``team-30x7-tight``, with seed and grid where they are unusual."""
        seed = f"-s{self.seed}" if self.seed else ""
        grid = f"-{self.interval_minutes}min" if self.interval_minutes != 15 else ""
        return f"team-{self.people}x{self.days}-{self.variant}{grid}{seed}"

    @property
    def told(self) -> str:
        """What the random numbers begin with: it must never change, or all instances do."""
        return (
            f'{{"people":{self.people},"days":{self.days},"variant":"{self.variant}",'
            f'"seed":{self.seed},"interval_minutes":{self.interval_minutes}}}'
        )

    @property
    def weeks(self) -> int:
        """Weeks of the horizon; a single day is in one."""
        return max(1, self.days // WEEK)

    def instance(self) -> Instance:
        """Make the instance."""
        return self.planted()[0]

    def planted(self) -> tuple[Instance, Schedule]:
        """Make the instance, and the schedule that its demand was made from."""
        from .asking import planted_instance

        return planted_instance(self)
