"""Closing the loop: solve, replay, ask for what is missing, and solve again until floors hold.

The queue formula takes every interval for itself and in the long run, and every service apart. A
replay knows better: lines are carried over, breaks begin late, people are away. Here its findings
go back into the solve.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..checking import check
from ..engine.outcome import Interrupt, Progress
from ..grammar import read_schedule
from ..models.instance import Instance
from ..models.result import Result, TracePoint
from ..models.schedule import Schedule
from ..solving import Engine, solve
from .cutting import Cuts, clearly_lacking, lacking
from .reading import Options, setting_of
from .replay import Replay
from .rounds import End, Round, Verified, reason, told
from .setting import Routing
from .simulating import simulate

FIRST_SHARE, SHARE = 0.4, 0.3
"""Share of the time that is left which the first solve, and each further one, may take."""
LAST_SHARE = 0.9
"""Share for a second attempt, where a solve found no schedule in its time."""
SMALL_SHARE = 0.1
"""Share that more replications may take where something is lacking for sure."""
LEAST_SECONDS = 0.5
"""Time below which another round is not begun."""
MOST_ROUNDS = 50
MORE_REPLICATIONS = 4
"""Times as many, where only certainty is missing, twice at most."""


def solve_verified(
    instance: Instance,
    *,
    time_limit: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    workers: int | None = None,
    engine: Engine = "auto",
    deterministic: bool = False,
    replications: int = 100,
    confidence: float = 0.95,
    routing: Routing = "planned",
    no_show: float = 0.0,
    on_progress: Callable[[Progress], None] | None = None,
    on_round: Callable[[Round], None] | None = None,
    interrupt: Interrupt | None = None,
    start: Schedule | None = None,
) -> Verified:
    """Find a schedule of little cost whose access floors hold in a replay, too.

    After each solve the schedule is played with customers it has never met. Where a hard access
    floor does not hold at the confidence asked for, cuts are added, and the instance is solved
    again.

    Parameters
    ----------
    instance
        What to plan.
    time_limit
        Seconds for all rounds together, replays included; in deterministic mode, units of the
        solver's deterministic time, without the replays.
    gap, seed, workers, engine, deterministic, on_progress, interrupt, start
        As for `solve`; the gap is that of each round's own problem.
    replications, confidence, routing, no_show
        As for `simulate`. Where only certainty is missing there are more replications.
    on_round
        Called after each round.

    Returns
    -------
    Verified
        The result, the last replay, and every round. There is no schedule unless it holds.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    InputError
        If no service has arrivals.
    """
    loop = _Loop(
        instance,
        stop=interrupt or Interrupt(),
        clock=_Clock(time_limit, deterministic=deterministic),
        solving={"gap": gap, "workers": workers, "engine": engine, "deterministic": deterministic},
        playing={"confidence": confidence, "routing": routing, "no_show": no_show},
        replications=replications,
        seed=seed,
        on_progress=on_progress or (lambda _: None),
        on_round=on_round or (lambda _: None),
        start=start,
    )
    return loop.run()


class _Clock:
    """The time that is left for all rounds; in deterministic mode, what was not given out yet."""

    def __init__(self, limit: float, *, deterministic: bool) -> None:
        self._limit, self._deterministic = limit, deterministic
        self._started, self._given = time.perf_counter(), 0.0

    @property
    def seconds(self) -> float:
        """Wall time since the start."""
        return time.perf_counter() - self._started

    @property
    def left(self) -> float:
        """Seconds, or units of work."""
        return self._limit - (self._given if self._deterministic else self.seconds)

    def give(self, *, again: bool) -> float:
        """Give out time for a solve; where the last one found nothing, most of what is left."""
        share = LAST_SHARE if again else SHARE if self._given else FIRST_SHARE
        given = self.left * share
        self._given += given
        return given


@dataclass
class _Loop:
    """One run of the loop."""

    instance: Instance
    stop: Interrupt
    clock: _Clock
    solving: dict[str, Any]
    playing: dict[str, Any]
    replications: int
    seed: int
    on_progress: Callable[[Progress], None]
    on_round: Callable[[Round], None]
    start: Schedule | None

    def run(self) -> Verified:
        """Go round until floors hold, or something ends it."""
        setting_of(self.instance, Schedule(), Options())  # complains if there is nothing to play
        cuts, rounds = Cuts(), list[Round]()
        while True:
            found = self._round(rounds, cuts)
            rounds.append(found)
            self.on_round(found)
            end = self._end(rounds)
            if end is None and found.result.schedule is not None and found.replay is not None:
                team = read_schedule(self.instance, found.result.schedule).team
                end = None if cuts.add(found.replay, team) else "nothing left"
            if end is not None:
                return self._verified(tuple(rounds), end)

    def _end(self, rounds: list[Round]) -> End | None:
        found = rounds[-1]
        if found.replay is not None and not found.lacking:
            return "held"
        if found.result.status == "infeasible" or _found_nothing(rounds, times=2):
            return "no schedule"
        if self.stop.is_set():
            return "interrupted" if found.result.schedule is not None else "no schedule"
        if found.number >= MOST_ROUNDS:
            return "rounds"
        if self.clock.left >= LEAST_SECONDS:
            return None
        return "time" if found.result.schedule is not None else "no schedule"

    def _round(self, before: list[Round], cuts: Cuts) -> Round:
        number = len(before) + 1
        schedules = [r.result.schedule for r in before if r.result.schedule is not None]
        floors = (*self.instance.floors, *cuts.floors(self.instance))
        harder = _with_floors(self.instance, floors) if len(cuts) else self.instance

        def report(progress: Progress) -> None:
            self.on_progress(replace(progress, phase=f"round {number}, {progress.phase}"))

        result = solve(
            harder,
            time_limit=max(self.clock.give(again=_found_nothing(before)), 0.01),
            seed=self.seed,
            interrupt=self.stop,
            on_progress=report,
            start=schedules[-1] if schedules else self.start,
            **self.solving,
        )
        if result.schedule is None:
            return Round(number, result, None, len(cuts))
        return Round(number, result, self._replay(result.schedule, number), len(cuts))

    def _replay(self, schedule: Schedule, number: int) -> Replay:
        """Play with customers of this round; with more, where it is only certainty that lacks."""
        replications, seed = self.replications, self.seed + number * 1_000_003
        while True:
            started = time.perf_counter()
            found = simulate(
                self.instance,
                schedule,
                replications=replications,
                seed=seed,
                workers=self.solving["workers"],
                **self.playing,
            )
            enough = replications >= MORE_REPLICATIONS**2 * self.replications
            if enough or self.stop.is_set() or not self._worth_more(found, started):
                return found
            replications *= MORE_REPLICATIONS

    def _worth_more(self, found: Replay, started: float) -> bool:
        """Tell whether more replications would decide something, in a fair share of the time."""
        clear = bool(clearly_lacking(found))
        if len(lacking(found)) == len(clearly_lacking(found)):
            return False
        if self.solving["deterministic"]:
            return not clear
        takes = MORE_REPLICATIONS * (time.perf_counter() - started)
        return takes < self.clock.left * (SMALL_SHARE if clear else SHARE)

    def _verified(self, rounds: tuple[Round, ...], end: End) -> Verified:
        last = rounds[-1]
        notes = (*map(told, rounds), *([] if end == "held" else [reason(rounds, end)]))
        result = replace(last.result, instance=self.instance, notes=(*last.result.notes, *notes))
        nothing = all(round_.result.schedule is None for round_ in rounds)
        if not nothing and (len(rounds) > 1 or end != "held"):
            result = self._of_the_instance(result, rounds, holds=end == "held")
        return Verified(result, last.replay, rounds, end)

    def _of_the_instance(self, result: Result, rounds: tuple[Round, ...], *, holds: bool) -> Result:
        """State what a result with cuts says about the instance without them."""
        first = rounds[0].result
        bounds = [r.result.bound for r in rounds if not r.cuts and r.result.bound is not None]
        bound = max(bounds, default=None)
        schedule = result.schedule if holds else None
        report = None if schedule is None else check(self.instance, schedule)
        objective = None if report is None else report.objective
        proved = objective is not None and bound is not None and objective <= bound
        seconds = None if result.seconds is None else round(self.clock.seconds, 3)
        point = TracePoint(self.clock.seconds, objective, bound)
        return replace(
            result,
            status="optimal" if proved else "feasible" if holds else "unknown",
            stop_reason="proved" if proved else "verified" if holds else "not_verified",
            schedule=schedule,
            objective=objective,
            bound=bound,
            report=report,
            seconds=seconds,
            trace=(*(replace(p, cost=None) for p in first.trace), point),
            size=first.size,
        )


def _found_nothing(rounds: list[Round], times: int = 1) -> bool:
    """Tell whether the last solve, or so many of them in a row, ended without a schedule."""
    last = rounds[-times:]
    return len(last) == times and all(r.result.schedule is None for r in last)


def _with_floors(instance: Instance, floors: tuple[Any, ...]) -> Instance:
    parts = {name: getattr(instance, name) for name in type(instance).model_fields}
    return Instance(**{**parts, "floors": floors})
