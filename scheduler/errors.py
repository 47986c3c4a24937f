"""Errors that a user can mend.

::

    ServicefloorError
    └── InputError      a file or value is wrong; holds one fault per line
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 600
"""Characters of one line of an error; more are cut off."""


class ServicefloorError(Exception):
    """Base of all errors that are not bugs."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, and what."""

    path: str
    """Place in the file, such as ``employees[3].contract``; empty for the file itself."""
    message: str

    def __str__(self) -> str:
        return one_line(f"{self.path}: {self.message}" if self.path else self.message)


def one_line(text: str) -> str:
    """Show a text on one line that any terminal can print, whatever a broken file put into it."""
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class InputError(ServicefloorError):
    """A file or value is wrong.

    Parameters
    ----------
    source
        Name of the file.
    faults
        Everything that is wrong with it.
    """

    def __init__(self, source: str, faults: list[Fault]) -> None:
        super().__init__("\n".join(f"{one_line(source)}: {fault}" for fault in faults))
        self.source = source
        self.faults = tuple(faults)
