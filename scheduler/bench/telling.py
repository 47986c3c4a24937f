"""Comparisons in words and numbers: the cells of tables, the same on terminal, page and docs."""

from __future__ import annotations

from decimal import Decimal

from ..report.words import money
from .comparing import Average, Book, Line, lines
from .runs import Run

INSTANCE_HEADS = (
    "instance",
    "engine",
    "limit s",
    "solved",
    "proved",
    "cost",
    "bound",
    "gap",
    "best",
    "to best",
    "integral s",
    "first s",
    "total s",
    "otherwise",
)
SUMMARY_HEADS = (
    "runs",
    "suite",
    "engine",
    "limit s",
    "count",
    "solved",
    "proved",
    "infeasible",
    "none found",
    "broken",
    "timeout",
    "failed",
    "mean gap",
    "mean to best",
    "mean integral s",
)
DUEL_HEADS = (
    "instance",
    "engine",
    "limit s",
    "cost 1",
    "cost 2",
    "2 ÷ 1",
    "gap 1",
    "gap 2",
    "integral s 1",
    "integral s 2",
    "seconds 1",
    "seconds 2",
)
PEER_HEADS = ("instance", "by", "limit s", "cost", "bound", "seconds", "found by the checker")


def instance_row(line: Line) -> tuple[str, ...]:
    """Give the cells of one instance; medians, if it ran several times, and the highest bound."""
    return (
        *line.about,
        f"{line.solved} of {line.runs}",
        str(line.proved),
        money(line.cost),
        money(line.bound),
        share(line.gap),
        money(line.best),
        share(line.to_best),
        number(line.spent),
        number(line.first_seconds),
        number(line.seconds),
        otherwise(line),
    )


def otherwise(line: Line) -> str:
    """Tell how the runs ended that have no schedule."""
    ends = (
        ("infeasible", line.infeasible),
        ("none found", line.none_found),
        ("broken", line.broken),
        ("timeout", line.timeouts),
        ("failed", line.failures),
    )
    return ", ".join(f"{count} {name}" for name, count in ends if count)


def summary_row(line: Line) -> tuple[str, ...]:
    """Give the cells of a summary."""
    counts = (
        line.runs,
        line.solved,
        line.proved,
        line.infeasible,
        line.none_found,
        line.broken,
        line.timeouts,
        line.failures,
    )
    return (
        *line.about,
        *map(str, counts),
        average(line.own_gap),
        average(line.known_gap),
        average(line.integral, seconds=True),
    )


def average(found: Average, *, seconds: bool = False) -> str:
    """Give a mean, and how many runs it leaves out."""
    text = number(found.value) if seconds else share(found.value)
    return f"{text} ({found.left_out} left out)" if found.left_out else text


def share(value: float | None) -> str:
    """``0.0123`` → ``"1.23%"``; unknown is a dash."""
    return "–" if value is None else f"{value:.2%}"


def number(value: float | None) -> str:
    """``12.345`` → ``"12.3"``; unknown is a dash."""
    return "–" if value is None else f"{value:.1f}"


def duel(book: Book) -> list[tuple[str, ...]]:
    """Set two files of runs side by side: what is in both."""
    rows = []
    for about, one, other in _pairs(book):
        rows.append(
            (
                *about,
                money(one.cost),
                money(other.cost),
                _ratio(one.cost, other.cost),
                share(one.gap),
                share(other.gap),
                number(one.spent),
                number(other.spent),
                number(one.seconds),
                number(other.seconds),
            )
        )
    return rows


def duel_score(book: Book) -> str:
    """Say who was cheaper how often, and what could not be compared."""
    pairs = _pairs(book)
    cheaper, dearer, equal, only = 0, 0, 0, 0
    for _, one, other in pairs:
        if one.cost is None or other.cost is None:
            only += 1
        elif other.cost == one.cost:
            equal += 1
        else:
            cheaper += other.cost < one.cost
            dearer += other.cost > one.cost
    first, second = book.files[0], book.files[-1]
    text = f"of {len(pairs)} in both: {second} cheaper {cheaper}, {first} cheaper {dearer}"
    return f"{text}, equal {equal}, without a cost on a side {only}"


def _pairs(book: Book) -> list[tuple[tuple[str, ...], Line, Line]]:
    found: dict[tuple[str, ...], dict[str, Line]] = {}
    for line in lines(book, _with_file):
        file, *about = line.about
        found.setdefault(tuple(about), {})[file] = line
    first, second = book.files[0], book.files[-1]
    return [
        (about, sides[first], sides[second]) for about, sides in found.items() if len(sides) == 2
    ]


def _with_file(name: str, run: Run) -> tuple[str, ...]:
    return (name, run.instance, run.engine, f"{run.time_limit:g}")


def _ratio(one: Decimal | None, other: Decimal | None) -> str:
    return "–" if one is None or other is None or not one else f"{float(other / one):.4f}"


def peer_rows(book: Book) -> list[tuple[str, ...]]:
    """Tell what each way to solve came to, and what the checker found."""
    return [
        (
            run.instance,
            run.engine,
            f"{run.time_limit:g}",
            money(run.cost) if run.violating_cost is None else f"({money(run.violating_cost)})",
            money(run.bound),
            number(run.seconds),
            _verdict(run),
        )
        for _, run in book.runs
    ]


def _verdict(run: Run) -> str:
    if run.status in ("optimal", "feasible"):
        return f"nothing violated ({run.status})"
    if run.status == "violations":
        return f"{run.violations} violations: {run.message}"
    reason = run.stop_reason.replace("_", " ")
    return "; ".join(part for part in (f"no schedule: {reason or run.status}", run.message) if part)
