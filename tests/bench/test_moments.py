"""Moments of runs: what counts of a course, what is not there yet, and medians over seeds."""

from decimal import Decimal
from pathlib import Path

import pytest

from scheduler import InputError
from scheduler.bench.comparing import Book, by_file, open_book
from scheduler.bench.curves import Standing, standing
from scheduler.bench.moments import (
    MOMENT_HEADS,
    MomentLine,
    moment_lines,
    moment_row,
    moment_summary,
)
from scheduler.bench.page import runs_html
from scheduler.bench.runs import Run, RunFile
from scheduler.models.result import TracePoint

KNOWN = "instance,cost,bound\na,100,95\n"


def _point(seconds: float, cost: int | None, bound: int | None) -> TracePoint:
    known = (None if value is None else Decimal(value) for value in (cost, bound))
    return TracePoint(seconds, *known)


def _run(cost: int | None = 110, bound: int | None = 99, **fields: object) -> Run:
    status = "unknown" if cost is None else "feasible"
    about = {"seed": 0, "status": status, "seconds": 600.5, **fields}
    money = (None if value is None else Decimal(value) for value in (cost, bound))
    return Run(
        "mine", "a", "auto", 600.0, **dict(zip(("cost", "bound"), money, strict=True)), **about
    )  # type: ignore[arg-type]


TRACE = (_point(5, None, 50), _point(40, 200, 80), _point(90, 120, 90), _point(500, 110, 99))


def _standing(cost: int | None, bound: int | None) -> Standing:
    return Standing(*(None if value is None else Decimal(value) for value in (cost, bound)))


def test_a_moment_is_the_last_that_was_told_before_it() -> None:
    """Nothing, a bound alone, then both; at the limit what the row says."""
    moments = {1: (None, None), 39.9: (None, 50), 40: (200, 80), 499: (120, 90), 600: (110, 99)}
    for seconds, expected in moments.items():
        assert standing(_run(), TRACE, seconds) == _standing(*expected)


def test_an_early_end_holds_for_every_later_moment() -> None:
    """What is proved after 20 s is proved after 60 s."""
    run = _run(100, 100, status="optimal", seconds=20.0)
    assert standing(run, (_point(19, 130, 80),), 60) == _standing(100, 100)


def test_claims_count_only_as_far_as_the_row_bears_them_out() -> None:
    """No cost below the checked one, none of a refused schedule, no bound above the last one."""
    bold = (_point(1, 60, 20), _point(2, 130, 105))
    assert standing(_run(), bold, 30) == _standing(130, 20)
    refused = _run(None, 90, status="violations", violating_cost=Decimal(70))
    assert standing(refused, bold, 30) == _standing(None, 20)
    assert standing(_run(None, None, status="crash"), bold, 30) == _standing(None, None)


def _book(folder: Path, *runs: tuple[Run, tuple[TracePoint, ...]]) -> Book:
    file = RunFile(folder / "r.csv")
    file.open()
    for run, trace in runs:
        file.add(run, trace)
    (folder / "known.csv").write_text(KNOWN, encoding="utf-8")
    return open_book([file.path], str(folder / "known.csv"))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Give three seeds: one that has a schedule early, one late, and one never."""
    late = (_point(100, 150, 90),)
    return _book(tmp_path, (_run(), TRACE), (_run(120, 90, seed=1), late), (_run(None, seed=2), ()))


def _by_seeds(book: Book, *moments: float) -> list[MomentLine]:
    return moment_lines(book, moments, lambda _, run: (run.instance, run.engine, "600"))


def test_medians_over_seeds(book: Book) -> None:
    """After a minute two of three have nothing; at the end the worse of the two is the median."""
    early, late = _by_seeds(book, 60, 600)
    assert moment_row(early) == (
        *("a", "auto", "600", "60", "1 of 3", "none yet", "–", "–", "–", ""),
    )
    assert len(MOMENT_HEADS) == len(moment_row(early))
    assert (late.solved, late.cost, late.gap) == (2, Decimal(120), pytest.approx(0.25))
    assert late.known_gap == pytest.approx(20 / 120)


def test_what_has_no_schedule_for_another_reason_is_not_told_to_be_late(tmp_path: Path) -> None:
    """A proof that there is none is a result."""
    infeasible = _run(None, None, status="infeasible", seconds=1.0)
    (line,) = _by_seeds(_book(tmp_path, (infeasible, ())), 60)
    assert moment_row(line)[4:] == ("0 of 1", "–", "–", "–", "–", "1 infeasible")


def test_a_summary_counts_every_run(book: Book) -> None:
    """Solved, proved, within a percent; medians over all of them."""
    (line,) = moment_lines(book, [600], by_file)
    assert moment_summary(line) == (
        *("r", "mine", "auto", "600", "600", "3", "2", "0", "0", "25.00%", "16.67%"),
    )


def test_moments_after_the_limit_are_left_out(book: Book) -> None:
    """A run says nothing of a time that it was not given; if none was, that is said."""
    assert [line.at for line in _by_seeds(book, 700, 300)] == [300]
    with pytest.raises(InputError, match="no run was given 700 s; the longest limit is 600 s"):
        _by_seeds(book, 700)


def test_the_page_has_moments(book: Book) -> None:
    """Only if they are asked for."""
    assert "At moments" not in runs_html(book)
    page = runs_html(book, [60, 600])
    assert "At moments" in page and "none yet" in page
