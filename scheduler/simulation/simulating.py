"""simulate(): play a schedule, and tell what became of the customers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from ..engine.outcome import Interrupt
from ..errors import Fault, InputError
from ..models.instance import Instance
from ..models.schedule import Schedule
from .book import Book, questions_of
from .reading import Options, setting_of
from .replay import Played, Replay
from .running import Task, run_all
from .setting import Routing


def simulate(
    instance: Instance,
    schedule: Schedule,
    *,
    replications: int = 100,
    seed: int = 0,
    confidence: float = 0.95,
    routing: Routing = "planned",
    no_show: float = 0.0,
    repeat_minutes: float = 30.0,
    response_share: float = 0.95,
    workers: int | None = None,
    on_progress: Callable[[int], None] | None = None,
    interrupt: Interrupt | None = None,
) -> Replay:
    """Play a schedule in a discrete-event simulation, again and again.

    Customers of every service with arrivals come at random, take as long as they take, and give up
    when their patience ends; agents serve them as the schedule says, end a contact before a break
    or the end of a shift, and then take the break as long as planned. Two schedules meet the same
    customers under one seed.

    Parameters
    ----------
    instance, schedule
        What was planned, and the schedule.
    replications
        How often the horizon is played.
    seed
        Seed of the customers and of everything else that is luck.
    confidence
        Of every confidence interval, and so of every verdict.
    routing
        ``"planned"``: an agent serves the service that the schedule names; ``"skills"``: any whose
        skill they have, the highest priority first, then the planned one, then the longest waiting.
    no_show
        Chance of a person not to come on a day.
    repeat_minutes
        Mean time after which an unresolved contact comes back, if it does (`repeat_share`).
    response_share
        Share of deferrable contacts done in time at which a `response` floor counts as held: it
        promises that of all, but of a model without chance.
    workers
        Processes; all cores, if left out. It changes no result.
    on_progress
        Called with the number of replications that are done.
    interrupt
        Set it from elsewhere to stop; the replications that are done are kept.

    Returns
    -------
    Replay
        Service level, wait, abandonment and occupancy by service and interval, day and horizon,
        with confidence intervals, next to what floors promise and the queue formula predicts.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    InputError
        If no service has arrivals, or the schedule does not fit the instance.
    """
    _require(replications >= 1, f"expected replications >= 1, found {replications}")
    _require(0 < confidence < 1, f"expected a confidence between 0 and 1, found {confidence:g}")
    _require(0 <= no_show <= 1, f"expected no_show from 0 to 1, found {no_show:g}")
    _require(seed >= 0, f"expected a seed >= 0, found {seed}")
    _require(0 < response_share <= 1, f"expected a response_share up to 1, found {response_share}")
    _require(0 < repeat_minutes < math.inf, f"expected repeat_minutes > 0, found {repeat_minutes}")
    _require(routing in ("planned", "skills"), f"unknown routing '{routing}'")
    _require(workers is None or workers >= 1, f"expected workers >= 1, found {workers}")
    started = time.perf_counter()
    options = Options(routing, no_show, repeat_minutes)
    task = Task(setting_of(instance, schedule, options), tuple(questions_of(instance)), seed)
    book = Book(instance, response_share)
    stopped = interrupt or Interrupt()
    for done, tally in enumerate(run_all(task, replications, workers, stopped), start=1):
        book.enter(tally)
        if on_progress is not None:
            on_progress(done)
    if not book.replications:
        raise InputError(instance.name, [Fault("", "interrupted before anything was played")])
    played = Played(
        replications=book.replications,
        seed=seed,
        confidence=confidence,
        options=options,
        response_share=response_share,
        contacts=book.contacts,
        seconds=round(time.perf_counter() - started, 3),
        overtime_minutes=book.overtime_minutes,
        late_break_seconds=book.late_break_seconds,
    )
    return book.close(schedule, played)


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)
