"""Trials: which of several ways to try next, from what each saved of late in how much time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

MEMORY = 0.7
"""Weight of what was learnt before."""
LEAST_CHANCE = 0.4
"""Share of the best way's time that all of the worst get together."""
LEAST_TIME = 0.05
"""Seconds that a trial counts for at least."""


class Trial:
    """A way to make something better, and what was learnt about it.

    Parameters
    ----------
    expected, promise
        Seconds that it takes, and what it saves in a second as a share of what the best way does,
        before anything is known.
    """

    def __init__(self, expected: float, promise: float = 1.0) -> None:
        self.expected, self.promise = expected, promise
        self.gain: float | None = None
        """Cents that it saved in a second of late; None before it was tried."""
        self.seconds = expected
        """Time that it took of late."""

    def remember(self, saved: float, seconds: float) -> None:
        """Learn how it went."""
        seconds = max(seconds, LEAST_TIME)
        gain = saved / seconds
        self.gain = gain if self.gain is None else MEMORY * self.gain + (1 - MEMORY) * gain
        self.seconds = MEMORY * self.seconds + (1 - MEMORY) * seconds

    def forget(self) -> None:
        """Learn anew from the next time on."""
        self.gain, self.seconds = None, self.expected


AnyTrial = TypeVar("AnyTrial", bound=Trial)


def drawn(trials: Sequence[AnyTrial], soon: float, draw: random.Random) -> AnyTrial:
    """Draw one, so that time goes to those that save much.

    Parameters
    ----------
    trials
        What can be tried, in the order in which it is tried first.
    soon
        Seconds: what takes no more is tried once before anything is drawn.
    """
    untried = [trial for trial in trials if trial.gain is None and trial.seconds <= soon]
    if untried:
        return untried[0]
    best = max((trial.gain for trial in trials if trial.gain is not None), default=0.0) or 1.0
    least = LEAST_CHANCE * best / len(trials)
    gains = (t.promise * best if t.gain is None else max(t.gain, least) for t in trials)
    chances = [gain / trial.seconds for gain, trial in zip(gains, trials, strict=True)]
    return draw.choices(trials, chances)[0]
