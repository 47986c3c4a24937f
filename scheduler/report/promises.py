"""Floors as promises: what each says, whether it is held, and where it is tightest."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..grammar import read_schedule
from ..models.finding import Violation
from .words import counted, moment, term

if TYPE_CHECKING:
    from ..models.floor import Floor, Reached
    from ..models.instance import Instance
    from ..models.schedule import Schedule
    from ..models.team import Team

UNITS = ("seconds", "minutes", "percent")


@dataclass(frozen=True, slots=True)
class Promise:
    """A floor and how a schedule keeps it."""

    floor: Floor
    breaches: tuple[Violation, ...]
    """Where it is not held, with amounts."""
    tightest: str | None
    """Local time at which the fewest people are to spare, where the floor asks for a number."""
    to_spare: float | None
    """Effective staff beyond the need at that time; negative where people are missing."""
    reached: tuple[Reached, ...] = ()
    """What every day, or the horizon, came to, where that is what is promised."""
    priced: int = 0
    """On how many occasions it charges something that breaks no promise, such as too many."""

    @property
    def held(self) -> bool:
        """Tell whether it is held in every interval."""
        return not self.breaches

    @property
    def closest(self) -> Reached | None:
        """Give the day that keeps it most narrowly, or not at all."""
        return min(self.reached, key=lambda day: day.spare, default=None)

    @property
    def worst(self) -> Violation | None:
        """Give the breach with the largest amount, of a day before that of an interval."""
        told = self.missed_days or self.breaches
        return max(told, key=lambda breach: breach.amount, default=None)

    @property
    def missed_days(self) -> tuple[Violation, ...]:
        """Breaches of the days, or the horizon, that it is promised over."""
        days = {day.when for day in self.reached}
        return tuple(breach for breach in self.breaches if breach.when in days)

    @property
    def missed_in(self) -> str:
        """Count the occasions on which it is not held: ``"2 days and 1 interval"``."""
        days, occasion = len(self.missed_days), self.floor.occasion
        other = "interval" if self.reached else occasion
        counts = ((days, occasion), (len(self.breaches) - days, other))
        return " and ".join(counted(count, noun) for count, noun in counts if count)


def promises_of(instance: Instance, schedule: Schedule) -> tuple[Promise, ...]:
    """Judge every floor of the instance."""
    team = read_schedule(instance, schedule).team
    return tuple(_promise(floor, team) for floor in instance.all_floors)


def _promise(floor: Floor, team: Team) -> Promise:
    found = [finding for finding in floor.check(team) if isinstance(finding, Violation)]
    # What a floor charges in another unit, such as too many people, breaks no promise.
    breaches = tuple(finding for finding in found if finding.unit in floor.units)
    tightest, to_spare = _tightest(floor, team)
    reached, priced = tuple(floor.reached(team)), len(found) - len(breaches)
    return Promise(floor, breaches, tightest, to_spare, reached, priced)


def _tightest(floor: Floor, team: Team) -> tuple[str | None, float | None]:
    needed = floor.needed(team.instance)
    if not needed or floor.served is None:
        return None, None
    staff = team.effective(floor.served)
    # Nobody asks how many people there are to spare while none are needed.
    spare = {slot: float(staff[slot]) / 100 - need for slot, need in needed.items() if need > 0}
    if not spare:
        return None, None
    slot = min(spare, key=lambda index: spare[index])
    horizon = team.instance.horizon
    return horizon.label(slot * horizon.interval_minutes), round(spare[slot], 2)


def keeping(promise: Promise) -> str:
    """Say how it is kept: ``"held; tightest 2026-03-02T09:00, 0.4 to spare"``."""
    if promise.worst is not None:
        price = ", at its price" if promise.floor.weight is not None else ""
        where = f"worst {moment(promise.worst.when)}: {promise.worst.message}"
        return f"missed in {promise.missed_in}{price}; {where}"
    if promise.closest is not None:
        day = promise.closest
        if len(promise.reached) == 1:
            return f"held: {day.told}"
        occasion = promise.floor.occasion
        return f"held on every {occasion}; closest {moment(day.when)}: {day.told}"
    if promise.to_spare is None or promise.tightest is None:
        charged = f"; {counted(promise.priced, promise.floor.occasion)} at a price"
        return f"held in every {promise.floor.occasion}{charged if promise.priced else ''}"
    return f"held; tightest {moment(promise.tightest)}, {promise.to_spare:g} to spare"


def title(floor: Floor) -> str:
    """``"Service level · phones"``."""
    return f"{term(floor.kind)} · {floor.subject}"


def meaning(kind: type[object]) -> str:
    """Give the first sentence of a rule's or floor's documentation."""
    return " ".join(inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0].split())


def promise_of(floor: Floor) -> str:
    """Give its wording, or the meaning with its own numbers in the place of its fields' names."""
    if floor.wording is not None:
        return f"{floor.wording[:1].upper()}{floor.wording[1:]}."
    given = floor.model_dump(mode="json")
    return re.sub(r"`(\w+)`", lambda m: _said(given.get(m[1], m[1])), meaning(type(floor)))


def terms(floor: Floor) -> str:
    """Give the parameters that `promise_of` leaves out: ``"at least 2, weight 30"``."""
    given = floor.model_dump(mode="json", exclude_defaults=True, exclude={"kind", "hours"})
    if floor.wording is not None:
        given = {name: value for name, value in given.items() if name == "weight"}
    told = re.findall(r"`(\w+)`", meaning(type(floor)))
    parts = [
        _term(name, value)
        for name, value in given.items()
        if value != floor.subject and name not in told and not _is_table(value)
    ]
    return ", ".join(parts + (["in its own hours"] if floor.hours else []))


def _is_table(value: object) -> bool:
    """Tell whether it is a list of objects, which no line of words can hold."""
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _term(name: str, value: object) -> str:
    stem, _, unit = name.rpartition("_")
    if stem and unit in UNITS:
        return f"{_plain(stem)} {value:g} {unit}" if isinstance(value, float | int) else name
    return (
        f"{_plain(name)} {value:g}"
        if isinstance(value, float | int)
        else f"{_plain(name)} {_said(value)}"
    )


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(name: str) -> str:
    return name.replace("_", " ")
