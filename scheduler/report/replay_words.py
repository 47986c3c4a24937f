"""A replay in words: shared by the summary on a terminal and by the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ..simulation.judging import DONE_IN_TIME
from ..simulation.measures import WAITS
from .promises import title
from .words import counted, moment, percent

if TYPE_CHECKING:
    from ..models.floor import Floor
    from ..simulation.cells import Scope
    from ..simulation.estimates import Estimate
    from ..simulation.judging import Judgement, Verdict
    from ..simulation.measures import Simulated
    from ..simulation.replay import Replay

SIGNS: dict[Verdict, str] = {"held": "✓", "not held": "✗", "cannot tell": "?"}
RESOLVED = "resolved"
NAMES = {
    "service_level": "Answered in time",
    "service_level_of_answered": "In time, of the answered",
    "service_level_without_short_abandons": "In time, but short abandons",
    "mean_wait_seconds": "Wait of the answered",
    "mean_wait_of_all_seconds": "Wait of all",
    "abandonment": "Abandoned",
    "occupancy": "Occupancy",
    DONE_IN_TIME: "Done in time",
    RESOLVED: "Resolved the first time",
}


def amount(measure: str, value: float | None) -> str:
    """``"89.3 %"``, ``"13.9 s"``, ``"2.4 min"`` or ``"3.1 h"``; unknown is a dash."""
    if value is None:
        return "–"
    if measure not in WAITS:
        return "<0.1 %" if 0 < value < 0.0005 else f"{100 * value:.1f} %"
    if math.isinf(value):
        return "endless"
    if value < 120:
        return f"{value:.1f} s"
    return f"{value / 60:.1f} min" if value < 7200 else f"{value / 3600:.1f} h"


def between(measure: str, found: Estimate) -> str:
    """``"88.9 to 89.8 %"``."""
    if found.low is None or found.high is None:
        return "–"
    low, high = amount(measure, found.low), amount(measure, found.high)
    if low.partition(" ")[2] == high.partition(" ")[2]:
        low = low.partition(" ")[0]
    return f"{low} to {high}"


def headline(replay: Replay) -> str:
    """Give the outcome in a few words."""
    return {
        "held": "every hard floor on customers holds in the replay",
        "not held": "a hard floor does not hold in the replay",
        "cannot tell": "whether all hard floors hold cannot be told yet",
    }[replay.outcome]


def manner(replay: Replay) -> str:
    """Say how it was played."""
    played = replay.played
    parts = [
        counted(played.replications, "replication"),
        counted(played.contacts, "contact"),
        f"routing {played.options.routing}",
        f"seed {played.seed}",
    ]
    if played.options.no_show:
        parts.append(f"{percent(played.options.no_show)} no-shows")
    return f"{', '.join(parts)}; intervals at {100 * played.confidence:g} % confidence."


@dataclass(frozen=True)
class Account:
    """How one promise fared in all of its periods."""

    floor: Floor
    judgements: tuple[Judgement, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst."""
        found = {judgement.verdict for judgement in self.judgements}
        return next(v for v in ("not held", "cannot tell", "held") if v in found)

    @property
    def worst(self) -> Judgement:
        """Give the period that is furthest from its promise."""
        return min(self.judgements, key=room)

    @property
    def scope(self) -> Scope:
        """What it was judged in."""
        return self.judgements[0].scope

    @property
    def name(self) -> str:
        """``"Service level · phones"``."""
        return title(self.floor) + ("" if self.floor.weight is None else " (weighted)")

    @property
    def promise(self) -> str:
        """``"at least 80.0 % within 20 s"``."""
        first = self.judgements[0]
        bound = "at least" if first.at_least else "at most"
        within = f" within {first.within_seconds:g} s" if first.within_seconds else ""
        return f"{bound} {amount(first.measure, first.promised)}{within}"

    @property
    def tally(self) -> str:
        """``"held in 5 of 7 days, cannot tell in 2"``."""
        verdicts = Counter(judgement.verdict for judgement in self.judgements)
        total = len(self.judgements)
        if total == 1:
            return f"{self.verdict}, over the {self.scope}"
        parts = [f"held in {verdicts['held']} of {counted(total, self.scope)}"]
        others: Sequence[Verdict] = ("not held", "cannot tell")
        parts += [f"{verdict} in {verdicts[verdict]}" for verdict in others if verdicts[verdict]]
        return ", ".join(parts)


def room(judgement: Judgement) -> float:
    """How far the nearer end of the confidence interval is on the promise's side, in shares of it.

    Negative where it is on the other side; nothing is worse than what is not known.
    """
    low, high = judgement.simulated.low, judgement.simulated.high
    if low is None or high is None:
        return -math.inf
    spare = low - judgement.promised if judgement.at_least else judgement.promised - high
    return spare / judgement.promised


def shown_measures(replay: Replay, service: str) -> tuple[Simulated, ...]:
    """Give the measures that say most of a service; work that can wait has fewer."""
    if any(j.measure == DONE_IN_TIME and j.floor.subject == service for j in replay.judgements):
        return "mean_wait_seconds", "occupancy"
    return "service_level", "mean_wait_seconds", "abandonment", "occupancy"


def accounts_of(replay: Replay) -> tuple[Account, ...]:
    """Give every promise on customers, in the order of the instance."""
    groups = groupby(replay.judgements, key=lambda j: (id(j.floor), j.scope))
    return tuple(Account(group[0].floor, tuple(group)) for _, g in groups if (group := list(g)))


def period(judgement: Judgement) -> str:
    """Say when: ``"2026-03-02 09:00"``."""
    return moment(judgement.when)


def remarks(replay: Replay) -> list[str]:
    """Say what a reader should know besides."""
    found = list(replay.notes)
    if replay.not_played:
        names = ", ".join(replay.not_played)
        found.append(f"Not played, since the demand is a number of people: {names}.")
    for service, contacts in replay.carried_in.items():
        if contacts:
            found.append(f"{service}: {counted(contacts, 'contact')} waited at the start.")
    played = replay.played
    found.append(
        f"Agents end their contact first: {played.overtime_minutes:.0f} minutes after the end of "
        f"shifts altogether, and breaks {played.late_break_seconds:.0f} s late on average."
    )
    if any(judgement.measure == DONE_IN_TIME for judgement in replay.judgements):
        share = percent(played.response_share)
        found.append(f"A response holds if {share} are done in time: nothing is certain by chance.")
    return found
