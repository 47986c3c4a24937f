"""What the queue formulas say of the same staff, interval by interval and over more of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..models.demand import ArrivalsDemand
from ..models.service import Service
from ..models.team import Team
from ..queueing import Measure, Performance, performance_between
from .tally import Bools, Floats


@dataclass(frozen=True)
class Forecast:
    """The formula's measures for every slot of one service.

    Attributes
    ----------
    arrivals
        Contacts expected in each slot.
    staff
        Effective staff planned for it.
    measures
        What the formula of the queue makes of both, each slot for itself, in the long run.
    """

    arrivals: Floats
    staff: Floats
    measures: Performance

    @classmethod
    def of(cls, service: Service, team: Team, within: float) -> Forecast:
        """Compute it for a service with arrivals.

        Parameters
        ----------
        within
            Seconds of its service levels.
        """
        demand, horizon = service.demand, team.instance.horizon
        assert isinstance(demand, ArrivalsDemand)
        arrivals = np.array(demand.by_slot(horizon))
        staff = team.effective(service.id) / 100
        measures = performance_between(
            arrivals * 60 / horizon.interval_minutes,
            staff,
            demand.handle_times_seconds,
            patience_seconds=demand.patience_seconds,
            within_seconds=within,
        )
        return cls(arrivals, staff, measures)

    def over(self, measure: Measure, slots: Bools) -> float | None:
        """Give a measure over some slots: each counts with its customers, as in a replay.

        None without any customers, or for the occupancy of nobody.
        """
        weights = self._weights(measure)[slots]
        if not weights.sum() > 0:
            return None
        values: Floats = getattr(self.measures, measure)[slots]
        counted = weights > 0
        return float((values[counted] * weights[counted]).sum() / weights.sum())

    def _weights(self, measure: Measure) -> Floats:
        found = self.measures
        if measure == "occupancy":
            return self.staff
        if measure in ("mean_wait_seconds", "service_level_of_answered"):
            return self.arrivals * (1 - found.abandonment)
        if measure == "service_level_without_short_abandons":
            level, other = found.service_level, found.service_level_without_short_abandons
            patient = np.divide(level, other, out=np.ones_like(level), where=other > 0)
            return self.arrivals * patient
        return self.arrivals
