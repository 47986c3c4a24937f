"""What customers and agents see of a queue: one function for Erlang B, C, A and for chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .agents import Agents, one_at_a_time, several_at_once
from .answered import wait_of_answered
from .arrays import FloatArray, broadcast, floats, positive, whole
from .line import Line


@dataclass(frozen=True, slots=True)
class Performance:
    """The measures of a queue in the long run, as arrays of one shape.

    A wait is the time from arrival until service begins or the customer hangs up. A wait of exactly
    T counts as within T, so that within 0 s are answered those who do not wait at all.

    Attributes
    ----------
    delay_probability
        Share of arrivals that find all agents full.
    service_level
        Of offered: answered within T ÷ all arrivals. Who hangs up counts as not answered.
    service_level_of_answered
        Answered within T ÷ answered.
    service_level_without_short_abandons
        Answered within T ÷ (arrivals − those who hung up within T).
    mean_wait_seconds
        Average speed of answer: mean wait of those who are answered, 0 for each who need not wait.
        Infinite where the queue grows for ever or nobody is answered.
    mean_wait_of_all_seconds
        Mean wait of all arrivals, up to the moment at which they are answered or hang up. Infinite
        where the queue grows for ever.
    abandonment
        Share of arrivals that hang up, at once or after a wait; 0 without patience.
    occupancy
        Share of the agents' time in use; where agents hold several contacts, share of their places
        that are taken. 1 where the queue grows for ever.

    Notes
    -----
    Without arrivals all service levels are 1 and everything else is 0. Without staff nobody is
    answered: all arrivals find the agents full, every service level is 0, the mean wait of the
    answered is infinite, and the occupancy is 1; with patience everybody hangs up, after a mean
    wait of `patience_seconds`; without, they wait for ever.
    """

    delay_probability: FloatArray
    service_level: FloatArray
    service_level_of_answered: FloatArray
    service_level_without_short_abandons: FloatArray
    mean_wait_seconds: FloatArray
    mean_wait_of_all_seconds: FloatArray
    abandonment: FloatArray
    occupancy: FloatArray


def performance(
    arrivals_per_hour: ArrayLike,
    staff: ArrayLike,
    handle_times_seconds: float | Sequence[float],
    *,
    patience_seconds: float | None = None,
    within_seconds: float = 0.0,
) -> Performance:
    """Give the measures of a queue with Poisson arrivals, first come, first served.

    Parameters
    ----------
    arrivals_per_hour, staff
        Numbers or arrays that fit together; staff is whole agents.
    handle_times_seconds
        Mean handle time, exponentially distributed; or, where an agent may hold several contacts at
        once, the mean handle time of each while they hold 1, 2, 3 … of them.
    patience_seconds
        Mean time after which who waits hangs up, exponentially distributed. None: nobody ever does
        (Erlang C). 0: all do at once (Erlang B).
    within_seconds
        T of the service levels.

    Notes
    -----
    With B the share of time in which all agents are full if nobody may wait, `empty` and `wait` of
    the line that forms when they are, and V the wait that it imposes:

        delay D = B / (B + (1 − B) · empty), abandonment = D · θ · wait,
        level of offered = 1 − abandonment − D · P(V > T) · e^−θT · (1 − θ · wait after T).

    With one contact at a time B is Erlang's, and this is the M/M/n+M queue (Erlang A; Erlang C for
    θ = 0, where empty = 1 − a/n and wait = 1 / (R − λ)). With several it is a birth-death chain in
    which contacts are always spread evenly over the agents; customers wait when all are full.

    Source: A. K. Erlang, 1917; C. Palm, 1957; N. Gans, G. Koole and A. Mandelbaum, "Telephone call
    centers: tutorial, review, and research prospects", 2003. See `Line` and `several_at_once`.

    Examples
    --------
    >>> found = performance(200, [13, 14], 180, within_seconds=20)
    >>> found.service_level.round(3).tolist()
    [0.796, 0.888]
    """
    times = _handle_times(handle_times_seconds)
    unit = times[-1] / len(times)
    within = float(floats(within_seconds, "within_seconds")) / unit
    leaving = _leaving(patience_seconds, unit)
    load = floats(arrivals_per_hour, "arrivals_per_hour") * unit / 3600
    shape, (load, people) = broadcast(load, whole(staff, "staff"))

    live = (load > 0) & (people > 0) & ((people > load) | (leaving > 0))
    agents = _agents(load[live], people[live], times)
    if np.isinf(leaving):
        settled = _without_line(agents)
    else:
        settled = _with_line(agents, Line.of(load[live], people[live], leaving), within)
    settled["mean_wait_seconds"] *= unit
    settled["mean_wait_of_all_seconds"] *= unit

    found = _limits(load, people, patience_seconds)
    for measure, values in settled.items():
        found[measure][live] = values
    return Performance(**{measure: values.reshape(shape) for measure, values in found.items()})


def _handle_times(given: float | Sequence[float]) -> list[float]:
    times = list(given) if isinstance(given, Sequence) else [given]
    if not times:
        raise ValueError("handle_times_seconds: expected a number, or one for each contact held")
    return [positive(time, "handle_times_seconds") for time in times]


def _leaving(patience_seconds: float | None, unit: float) -> float:
    """Hang-ups per waiting customer and unit of time."""
    if patience_seconds is None:
        return 0.0
    patience = float(floats(patience_seconds, "patience_seconds"))
    return unit / patience if patience else np.inf


def _agents(load: FloatArray, people: FloatArray, times: list[float]) -> Agents:
    if len(times) == 1:
        return one_at_a_time(load, people)
    pace = [held * times[-1] / len(times) / time for held, time in enumerate(times, start=1)]
    return several_at_once(load, people, np.array(pace))


def _limits(load: FloatArray, people: FloatArray, patience: float | None) -> dict[str, FloatArray]:
    """Give every measure without arrivals, without staff, and of a queue without end."""
    leave, stay = (0.0, np.inf) if patience is None else (1.0, patience)
    values = {
        "delay_probability": (0.0, 1.0, 1.0),
        "service_level": (1.0, 0.0, 0.0),
        "service_level_of_answered": (1.0, 0.0, 0.0),
        "service_level_without_short_abandons": (1.0, 0.0, 0.0),
        "mean_wait_seconds": (0.0, np.inf, np.inf),
        "mean_wait_of_all_seconds": (0.0, stay, np.inf),
        "abandonment": (0.0, leave, 0.0),
        "occupancy": (0.0, 1.0, 1.0),
    }
    cases = [load == 0, people == 0]
    return {name: np.select(cases, three[:2], three[2]) for name, three in values.items()}


def _without_line(agents: Agents) -> dict[str, FloatArray]:
    """Who cannot start at once is gone; nobody waits."""
    return {
        "delay_probability": agents.full,
        "service_level": 1 - agents.full,
        "service_level_of_answered": np.ones(agents.full.shape),
        "service_level_without_short_abandons": np.ones(agents.full.shape),
        "mean_wait_seconds": np.zeros(agents.full.shape),
        "mean_wait_of_all_seconds": np.zeros(agents.full.shape),
        "abandonment": agents.full,
        "occupancy": agents.used,
    }


def _with_line(agents: Agents, line: Line, within: float) -> dict[str, FloatArray]:
    """Join the agents and the line: the time in which all are full belongs to both."""
    delay = agents.full / (agents.full + (1 - agents.full) * line.empty)
    abandonment = delay * line.gives_up
    answered = 1 - abandonment
    later = line.after(within)
    waiting_on = delay * line.still_waiting(within) * np.exp(-line.leaving * within)
    in_time = np.clip(answered - waiting_on * (1 - later.gives_up), 0.0, answered)
    crowded = delay * (1 - line.empty)
    return {
        "delay_probability": delay,
        "service_level": in_time,
        "service_level_of_answered": in_time / answered,
        "service_level_without_short_abandons": in_time / (answered + waiting_on * later.gives_up),
        "mean_wait_seconds": delay * (1 - line.gives_up) * wait_of_answered(line) / answered,
        "mean_wait_of_all_seconds": delay * line.wait,
        "abandonment": abandonment,
        "occupancy": (1 - crowded) * agents.used + crowded,
    }
