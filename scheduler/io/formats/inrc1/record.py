"""What an INRC-I file says, before it becomes anything of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ....models.base import Weekday


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift with its clock times, in minutes after midnight."""

    id: str
    start: int
    end: int
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a pattern."""

    shift: str
    """A shift type, ``Any`` or ``None``."""
    weekday: Weekday | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Shifts on days in a row that are not wanted."""

    weight: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A number with its price; it counts only if it is on."""

    weight: int
    value: int


@dataclass(frozen=True, slots=True)
class Contract:
    """Limits and wishes that several nurses share."""

    id: str
    weekend: tuple[Weekday, ...]
    limits: dict[str, Limit]
    """Those that are on, by their names in the file."""
    wishes: dict[str, int]
    """Weights of the yes-or-no items that are true, by their names in the file."""
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nurse:
    """A nurse."""

    id: str
    contract: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A day or a shift, wanted or not."""

    nurse: str
    wants: Literal["on", "off"]
    day: date
    shift: str | None
    weight: int


@dataclass(frozen=True, slots=True)
class Period:
    """A whole scheduling period."""

    id: str
    start: date
    end: date
    skills: tuple[str, ...]
    shifts: tuple[ShiftType, ...]
    patterns: dict[str, Pattern]
    contracts: tuple[Contract, ...]
    nurses: tuple[Nurse, ...]
    weekday_cover: dict[tuple[Weekday, str], int]
    date_cover: dict[tuple[date, str], int]
    wishes: tuple[Wish, ...]
