"""What a replay gives back. Unknown is None, never 0 or infinity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .cells import Scope
from .estimates import Estimate
from .judging import Judgement
from .measures import Simulated
from .reading import Options

if TYPE_CHECKING:
    import pandas as pd

    from ..models.floor import Floor
    from ..models.instance import Instance

Outcome = Literal["held", "not held", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Course:
    """One service in one interval or day, or over the horizon.

    Attributes
    ----------
    offered, answered, abandoned, turned_away, left
        Contacts per replication: all who came; of these who were answered, gave up, were still in
        line when it was closed with nobody to serve it, or were never served.
    staff
        Effective staff planned, on average over the period's open time.
    simulated
        Estimates by measure.
    predicted
        What the queue formula says of the same staff, by measure; infinite for an endless queue,
        None without customers or a formula.
    """

    service: str
    scope: Scope
    when: str
    slot: int
    """First slot."""
    offered: float
    answered: float
    abandoned: float
    turned_away: float
    left: float
    staff: float
    simulated: Mapping[Simulated, Estimate]
    predicted: Mapping[Simulated, float | None]


@dataclass(frozen=True, slots=True)
class Played:
    """How it was played."""

    replications: int
    seed: int
    confidence: float
    options: Options
    response_share: float
    """Share of deferrable contacts done in time at which a `response` counts as held."""
    contacts: int
    """Played in all replications together."""
    seconds: float
    """Wall time."""
    overtime_minutes: float
    """Time that everybody together stayed after their shifts, to end a contact; mean."""
    late_break_seconds: float
    """Time by which a break began late, to end a contact; mean over breaks."""


@dataclass(frozen=True)
class Replay:
    """Service by service and floor by floor, what happened to the customers of a schedule."""

    instance: Instance
    played: Played
    within_seconds: Mapping[str, float]
    """Seconds of the service level that `courses` give, by service."""
    courses: tuple[Course, ...]
    judgements: tuple[Judgement, ...]
    not_played: tuple[str, ...]
    """Services whose demand is staff: there are no customers to play."""
    carried_in: Mapping[str, int]
    """Contacts that waited at the start, by service."""
    resolved: Mapping[str, Estimate]
    """Share of contacts resolved the first time, for services that tell of their resolution."""
    notes: tuple[str, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """Services that were played."""
        return tuple(dict.fromkeys(course.service for course in self.courses))

    @property
    def outcome(self) -> Outcome:
        """Give the worst verdict on the hard floors; weighted ones have their price."""
        verdicts = {judgement.verdict for judgement in self.judgements if judgement.is_hard}
        if "not held" in verdicts:
            return "not held"
        return "cannot tell" if "cannot tell" in verdicts else "held"

    def of(self, service: str, scope: Scope) -> tuple[Course, ...]:
        """Give a service's intervals, its days, or its horizon."""
        return tuple(c for c in self.courses if c.service == service and c.scope == scope)

    def judgements_of(self, floor: Floor) -> tuple[Judgement, ...]:
        """Give every period of a floor."""
        return tuple(j for j in self.judgements if j.floor is floor)

    def to_frame(self, scope: Scope = "day") -> pd.DataFrame:
        """One row per service and interval or day, or for the horizon.

        Returns
        -------
        Columns: service, when, contacts by what became of them, staff, and for each measure its
        estimate, both ends of its confidence interval, and the formula's prediction.
        """
        from ..report.replay_tables import courses_frame  # pandas is loaded for tables only

        return courses_frame(self, scope)

    def floors_frame(self) -> pd.DataFrame:
        """One row per floor and period: promised, simulated, predicted, and the verdict."""
        from ..report.replay_tables import floors_frame  # pandas is loaded for tables only

        return floors_frame(self)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values, for JSON; an endless prediction is ``"endless"``."""
        from .plain import plain_replay

        return plain_replay(self)
