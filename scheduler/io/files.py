"""Instance and schedule files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import Fault, InputError
from ..models.base import Patience
from ..models.instance import Instance
from ..models.result import Result
from ..models.schedule import Schedule, ScheduleFile
from .demand_csv import load_demand
from .faults import faults_of
from .foreign import read_foreign, read_solution
from .standards import in_their_file, load_standards
from .text import load_json, write_text


def read(path: str | Path, format: str | None = None) -> Instance:  # noqa: A002
    """Read an instance file, with the files of demand and standards that it names.

    Parameters
    ----------
    path
        A JSON file; ``-`` for standard input.
    format
        Name of the foreign format that the file is in, such as ``"curtois-24"``.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its path in the file, or its line.
    FormatError
        If there is no such format, or none that gives instances.
    """
    if format is not None:
        return read_foreign(path, format)
    return instance_of(load_json(path), path)


def instance_of(data: Any, path: str | Path) -> Instance:
    """Make an instance of what stands in a file, with the files that it names.

    Parameters
    ----------
    data
        The content of the file.
    path
        Where it came from; relative paths start there.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its path in the file.
    """
    folder = Path.cwd() if str(path) == "-" else Path(path).parent
    loaded, faults = load_demand(data, folder)
    loaded, more = load_standards(loaded, folder)
    faults += more
    try:
        instance = Instance.model_validate(loaded, context=Patience())
    except ValidationError as error:
        found = faults_of(error, _as_written(data, loaded))
        found = [in_their_file(fault, data, folder) for fault in _others(found, faults)]
        raise InputError(str(path), faults + found) from None
    if faults:
        raise InputError(str(path), faults)
    return instance


def _as_written(data: Any, loaded: Any) -> Any:
    """Give the instance as it stands in its file, but with all standards."""
    if not isinstance(data, dict) or "standards" not in loaded:
        return data
    return {**data, "standards": loaded["standards"]}


def _others(found: list[Fault], known: list[Fault]) -> list[Fault]:
    """Leave out what only says again that a demand file was not loaded."""
    paths = {fault.path for fault in known}
    return [fault for fault in found if fault.path not in paths]


def read_schedule(
    path: str | Path,
    format: str | None = None,  # noqa: A002
    instance: Instance | None = None,
) -> Schedule:
    """Read the shifts of a schedule file.

    Parameters
    ----------
    path
        A JSON file; ``-`` for standard input.
    format
        Name of the foreign format that a solution is in.
    instance
        What it is a solution of; needed with a format.

    Raises
    ------
    InputError
        If it is no schedule file, or a solution of something else.
    FormatError
        If there is no such format, none with solutions, or no instance to read it for.
    """
    if format is not None:
        return read_solution(path, format, instance)
    data = load_json(path)
    try:
        return ScheduleFile.model_validate(data, context=Patience()).schedule
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, data)) from None


def write_instance(instance: Instance, path: str | Path) -> None:
    """Write an instance so that `read` gives it back; the file appears whole or not at all."""
    write_text(path, to_json(instance.model_dump(mode="json", exclude_none=True)))


def write_schedule(result: Result, path: str | Path) -> None:
    """Write a result as a schedule file; it appears whole or not at all."""
    write_text(path, schedule_json(result))


def schedule_json(result: Result) -> str:
    """Give a result as the text of a schedule file."""
    return to_json(ScheduleFile.of(result).model_dump(mode="json"))


def to_json(value: Any) -> str:
    """JSON as it stands in our files: indented, with lists of numbers on one line."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    return _join_numbers(text) + "\n"


def _join_numbers(text: str) -> str:
    lines: list[str] = []
    run: list[str] = []
    for line in text.splitlines():
        bare = line.strip().rstrip(",")
        if bare and bare.lstrip("-").replace(".", "", 1).isdigit():
            run.append(line.strip())
            continue
        if run:
            lines.append(" " * (len(line) - len(line.lstrip()) + 1) + " ".join(run))
            run = []
        lines.append(line)
    return "\n".join(lines)
