"""Growth: when a gap was proved, curves of one size, exponents, and what is never fitted."""

import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler.bench.comparing import Book, open_book
from scheduler.bench.growth import Fit, curves, fit, points, seconds_to_gap
from scheduler.bench.growth_drawing import growth_svg
from scheduler.bench.growth_rows import _exponent, curve_row, point_heads, point_row
from scheduler.bench.runs import Run, RunFile
from scheduler.bench.suite import load_suite, sources
from scheduler.models.result import TracePoint


def _run(people: int, days: int, interval: int, **fields: object) -> Run:
    about = {"cost": Decimal(100), "bound": Decimal(99), "seconds": 600.2, **fields}
    size = {"people": people, "days": days, "interval_minutes": interval}
    name = f"team-{people}x{days}-{interval}"
    return Run("growth", name, "auto", 600.0, status="feasible", **({"seed": 0} | size | about))  # type: ignore[arg-type]


def _trace(seconds: float) -> tuple[TracePoint, ...]:
    early = TracePoint(seconds / 2, Decimal(150), Decimal(99))
    return (early, TracePoint(seconds, Decimal(100), Decimal(99)))


def _open(folder: Path, *runs: tuple[Run, tuple[TracePoint, ...]]) -> Book:
    file = RunFile(folder / "r.csv")
    file.open()
    for run, trace in runs:
        file.add(run, trace)
    return open_book([file.path])


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Give times that are the square of people and the root of days; the largest are not proved."""
    late = {"bound": Decimal(90)}
    square = [(_run(p, 7, 15, peak_mb=float(p)), _trace(p * p / 100)) for p in (10, 20, 50, 100)]
    root = [(_run(50, days, 15, peak_mb=50.0), _trace(25 * (days / 7) ** 0.5)) for days in (14, 28)]
    never = [(_run(p, 7, 15, peak_mb=float(p), **late), ()) for p in (500, 1000)]
    finer = [(_run(50, 7, 5), _trace(99)), (_run(50, 7, 30, **late), ())]
    return _open(tmp_path, *square, *root, *never, *finer)


def test_a_gap_is_reached_when_cost_and_bound_are_near() -> None:
    """Not by the cost that was told first; a run that ends so without a course counts its end."""
    run = _run(10, 7, 15)
    assert seconds_to_gap(run, _trace(8), 0.01) == 8
    assert seconds_to_gap(run, _trace(8), 0.4) == 4
    assert seconds_to_gap(run, _trace(8), 0.001) is None
    assert seconds_to_gap(run, (), 0.01) == 600.2


def test_a_claim_that_the_checker_refutes_reaches_nothing() -> None:
    """A cost below the checked one, or one of a schedule that was refused."""
    bold = (TracePoint(1, Decimal(99), Decimal(99)),)
    assert seconds_to_gap(_run(10, 7, 15, bound=Decimal(90)), bold, 0.01) is None
    refused = _run(10, 7, 15, cost=None, bound=Decimal(99), violating_cost=Decimal(99))
    assert seconds_to_gap(refused, bold, 0.01) is None


def test_exponents_by_hand() -> None:
    """A square is 2, constants are 0; two sizes are too few, however many points they have."""
    found = fit([(x, 3 * x**2) for x in (10, 20, 50)])
    assert found is not None and (found.exponent, found.at(100)) == (
        pytest.approx(2),
        pytest.approx(30000),
    )
    constant = fit([(x, 7) for x in (1, 2, 4)])
    assert constant is not None and constant.exponent == pytest.approx(0)
    assert fit([(10, 1), (20, 4), (20, 5)]) is None


def test_an_exponent_of_nearly_nothing_has_no_sign() -> None:
    """What does not grow is 0.00 on every machine, not -0.00 on some."""
    assert _exponent(Fit(exponent=-1e-15, factor=1.0)) == "0.00"


def test_curves_differ_in_one_size_only(book: Book) -> None:
    """People at seven days, days at fifty people, and the grid of these; exponents of each."""
    found, sizeless = points(book, 0.01)
    assert sizeless == []
    people, days, grid = (curve_row(curve) for curve in curves(found))
    assert people == (
        *("people", "r", "auto", "600", "7 days, 4 intervals per hour", "10 to 1000", "4 of 6"),
        *("2.00", "1.00", "team-500x7-15, team-1000x7-15"),
    )
    assert days[4:] == ("50 people, 4 intervals per hour", "7 to 28", "3 of 3", "0.50", "0.00", "")
    assert grid[5:] == ("2 to 12", "2 of 3", "–", "–", "team-50x7-30")


def test_seeds_are_one_point_and_the_late_ones_are_the_worst(tmp_path: Path) -> None:
    """Two of three decide; memory is that of the hungriest."""
    runs = [
        (_run(10, 7, 15, seed=seed, peak_mb=100.0 + seed), _trace(seconds))
        for seed, seconds in enumerate((4, 8))
    ]
    never = (_run(10, 7, 15, seed=2, bound=Decimal(50)), ())
    (point,), _ = points(_open(tmp_path, *runs, never), 0.01)
    assert (point.runs, point.reached, point.seconds, point.peak_mb) == (3, 2, 8, 101)
    row = dict(zip(point_heads(0.01), point_row(point), strict=True))
    assert (row["reached"], row["s to 1%"], row["intervals per hour"]) == ("2 of 3", "8.0", "4")


def test_runs_without_a_size_are_told_apart(tmp_path: Path) -> None:
    """Broken files, and rows of older versions; a pattern chooses instances."""
    older = Run("growth", "old", "auto", 600.0, 0, "unknown", people=10, days=7)
    book = _open(tmp_path, (older, ()), (_run(10, 7, 15), _trace(4)), (_run(20, 7, 15), ()))
    found, sizeless = points(book, 0.01)
    assert [run.instance for run in sizeless] == ["old"] and len(found) == 2
    assert [point.instance for point in points(book, 0.01, ["team-2*"])[0]] == ["team-20x7-15"]


def test_the_suite_grows_one_by_one() -> None:
    """Every instance of `growth` is on a curve, and each curve could be fitted."""
    plans = [source.generated for source in sources(*load_suite("growth"))]
    sizes = {(plan.people, plan.days, plan.interval_minutes) for plan in plans if plan}
    assert len(sizes) == len(plans)
    base = (50, 7, 15)
    assert base in sizes and all(
        sum(a != b for a, b in zip(s, base, strict=True)) <= 1 for s in sizes
    )


def test_the_picture_is_drawn(book: Book, tmp_path: Path) -> None:
    """One panel for each size, a dot for each time, a triangle for each that is missing."""
    svg = growth_svg(curves(points(book, 0.01)[0]), 0.01)
    root = ET.fromstring(svg)
    name = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{name}g")) == 3
    dots = sum(found.get("r") == "4" for found in root.iter(f"{name}circle"))
    assert dots == (4 + 3 + 2) + 3  # and one of the legend in each panel
    assert len(list(root.iter(f"{name}path"))) == 2 + 1
    assert "exponent 2.00" in svg and "no fit" in svg
    inside = [
        float(found.get(end) or "") for found in root.iter(f"{name}line") for end in ("y1", "y2")
    ]
    assert min(inside) > 0 and max(inside) < 300


def test_a_picture_of_nothing_is_drawn_too() -> None:
    """No curve, no panel."""
    assert ET.fromstring(growth_svg([], 0.01)) is not None
