"""A foreign format: what it is called, and how its files become ours and ours become its."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ...models.design import DesignProblem
from ...models.instance import Instance
from ...models.schedule import Schedule
from ..text import read_text

Json = dict[str, Any]
Place = str | Path
Files = Mapping[str, str]
"""Texts by the names of their files."""


class FormatError(ValueError):
    """There is no such format, or it cannot do what is asked."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which others write problems and their solutions down.

    Faults in a file are raised as `InputError`, each with its place.
    """

    id: str
    title: str
    load: Callable[[Place], Json]
    """From a file (or a folder) to what it gives, as it stands in a file of ours."""
    gives: Literal["instance", "design problem"] = "instance"
    read_solution: Callable[[Place, Instance], Schedule] | None = None
    """From a solution to the schedule of an instance that came from the format."""
    write_solution: Callable[[Instance, Schedule], str | Files] | None = None
    """From a schedule to the text of a solution, or to several files for a folder."""
    write_problem: Callable[[DesignProblem], str] | None = None
    """From a design problem to the text of a file."""


def from_text(parse: Callable[[str, str], Json]) -> Callable[[Place], Json]:
    """Let a function of (text, name of the source) take a path."""
    return lambda place: parse(read_text(place), str(place))


def solution_from_text(
    parse: Callable[[str, str, Instance], Schedule],
) -> Callable[[Place, Instance], Schedule]:
    """Let a function of (text, name of the source, instance) take a path."""
    return lambda place, instance: parse(read_text(place), str(place), instance)
