"""A measure that falls with the staff: piecewise linear between whole numbers of people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from .expressions import Expr, weighted_total


def relief(
    model: cp_model.CpModel,
    staff: Expr,
    most: int,
    first: int,
    drops: Sequence[int],
    *,
    is_whole: bool,
    reached: bool,
) -> Expr:
    """Give by how much staff lessens a measure.

    Parameters
    ----------
    staff, most
        Effective staff, and the most it can be, in hundredths of a person.
    first
        Whole people, in hundredths, from which on it falls.
    drops
        By how much it falls for a hundredth of each further person.
    is_whole
        Whether staff comes in whole people only.
    reached
        Whether the staff is known to be at least `first`.

    Notes
    -----
    Σ_k drop_k · d_k with 0 ≤ d_k ≤ 100 and Σ_k d_k ≤ staff − first. While the drops get smaller,
    whoever wants much relief takes the steps in order; where one is smaller than the next, a
    Boolean demands that it is complete before the next begins.
    """
    above = max(0, most - first)
    useful = list(drops[: -(-above // 100)])
    while useful and not useful[-1]:
        useful.pop()
    if isinstance(staff, int):
        return _known(staff, first, useful)
    if not useful:
        return 0
    if is_whole:
        # Hundredths of whole people: every step is taken entirely or not at all.
        literals = [model.new_bool_var("") for _ in useful]
        steps: list[Expr] = [100 * literal for literal in literals]
        for done, further in pairwise(literals):
            model.add(further <= done)
    else:
        steps = [model.new_int_var(0, 100, "") for _ in useful]
        for k, step in enumerate(steps[:-1]):
            if useful[k] < useful[k + 1]:
                complete = model.new_bool_var("")
                model.add(step >= 100 * complete)
                model.add(steps[k + 1] <= 100 * complete)
    taken = weighted_total(steps, [1] * len(steps))
    if reached or not first:
        model.add(taken <= staff - first)
    else:
        begun = model.new_bool_var("")
        model.add(taken <= staff - first * begun)
        for step in steps:
            model.add(step <= 100 * begun)
    return weighted_total(steps, useful)


def _known(staff: int, first: int, drops: Sequence[int]) -> int:
    """Give the relief of a number of people that is no decision."""
    return sum(
        drop * min(100, max(0, staff - first - 100 * step)) for step, drop in enumerate(drops)
    )
