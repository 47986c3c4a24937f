"""What everybody who searches by parts works with: the model's arrays, and what is known so far."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from ...formulation.coverage_block import always
from ...formulation.model import Decision, Formulation
from ...models.instance import Instance
from ..budget import Budget, Until
from ..layout import Layout
from ..neighbourhood import Choices
from ..outcome import Limits
from ..polish import shortage_price
from ..start import decided_by
from .beginning import Beginning
from .course import Course
from .incumbent import Incumbent
from .moves import Surroundings
from .part_program import PartProgram
from .pricing import Bounding
from .reach import Reach
from .rosters import Rosters
from .search import Search
from .sharing import Shared


class Workbench:
    """Set up once for a solve.

    Parameters
    ----------
    instance, options
        What is planned, and what everybody may choose from.
    limits, budget
        When to stop.
    bound
        Proved lower bound in cents, if there is one.
    go_on
        See `Formulation`.
    """

    def __init__(
        self,
        instance: Instance,
        options: Choices,
        limits: Limits,
        budget: Budget,
        bound: int | None = None,
        go_on: Callable[[], None] = always,
    ) -> None:
        self.limits, self.budget, self._options = limits, budget, options
        started = budget.seconds
        self.price = shortage_price(instance, options)
        """Cents for a hundredth of a person that a floor lacks."""
        self.layout = Layout(Formulation(instance, options, self.price, go_on))
        self.rosters = Rosters(self.layout, limits)
        self.setting_up = 0.0 if limits.deterministic else budget.seconds - started
        """Seconds that the model and its graphs took."""
        self.reach = Reach(self.layout, self.rosters, limits)
        self.course = Course(limits, budget, bound)
        self.shared = Shared(self.layout, self.price, self.course.note_plan)
        self._programs: dict[int, PartProgram] = {}

    @property
    def fits(self) -> bool:
        """Whether the arrays say all that the model says."""
        return self.layout.program.is_whole

    def given(self) -> Mapping[Decision, int] | None:
        """Give what the schedule to begin with decides; None without one that fits."""
        if self.limits.start is None:
            return None
        return decided_by(self.layout.formulation, self.limits.start, self._options)

    def program(self, number: int) -> PartProgram:
        """Give the linear program of a part, built once."""
        if number not in self._programs:
            part = self.layout.parts[number]
            self._programs[number] = PartProgram(self.layout, part, self.reach.most)
        return self._programs[number]

    def bounding(self, budget: Budget) -> Bounding:
        """Give what finds prices, and a bound, until a budget is used up."""
        until = Until(budget)
        return Bounding(self.layout, self.rosters, self.reach, self.program, self.limits, until)

    def beginning(self, budget: Budget, *, alone: bool = False) -> Beginning:
        """Give what makes a first plan, with all threads or one alone."""
        limits = replace(self.limits, workers=1) if alone else self.limits
        return Beginning(self.layout, self.rosters, self.price, limits, budget)

    def around(self, budget: Budget, bounding: Bounding) -> Surroundings:
        """Give what every move needs."""
        return Surroundings(
            layout=self.layout,
            rosters=self.rosters,
            price=self.price,
            limits=replace(self.limits, gap=0.0, on_progress=lambda _: None),
            budget=budget,
            draw=random.Random(self.limits.seed),
            promising=bounding.promising,
        )

    def search(
        self,
        plan: Incumbent,
        budget: Budget,
        bounding: Bounding,
        good_enough: Callable[[Incumbent], bool] | None = None,
    ) -> Incumbent:
        """Search neighbourhoods until a plan is good enough, or time is over.

        Parameters
        ----------
        good_enough
            Asked about every plan; by default, whether its gap is within the limit.
        """
        enough = good_enough or self.course.is_good_enough
        return Search(self.around(budget, bounding), self.shared, enough).improve(plan)
