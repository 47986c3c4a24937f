"""Results in words: shared by the summary on a terminal and by the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models.result import Result


def money(amount: Decimal | None) -> str:
    """``1234.5`` → ``"1,234.50"``; unknown is a dash."""
    return "–" if amount is None else f"{amount:,.2f}"


def hours(minutes: int | None) -> str:
    """``450`` → ``"7.5"``; unknown is a dash."""
    return "–" if minutes is None else f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """``0.0234`` → ``"2.3 %"``; what is not zero is never shown as zero."""
    if share == 0:
        return "0 %"
    if share < 0.0005:
        return "less than 0.1 %"
    return f"{share * 100:.1f} %"


def calendar_day(day: date) -> str:
    """``"Mon 2 Mar"``."""
    return f"{day:%a} {day.day} {day:%b}"


def moment(when: str) -> str:
    """``"2026-03-02T09:00"`` → ``"2026-03-02 09:00"``."""
    return when.replace("T", " ", 1) if when[10:11] == "T" else when


def term(name: str) -> str:
    """``"shift_fees"`` → ``"Shift fees"``."""
    return name[:1].upper() + name[1:].replace("_", " ")


def counted(number: int, noun: str, plural: str = "") -> str:
    """``2, "floor"`` → ``"2 floors"``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def printable(text: str) -> str:
    r"""Show control characters as escapes, so that a name cannot steer a terminal.

    ``"a\x1b[2J"`` becomes ``"a\\x1b[2J"``.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def verdict(result: Result) -> str:
    """Give the status in a few words."""
    if result.status == "optimal":
        return "proved optimal"
    if result.status == "infeasible":
        return "proved infeasible"
    if result.stop_reason == "rejected_by_checker":
        return "rejected by the checker"
    if result.stop_reason == "not_verified":
        return "no schedule found whose floors hold in a replay"
    if result.status == "unknown":
        return "no schedule found"
    if result.gap is None:
        return "feasible; how far from the best possible is not known"
    return f"feasible, within {percent(result.gap)} of the best possible"


def explanation(result: Result) -> str:
    """Give one or two sentences on what the status means for a planner."""
    if result.status == "infeasible":
        return (
            "No schedule can hold all floors and rules with these people. This is proved, "
            "not a matter of time."
        )
    if result.stop_reason == "rejected_by_checker":
        return "The solver's schedule breaks a promise, so it is not given out. This is a defect."
    if result.stop_reason == "not_verified":
        return (
            "There are schedules, but none was found whose floors on access hold with random "
            "customers, too. None is given out."
        )
    if result.status == "unknown":
        return (
            f"No schedule was found {_until_when(result)}. "
            "Whether there is one is not known; more time may help."
        )
    if result.status == "optimal":
        return "No schedule that holds all floors and rules can cost less."
    return f"{_why_ended(result)} {_room_left(result)}"


def _until_when(result: Result) -> str:
    return {
        "time_limit": "within the time limit",
        "interrupted": "before it was interrupted",
    }.get(result.stop_reason, "")


def _why_ended(result: Result) -> str:
    return {
        "time_limit": "The time limit ended the search.",
        "gap": "The search ended at the gap that was asked for.",
        "interrupted": "The search was interrupted.",
        "verified": "Every hard floor on access holds in a replay with random customers, too.",
    }.get(result.stop_reason, "The search ended.")


def _room_left(result: Result) -> str:
    if result.objective is None or result.bound is None:
        return "How much a better schedule could save is not known."
    saving = max(Decimal(0), result.objective - result.bound)
    return f"A better schedule could save at most {money(saving)}: that much is proved."
