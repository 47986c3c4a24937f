"""Reading several files of one problem, so that the faults of all of them are told at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

from ....errors import Fault, InputError

Found = TypeVar("Found")


class Together:
    """Collects what is wrong with the files of one problem.

    Parameters
    ----------
    source
        What they belong to: a folder, or a name in it.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._errors: list[InputError] = []

    def attempt(self, read: Callable[[], Found]) -> Found | None:
        """Give what a file says, or None if it is faulty."""
        try:
            return read()
        except InputError as error:
            self._errors.append(error)
            return None

    def fault(self, message: str) -> None:
        """Note something that is wrong with the files as a whole."""
        self._errors.append(InputError(self._source, [Fault("", message)]))

    def raise_if_any(self) -> None:
        """Refuse the problem if one of its files is faulty.

        Raises
        ------
        InputError
            With one entry for each fault; if several files have some, with their names.
        """
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            raise InputError(self._source, [f for e in self._errors for f in self._named(e)])

    def _named(self, error: InputError) -> list[Fault]:
        if error.source == self._source:
            return list(error.faults)
        name = PurePath(error.source).name
        return [
            Fault(f"{name}, {fault.path}" if fault.path else name, fault.message)
            for fault in error.faults
        ]
