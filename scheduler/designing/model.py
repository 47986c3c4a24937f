"""The mixed-integer model: which shifts are in use, and who starts them when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ortools.math_opt.python import mathopt

from ..models.base import cents
from ..models.design import Candidate, DesignProblem


@dataclass(frozen=True, slots=True)
class Cut:
    """An inequality between two intervals; see `CoverModel.add`."""

    high: int
    low: int
    rise: int
    counted: tuple[tuple[int, int], ...]
    """Shifts, as (candidate, day), that stand with their people."""
    used: tuple[int, ...]
    """Candidates that stand with `rise` times their use."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Values of a solution, for another model of the same problem."""

    uses: dict[int, float]
    people: dict[tuple[int, int], float]
    under: tuple[float, ...]
    over: tuple[float, ...]


class CoverModel:
    """Shifts in use, people by shift and day, people missing and spare.

    Parameters
    ----------
    problem
        What to cover.
    candidates
        Positions of the candidates that may be used; all, if left out.
    relaxed
        Let a shift be used in part: the linear relaxation.
    whole_people
        Make every number of people whole. Without it the model is a relaxation, which is nearly
        always met: with the shifts in use fixed, what remains is a flow through the intervals and
        one row.

    Notes
    -----
    With y[k] = 1 if shift k is in use, x[k, d] people who start it on day d, under[t] and over[t]:

    - minimise Σ_k weight_shift · y[k] + Σ_t weight_under · under[t] + weight_over · over[t];
    - x[k, d] ≤ M[k, d] · y[k], where M is the highest demand while the shift lasts: more people
      would only be spare all the time;
    - cover[t] + under[t] − over[t] = demand[t], written for the first interval, and for each other
      one as the difference from the one before: people who start less people who end, so that each
      x stands in two rows;
    - a rise has a cause (the first of the cuts that `Cut` describes): where the demand jumps by J,
      under[t] + over[t−1] + J · Σ_{k starts at t} y[k] ≥ J; where it falls, the same with those
      that end. With these rows the relaxation is several times stronger, see docs/tried.md.
    """

    def __init__(
        self,
        problem: DesignProblem,
        candidates: Collection[int] | None = None,
        *,
        relaxed: bool = False,
        whole_people: bool = False,
    ) -> None:
        self.problem = problem
        self.model = mathopt.Model()
        chosen = range(len(problem.candidates)) if candidates is None else sorted(candidates)
        self.uses = {k: self.model.add_variable(lb=0, ub=1, is_integer=not relaxed) for k in chosen}
        self.people: dict[tuple[int, int], mathopt.Variable] = {}
        self.covering: list[list[tuple[int, int]]] = [[] for _ in problem.demand]
        """Shifts, as (candidate, day), that cover each interval."""
        for k in chosen:
            self._add_candidate(k, problem.candidates[k], relaxed, whole_people)
        free = problem.weight_under is not None
        self.under = [self.model.add_variable(lb=0, ub=d if free else 0) for d in problem.demand]
        self.over = [self.model.add_variable(lb=0) for _ in problem.demand]
        self._add_cover()
        self._add_jumps()
        if problem.max_shifts is not None:
            most = problem.max_shifts
            self.model.add_linear_constraint(mathopt.fast_sum(self.uses.values()) <= most)
        self._minimise()

    def _add_candidate(self, k: int, shift: Candidate, relaxed: bool, whole: bool) -> None:
        least = self.problem.min_people
        for day in shift.days:
            slots = list(self.problem.slots_of(shift, day))
            busiest = max(self.problem.demand[slot] for slot in slots)
            if not busiest:
                continue  # they would only be spare
            most = max(least, min(busiest, self.problem.max_people or busiest))
            x = self.model.add_variable(lb=0, ub=most, is_integer=whole)
            self.model.add_linear_constraint(x <= most * self.uses[k])
            if least > 1:
                works = self.model.add_variable(lb=0, ub=1, is_integer=not relaxed)
                self.model.add_linear_constraint(x <= most * works)
                self.model.add_linear_constraint(x >= least * works)
            self.people[k, day] = x
            for slot in slots:
                self.covering[slot].append((k, day))

    def _add_cover(self) -> None:
        demand = self.problem.demand
        for slot, need in enumerate(demand):
            here = set(self.covering[slot])
            before = set(self.covering[slot - 1]) if slot else set()
            terms: list[mathopt.LinearTypes] = [self.people[key] for key in here - before]
            terms += [-1.0 * self.people[key] for key in before - here]
            terms += [self.under[slot], -1.0 * self.over[slot]]
            if slot:
                terms += [self.over[slot - 1], -1.0 * self.under[slot - 1]]
            due = need - (demand[slot - 1] if slot else 0)
            self.model.add_linear_constraint(mathopt.fast_sum(terms) == due)

    def _add_jumps(self) -> None:
        slots = len(self.problem.demand)
        for slot in range(0 if self.problem.cyclic and slots > 1 else 1, slots):
            for high, low in ((slot, slot - 1), (slot - 1, slot)):
                cut = self.cut(high % slots, low % slots)
                if cut is not None:
                    self.add(cut)

    def cut(self, high: int, low: int) -> Cut | None:
        """Give the cut between two intervals in which only uses stand, if the demand differs."""
        rise = self.problem.demand[high] - self.problem.demand[low]
        if rise <= 0:
            return None
        only_high = set(self.covering[high]) - set(self.covering[low])
        return Cut(high, low, rise, (), tuple(sorted({k for k, _ in only_high})))

    def add(self, cut: Cut) -> mathopt.LinearConstraint:
        """Add a cut: who is needed in one interval and not in another works only in the former.

        Notes
        -----
        cover[high] − cover[low] ≤ Σ x over the shifts that cover `high` and not `low`, so that

        under[high] + over[low] + Σ_{(k, d) ∈ counted} x[k, d] + rise · Σ_{k ∈ used} y[k] ≥ rise

        for every way to part these shifts into those counted and those used: if none of the latter
        is in use, their x are 0, and if one is, the inequality holds by itself.
        """
        terms: list[mathopt.LinearTypes] = [self.under[cut.high], self.over[cut.low]]
        terms += [self.people[key] for key in cut.counted if key in self.people]
        terms += [float(cut.rise) * self.uses[k] for k in cut.used if k in self.uses]
        return self.model.add_linear_constraint(mathopt.fast_sum(terms) >= cut.rise)

    def _minimise(self) -> None:
        problem = self.problem
        self.model.minimize(
            cents(problem.weight_shift) * mathopt.fast_sum(self.uses.values())
            + cents(problem.weight_under or 0) * mathopt.fast_sum(self.under)
            + cents(problem.weight_over) * mathopt.fast_sum(self.over)
        )

    def aligned(self) -> Iterator[int]:
        """Candidates that start where the demand rises on some day, and end where it falls."""
        problem, per_day = self.problem, self.problem.slots_per_day
        jumps = [
            (slot % per_day, need - problem.demand[slot - 1])
            for slot, need in enumerate(problem.demand)
            if slot or problem.cyclic
        ]
        rises = {clock for clock, jump in jumps if jump > 0}
        falls = {clock for clock, jump in jumps if jump < 0}
        for k in self.uses:
            shift = problem.candidates[k]
            first = shift.start // problem.interval_minutes
            last = first + shift.minutes // problem.interval_minutes
            if first in rises and last % per_day in falls:
                yield k

    def plan(self, values: dict[mathopt.Variable, float]) -> Plan:
        """Note a solution of this model."""
        return Plan(
            {k: values[y] for k, y in self.uses.items()},
            {key: values[x] for key, x in self.people.items()},
            tuple(values[x] for x in self.under),
            tuple(values[x] for x in self.over),
        )

    def hint(self, plan: Plan) -> mathopt.SolutionHint:
        """Begin with the solution of another model; what that did not have is not in use."""
        hint = {y: plan.uses.get(k, 0.0) for k, y in self.uses.items()}
        hint |= {x: plan.people.get(key, 0.0) for key, x in self.people.items()}
        hint |= dict(zip(self.under, plan.under, strict=True))
        hint |= dict(zip(self.over, plan.over, strict=True))
        return mathopt.SolutionHint(variable_values=hint)
