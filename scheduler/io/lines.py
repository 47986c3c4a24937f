"""Values out of lines of text, with every fault noted by its line instead of raised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..errors import Fault, InputError
from ..models.base import did_you_mean

MOST = 50
"""Faults of one file that are told."""


class Faults:
    """Collects what is wrong with a text file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, message: str) -> None:
        """Note a fault in a line, counted from 1."""
        self._found.append((line, message))

    def raise_if_any(self) -> None:
        """Refuse the file if a fault was noted.

        Raises
        ------
        InputError
            With one entry for each fault, in the order of the file.
        """
        if not self._found:
            return
        told = sorted(dict.fromkeys(self._found), key=lambda found: found[0])
        faults = [Fault(f"line {line}", message) for line, message in told[:MOST]]
        more = [Fault("", f"and {len(told) - MOST} more faults")] if len(told) > MOST else []
        raise InputError(self._source, faults + more)


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one line.

    What is faulty reads as None, so that the rest of the file can be looked at.
    """

    faults: Faults
    line: int
    cells: tuple[str, ...]

    def fault(self, message: str) -> None:
        """Note a fault in this line."""
        self.faults.add(self.line, message)

    def has(self, names: Sequence[str]) -> bool:
        """Tell whether there are as many values as names; note it if not."""
        if len(self.cells) == len(names):
            return True
        due = f"expected {len(names)} values ({', '.join(names)})"
        self.fault(f"{due}, found {len(self.cells)}")
        return False

    def count(self, cell: int, what: str, least: int = 0, most: int = 1_000_000) -> int | None:
        """Read a whole number."""
        return self.number(self.cells[cell], what, least, most)

    def number(self, text: str, what: str, least: int = 0, most: int = 1_000_000) -> int | None:
        """Read a whole number out of a part of a value."""
        digits = "0" if text == "-0" else text  # as a public file has it
        if digits.isascii() and digits.isdecimal() and len(digits) < 10:
            number = int(digits)
            if least <= number <= most:
                return number
        self.fault(f"{what}: expected a whole number from {least} to {most}, found '{text}'")
        return None

    def known(self, cell: int, noun: str, names: Collection[str]) -> str | None:
        """Look a name up."""
        return self.one_of(self.cells[cell], noun, names)

    def one_of(self, text: str, noun: str, names: Collection[str]) -> str | None:
        """Look a name up that is a part of a value."""
        if text in names:
            return text
        self.fault(f"unknown {noun} '{text}'{did_you_mean(text, names)}")
        return None
