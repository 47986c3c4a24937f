"""Where the results of a solve go: looked at before it starts, written when it is done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Fault, InputError

if TYPE_CHECKING:
    from ..models.result import Result

STDOUT = "-"
TABLES = ("shifts.csv", "coverage.csv")


@dataclass(frozen=True)
class Outputs:
    """The files that were asked for."""

    schedule: str | None = None
    """A file, or ``-`` for standard output."""
    report: str | None = None
    csv: str | None = None
    """A folder."""
    trace: str | None = None
    tables: tuple[str, ...] = TABLES
    """Files that go into the folder."""
    others: tuple[str, ...] = ()
    """Further files that the command writes itself."""

    def prepare(self, instance: str) -> None:
        """Look for what would keep a file from being written, so that no solve is lost.

        The folder for the tables is made if only it is missing.

        Raises
        ------
        InputError
            If a file could not be written, or would overwrite the instance or another one.
        """
        taken = {Path(instance).resolve(): "the instance"} if instance != STDOUT else {}
        self._claim(self._files(), taken)
        if self.csv is not None:
            _make_folder(Path(self.csv))
            self._claim((Path(self.csv) / name for name in self.tables), taken)

    def _claim(self, files: Iterable[Path], taken: dict[Path, str]) -> None:
        for path in files:
            _check_file(path)
            if other := taken.get(path.resolve()):
                raise _unwritable(path, f"it is {other}")
            taken[path.resolve()] = "another output of this command"

    def _files(self) -> Iterator[Path]:
        if self.schedule not in (None, STDOUT):
            yield Path(str(self.schedule))
        yield from (Path(path) for path in (self.report, self.trace) if path is not None)
        yield from map(Path, self.others)

    def write(self, result: Result) -> list[Path]:
        """Write everything that a result has to give, each file whole or not at all.

        Returns
        -------
        The files written.
        """
        from ..io.files import write_schedule
        from ..report import exports

        written: list[Path] = []
        if self.schedule not in (None, STDOUT) and result.status != "unknown":
            written.append(Path(str(self.schedule)))
            write_schedule(result, written[-1])
        if self.csv is not None and result.schedule is not None:
            written += exports.write_tables(result, Path(self.csv))
        if self.trace is not None:
            written.append(exports.write_trace(result, Path(self.trace)))
        if self.report is not None:
            written.append(exports.write_report(result, Path(self.report)))
        return written


def _check_file(path: Path) -> None:
    if path.name == STDOUT:
        raise _unwritable(path, "only the schedule can go to standard output")
    if path.is_dir():
        raise _unwritable(path, "it is a folder")
    if path.exists() and not path.is_file():
        raise _unwritable(path, "it is no ordinary file")
    _check_folder(path, path.parent)


def _check_folder(path: Path, folder: Path) -> None:
    if not folder.exists():
        raise _unwritable(path, f"there is no folder '{folder}'")
    if not folder.is_dir():
        raise _unwritable(path, f"'{folder}' is no folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(path, f"no permission to write in '{folder}'")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, (error.strerror or str(error)).lower()) from None
    _check_folder(folder, folder)


def _unwritable(path: Path, why: str) -> InputError:
    return InputError(str(path), [Fault("", f"cannot be written: {why}")])
