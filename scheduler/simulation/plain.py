"""A replay as plain values, for JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .judging import Judgement
    from .replay import Course, Replay

ENDLESS = "endless"


def plain_replay(replay: Replay) -> dict[str, Any]:
    """Give everything that a replay holds but the instance."""
    return {
        "instance": replay.instance.name,
        "outcome": replay.outcome,
        "played": asdict(replay.played),
        "within_seconds": dict(replay.within_seconds),
        "not_played": list(replay.not_played),
        "carried_in": dict(replay.carried_in),
        "resolved": {name: asdict(found) for name, found in replay.resolved.items()},
        "floors": [_judgement(judgement) for judgement in replay.judgements],
        "courses": [_course(course) for course in replay.courses],
        "notes": list(replay.notes),
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "floor": judgement.floor.model_dump(mode="json", exclude_none=True),
        "scope": judgement.scope,
        "when": judgement.when,
        "measure": judgement.measure,
        "promised": judgement.promised,
        "simulated": asdict(judgement.simulated),
        "predicted": _number(judgement.predicted),
        "verdict": judgement.verdict,
    }


def _course(course: Course) -> dict[str, Any]:
    return {
        "service": course.service,
        "scope": course.scope,
        "when": course.when,
        "offered": course.offered,
        "answered": course.answered,
        "abandoned": course.abandoned,
        "turned_away": course.turned_away,
        "left": course.left,
        "staff": course.staff,
        "simulated": {name: asdict(found) for name, found in course.simulated.items()},
        "predicted": {name: _number(value) for name, value in course.predicted.items()},
    }


def _number(value: float | None) -> float | str | None:
    return ENDLESS if value is not None and math.isinf(value) else value
