"""What a promise over a day saves against the usual way: every interval rounded up to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..models.instance import Instance
from ..models.result import Result
from ..simulation.judging import Judgement
from ..simulation.simulating import simulate
from ..solving import Engine, solve

COLUMNS = (
    "instance",
    "people",
    "rounded up",
    "gap",
    "over the day",
    "gap",
    "saving",
    "promised",
    "simulated, rounded up",
    "simulated, over the day",
)

GAP = 0.005
"""Both ways are proved within this share of their best possible cost, if time permits."""
REPLICATIONS = 400


def rounded_up(instance: Instance) -> Instance:
    """Keep every promise over a day or the horizon in each interval instead.

    The least staff of an interval is then a constant, as in tools that plan heads first.
    """
    record = instance.model_dump(mode="json", exclude_none=True)
    for floor in record["floors"]:
        if floor.pop("scope", "interval") != "interval":
            for field in ("at_least_each_interval", "each_interval_seconds"):
                floor.pop(field, None)
    return Instance.model_validate(record)


def savings(
    instances: Iterable[Instance], time_limit: float, seed: int, workers: int | None, engine: Engine
) -> Iterator[tuple[str, ...]]:
    """Solve each instance both ways, play both schedules, and give a row of text.

    Simulated is the share that the promise over a day is about, with its 99 % confidence interval;
    of several days and services, the one that comes off worst.
    """
    for instance in instances:
        usual, day = (
            solve(way, time_limit=time_limit, gap=GAP, seed=seed, workers=workers, engine=engine)
            for way in (rounded_up(instance), instance)
        )
        played = _worst(instance, usual), _worst(instance, day)
        yield (
            instance.name,
            str(len(instance.employees)),
            *_cost(usual),
            *_cost(day),
            _saving(usual.objective, day.objective),
            next((f"{found.promised:.0%}" for found in played if found), "–"),
            *(_told(found) for found in played),
        )


def _worst(instance: Instance, result: Result) -> Judgement | None:
    """Play a schedule, and give the promise over a day that comes off worst."""
    if result.schedule is None:
        return None
    replay = simulate(
        instance,
        result.schedule,
        replications=REPLICATIONS,
        seed=result.seed,
        confidence=0.99,
        workers=1,
    )
    shares = [j for j in replay.judgements if j.scope != "interval" and j.at_least]
    known = [(j.simulated.value - j.promised, i) for i, j in enumerate(shares) if j.simulated.value]
    return shares[min(known)[1]] if known else None


def _told(found: Judgement | None) -> str:
    if found is None or found.simulated.value is None:
        return "–"
    low, high = found.simulated.low, found.simulated.high
    ends = "" if low is None or high is None else f" ({low:.1%}–{high:.1%})"
    return f"{found.simulated.value:.1%}{ends}"


def _cost(result: Result) -> tuple[str, str]:
    if result.objective is None:
        return result.status, "–"
    return f"{result.objective:,.2f}", "–" if result.gap is None else f"{result.gap:.2%}"


def _saving(usual: Decimal | None, day: Decimal | None) -> str:
    return "–" if usual is None or day is None or not usual else f"{1 - day / usual:.1%}"
