"""What a file of the shift scheduling benchmark says, before it becomes anything of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift; the format knows its length, and no time of day."""

    id: str
    minutes: int
    not_before: tuple[str, ...]
    """Shifts that may not be worked on the day after this one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for one employee's roster."""

    max_shifts: tuple[tuple[str, int], ...]
    """Most shifts of each type; 0 for those the employee cannot work."""
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_run_off: int
    max_weekends: int


@dataclass(frozen=True, slots=True)
class Worker:
    """An employee."""

    id: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Wish:
    """A shift, wanted or not; days count from 0."""

    worker: str
    wants: Literal["on", "off"]
    day: int
    shift: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cover:
    """People asked for on a shift, with what each one too few or too many costs."""

    day: int
    shift: str
    people: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Period:
    """A whole scheduling period; it begins on a Monday."""

    name: str
    days: int
    shifts: tuple[ShiftType, ...]
    staff: tuple[Worker, ...]
    days_off: dict[str, tuple[int, ...]]
    """Days on which an employee cannot work."""
    wishes: tuple[Wish, ...]
    cover: tuple[Cover, ...]
