"""Files of foreign formats: instances and solutions in, solutions out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ..errors import Fault, InputError
from ..models.base import Patience
from ..models.design import DesignProblem
from ..models.instance import Instance
from ..models.schedule import Schedule
from .faults import faults_of
from .formats import format_named
from .formats.format import FormatError
from .text import write_text

Given = TypeVar("Given", Instance, DesignProblem)


def convert(path: str | Path, format: str) -> dict[str, Any]:  # noqa: A002
    """Turn a foreign file into what stands in a file of ours: an instance, or a design problem.

    Parameters
    ----------
    path
        A file of the format; ``-`` for standard input, a folder where the format has several.
    format
        Name of the format, such as ``"curtois-24"``.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    FormatError
        If there is no such format.
    """
    found = format_named(format)
    data = found.load(path)
    if found.gives == "instance":
        _validated(path, data, Instance)
    else:
        _validated(path, data, DesignProblem)
    return data


def read_foreign(path: str | Path, format: str) -> Instance:  # noqa: A002
    """Read an instance out of a foreign file; see `read`."""
    found = format_named(format)
    if found.gives != "instance":
        raise FormatError(f"files of '{found.id}' hold a {found.gives}, no instance")
    return _validated(path, found.load(path), Instance)


def _validated(path: str | Path, data: dict[str, Any], model: type[Given]) -> Given:
    try:
        return model.model_validate(data, context=Patience())
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, data)) from None


def read_solution(path: str | Path, format: str, instance: Instance | None) -> Schedule:  # noqa: A002
    """Read a schedule out of a foreign file; see `read_schedule`."""
    found = format_named(format)
    if found.read_solution is None:
        raise FormatError(f"solutions of '{found.id}' cannot be read")
    if instance is None:
        raise FormatError("a solution in a foreign format is read for an instance; none is given")
    return found.read_solution(path, instance)


def solution_files(instance: Instance, schedule: Schedule, format: str) -> str | dict[str, str]:  # noqa: A002
    """Give a schedule as the text of a foreign solution, or as several files by their names.

    Raises
    ------
    FormatError
        If there is no such format, or none with solutions.
    """
    found = format_named(format)
    if found.write_solution is None:
        raise FormatError(f"solutions of '{found.id}' cannot be written")
    written = found.write_solution(instance, schedule)
    return written if isinstance(written, str) else dict(written)


def problem_writer(format: str) -> Callable[[DesignProblem], str]:  # noqa: A002
    """Give what turns a design problem into the text of a foreign file.

    It raises an `InputError` if the format cannot say what the problem asks for.

    Raises
    ------
    FormatError
        If there is no such format, or none with design problems.
    """
    found = format_named(format)
    if found.write_problem is None:
        message = f"design problems cannot be written as '{found.id}'"
        raise FormatError(f"{message}; a schedule needs the --instance that it is for")
    return found.write_problem


def write_solution(
    instance: Instance,
    schedule: Schedule,
    path: str | Path,
    format: str,  # noqa: A002
) -> list[Path]:
    """Write a schedule as a solution in a foreign format; each file appears whole or not at all.

    Parameters
    ----------
    instance
        What the schedule solves; it came from the same format.
    schedule
        Who works when.
    path
        A file; a folder where the format has several, which is made if only it is missing.
    format
        Name of the format.

    Returns
    -------
    The files written.

    Raises
    ------
    InputError
        If something cannot be written.
    FormatError
        If there is no such format, or none with solutions.
    """
    texts = solution_files(instance, schedule, format)
    if isinstance(texts, str):
        write_text(path, texts)
        return [Path(path)]
    folder = Path(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InputError(str(path), [Fault("", f"cannot be written: {why}")]) from None
    for name, text in texts.items():
        write_text(folder / name, text)
    return [folder / name for name in texts]
