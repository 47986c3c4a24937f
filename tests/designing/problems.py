"""Small design problems, a search without processes, and every design of a tiny problem."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import strategies as st

from scheduler import Design, DesignProblem
from scheduler.designing.drafting import Draft
from scheduler.designing.search import News, Search
from scheduler.models.base import format_clock

QUARTER = 360


def problem_of(**changes: Any) -> DesignProblem:
    """Two days of four intervals; shifts of six or twelve hours from any of them."""
    return DesignProblem.model_validate(
        {
            "name": "tiny",
            "interval_minutes": QUARTER,
            "days": 2,
            "demand": [0, 2, 1, 0, 0, 1, 2, 0],
            "templates": [
                {
                    "id": "any",
                    "start": {"earliest": "00:00", "latest": "18:00", "step_minutes": QUARTER},
                    "length": {"min_minutes": 360, "max_minutes": 720, "step_minutes": QUARTER},
                }
            ],
            "weight_shift": 10,
            "weight_under": 7,
            "weight_over": 3,
            **changes,
        }
    )


def searched(problem: DesignProblem, seconds: float = 20, *, careful: bool = True) -> Design:
    """Design in this process, to the end: an error out of a callback would tear the solver down."""
    draft = Draft(problem, seconds, lambda _: None)

    def tell(news: News) -> None:
        if not draft.proved:
            draft.take([news])

    search = Search(problem, seconds, 0, tell)
    (search.carefully if careful else search.boldly)()
    return draft.design("proved" if draft.proved else "time_limit", 0)


def least_cost(problem: DesignProblem, most: int) -> Decimal | None:
    """Try every design with at most so many people by shift and day; None if none will do."""
    keys = [(k, day) for k, shift in enumerate(problem.candidates) for day in shift.days]
    covers = np.zeros((len(keys), len(problem.demand)), dtype=int)
    for row, (k, day) in enumerate(keys):
        shift, step = problem.candidates[k], problem.interval_minutes
        first = day * (1440 // step) + shift.start // step
        for slot in range(first, first + shift.minutes // step):
            if problem.cyclic or slot < len(problem.demand):
                covers[row, slot % len(problem.demand)] += 1
    least, limit = problem.min_people, problem.max_people or most
    counts = [0, *range(least, min(most, limit) + 1)]
    every = np.array(list(itertools.product(counts, repeat=len(keys))))
    spare = every @ covers - np.array(problem.demand)
    works = np.zeros((len(every), len(problem.candidates)), dtype=bool)
    for row, (k, _) in enumerate(keys):
        works[:, k] |= every[:, row] > 0
    distinct = works.sum(axis=1)
    under, over = np.maximum(-spare, 0).sum(axis=1), np.maximum(spare, 0).sum(axis=1)
    allowed = np.ones(len(every), dtype=bool)
    if problem.max_shifts is not None:
        allowed &= distinct <= problem.max_shifts
    if problem.weight_under is None:
        allowed &= under == 0
    if not allowed.any():
        return None
    cents = (
        int(problem.weight_shift * 100) * distinct
        + int((problem.weight_under or 0) * 100) * under
        + int(problem.weight_over * 100) * over
    )
    return Decimal(int(cents[allowed].min())) / 100


@st.composite
def small_problems(draw: st.DrawFn) -> DesignProblem:
    """Random problems over one or two days, cyclic or not, with and without limits."""
    step = draw(st.sampled_from([360, 480]))
    days, slots = draw(st.integers(1, 2)), 1440 // step
    shortest = draw(st.integers(1, slots))
    longest = draw(st.integers(shortest, slots))
    weights = st.integers(0, 12)
    return problem_of(
        interval_minutes=step,
        days=days,
        cyclic=draw(st.booleans()),
        demand=draw(st.lists(st.integers(0, 4), min_size=days * slots, max_size=days * slots)),
        templates=[
            {
                "id": "any",
                "start": {
                    "earliest": "00:00",
                    "latest": format_clock(1440 - step),
                    "step_minutes": step,
                },
                "length": {
                    "min_minutes": shortest * step,
                    "max_minutes": longest * step,
                    "step_minutes": step,
                },
                "days": draw(st.sampled_from([["mon", "tue"], ["mon", "tue", "wed"]])),
            }
        ],
        weight_shift=draw(weights),
        weight_under=draw(weights),
        weight_over=draw(weights),
        max_shifts=draw(st.none() | st.integers(1, 4)),
        min_people=draw(st.integers(1, 2)),
        max_people=draw(st.none() | st.integers(2, 4)),
    )
