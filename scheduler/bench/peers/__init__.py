"""Other ways to solve the same work; all that they hand back is judged by our checker."""

from collections.abc import Callable
from functools import partial

from ...models.instance import Instance
from .answer import Answer
from .day_shifts import solve_day_shifts
from .pyworkforce_peer import solve_pyworkforce

Peer = Callable[[Instance, float, int, int], Answer]
"""From instance, seconds, seed and threads to an answer."""

PEERS: dict[str, Peer] = {
    "day-shifts": partial(solve_day_shifts, padded=False),
    "day-shifts-padded": partial(solve_day_shifts, padded=True),
    "pyworkforce": solve_pyworkforce,
}
"""`day-shifts`: one boolean for each person, day and shift, heads frozen beforehand, breaks
afterwards; `padded` asks for as many more heads as breaks take away. `pyworkforce`: the package's
shift counts for one skill, then its roster."""
