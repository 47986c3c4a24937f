"""The book that a replay keeps: one replication after the other goes in, a `Replay` comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..floors.access import AccessFloor
from ..floors.service_level import ServiceLevel
from ..grammar import read_schedule
from ..models.horizon import Horizon
from ..models.instance import Instance
from ..models.schedule import Schedule
from ..models.service import Service
from .cells import Cells, Scope
from .deferrable import due_seconds, responses_on
from .estimates import Ratio
from .judging import Judge, Judgement, judges_of
from .measures import SIMULATED, Simulated, above_and_below, is_share
from .predicting import Forecast
from .reading import played_services
from .replay import Course, Played, Replay
from .tally import Bools, Counts, Questions, Tally, Totals

USUAL_SECONDS = 20.0
"""Seconds of the service level where no floor names any."""
SCOPES: tuple[Scope, ...] = ("interval", "day", "horizon")
FATES = ("offered", "answered", "abandoned", "turned_away", "left")


def questions_of(instance: Instance) -> Iterator[Questions]:
    """Ask for what the floors of each service are judged by."""
    for service in played_services(instance):
        floors = instance.floors_on(service.id)
        within = {floor.within for floor in floors if isinstance(floor, AccessFloor)}
        due = tuple(due_seconds(f, instance) for f in responses_on(instance, service.id))
        yield Questions(tuple(sorted(within | {usual_seconds(instance, service)})), due)


def usual_seconds(instance: Instance, service: Service) -> float:
    """Give the seconds of a service's first service-level floor."""
    floors = instance.floors_on(service.id)
    named = [floor.within for floor in floors if isinstance(floor, ServiceLevel)]
    return named[0] if named else USUAL_SECONDS


@dataclass
class _Page:
    """What is collected of one service."""

    service: Service
    within: float
    cells: dict[Scope, Cells]
    fates: dict[Scope, dict[str, Ratio]]
    measures: dict[Scope, dict[Simulated, Ratio]]
    judges: list[Judge]


class Book:
    """Collects the tallies of all replications, and makes a replay of them.

    Parameters
    ----------
    instance
        What was planned.
    response_share
        As for `simulate`.
    """

    def __init__(self, instance: Instance, response_share: float) -> None:
        self.replications = 0
        self._instance = instance
        self._totals: list[Totals] = []
        self._resolved = Ratio(is_share=True)
        self._carried_in: tuple[int, ...] = ()
        self._pages = [
            _page(instance, service, response_share) for service in played_services(instance)
        ]

    def enter(self, tally: Tally) -> None:
        """Take a replication in."""
        self.replications += 1
        self._totals.append(tally.totals)
        self._carried_in = tally.carried_in
        settled = [
            np.array(t, dtype=np.float64) for t in (tally.totals.resolved, tally.totals.settled)
        ]
        self._resolved.add(*settled)
        for page, counts in zip(self._pages, tally.counts, strict=True):
            _enter(page, counts)

    @property
    def contacts(self) -> int:
        """Everybody who came in any replication."""
        return sum(totals.contacts for totals in self._totals)

    @property
    def overtime_minutes(self) -> float:
        """Mean over replications."""
        return sum(t.overtime_seconds for t in self._totals) / 60 / self.replications

    @property
    def late_break_seconds(self) -> float:
        """Mean over breaks; 0 without any."""
        breaks = sum(totals.breaks for totals in self._totals)
        return sum(t.late_break_seconds for t in self._totals) / breaks if breaks else 0.0

    def close(self, schedule: Schedule, played: Played) -> Replay:
        """Make the replay."""
        team = read_schedule(self._instance, schedule).team
        courses: list[Course] = []
        judgements: list[Judgement] = []
        for page in self._pages:
            is_deferrable = bool(responses_on(self._instance, page.service.id))
            staff = team.effective(page.service.id) / 100
            forecasts: dict[float, Forecast] = {}
            if not is_deferrable:
                for within in {page.within, *(judge.within for judge in page.judges)}:
                    forecasts[within] = Forecast.of(page.service, team, within)
            for scope in SCOPES:
                courses += _courses(page, scope, staff, forecasts.get(page.within), played)
            for judge in page.judges:
                judgements += judge.judge(forecasts.get(judge.within), played.confidence)
        names = [page.service.id for page in self._pages]
        return Replay(
            instance=self._instance,
            played=played,
            within_seconds={page.service.id: page.within for page in self._pages},
            courses=tuple(courses),
            judgements=tuple(judgements),
            not_played=tuple(s.id for s in self._instance.services if s.id not in names),
            carried_in=dict(zip(names, self._carried_in, strict=True)),
            resolved={
                page.service.id: found
                for page, found in zip(
                    self._pages, self._resolved.estimates(played.confidence), strict=True
                )
                if page.service.resolution
            },
        )


def _page(instance: Instance, service: Service, response_share: float) -> _Page:
    horizon = instance.horizon
    cells = {scope: Cells.by(scope, horizon, _shown(horizon, service)) for scope in SCOPES}
    return _Page(
        service=service,
        within=usual_seconds(instance, service),
        cells=cells,
        fates={s: {name: Ratio(is_share=False) for name in FATES} for s in SCOPES},
        measures={s: {m: Ratio(is_share=is_share(m)) for m in SIMULATED} for s in SCOPES},
        judges=judges_of(instance, service, response_share),
    )


def _shown(horizon: Horizon, service: Service) -> Bools:
    return np.array([service.is_open(slot) for slot in horizon.slots])


def _enter(page: _Page, counts: Counts) -> None:
    for scope, cells in page.cells.items():
        for name, ratio in page.fates[scope].items():
            sums = cells.sums(counts[name])
            ratio.add(sums, sums)
        for measure, ratio in page.measures[scope].items():
            above, below = above_and_below(counts, measure, page.within)
            ratio.add(cells.sums(above), cells.sums(below))
    for judge in page.judges:
        judge.hear(counts)


def _courses(
    page: _Page,
    scope: Scope,
    staff: NDArray[np.float64],
    forecast: Forecast | None,
    played: Played,
) -> Iterator[Course]:
    cells = page.cells[scope]
    fates = {name: ratio.mean_above for name, ratio in page.fates[scope].items()}
    estimates = {m: r.estimates(played.confidence) for m, r in page.measures[scope].items()}
    for position, when in enumerate(cells.labels):
        slots = cells.slots(position)
        predicted: Mapping[Simulated, float | None] = {
            m: None if forecast is None else forecast.over(m, slots) for m in SIMULATED
        }
        yield Course(
            service=page.service.id,
            scope=scope,
            when=when,
            slot=int(np.flatnonzero(slots)[0]),
            **{name: float(mean[position]) for name, mean in fates.items()},
            staff=float(staff[slots].mean()),
            simulated={m: found[position] for m, found in estimates.items()},
            predicted=predicted,
        )
