"""Files of design problems and of designs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import InputError
from ..models.base import Patience
from ..models.design import Design, DesignFile, DesignProblem
from ..models.instance import Instance
from .faults import faults_of
from .files import instance_of, to_json
from .formats import format_named
from .formats.format import FormatError
from .text import load_json, write_text


def read_problem(path: str | Path, format: str | None = None) -> DesignProblem:  # noqa: A002
    """Read a design problem.

    Parameters
    ----------
    path
        A JSON file; ``-`` for standard input.
    format
        Name of the foreign format that the file is in, such as ``"shift-design"``.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its path in the file, or its line.
    FormatError
        If there is no such format, or none that gives design problems.
    """
    if format is None:
        return problem_of(load_json(path), path)
    found = format_named(format)
    if found.gives != "design problem":
        raise FormatError(f"files of '{found.id}' hold an {found.gives}, no design problem")
    return problem_of(found.load(path), path)


def read_problem_or_instance(path: str | Path) -> DesignProblem | Instance:
    """Read a design problem, or the instance whose shifts are to be designed.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its path in the file.
    """
    data = load_json(path)
    if isinstance(data, dict) and "horizon" in data:
        return instance_of(data, path)
    return problem_of(data, path)


def problem_of(data: Any, path: str | Path) -> DesignProblem:
    """Make a design problem of what stands in a file.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its path in the file.
    """
    try:
        return DesignProblem.model_validate(data, context=Patience())
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, data)) from None


def read_design(path: str | Path) -> DesignFile:
    """Read a design.

    Raises
    ------
    InputError
        If it is no design file.
    """
    data = load_json(path)
    try:
        return DesignFile.model_validate(data, context=Patience())
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, data)) from None


def write_problem(problem: DesignProblem, path: str | Path) -> None:
    """Write a design problem so that `read_problem` gives it back, whole or not at all."""
    write_text(path, to_json(problem.model_dump(mode="json", exclude_none=True)))


def write_design(design: Design, path: str | Path) -> None:
    """Write a design; the file appears whole or not at all."""
    write_text(path, design_json(design))


def design_json(design: Design) -> str:
    """Give a design as the text of a file."""
    return to_json(design.file().model_dump(mode="json"))
