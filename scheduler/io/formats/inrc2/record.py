"""What the files of INRC-II say, before they become anything of ours."""

from __future__ import annotations

from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Days of a week, as the files name them."""

Limits = tuple[int, int]
"""A minimum and a maximum."""


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift; the format knows no time of day."""

    id: str
    run: Limits
    """Days in a row on which it is worked."""
    not_before: tuple[str, ...]
    """Shift types that may not be worked on the day after this one."""


@dataclass(frozen=True, slots=True)
class Contract:
    """Limits that several nurses share."""

    id: str
    shifts: Limits
    """Shifts of the whole planning period."""
    run: Limits
    """Working days in a row."""
    run_off: Limits
    """Days off in a row."""
    max_weekends: int
    complete_weekends: bool


@dataclass(frozen=True, slots=True)
class Nurse:
    """A nurse."""

    id: str
    contract: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What all weeks have in common."""

    name: str
    weeks: int
    skills: tuple[str, ...]
    shifts: dict[str, ShiftType]
    contracts: dict[str, Contract]
    nurses: dict[str, Nurse]


@dataclass(frozen=True, slots=True)
class Past:
    """What a nurse did before the period."""

    shifts: int
    """Shifts that count towards the total already."""
    weekends: int
    """Worked weekends that count already."""
    last_shift: str | None
    """Shift type of the day before; None if it was free."""
    run_of_shift: int
    """Days in a row with that shift type, up to the day before."""
    run: int
    """Working days in a row, up to the day before."""
    run_off: int
    """Days off in a row, up to the day before."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Nurses asked for on a shift in a skill, for each day of a week."""

    minimum: tuple[int, ...]
    optimal: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A shift, or any, that a nurse does not want."""

    nurse: str
    shift: str | None
    day: int
    """Day of the week, 0 for Monday."""


@dataclass(frozen=True, slots=True)
class Week:
    """What a week asks for."""

    demand: dict[tuple[str, str], Demand]
    """By shift type and skill."""
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A whole planning period: a static instance of the competition."""

    name: str
    scenario: Scenario
    history: dict[str, Past]
    """By nurse."""
    weeks: tuple[Week, ...]
