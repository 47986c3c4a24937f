"""Who takes whose contacts.

``planned``: an agent serves the service that the schedule names for them at the time, and no other.

``skills``: an agent takes contacts of any service whose skill they have: of the highest priority
first; among equals the planned service first; then those who wait now before deferrable work; and
the longest waiting first. Who is planned for a service that is not played (its demand is a number
of people) keeps to it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import groupby

from .setting import ELSEWHERE, Setting

Takes = tuple[tuple[int, ...], ...]
"""Queues that an agent takes contacts of: tiers, the first before the second; in each of them, the
longest waiting customer first."""


def takes_of(setting: Setting) -> Callable[[int, int], Takes]:
    """Give what an agent takes, by the agent and the queue they are planned for."""
    able = [[q for q, pace in enumerate(agent.pace) if pace > 0] for agent in setting.agents]

    @cache
    def takes(agent: int, planned: int) -> Takes:
        if planned == ELSEWHERE:
            return ()
        if setting.routing == "planned":
            return ((planned,),) if planned in able[agent] else ()

        def rank(q: int) -> tuple[int, bool, bool]:
            queue = setting.queues[q]
            return -queue.priority, q != planned, queue.deferrable

        ranked = sorted(able[agent], key=rank)
        return tuple(tuple(tier) for _, tier in groupby(ranked, key=rank))

    return takes
