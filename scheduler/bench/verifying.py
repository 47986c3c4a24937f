"""What it costs that promises hold in a replay, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..models.instance import Instance
from ..simulation.closing import solve_verified

COLUMNS = (
    "instance",
    "no-shows",
    "cost by the formula",
    "rounds",
    "replications",
    "verified cost",
    "bound",
    "end",
    "total s",
)


def verifying(
    instances: Iterable[Instance],
    no_shows: Iterable[float],
    time_limit: float,
    seed: int,
    workers: int | None,
) -> Iterator[tuple[str, ...]]:
    """Close the loop for each instance and chance of a no-show, and give a row of text."""
    shares = tuple(no_shows)
    for instance in instances:
        for share in shares:
            found = solve_verified(
                instance, time_limit=time_limit, gap=0.01, seed=seed, workers=workers, no_show=share
            )
            played = None if found.replay is None else found.replay.played.replications
            yield (
                instance.name,
                f"{share:.0%}",
                _money(found.rounds[0].result.objective),
                str(len(found.rounds)),
                "–" if played is None else f"{played:,}",
                _money(found.result.objective),
                _money(found.result.bound),
                found.end,
                "–" if found.result.seconds is None else f"{found.result.seconds:.0f}",
            )


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}"
