"""Growth in words and numbers: what each instance took, and the exponent of each curve."""

from __future__ import annotations

from .growth import AXES, FEWEST, Curve, Fit, Point, fit
from .telling import number, share


def point_heads(gap: float) -> tuple[str, ...]:
    """Give the heads of `point_row`."""
    return (
        *("instance", "runs", "engine", "limit s", *AXES, "reached"),
        *(f"s to {share_of(gap)}", "gap at end", "peak MB"),
    )


def share_of(gap: float) -> str:
    """``0.01`` → ``"1%"``, ``0.005`` → ``"0.5%"``."""
    return f"{gap * 100:g}%"


def point_row(point: Point) -> tuple[str, ...]:
    """Give the cells of one instance; what never reached the gap says so."""
    file, _, engine, limit = point.way
    return (
        *(point.instance, file, engine, limit, *(f"{size:g}" for size in point.size)),
        f"{point.reached} of {point.runs}",
        "not reached" if point.seconds is None else number(point.seconds),
        share(point.end_gap),
        number(point.peak_mb),
    )


CURVE_HEADS = (
    *("growing", "runs", "engine", "limit s", "with", "sizes", "fitted"),
    *("exponent of seconds", "exponent of memory", "not reached"),
)


def curve_row(curve: Curve) -> tuple[str, ...]:
    """Give the cells of one curve: sizes, exponents, and what never reached the gap."""
    file, _, engine, limit = curve.way
    sizes = [point.size[curve.axis] for point in curve.points]
    late = [point.instance for point in curve.points if point.seconds is None]
    return (
        *(AXES[curve.axis], file, engine, limit, curve.name),
        f"{min(sizes):g} to {max(sizes):g}",
        f"{len(curve.reached)} of {len(curve.points)}",
        _exponent(fit(curve.times())),
        _exponent(fit(curve.memory())),
        ", ".join(late),
    )


def _exponent(found: Fit | None) -> str:
    """Give two decimals, or a dash where too few sizes are known."""
    return "–" if found is None else f"{found.exponent:z.2f}"


GROWTH_CAVEAT = (
    "Medians over seeds. Exponents are least-squares fits of the logarithms, through sizes that "
    f"reached the gap, if there are at least {FEWEST}. What did not is listed and never fitted: "
    "the exponent of seconds is then likely too small. Memory is fitted through all sizes."
)
