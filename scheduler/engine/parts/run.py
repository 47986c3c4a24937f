"""Solving by parts: rosters one by one, then neighbourhoods, while prices prove a bound."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from ...formulation.coverage_block import always
from ...formulation.model import Decision, Formulation
from ...models.instance import Instance
from ..budget import Allowance, Budget, Until
from ..cpsat import Run
from ..finishing import finish
from ..layout import Layout
from ..neighbourhood import Choices
from ..outcome import Limits, Outcome, nothing_found
from ..polish import shortage_price
from ..start import decided_by
from .beginning import Beginning
from .course import Course
from .incumbent import Incumbent, incumbent_of, plan_from_values
from .moves import Surroundings
from .part_program import PartProgram
from .pricing import Bounding
from .reach import Reach
from .rostering import Exchanging
from .rosters import Rosters
from .search import Search
from .sharing import Helper, Shared

SEARCHING, PROVING = 0.95, 0.5
"""Shares of the time left: for everything but naming what was decided, and for one model of a
single part."""
NAMING, NAMING_SECONDS = 0.25, 4.0
"""Time for naming, at least, for each second that setting up has taken: what is large is long to
name, too; and seconds of it that are enough where that is less."""
FILLING, HELPING = 0.9, 0.5
"""Shares of the time left for what is short before prices are looked for: where one thread does
both, and in a second thread that begins late, or has a bound; until then, its share of all its
time."""
POLISHING = 0.7
"""Share of the second thread's time for making plans cheaper, once there is a bound: other prices
prove little more than the first."""
HURRY = 0.15
"""Seconds of setting up for each second left from which on there is a hurry: the second thread
begins once there is a plan."""
ALONE = 0.3
"""Share for prices, where they cannot be found beside the search."""
APART, REPLANNING = 0.6, 0.4
"""Share of the time left for what is short in a plan by numbers, where another lacks nothing; and
of that, the one for planning days anew."""


class ByParts:
    """One solve.

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
        self._limits, self._budget, self._options = limits, budget, options
        started = budget.seconds
        self._price = shortage_price(instance, options)
        self._layout = Layout(Formulation(instance, options, self._price, go_on))
        self._rosters = Rosters(self._layout, limits)
        self._setting_up = 0.0 if limits.deterministic else budget.seconds - started
        self._reach = Reach(self._layout, self._rosters, limits)
        self._programs: dict[int, PartProgram] = {}
        self._course = Course(limits, budget, bound)
        self._shared = Shared(self._layout, self._price, self._course.note_plan)

    @property
    def fits(self) -> bool:
        """Whether the arrays say all that the model says."""
        return self._layout.program.is_whole

    def given(self) -> Mapping[Decision, int] | None:
        """Give what the schedule to begin with decides; None without one that fits."""
        if self._limits.start is None:
            return None
        formulation = self._layout.formulation
        return decided_by(formulation, self._limits.start, self._options)

    def run(self, decided: Mapping[Decision, int] | None = None) -> Outcome | None:
        """Search and prove.

        Parameters
        ----------
        decided
            What is decided in a plan to begin with.

        Returns
        -------
        The outcome; None if there is no plan of any kind, and time for something else.
        """
        left = self._budget.left
        naming = min(left * (1 - SEARCHING), NAMING_SECONDS)
        naming = max(naming, NAMING * self._setting_up)
        searching = Allowance(self._budget, left - naming)
        bounding = self._bounding(searching)
        beside = self._limits.workers > 1 and not self._limits.deterministic
        thread = threading.Thread(target=self._help, args=(bounding, searching), daemon=True)
        beginning = Beginning(self._layout, self._rosters, self._price, self._limits, searching)
        plan = self._by_numbers(beginning, searching, bounding) if decided is None else None
        waits = not beside or self._setting_up > HURRY * left
        if not waits:
            thread.start()
        plan = plan or beginning.by_rosters(decided)
        if plan is not None:
            plan = self._shared.improved(None, plan)
        if beside and waits:
            thread.start()
        elif plan is not None and not beside:
            soon = Allowance(searching, searching.left * FILLING)
            plan = self._fill(plan, soon, bounding)
            alone = Allowance(searching, searching.left * ALONE)
            self._find_bound(self._bounding(alone))
        if plan is not None:
            plan = self._improve(plan, searching, bounding)
        is_late = searching.left <= 0
        searching.close()
        if beside:
            thread.join()
        if bounding.infeasible or self._course.is_beyond(self._layout.dearest):
            return self._infeasible()
        if plan is not None:
            return self._finish(self._shared.improved(None, plan))
        return self._unfinished() if is_late else None

    def _by_numbers(
        self, beginning: Beginning, budget: Budget, bounding: Bounding
    ) -> Incumbent | None:
        """Begin with numbers, and meanwhile with rosters; give the plan that promises more."""

        def meanwhile(budget: Budget, *, goes_on: bool) -> None:
            alone = replace(self._limits, workers=1)
            first = Beginning(self._layout, self._rosters, self._price, alone, budget)
            plan = first.by_rosters(None)
            if plan is not None:
                enough = self._course.is_good_enough if goes_on else _is_complete
                self._search(self._shared.improved(None, plan), budget, bounding, enough)

        numbers = beginning.by_numbers(
            self._reach, self._program, bounding, self._course.note_bound, meanwhile
        )
        self._course.note_bound("bound", bounding.bound)
        rosters = self._shared.best
        if numbers is None:
            return rosters
        if rosters is None or rosters.shortage:
            return beginning.replanned(numbers, bounding.promising)
        if numbers.cost >= rosters.cost:
            return rosters
        return self._filled_apart(numbers, Allowance(budget, APART * budget.left), bounding)

    def _filled_apart(self, plan: Incumbent, soon: Budget, bounding: Bounding) -> Incumbent:
        """Fill what is short in a plan that promises to be cheaper than the best one so far.

        To plan days anew keeps it cheap, but takes long; exchanges fill the rest soon.
        """
        first = Allowance(soon, REPLANNING * soon.left)
        beginning = Beginning(self._layout, self._rosters, self._price, self._limits, first)
        plan = beginning.replanned(plan, bounding.promising)
        around = self._around(soon, bounding)
        if plan.shortage:
            found = Exchanging(around).attempt(plan)
            plan = plan if found is None or found.rank > plan.rank else found
        apart = Shared(self._layout, self._price, lambda _: None)
        return Search(around, apart, _is_complete).improve(plan)

    def _program(self, number: int) -> PartProgram:
        """Give the linear program of a part, built once."""
        if number not in self._programs:
            self._programs[number] = PartProgram(
                self._layout, self._layout.parts[number], self._reach.most
            )
        return self._programs[number]

    def _help(self, bounding: Bounding, budget: Budget) -> None:
        """Look for prices beside a search; between any two programs, and then, search as well."""
        around = self._around(budget, bounding)
        limits = replace(around.limits, interrupt=Until(budget))
        other = random.Random(self._limits.seed + 1)
        helper = Helper(replace(around, limits=limits, draw=other), self._shared)
        helped, begun = 0.0, budget.left

        def told(phase: str) -> None:
            nonlocal helped
            self._course.note_bound(phase, bounding.bound)
            before = budget.left
            if bounding.bound is not None:
                helper.help(Allowance(budget, HELPING * before))
                if helped <= POLISHING * (begun - before):
                    helper.polish()
            elif helped <= HELPING * (begun - before):  # prices may prove that nothing can be done
                helper.fill()
            helped += before - budget.left

        helper.help(Allowance(budget, HELPING * budget.left))
        bounding.run(told)
        if not bounding.infeasible:
            helper.go_on(bounding.interrupt)

    def _fill(self, plan: Incumbent, budget: Budget, bounding: Bounding) -> Incumbent:
        """Search until nothing is short: without a schedule, a bound is of little use."""
        return self._search(plan, budget, bounding, _is_complete)

    def _improve(self, plan: Incumbent, budget: Budget, bounding: Bounding) -> Incumbent:
        """Search neighbourhoods; where there is one part only, let one model have its say."""
        if len(self._layout.parts) > 1:
            return self._search(plan, budget, bounding, self._course.is_good_enough)
        plan = self._fill(plan, budget, bounding)
        soon = Allowance(budget, budget.left * (1 - PROVING))
        plan = self._search(plan, soon, bounding, self._course.is_good_enough)
        if not plan.shortage and not self._course.is_good_enough(plan):
            bounding.stop()
            plan = self._one_model(plan, budget)
        return plan

    def _search(
        self,
        plan: Incumbent,
        budget: Budget,
        bounding: Bounding,
        good_enough: Callable[[Incumbent], bool],
    ) -> Incumbent:
        """Search neighbourhoods until a plan is good enough, or time is over."""
        return Search(self._around(budget, bounding), self._shared, good_enough).improve(plan)

    def _around(self, budget: Budget, bounding: Bounding) -> Surroundings:
        return Surroundings(
            layout=self._layout,
            rosters=self._rosters,
            price=self._price,
            limits=replace(self._limits, gap=0.0, on_progress=lambda _: None),
            budget=budget,
            draw=random.Random(self._limits.seed),
            promising=bounding.promising,
        )

    def _one_model(self, plan: Incumbent, budget: Budget) -> Incumbent:
        """Prove, with nothing missing, from a complete plan."""
        formulation = self._layout.formulation
        model = formulation.model.clone()
        for short in formulation.coverage.shortages:
            model.add(model.get_int_var_from_proto_index(short.missing.index) == 0)
        if self._course.bound is not None:
            model.add(formulation.objective >= self._course.bound)
        for index, number in enumerate(plan.values.tolist()):
            model.add_hint(model.get_int_var_from_proto_index(index), number)
        quiet = replace(self._limits, on_progress=lambda _: None)
        run = Run(model, quiet, budget.left, "one model", self._budget.started)
        self._budget.spend(run.deterministic_time)
        self._course.note_bound("one model", run.bound)
        if not run.found:
            return plan
        found = incumbent_of(self._layout, run.values, self._price)
        return found if found.rank < plan.rank else plan

    def _bounding(self, budget: Budget) -> Bounding:
        until = Until(budget)
        return Bounding(
            self._layout, self._rosters, self._reach, self._program, self._limits, until
        )

    def _find_bound(self, bounding: Bounding) -> None:
        bounding.run(lambda phase: self._course.note_bound(phase, bounding.bound))

    def _finish(self, best: Incumbent) -> Outcome | None:
        plan = plan_from_values(self._layout, best.values, self._price)
        if plan is None:
            return None
        layout, course = self._layout, self._course
        return finish(
            plan, course.bound, layout.formulation, self._limits, course.trace, layout.program
        )

    def _unfinished(self) -> Outcome:
        return replace(
            nothing_found(self._limits),
            bound=self._course.bound,
            trace=self._course.trace,
            size=self._layout.formulation.size,
            notes=("time was up before everybody had a roster",),
        )

    def _infeasible(self) -> Outcome:
        return Outcome(
            status="infeasible",
            stop_reason="proved",
            schedule=None,
            objective=None,
            bound=None,
            trace=self._course.trace,
            size=self._layout.formulation.size,
        )


def _is_complete(plan: Incumbent) -> bool:
    """Tell whether nothing is short."""
    return not plan.shortage
