"""The plan that a search by parts begins with."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from ...formulation.model import Decision
from ..budget import Allowance, Budget
from ..layout import Layout
from ..outcome import Limits
from ..program import Mask
from ..subproblem import Values
from .bidding import Bids, settle
from .completing import complete
from .exchanging import exchange
from .incumbent import Incumbent, incumbent_of, values_of
from .moves import Surroundings
from .part_program import PartProgram
from .planning import Meanwhile, Planning
from .pricing import Bounding
from .reach import Reach
from .replanning import Replanning
from .rosters import Rosters
from .starting import Starter
from .team import Team
from .worth import margins

STARTING, SETTLING = 0.3, 0.15
"""Shares of the time left: for rosters, and for letting them settle where something lacks."""
STARTING_SECONDS, SETTLING_SECONDS = 0.03, 0.015
"""The same in seconds for each day of a person, at most: what comes after is better at costs."""
START_MARGIN, LARGER_MARGIN = 5.0, 0.075
"""Hundredths of a person that floors ask for besides at first, when people serve in fractions, so
that whole people lack little; and for each person, where that is more: in a large team, little is
saved by less, and what is short takes long to fill."""


class Beginning:
    """Makes a plan, which may be short.

    Parameters
    ----------
    layout, rosters
        The model, and everybody in it.
    price
        Cents for a hundredth of a person that a floor lacks.
    limits, budget
        When to stop.
    """

    def __init__(
        self, layout: Layout, rosters: Rosters, price: int, limits: Limits, budget: Budget
    ) -> None:
        self._layout, self._rosters, self._price = layout, rosters, price
        self._limits, self._budget = limits, budget

    def by_numbers(
        self,
        reach: Reach,
        program: Callable[[int], PartProgram],
        bounding: Bounding,
        note: Callable[[str], None],
        meanwhile: Meanwhile,
    ) -> Incumbent | None:
        """Begin with numbers for every part, and then names; see `Planning`.

        Parameters
        ----------
        reach
            How much people can work.
        program
            Gives the linear program of a part, by its number.
        bounding
            Told of the prices that are found on the way.
        note
            Told what was done.
        meanwhile
            Makes first rosters; see `Planning.run`.

        Returns
        -------
        A plan; None where people are not alike or nearly all their time is needed, or there is no
        time for it, or it is not to depend on the clock.
        """
        layout = self._layout
        if self._limits.deterministic or not layout.parts:
            return None
        planning = Planning(layout, self._rosters, reach, program, self._limits, self._budget)
        values = planning.run(note, meanwhile)
        if planning.answers:
            bounding.prove(planning.answers)
        return None if values is None else self._served(values, planning.planned)

    def by_rosters(self, decided: Mapping[Decision, int] | None) -> Incumbent | None:
        """Begin with what is decided, or with everybody's best roster in turn."""
        if decided is not None:
            values = values_of(self._layout, self._rosters, decided)
            found = complete(self._layout, values, self._limits, self._budget, served=True)
            return self._served(values) if found is None else self._as_plan(found)
        built = self._built()
        return None if built is None else self._served(built)

    def _built(self) -> Values | None:
        """Give everybody a roster; None where there is no time, or somebody has none."""
        soon = self._soon(STARTING, STARTING_SECONDS)
        draw = random.Random(self._limits.seed)
        team = Team(self._layout, self._rosters, self._budget)
        instance = self._layout.formulation.instance
        more = max(START_MARGIN, LARGER_MARGIN * len(instance.employees))
        team.ask_more(margins(self._layout, more))
        if not Starter(instance, team, self._price, draw).build(self._budget, soon):
            return None
        self._settle(team, soon, draw)
        self._rosters.settle(team.values)
        return team.values

    def _soon(self, share: float, seconds: float) -> Allowance:
        """Give a share of the time left, and no more than some seconds for each day of a person."""
        instance = self._layout.formulation.instance
        most = seconds * len(instance.employees) * instance.horizon.days
        return Allowance(self._budget, min(share * self._budget.left, most))

    def replanned(self, plan: Incumbent, promising: Callable[[], Mask | None]) -> Incumbent:
        """Plan parts in which names lost what was planned anew, as long as that helps.

        Parameters
        ----------
        promising
            See `Bounding.promising`.
        """
        draw = random.Random(self._limits.seed)
        around = Surroundings(
            self._layout, self._rosters, self._price, self._limits, self._budget, draw, promising
        )
        move = Replanning(around)
        while plan.shortage and self._budget.left > 0:
            found = move.attempt(plan)
            if found is None or found.rank >= plan.rank:
                break
            plan = found
        return plan

    def _settle(self, team: Team, soon: Budget, draw: random.Random) -> None:
        """Exchange rosters until nothing lacks, or let them settle at bids where that stalls.

        What lacks of the margins only is left to others: bids, which know of none, would lose them.
        """
        exchange(team, soon, draw, self._price)
        if soon.left <= 0:
            return
        team.ask_more(margins(self._layout, 0.0))
        if team.cost_of_floors() >= self._price:
            later = self._soon(SETTLING, SETTLING_SECONDS)
            best = settle(team, Bids(self._layout), later, draw, team.cost())
            team.take(best or team.mine)

    def _served(self, values: Values, before: Values | None = None) -> Incumbent | None:
        """Let the team serve; as before, where people are where they were."""
        found = complete(self._layout, values, self._limits, self._budget, before)
        return None if found is None else self._as_plan(found)

    def _as_plan(self, values: Values) -> Incumbent:
        return incumbent_of(self._layout, values, self._price)
