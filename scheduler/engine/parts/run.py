"""Solving by parts: rosters one by one, then neighbourhoods, while prices prove a bound."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import replace

from ...formulation.model import Decision
from ..budget import Allowance, Budget, Until
from ..finishing import finish
from ..outcome import Outcome, nothing_found
from .incumbent import Incumbent, is_complete, plan_from_values
from .one_model import improved_in_one_model
from .opening import Opening
from .pricing import Bounding
from .sharing import Helper
from .workbench import Workbench

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


class ByParts:
    """One solve.

    Parameters
    ----------
    bench
        What is solved, and when to stop.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench, self._budget = bench, bench.budget
        self._shared, self._course = bench.shared, bench.course

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
        bench, left = self._bench, self._budget.left
        naming = min(left * (1 - SEARCHING), NAMING_SECONDS)
        naming = max(naming, NAMING * bench.setting_up)
        searching = Allowance(self._budget, left - naming)
        bounding = bench.bounding(searching)
        beside = bench.limits.workers > 1 and not bench.limits.deterministic
        thread = threading.Thread(target=self._help, args=(bounding, searching), daemon=True)
        plan = Opening(bench, searching, bounding).by_numbers() if decided is None else None
        waits = not beside or bench.setting_up > HURRY * left
        if not waits:
            thread.start()
        plan = plan or bench.beginning(searching).by_rosters(decided)
        if plan is not None:
            plan = self._shared.improved(None, plan)
        if beside and waits:
            thread.start()
        elif plan is not None and not beside:
            soon = Allowance(searching, searching.left * FILLING)
            plan = bench.search(plan, soon, bounding, is_complete)
            alone = Allowance(searching, searching.left * ALONE)
            self._find_bound(bench.bounding(alone))
        if plan is not None:
            plan = self._improve(plan, searching, bounding)
        is_late = searching.left <= 0
        searching.close()
        if beside:
            thread.join()
        if bounding.infeasible or self._course.is_beyond(bench.layout.dearest):
            return self._infeasible()
        if plan is not None:
            return self._finish(self._shared.improved(None, plan))
        return self._unfinished() if is_late else None

    def _help(self, bounding: Bounding, budget: Budget) -> None:
        """Look for prices beside a search; between any two programs, and then, search as well."""
        around = self._bench.around(budget, bounding)
        limits = replace(around.limits, interrupt=Until(budget))
        other = random.Random(limits.seed + 1)
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

    def _find_bound(self, bounding: Bounding) -> None:
        bounding.run(lambda phase: self._course.note_bound(phase, bounding.bound))

    def _improve(self, plan: Incumbent, budget: Budget, bounding: Bounding) -> Incumbent:
        """Search neighbourhoods; where there is one part only, let one model have its say."""
        bench = self._bench
        if len(bench.layout.parts) > 1:
            return bench.search(plan, budget, bounding)
        plan = bench.search(plan, budget, bounding, is_complete)
        soon = Allowance(budget, budget.left * (1 - PROVING))
        plan = bench.search(plan, soon, bounding)
        if is_complete(plan) and not self._course.is_good_enough(plan):
            bounding.stop()
            plan = improved_in_one_model(bench, plan, budget)
        return plan

    def _finish(self, best: Incumbent) -> Outcome | None:
        layout, limits = self._bench.layout, self._bench.limits
        plan = plan_from_values(layout, best.values, self._bench.price)
        if plan is None:
            return None
        bound, trace = self._course.bound, self._course.trace
        return finish(plan, bound, layout.formulation, limits, trace, layout.program)

    def _unfinished(self) -> Outcome:
        return replace(
            nothing_found(self._bench.limits),
            bound=self._course.bound,
            trace=self._course.trace,
            size=self._bench.layout.formulation.size,
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
            size=self._bench.layout.formulation.size,
        )
