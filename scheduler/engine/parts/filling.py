"""What is short filled: a few people choose a part anew, and nothing else counts.

Whether whole people can fill the last tenths of a person is a question of combinations, which a
relaxation hardly sees: CP-SAT without one answers it for ten people and a day in seconds, where
branch and bound over costs looks for minutes (docs/tried.md).
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np

from ..program import Mask, Program
from ..subproblem import solve_cut
from .incumbent import Incumbent, incumbent_of
from .moves import SECONDS, Move, Surroundings
from .shapes import freed

SMALLEST, FIRST = 3.0, 16.0
"""Rosters of a part that are chosen anew: at least, and where the adaptation starts where there are
as many people."""
MORE = 0.2
"""How often one part more than needed for so many rosters is chosen anew: one alone goes fastest,
but hours that it lacks may be worked in another."""
LONG, MOST = 12.0, 0.25
"""Seconds for an attempt, and the share of the time left that it may take beyond a few seconds."""
SOON = 1.0
"""Seconds that an attempt takes where all people are few, before any was made."""
PATIENCE = 4.0
"""Seconds in which nothing more was filled, after which an attempt ends."""


class Filling(Move):
    """Lets some people choose anew what they work in a part that is short.

    What the plan costs is left to other moves. Few people answer in tenths of a second, if only
    that more have to be asked; where there are many, others are tried before.
    """

    is_quick = True

    def __init__(self, around: Surroundings) -> None:
        people = len(around.layout.formulation.employees)
        super().__init__(around, SOON if people <= FIRST else SECONDS)
        self.size = min(FIRST, people)
        """Rosters of a part that are chosen anew."""

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether something is short."""
        return bool(self.around.layout.short_parts(plan.values))

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Fill what is short, as far as these people can."""
        here, layout, before = self.around, self.around.layout, self.around.budget.left
        values, run = solve_cut(
            self._short,
            plan.values,
            freed(layout, plan, self._choices(plan)),
            replace(here.limits, seed=here.draw.randrange(1 << 30), workers=1),
            min(before, LONG, max(SECONDS, MOST * before)),
            presolve=True,
            relaxed=False,
            patience=PATIENCE,
        )
        here.budget.spend(run.deterministic_time)
        found = None if values is None else incumbent_of(layout, values, here.price)
        helped = found is not None and found.shortage < plan.shortage
        self._adapt(run.verdict[0] == "optimal", helped)
        return found if helped else None

    def _choices(self, plan: Incumbent) -> Mask:
        """Draw people and parts, one of which is short, and give their choices."""
        draw, layout = self.around.draw, self.around.layout
        people, parts = len(layout.formulation.employees), len(layout.parts)
        several = min(parts, math.ceil(self.size / people) + (draw.random() < MORE))
        short = draw.choice(layout.short_parts(plan.values))
        others = draw.sample([part for part in range(parts) if part != short], several - 1)
        drawn = draw.sample(range(people), min(people, round(self.size / several)))
        among = np.isin(layout.part_of, [short, *others]) & np.isin(layout.owner, drawn)
        choices: Mask = layout.is_choice & among
        return choices

    def _adapt(self, is_optimal: bool, helped: bool) -> None:
        """Let more choose where these cannot help, fewer where there was no time for so many."""
        if not helped:
            self.size *= 2.0 if is_optimal else 0.8
        layout = self.around.layout
        most = len(layout.formulation.employees) * len(layout.parts)
        self.size = min(most, max(SMALLEST, self.size))

    @cached_property
    def _short(self) -> Program:
        """The model with what floors lack as its only cost, in hundredths."""
        layout = self.around.layout
        cost = np.zeros(len(layout.program.cost))
        cost[layout.lacking] = layout.lacking_units
        return replace(layout.program, cost=cost)
