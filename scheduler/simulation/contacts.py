"""The contacts of a replication: what each brings, what became of it, and who comes back."""

from __future__ import annotations

import math

from .customers import Crowd
from .setting import Setting

NOBODY = -1


class Contacts:
    """Every contact by number: those of the first queue, of the second, …, and who came back.

    Parameters
    ----------
    setting
        What is played.
    seed, replication
        Which customers.

    Attributes
    ----------
    queue, arrived, handle, deadline
        Where it belongs, when it comes, how long it takes at proficiency 1, and when the customer
        gives up, if still waiting; times in seconds.
    begun, ended, turned_away
        When that happened; NaN where it did not.
    settled, resolved
        Contacts that ended, and those of them that were resolved, by queue; counted where that is a
        matter of chance.
    """

    def __init__(self, setting: Setting, seed: int, replication: int) -> None:
        self._setting = setting
        self._crowds = [Crowd(setting, q, seed, replication) for q in range(len(setting.queues))]
        self._first = [0]
        self._again: dict[int, tuple[int, int]] = {}
        """Of those who came back: whose contact it is, and for which time."""
        self.queue: list[int] = []
        self.arrived: list[float] = []
        self.handle: list[float] = []
        self.deadline: list[float] = []
        for q, crowd in enumerate(self._crowds):
            habits, arrived = crowd.habits(), crowd.arrived
            self.queue += [q] * len(arrived)
            self.arrived += arrived.tolist()
            self.handle += habits.handle_seconds.tolist()
            self.deadline += (arrived + habits.patience_seconds).tolist()
            self._first.append(len(self.queue))
        self.begun = [math.nan] * len(self.queue)
        self.ended, self.turned_away = list(self.begun), list(self.begun)
        self.settled, self.resolved = [0] * len(setting.queues), [0] * len(setting.queues)

    def in_order(self) -> list[tuple[float, int]]:
        """Give (time, contact) of everybody known beforehand, and an end."""
        return [*sorted((time, k) for k, time in enumerate(self.arrived)), (math.inf, NOBODY)]

    def settle(self, contact: int, chance: float, now: float) -> int:
        """Decide whether a contact is resolved, and else whether and when the customer returns.

        Parameters
        ----------
        chance
            Share of contacts that its agent resolves.

        Returns
        -------
        The new contact of a customer who returns, or `NOBODY`.
        """
        q = self.queue[contact]
        self.settled[q] += 1
        whose, time = self._again.get(contact, (contact - self._first[q], 0))
        resolved, returns, soon = self._crowds[q].habits(time).fate[whose].tolist()
        if resolved < chance:
            self.resolved[q] += 1
            return NOBODY
        back = now - math.log1p(-soon) * self._setting.repeat_seconds
        back = self._next_opening(q, back)
        if returns >= self._setting.queues[q].repeat_share or back >= self._setting.end:
            return NOBODY
        return self._return(q, whose, time + 1, back)

    def _next_opening(self, q: int, moment: float) -> float:
        spans = self._setting.queues[q].open_spans
        if not spans:
            return moment
        return next((max(moment, start) for start, end in spans if moment < end), math.inf)

    def _return(self, q: int, whose: int, time: int, moment: float) -> int:
        habits = self._crowds[q].habits(time)
        contact = len(self.queue)
        self._again[contact] = (whose, time)
        self.queue.append(q)
        self.arrived.append(moment)
        self.handle.append(float(habits.handle_seconds[whose]))
        self.deadline.append(moment + float(habits.patience_seconds[whose]))
        for times in (self.begun, self.ended, self.turned_away):
            times.append(math.nan)
        return contact
