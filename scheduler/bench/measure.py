"""Solving instances one after the other, and writing down what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..models.instance import Instance
from ..models.result import Result
from ..solving import Engine, solve

COLUMNS = (
    "instance",
    "people",
    "days",
    "variables",
    "constraints",
    "build s",
    "first s",
    "status",
    "cost",
    "bound",
    "gap",
    "total s",
)


def measure(
    instances: Iterable[Instance], time_limit: float, seed: int, workers: int | None, engine: Engine
) -> Iterator[tuple[str, ...]]:
    """Solve each instance and give a row of text; costs are the checker's."""
    for instance in instances:
        result = solve(instance, time_limit=time_limit, seed=seed, workers=workers, engine=engine)
        yield row(result)


def row(result: Result) -> tuple[str, ...]:
    """Put a result into the columns."""
    size = result.size
    return (
        result.instance.name,
        str(len(result.instance.employees)),
        str(result.instance.horizon.days),
        f"{size.variables:,}" if size else "–",
        f"{size.constraints:,}" if size else "–",
        f"{size.build_seconds:.2f}" if size else "–",
        _first(result),
        result.status,
        _money(result.objective),
        _money(result.bound),
        "–" if result.gap is None else f"{result.gap:.1%}",
        "–" if result.seconds is None else f"{result.seconds:.1f}",
    )


def _first(result: Result) -> str:
    """Time of the first schedule."""
    times = [point.seconds for point in result.trace if point.cost is not None]
    return f"{times[0]:.1f}" if times else "–"


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}"


def markdown(cells: tuple[str, ...]) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"
