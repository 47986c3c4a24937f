"""How a search by parts begins: with numbers where these promise more, and rosters meanwhile."""

from __future__ import annotations

from ..budget import Allowance, Budget
from .incumbent import Incumbent, is_complete
from .pricing import Bounding
from .rostering import Exchanging
from .search import Search
from .sharing import Shared
from .workbench import Workbench

APART, REPLANNING = 0.6, 0.4
"""Share of the time left for what is short in a plan by numbers, where another lacks nothing; and
of that, the one for planning days anew."""


class Opening:
    """Makes the plan that promises more, which may be short.

    Parameters
    ----------
    bench
        What is solved.
    budget
        When to stop.
    bounding
        Told of the prices that planning finds.
    """

    def __init__(self, bench: Workbench, budget: Budget, bounding: Bounding) -> None:
        self._bench, self._budget, self._bounding = bench, budget, bounding
        self._beginning = bench.beginning(budget)

    def by_numbers(self) -> Incumbent | None:
        """Begin with numbers, and meanwhile with rosters; None where neither gives a plan."""
        bench, bounding = self._bench, self._bounding
        numbers = self._beginning.by_numbers(
            bench.reach, bench.program, bounding, bench.course.note_bound, self._meanwhile
        )
        bench.course.note_bound("bound", bounding.bound)
        rosters = bench.shared.best
        if numbers is None:
            return rosters
        if rosters is None or rosters.shortage:
            return self._beginning.replanned(numbers, bounding.promising)
        if numbers.cost >= rosters.cost:
            return rosters
        return self._filled_apart(numbers, Allowance(self._budget, APART * self._budget.left))

    def _meanwhile(self, budget: Budget, *, goes_on: bool) -> None:
        """Make rosters and search from them: until nothing is short, or as long as it goes on."""
        bench = self._bench
        plan = bench.beginning(budget, alone=True).by_rosters(None)
        if plan is not None:
            plan = bench.shared.improved(None, plan)
            bench.search(plan, budget, self._bounding, None if goes_on else is_complete)

    def _filled_apart(self, plan: Incumbent, soon: Budget) -> Incumbent:
        """Fill what is short in a plan that promises to be cheaper than the best one so far.

        To plan days anew keeps it cheap, but takes long; exchanges fill the rest soon.
        """
        bench = self._bench
        first = bench.beginning(Allowance(soon, REPLANNING * soon.left))
        plan = first.replanned(plan, self._bounding.promising)
        around = bench.around(soon, self._bounding)
        if plan.shortage:
            found = Exchanging(around).attempt(plan)
            plan = plan if found is None or found.rank > plan.rank else found
        apart = Shared(bench.layout, bench.price, lambda _: None)
        return Search(around, apart, is_complete).improve(plan)
