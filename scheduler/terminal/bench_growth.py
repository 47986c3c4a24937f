"""What ``scheduler bench growth`` prints and draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..bench.comparing import open_book
from ..bench.growth import curves, points
from ..bench.growth_drawing import growth_svg
from ..bench.growth_rows import CURVE_HEADS, GROWTH_CAVEAT, curve_row, point_heads, point_row
from ..errors import Fault, InputError
from ..io.text import write_text
from .bench_tables import print_rows
from .converting import wrote

if TYPE_CHECKING:
    from rich.console import Console


def print_growth(
    paths: Sequence[Path],
    console: Console,
    *,
    gap: float,
    only: Sequence[str],
    output: str | None,
    markdown: bool,
) -> None:
    """Print how the time to a gap grows with size, and draw it.

    Raises
    ------
    InputError
        If no run says how large its instance is.
    """
    found, sizeless = points(open_book(paths), gap, only)
    if not found:
        what = "no run of such a name" if only else "no run"
        message = f"{what} says how large its instance is: people, days and interval_minutes"
        raise InputError(str(paths[0]), [Fault("", message)])
    grown = curves(found)
    print_rows("Instances", point_heads(gap), [*map(point_row, found)], console, markdown)
    print_rows("Growth", CURVE_HEADS, [*map(curve_row, grown)], console, markdown)
    console.print(GROWTH_CAVEAT)
    if not grown:
        console.print("no two instances differ in one size only: nothing grows here")
    if sizeless:
        names = ", ".join(dict.fromkeys(run.instance for run in sizeless))
        console.print(f"without a size, so left out: {names}")
    if output is not None:
        write_text(output, growth_svg(grown, gap))
        console.print(wrote(Path(output)).rstrip())
