"""Rounded covering rows: valid for whole people, and no weaker than they claim."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from scheduler.formulation.rounding import rounded_rows

paces = st.lists(st.integers(1, 120), min_size=1, max_size=3, unique=True)


@given(factors=paces, need=st.integers(1, 300))
def test_whole_people_who_cover_keep_every_row(factors: list[int], need: int) -> None:
    """A row that cut a cover off would make feasible instances infeasible."""
    most = [-(-need // factor) for factor in factors]
    for people in itertools.product(*(range(m + 1) for m in most)):
        if sum(f * n for f, n in zip(factors, people, strict=True)) >= need:
            for row, side in rounded_rows(tuple(factors), need):
                assert sum(row[f] * n for f, n in zip(factors, people, strict=True)) >= side


@given(factors=paces, need=st.integers(1, 300), missing=st.integers(1, 300))
def test_what_is_missing_keeps_rows_too(factors: list[int], need: int, missing: int) -> None:
    """Hundredths that are missing stand in the rows with factor 1: where the rest is covered."""
    most = [-(-need // factor) for factor in factors]
    for people in itertools.product(*(range(m + 1) for m in most)):
        if sum(f * n for f, n in zip(factors, people, strict=True)) + missing >= need:
            for row, side in rounded_rows(tuple(factors), need):
                served = sum(row[f] * n for f, n in zip(factors, people, strict=True))
                assert served + missing >= side


def test_nine_tenths_of_a_person_are_half_of_the_two_that_are_needed() -> None:
    """One person of pace 0.9 does not do the work of one: the row says two of them do."""
    ((row, side),) = rounded_rows((90, 100), 100)
    assert (side / row[90], side / row[100]) == (2, 1)


def test_rows_that_say_nothing_new_are_left_out() -> None:
    """Where people fit the need exactly, no row is posted."""
    assert rounded_rows((100,), 300) == ()


@given(factors=paces, need=st.integers(-300, 0))
def test_nothing_follows_from_a_need_that_is_met(factors: list[int], need: int) -> None:
    """Protects: slots that a shift from before the horizon covers alone divide nothing by zero."""
    assert rounded_rows(tuple(factors), need) == ()
