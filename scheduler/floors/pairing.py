"""Shared by the floors on who works beside whom: when people meet, in the model and in a roster.

People meet in time (both are inside a shift in an interval, breaks included), or in a shift (both
work the same template on the same day).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, did_you_mean
from ..models.floor import Floor
from ..models.horizon import Horizon, Windows
from ..models.instance import Instance
from ..models.roster import Duty
from ..models.team import Team

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock
    from ..formulation.employee_block import Choice
    from ..formulation.expressions import Expr


@dataclass(frozen=True, slots=True)
class Encounter:
    """One chance to meet: a slot, or the shifts of a template on a day."""

    slot: int | None = None
    day: int | None = None
    template: str | None = None

    def includes(self, duty: Duty, step: int) -> bool:
        """Tell whether somebody with this duty is there."""
        if self.slot is None:
            return (duty.day, duty.template) == (self.day, self.template)
        return duty.start <= self.slot * step and (self.slot + 1) * step <= duty.end

    def label(self, horizon: Horizon) -> str:
        """Give its time, or its date."""
        if self.slot is None:
            return horizon.date_of(self.day or 0).isoformat()
        return horizon.label(self.slot * horizon.interval_minutes)

    def near(self, horizon: Horizon) -> int:
        """Give the slot, or the day's first one."""
        if self.slot is None:
            return horizon.midnights[self.day or 0] // horizon.interval_minutes
        return self.slot


class PairingFloor(Floor):
    """A promise about who works beside whom."""

    promise: ClassVar[str] = "quality"

    hours: Annotated[Windows, Field(min_length=1)] | None = None
    """Hours in which people are looked at; all, if left out."""
    by: Literal["time", "shift"] = "time"
    """Judged in every interval of shifts ("time"), or for each template and day ("shift")."""

    @property
    def occasion(self) -> str:
        """Intervals, or shifts."""
        return "interval" if self.by == "time" else "shift"

    def own_faults(
        self, instance: Instance, **named: tuple[str, ...]
    ) -> Iterator[tuple[Location, str]]:
        """Look the people up, each field's by its name, and refuse hours where there is no time."""
        known = [employee.id for employee in instance.employees]
        seen: set[str] = set()
        for field, names in named.items():
            for i, name in enumerate(names):
                if name not in known:
                    yield (field, i), f"unknown employee '{name}'{did_you_mean(name, known)}"
                elif name in seen:
                    yield (field, i), f"'{name}' is named already"
                seen.add(name)
        if self.by == "shift" and self.hours is not None:
            yield ("hours",), "hours go with 'by': 'time'; shifts are judged as a whole"

    def encounters(self, instance: Instance) -> list[Encounter]:
        """Every chance to meet that the floor looks at, in order of time."""
        horizon = instance.horizon
        if self.by == "time":
            return [Encounter(slot.index) for slot in horizon.slots if self.holds_in(slot)]
        return [
            Encounter(day=day, template=template.id)
            for day in range(horizon.days)
            for template in instance.templates
        ]


def posted(
    block: CoverageBlock, floor: PairingFloor, people: Iterable[str]
) -> Iterator[tuple[Encounter, int, dict[str, Expr]]]:
    """Say, in the model, who is there at each encounter.

    Neighbouring encounters with the same people come once, with their number.
    """
    step = block.instance.horizon.interval_minutes
    there: dict[tuple[Encounter, str], list[Choice]] = defaultdict(list)
    before: dict[tuple[Encounter, str], int] = defaultdict(int)
    names = [name for name in people if name in block.members]
    for name in names:
        for choice in block.members[name].choices:
            for encounter in _of(floor, choice.duty, step):
                there[encounter, name].append(choice)
        for duty in block.members[name].past:
            for encounter in _of(floor, duty, step):
                before[encounter, name] = 1

    def company(encounter: Encounter) -> list[tuple[list[Choice], int]]:
        return [(there[encounter, name], before[encounter, name]) for name in names]

    for found, alike in groupby(floor.encounters(block.instance), key=company):
        encounters = list(alike)
        counts = {
            name: block.total(choice.worked for choice in choices) + past
            for name, (choices, past) in zip(names, found, strict=True)
        }
        yield encounters[0], len(encounters), counts


def _of(floor: PairingFloor, duty: Duty, step: int) -> Iterator[Encounter]:
    """Encounters at which somebody with a duty is there."""
    if floor.by == "shift":
        yield Encounter(day=duty.day, template=duty.template)
    else:
        yield from (Encounter(slot) for slot in range(-(-duty.start // step), duty.end // step))


def seen(
    team: Team, floor: PairingFloor, people: Iterable[str]
) -> Iterator[tuple[Encounter, set[str]]]:
    """Say who of some people is there at each encounter."""
    step = team.instance.horizon.interval_minutes
    rosters = [team.roster_of(name) for name in people]
    for encounter in floor.encounters(team.instance):
        there = {
            roster.employee.id
            for roster in rosters
            if any(encounter.includes(duty, step) for duty in roster.duties)
        }
        yield encounter, there
