"""What a peer hands back."""

from __future__ import annotations

from dataclasses import dataclass

from ...models.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Answer:
    """A schedule, which may break anything, or none."""

    schedule: Schedule | None
    stop_reason: str
    seconds: float
    message: str = ""
    """What the peer's model leaves out, or why there is no schedule."""
