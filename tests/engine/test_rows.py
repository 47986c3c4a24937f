"""Rows of the team that others imply: what is left out changes no schedule's cost."""

from __future__ import annotations

from itertools import product

import pytest

from scheduler.engine.columns.rows import Row, without_implied

NO_LIMIT = 1e18


def least(rows: list[Row], people: int, price: int, high: int) -> int | None:
    """Give the least cost of variable 1 where variable 0 is fixed; None if no value fits."""
    found = [
        price * missing
        for missing in range(high + 1)
        if all(
            row.low <= sum(f * (people, missing)[v] for v, f in row.terms.items()) <= row.high
            for row in rows
        )
    ]
    return min(found, default=None)


@pytest.mark.parametrize(("minimum", "preferred"), list(product(range(4), range(4))))
def test_no_number_of_people_costs_more_or_less(minimum: int, preferred: int) -> None:
    """A minimum is kept although its row is gone, and shortage has the price it had."""
    rows = [
        Row({0: 1}, minimum, NO_LIMIT, posted=0),
        Row({0: 1, 1: 1}, preferred, NO_LIMIT, posted=1),
    ]
    high = [5, 4]
    fewer = without_implied(rows, {1: 30}, [0, 0], high)
    assert len(fewer) == (1 if minimum <= preferred else 2)
    for people in range(6):
        assert least(fewer, people, 30, high[1]) == least(rows, people, 30, 4)


def test_prices_of_what_is_left_out_are_not_lost() -> None:
    """Whoever begins with prices of all constraints finds out which ones a row stands for."""
    rows = [Row({0: 1}, 1, NO_LIMIT, posted=7), Row({0: 1, 1: 1}, 2, NO_LIMIT, posted=9)]
    (kept,) = without_implied(rows, {1: 30}, [0, 0], [5, 4])
    assert (kept.posted, kept.implies) == (9, (7,))


def test_what_is_missed_elsewhere_too_implies_nothing() -> None:
    """A variable in two rows, or one that is paid for, may be as large as it likes."""
    rows = [Row({0: 1}, 1, NO_LIMIT, posted=0), Row({0: 1, 1: 1}, 2, NO_LIMIT, posted=1)]
    assert len(without_implied([*rows, Row({1: 1}, 3, NO_LIMIT, 2)], {1: 30}, [0, 0], [5, 4])) == 3
    assert len(without_implied(rows, {1: -30}, [0, 0], [5, 4])) == 2
