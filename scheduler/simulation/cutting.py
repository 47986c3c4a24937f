"""Cuts: what a replay shows to be missing, as further floors for the next solve.

A promise for an interval that does not hold gets more staff in that interval. A promise for a day
or the horizon gets a stricter copy for the period, so that the solver may choose where; and
intervals in which customers fare much worse than the formula says (a line carried over from before,
a break taken late) get more staff there. Deferrable work gets an earlier deadline.

All of these only restrict: a bound of the instance without them stays a bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..floors.access import AccessFloor
from ..floors.coverage import Coverage
from ..floors.response import Response
from ..models.floor import Floor
from ..models.horizon import Window
from ..models.instance import Instance
from ..models.team import Team
from .judging import Judgement
from .measures import Simulated
from .replay import Course, Replay

FIELDS = {
    "service_level": ("target", "at_least_each_interval"),
    "wait": ("at_most_seconds", "each_interval_seconds"),
    "abandonment": ("at_most", "at_most_each_interval"),
}
"""By kind of floor: what it promises, and what it promises of every interval besides."""
LEAST_STEP = 0.03
"""Share by which a promise becomes stricter at least."""
MUCH_WORSE = 0.25
"""Excess over the formula, as a share of what is lacking, from which it is fought where it is."""
EXCESSES = ("service_level", "abandonment", "mean_wait_seconds")
"""Measures by which intervals are compared with the formula."""
MOST_WINDOWS = 500
"""Windows of one floor."""


@dataclass
class Cuts:
    """Everything that is asked for besides the floors of the instance."""

    staff: dict[tuple[str, int], int] = field(default_factory=dict)
    """Effective staff in hundredths, by service and slot."""
    promises: dict[int, tuple[Judgement, float]] = field(default_factory=dict)
    """Stricter promises, by floor and period; see `_number`."""
    deadlines: dict[int, tuple[Response, int]] = field(default_factory=dict)
    """Minutes, by floor."""
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)

    def add(self, replay: Replay, team: Team) -> int:
        """Take up what a replay shows to be missing.

        Returns
        -------
        How many cuts became stricter, or new; 0 if there is nothing left to ask for.
        """
        before = self._asked()
        for judgement in clearly_lacking(replay) or lacking(replay):
            if isinstance(judgement.floor, Response):
                self._hasten(judgement.floor, team.instance)
            elif judgement.scope == "interval":
                self._man(judgement, team)
            else:
                self._tighten(judgement)
                self._man_the_worst(judgement, replay, team)
        return sum(before.get(key) != asked for key, asked in self._asked().items())

    def __len__(self) -> int:
        return len(self._asked())

    def _asked(self) -> dict[tuple[object, ...], float]:
        """Give every cut with what it asks for."""
        asked: dict[tuple[object, ...], float] = {
            ("staff", *key): value for key, value in self.staff.items()
        }
        asked |= {("promise", n): value for n, (_, value) in self.promises.items()}
        asked |= {("deadline", n): value for n, (_, value) in self.deadlines.items()}
        return asked

    def floors(self, instance: Instance) -> Iterator[Floor]:
        """Give the cuts as floors."""
        groups: dict[tuple[str, int], list[int]] = defaultdict(list)
        for (service, slot), staff in self.staff.items():
            groups[service, staff].append(slot)
        for (service, staff), slots in groups.items():
            for first in range(0, len(slots), MOST_WINDOWS):
                some = slots[first : first + MOST_WINDOWS]
                windows = _windows(instance, some)
                yield Coverage(service=service, staff=staff / 100, hours=windows)
        for judgement, promised in self.promises.values():
            name, each = FIELDS[judgement.floor.kind]
            hours = _hours_in(judgement, instance)
            changes = {name: promised, each: None, "hours": hours, "weight": None}
            yield judgement.floor.model_copy(update=changes)
        for floor, minutes in self.deadlines.values():
            yield floor.model_copy(update={"within_minutes": minutes})

    def _hasten(self, floor: Response, instance: Instance) -> None:
        """Ask for deferrable work earlier, by a sixth at least, down to one interval."""
        step = instance.horizon.interval_minutes
        minutes = self.deadlines.get(id(floor), (floor, floor.within_minutes))[1]
        earlier = max(step, min(minutes - step, minutes * 5 // 6 // step * step))
        if earlier < minutes:
            self.deadlines[id(floor)] = (floor, earlier)

    def _man(self, judgement: Judgement, team: Team) -> None:
        """Ask for another person in an interval."""
        slot = int(np.flatnonzero(judgement.slots)[0])
        self._one_more(judgement.floor.subject, slot, team)

    def _one_more(self, service: str, slot: int, team: Team) -> None:
        paces = [int(pace) for pace in team.paces(service) if pace > 0]
        there = int(team.effective(service)[slot])
        wanted = min(there + min(paces, default=0), sum(paces))
        if wanted > there:
            self.staff[service, slot] = max(wanted, self.staff.get((service, slot), 0))

    def _tighten(self, judgement: Judgement) -> None:
        """Promise more of a period: less by the share by which the replay loses too much.

        With a loss U at the worse end of the confidence interval, of which A is allowed, and F by
        the formula: the next schedule loses at most F · A / U by the formula.
        """
        floor, predicted = judgement.floor, judgement.predicted
        known = isinstance(floor, AccessFloor) and floor.kind in FIELDS
        if not known or predicted is None or not isinstance(floor, AccessFloor):
            return
        number = self._number(judgement)
        last = self.promises[number][1] if number in self.promises else judgement.promised
        allowed, lost = (
            _loss(judgement, judgement.promised),
            _loss(judgement, worse_end(judgement)),
        )
        basis = min(_loss(judgement, last), _loss(judgement, predicted))
        share = min(allowed / lost if lost > 0 else 1.0, 1 - LEAST_STEP)
        if basis * share > 1e-6:
            self.promises[number] = (judgement, _value(judgement, basis * share))

    def _number(self, judgement: Judgement) -> int:
        key = (id(judgement.floor), judgement.when)
        return self._numbers.setdefault(key, len(self._numbers))

    def _man_the_worst(self, judgement: Judgement, replay: Replay, team: Team) -> None:
        """Man the intervals in which customers fare much worse than the formula says.

        Where a promise cannot be made stricter, those in which they fare worst at all.
        """
        measure: Simulated = judgement.measure  # type: ignore[assignment]
        mine = [
            course
            for course in replay.of(judgement.floor.subject, "interval")
            if judgement.slots[course.slot]
        ]
        is_known = judgement.floor.kind in FIELDS and measure in EXCESSES
        loss = _excess if is_known else _shortfall
        lost = {course.slot: loss(course, judgement) for course in mine}
        total = sum(lost.values())
        lacks = _loss(judgement, worse_end(judgement)) - _loss(judgement, judgement.promised)
        if is_known and total < MUCH_WORSE * lacks * judgement.contacts:
            return
        found = 0.0
        for slot in sorted(lost, key=lambda s: -lost[s]):
            if found >= total / 2:
                return
            found += lost[slot]
            self._one_more(judgement.floor.subject, slot, team)


def lacking(replay: Replay) -> list[Judgement]:
    """Give every period of a hard access floor that is not known to hold."""
    return [
        judgement
        for judgement in replay.judgements
        if judgement.is_hard and judgement.floor.promise == "access" and judgement.verdict != "held"
    ]


def clearly_lacking(replay: Replay) -> list[Judgement]:
    """Give those that do not hold on average, either; the others may only lack certainty."""
    return [
        judgement
        for judgement in lacking(replay)
        if judgement.verdict == "not held"
        or judgement.simulated.value is None
        or (judgement.simulated.value < judgement.promised) == judgement.at_least
    ]


def _loss(judgement: Judgement, value: float) -> float:
    return 1 - value if judgement.at_least else value


_value = _loss


def worse_end(judgement: Judgement) -> float:
    """Give the end of the confidence interval that is nearer to breaking the promise."""
    found = judgement.simulated
    end = found.low if judgement.at_least else found.high
    return judgement.promised if end is None else end


def _excess(course: Course, judgement: Judgement) -> float:
    """Give what customers of an interval lose beyond the formula, and surely so."""
    measure: Simulated = judgement.measure  # type: ignore[assignment]
    found, predicted = course.simulated[measure], course.predicted[measure]
    if found.low is None or found.high is None or found.value is None or predicted is None:
        return 0.0
    if judgement.at_least:
        return course.offered * (predicted - found.value) if found.high < predicted else 0.0
    return course.offered * (found.value - predicted) if found.low > predicted else 0.0


def _shortfall(course: Course, judgement: Judgement) -> float:
    """Give what customers of an interval lose beyond the promise."""
    measure: Simulated = judgement.measure  # type: ignore[assignment]
    value = course.simulated[measure].value if measure in course.simulated else None
    if value is None:
        return course.offered
    lost = _loss(judgement, value) - _loss(judgement, judgement.promised)
    return course.offered * max(0.0, lost)


def _windows(instance: Instance, slots: list[int]) -> tuple[Window, ...]:
    horizon = instance.horizon
    return tuple(
        Window(start=s.clock, end=s.clock + horizon.interval_minutes, dates=(s.calendar_day,))
        for s in (horizon.slots[slot] for slot in sorted(slots))
    )


def _hours_in(judgement: Judgement, instance: Instance) -> tuple[Window, ...] | None:
    """Give a floor's hours on the day that a judgement is about."""
    if judgement.scope == "horizon":
        return judgement.floor.hours
    day = instance.horizon.slots[int(np.flatnonzero(judgement.slots)[0])].calendar_day
    hours = judgement.floor.hours or (Window(),)
    return tuple(
        Window(start=window.start, end=window.end, dates=(day,))
        for window in hours
        if window.holds_on(day)
    )
