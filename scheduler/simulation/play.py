"""One replication: customers come, wait, are served or give up; agents come, pause and go.

A discrete-event simulation. What is known beforehand (arrivals, shifts, breaks) is one sorted list;
what arises (contacts that end, breaks that were late, customers who come back) is a heap. Whoever
gives up is noticed when the line gets to them, so that patience costs no event at all.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush

from .agenda import Event, What, agenda
from .contacts import NOBODY, Contacts
from .routing import Takes, takes_of
from .setting import NOTHING, Setting

OFF, PAUSED, AWAY = 1, 2, 4
"""What keeps an agent from taking contacts; several may at once."""
_CONTACT_ENDS, _PAUSE_ENDS, _COMES_BACK = range(3)


@dataclass(frozen=True, slots=True)
class Played:
    """What happened."""

    contacts: Contacts
    stretches: list[tuple[int, float, float]]
    """Queue, start and end of each stretch in which an agent was there for it, in seconds."""
    overtime_seconds: float
    """Time that agents stayed after their shifts."""
    late_break_seconds: float
    """Time by which breaks began late, added up."""
    breaks: int


class Play:
    """Plays one replication of a setting.

    Parameters
    ----------
    setting
        What is played.
    seed, replication
        Which customers and which luck.
    """

    def __init__(self, setting: Setting, seed: int, replication: int) -> None:
        self._setting = setting
        self._key = (seed, replication)
        contacts = self._contacts = Contacts(setting, seed, replication)
        # The same lists, without a detour: the loop looks at them all the time.
        self._queue, self._arrived = contacts.queue, contacts.arrived
        self._handle, self._deadline = contacts.handle, contacts.deadline
        self._begun, self._ended = contacts.begun, contacts.ended
        self._heap: list[tuple[float, int, int, int]] = []
        self._set_the_agents()
        self._set_the_queues()

    def _set_the_agents(self) -> None:
        agents = self._setting.agents
        count = len(agents)
        self._pace = [agent.pace for agent in agents]
        self._blocked = [OFF] * count
        self._planned = [NOTHING] * count
        self._lingers = [False] * count
        self._held = [0] * count
        self._serving = [NOTHING] * count
        self._contact = [NOBODY] * count
        """What an agent with one contact at a time has in hand."""
        self._several: list[list[tuple[float, int]]] = [[] for _ in agents]
        """Work left, in seconds, and contact, for agents with several."""
        self._looked = [0.0] * count
        """When the work left was last brought up to date."""
        self._stamp = [0] * count
        """Counts changes; an entry with an old one is void."""
        self._version = [0] * count
        self._owed: list[deque[tuple[float, float]]] = [deque() for _ in agents]
        """Breaks that are due: when, and how long."""
        self._rests = [False] * count
        self._shift_ended = [math.nan] * count
        self._there_for = [NOTHING] * count
        self._there_since = [0.0] * count
        self._stretches: list[tuple[int, float, float]] = []
        self._overtime = self._late = 0.0
        self._breaks = 0

    def _set_the_queues(self) -> None:
        queues = self._setting.queues
        self._takes = takes_of(self._setting)
        self._places = [queue.places for queue in queues]
        self._factors = [queue.factors for queue in queues]
        self._by_chance = [queue.is_settled_by_chance for queue in queues]
        self._line: list[deque[int]] = [deque() for _ in queues]
        self._closed = [False] * len(queues)
        # Who stands ready: those planned for the queue before others, the idler before the busier,
        # and in each of these the one who has been ready longest.
        self._ready: list[list[deque[tuple[int, int]]]] = [
            [deque() for _ in range(2 * queue.places)] for queue in queues
        ]

    def run(self) -> Played:
        """Play it to the end: until nobody is left who could serve anybody."""
        events = agenda(self._setting, *self._key)
        upcoming, heap = iter(self._contacts.in_order()), self._heap
        time, contact = next(upcoming)
        for event in [*events, Event(math.inf, What.EMPTIES, NOBODY)]:
            until = event.time
            while True:
                if heap and heap[0][0] <= time and heap[0][0] <= until:
                    self._arise(*heappop(heap))
                elif time < until:
                    self._arrive(contact, time)
                    time, contact = next(upcoming)
                else:
                    break
            if event.who != NOBODY:
                self._happen(event)
        return self._played()

    def _played(self) -> Played:
        return Played(
            contacts=self._contacts,
            stretches=self._stretches,
            overtime_seconds=self._overtime,
            late_break_seconds=self._late,
            breaks=self._breaks,
        )

    # What happens to customers

    def _arrive(self, contact: int, now: float) -> None:
        q = self._queue[contact]
        stamps = self._stamp
        for standing in self._ready[q]:
            while standing:
                a, stamp = standing.popleft()
                if stamps[a] == stamp:
                    self._take(a, contact, now)
                    if self._places[q] > self._held[a]:
                        self._stand_ready(a)
                    return
        self._line[q].append(contact)

    def _head(self, q: int, now: float) -> int:
        """Give who is first in a line, past those who have given up."""
        line, deadline = self._line[q], self._deadline
        while line:
            if deadline[line[0]] > now:
                return line[0]
            line.popleft()
        return NOBODY

    def _close(self, q: int, now: float) -> None:
        """Send the line of a closed queue away, once nobody is there for it any more."""
        if not self._closed[q] or self._head(q, now) == NOBODY:
            return
        for a, blocked in enumerate(self._blocked):
            if not blocked and any(q in tier for tier in self._tiers(a)):
                return
        line = self._line[q]
        while line:
            self._contacts.turned_away[line.popleft()] = now

    def _close_all(self, now: float) -> None:
        for q, closed in enumerate(self._closed):
            if closed and self._line[q]:
                self._close(q, now)

    # What happens to agents

    def _tiers(self, a: int) -> Takes:
        return self._takes(a, self._planned[a])

    def _take(self, a: int, contact: int, now: float) -> None:
        q = self._queue[contact]
        self._begun[contact] = now
        self._stamp[a] += 1
        self._serving[a] = q
        self._held[a] += 1
        if self._there_for[a] != q:
            self._be_there_for(a, q, now)
        work = self._handle[contact] / self._pace[a][q]
        if self._places[q] == 1:
            self._contact[a] = contact
            heappush(self._heap, (now + work, _CONTACT_ENDS, a, self._version[a]))
        else:
            self._bring_up_to_date(a, now, self._held[a] - 1)
            self._several[a].append((work, contact))
            self._foresee(a, now)

    def _bring_up_to_date(self, a: int, now: float, held: int) -> None:
        """Take off what was done since the last look, with so many contacts in hand."""
        if held:
            done = (now - self._looked[a]) / self._factors[self._serving[a]][held - 1]
            self._several[a] = [(left - done, contact) for left, contact in self._several[a]]
        self._looked[a] = now

    def _foresee(self, a: int, now: float) -> None:
        """Enter when the next of several contacts ends, as things are."""
        self._version[a] += 1
        if self._several[a]:
            left = max(0.0, min(self._several[a])[0])
            ends = now + left * self._factors[self._serving[a]][self._held[a] - 1]
            heappush(self._heap, (ends, _CONTACT_ENDS, a, self._version[a]))

    def _arise(self, now: float, kind: int, who: int, version: int) -> None:
        if kind == _CONTACT_ENDS:
            if version == self._version[who]:
                self._end_contact(who, now)
        elif kind == _PAUSE_ENDS:
            self._rests[who] = False
            self._unblock(who, PAUSED, now)
        else:
            self._arrive(who, now)

    def _end_contact(self, a: int, now: float) -> None:
        q = self._serving[a]
        if self._places[q] == 1:
            contact = self._contact[a]
            self._version[a] += 1
            self._held[a] = 0
        else:
            self._bring_up_to_date(a, now, self._held[a])
            done = min(self._several[a])
            self._several[a].remove(done)
            contact = done[1]
            self._held[a] -= 1
            self._foresee(a, now)
        self._ended[contact] = now
        if self._by_chance[q]:
            back = self._contacts.settle(contact, self._setting.agents[a].resolves[q], now)
            if back != NOBODY:
                heappush(self._heap, (self._arrived[back], _COMES_BACK, back, 0))
        if not self._blocked[a]:
            self._look_for_work(a, now)
        elif not self._held[a]:
            if self._blocked[a] & OFF:
                self._overtime += now - self._shift_ended[a]
            self._go(a, now)

    def _look_for_work(self, a: int, now: float) -> None:
        """Take who waits, or stand ready."""
        while True:
            contact = self._next(a, now)
            if contact == NOBODY:
                break
            self._line[self._queue[contact]].popleft()
            self._take(a, contact, now)
            if self._held[a] == self._places[self._serving[a]]:
                return
        if self._lingers[a] and not self._held[a]:
            self._lingers[a], self._planned[a] = False, NOTHING
        if not self._held[a]:
            self._be_there_for(a, max(NOTHING, self._planned[a]), now)
        self._stand_ready(a)

    def _next(self, a: int, now: float) -> int:
        """Choose the customer whom an agent takes next."""
        if self._held[a]:
            return self._head(self._serving[a], now) if self._still_takes(a) else NOBODY
        for tier in self._tiers(a):
            heads = [head for q in tier if (head := self._head(q, now)) != NOBODY]
            if heads:
                return heads[0] if len(heads) == 1 else min(heads, key=self._arrived.__getitem__)
        return NOBODY

    def _stand_ready(self, a: int) -> None:
        self._stamp[a] += 1
        entry, held = (a, self._stamp[a]), self._held[a]
        if held:
            if self._still_takes(a):
                self._stand_for(self._serving[a], a, held, entry)
            return
        for tier in self._tiers(a):
            for q in tier:
                self._stand_for(q, a, 0, entry)

    def _still_takes(self, a: int) -> bool:
        """Tell whether an agent may take more of what they have in hand already."""
        return any(self._serving[a] in tier for tier in self._tiers(a))

    def _stand_for(self, q: int, a: int, held: int, entry: tuple[int, int]) -> None:
        position = held if self._planned[a] == q else self._places[q] + held
        self._ready[q][position].append(entry)

    def _be_there_for(self, a: int, q: int, now: float) -> None:
        """Note for which queue an agent is there from now on."""
        before = self._there_for[a]
        if before == q:
            return
        if before >= 0 and now > self._there_since[a]:
            self._stretches.append((before, self._there_since[a], now))
        self._there_for[a], self._there_since[a] = q, now

    def _go(self, a: int, now: float) -> None:
        """Leave the desk with nothing in hand, and begin a break if one is due."""
        self._be_there_for(a, NOTHING, now)
        if self._owed[a] and not self._rests[a]:
            due, length = self._owed[a].popleft()
            self._rests[a] = True
            self._late += now - due
            self._breaks += 1
            heappush(self._heap, (now + length, _PAUSE_ENDS, a, 0))

    def _block(self, a: int, reason: int, now: float) -> None:
        self._blocked[a] |= reason
        self._stamp[a] += 1
        if not self._held[a]:
            self._go(a, now)
        self._close_all(now)

    def _unblock(self, a: int, reason: int, now: float) -> None:
        if reason == PAUSED and self._owed[a]:
            self._go(a, now)
            return
        self._blocked[a] &= ~reason
        if not self._blocked[a] and self._has_a_hand_free(a):
            self._look_for_work(a, now)

    def _has_a_hand_free(self, a: int) -> bool:
        return not self._held[a] or self._held[a] < self._places[self._serving[a]]

    def _turn(self, a: int, q: int, now: float) -> None:
        """Turn to another queue; who was there for a line at closing time sees to it first."""
        before = self._planned[a]
        self._lingers[a] = (
            q == NOTHING
            and before >= 0
            and self._closed[before]
            and not self._blocked[a]
            and self._head(before, now) != NOBODY
        )
        if self._lingers[a]:
            return
        self._planned[a] = q
        self._stamp[a] += 1
        if self._blocked[a]:
            return
        if self._has_a_hand_free(a):
            self._look_for_work(a, now)
        self._close_all(now)

    def _happen(self, event: Event) -> None:
        """Let something happen that was known beforehand."""
        now, what, who, value = event
        if what == What.TURNS:
            self._turn(who, int(value), now)
        elif what == What.PAUSES:
            self._owed[who].append((now, value))
            self._block(who, PAUSED, now)
        elif what == What.ENDS:
            self._end_shift(who, now)
        elif what == What.STARTS:
            self._unblock(who, OFF, now)
        elif what == What.LEAVES:
            self._block(who, AWAY, now)
        elif what == What.RETURNS:
            self._unblock(who, AWAY, now)
        elif what == What.EMPTIES:
            self._close(who, now)
        else:
            self._closed[who] = what == What.CLOSES

    def _end_shift(self, a: int, now: float) -> None:
        self._shift_ended[a] = now
        self._owed[a].clear()
        if not self._rests[a]:
            self._blocked[a] &= ~PAUSED
        self._planned[a], self._lingers[a] = NOTHING, False
        self._block(a, OFF, now)
