"""Tidying: among all ways to serve at the same cost, one with few service changes.

Shifts and breaks stay as they are. The model of record leaves the allocation of services free
where it costs nothing; small solves, of a day each where days do not meet, pick one in which people
stay where they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from ..formulation.expressions import Expr, weighted_total
from ..formulation.model import Formulation
from .cpsat import Run
from .outcome import Limits
from .program import Indices, Program
from .subproblem import Values, cut_out, model_of, pieces

SECONDS, GAP = 3.0, 0.02
"""Limits: of everything, and of each part of it, which one worker solves as fast as two."""


def tidy(formulation: Formulation, program: Program, values: Values, limits: Limits) -> Values:
    """Give an equally cheap solution with few service changes.

    Parameters
    ----------
    program
        The model's arrays; where they do not say all of it, the solution stays as it is.
    values
        A solution.
    """
    free_to_serve = formulation.coverage.free_to_serve
    if not free_to_serve or not program.is_whole:
        return values
    serving = np.array([people.index for people in free_to_serve.values()])
    following = _following(formulation)
    free = np.ones(len(values), dtype=bool)
    free[[variable.index for _, variable in formulation.decisions()]] = False
    free[serving] = True
    quiet = replace(limits, workers=1, gap=GAP, on_progress=lambda _: None)
    values, left = values.copy(), SECONDS
    for piece in pieces(cut_out(program, values, free), serving, following):
        if left <= 0 or limits.interrupt.is_set():
            break
        model, variables = model_of(piece)
        cost = np.rint(program.cost[piece.free]).astype(np.int64)
        allowed = int(cost @ values[piece.free])
        model.add(weighted_total([*variables], cost.tolist()) <= allowed)
        people = dict(zip(piece.free.tolist(), variables, strict=True))
        model.minimize(_restlessness(model, people, serving, following, values))
        for place, variable in people.items():
            model.add_hint(variable, int(values[place]))
        run = Run(model, quiet, left, "tidying")
        left -= run.seconds
        if run.found:
            values[piece.free] = run.values[: len(variables)]
    return values


def _following(formulation: Formulation) -> Indices:
    """Give variables of who serves a service in a slot, and below each, that of the next slot."""
    free = formulation.coverage.free_to_serve
    pairs = [
        (people.index, free[profile, service, slot + 1].index)
        for (profile, service, slot), people in free.items()
        if (profile, service, slot + 1) in free
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2).T


def _restlessness(
    model: cp_model.CpModel,
    people: dict[int, cp_model.IntVar],
    serving: Indices,
    following: Indices,
    values: Values,
) -> Expr:
    """Add up changes of each profile's headcount per service, and people who serve nothing."""
    mine = np.array([*people])
    terms: list[Expr] = [people[place] for place in np.intersect1d(mine, serving).tolist()]
    signs = [-1] * len(terms)
    for pair in following[:, np.isin(following, mine).any(axis=0)].T.tolist():
        now, then = (people.get(place, int(values[place])) for place in pair)
        change = model.new_int_var(0, cp_model.INT32_MAX, "")
        model.add(change >= now - then)
        model.add(change >= then - now)
        terms.append(change)
        signs.append(1)
    return weighted_total(terms, signs)
