"""A replay as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from ..simulation.measures import SIMULATED

if TYPE_CHECKING:
    from ..simulation.cells import Scope
    from ..simulation.estimates import Estimate
    from ..simulation.replay import Course, Replay

FATES = ("offered", "answered", "abandoned", "turned_away", "left")
FLOORS = (
    "service",
    "kind",
    "scope",
    "when",
    "measure",
    "promised",
    "simulated",
    "simulated_low",
    "simulated_high",
    "predicted",
    "verdict",
    "hard",
)


def courses_frame(replay: Replay, scope: Scope) -> pd.DataFrame:
    """One row per service and interval or day, or for the horizon.

    Parameters
    ----------
    replay
        What was played.
    scope
        What a row is.

    Returns
    -------
    Columns: service, when (local time, date, or "horizon"), contacts per replication by what became
    of them, staff, and for each measure four: itself, ``_low`` and ``_high`` of its confidence
    interval, and ``_predicted`` by the queue formula. What is not known is missing.
    """
    columns = [
        "service",
        "when",
        *FATES,
        "staff",
        *(f"{m}{end}" for m in SIMULATED for end in ("", "_low", "_high", "_predicted")),
    ]
    rows = [tuple(_course(course)) for course in replay.courses if course.scope == scope]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[2:], float))


def _course(course: Course) -> Iterator[str | float | None]:
    yield from (course.service, course.when)
    yield from (getattr(course, name) for name in FATES)
    yield course.staff
    for measure in SIMULATED:
        yield from _ends(course.simulated[measure])
        yield course.predicted[measure]


def _ends(found: Estimate) -> tuple[float | None, float | None, float | None]:
    return found.value, found.low, found.high


def floors_frame(replay: Replay) -> pd.DataFrame:
    """One row per floor and period.

    Returns
    -------
    Columns: service, kind, scope, when, measure, promised, simulated with both ends of its
    confidence interval, predicted, verdict, and whether the floor is hard.
    """
    rows = [
        (
            judgement.floor.subject,
            judgement.floor.kind,
            judgement.scope,
            judgement.when,
            judgement.measure,
            judgement.promised,
            *_ends(judgement.simulated),
            judgement.predicted,
            judgement.verdict,
            judgement.is_hard,
        )
        for judgement in replay.judgements
    ]
    frame = pd.DataFrame(rows, columns=list(FLOORS))
    return frame.astype(dict.fromkeys(FLOORS[5:10], float))
