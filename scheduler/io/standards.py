"""Files of service standards, which many instances share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from ..errors import Fault, InputError
from ..models.base import Faults, Model, Patience, at_most
from ..models.standard import ServiceStandard
from .faults import faults_of
from .text import load_json


class StandardsFile(Model):
    """Service standards as they stand in a file of their own."""

    schema_version: Literal[1] = 1
    description: str = ""
    standards: Annotated[tuple[ServiceStandard, ...], at_most(1000), Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_apart(self) -> Self:
        faults, seen = Faults("StandardsFile"), dict[str, int]()
        for i, standard in enumerate(self.standards):
            first = seen.setdefault(standard.id, i)
            if first < i:
                message = f"'{standard.id}' is the id of standards[{first}] already"
                faults.add(("standards", i, "id"), message, standard.id)
        faults.raise_if_any()
        return self


def load_standards(data: Any, folder: Path) -> tuple[Any, list[Fault]]:
    """Put the standards of an instance's `standards_file` behind its own.

    Parameters
    ----------
    data
        The instance as read from JSON, not validated yet.
    folder
        Where relative paths start.

    Returns
    -------
    The instance with the standards in place, and the faults found.
    """
    source = data.get("standards_file") if isinstance(data, dict) else None
    own = data.get("standards", []) if isinstance(data, dict) else None
    if not isinstance(source, str) or not isinstance(own, list | tuple):
        return data, []
    try:
        shared = _standards(folder / source)
    except InputError as error:
        faults = [Fault("standards_file", f"{error.source}: {fault}") for fault in error.faults]
        return data, faults
    if faults := list(_taken(own, shared, folder / source)):
        return data, faults
    without = {key: value for key, value in data.items() if key != "standards_file"}
    return {**without, "standards": [*own, *shared]}, []


def in_their_file(fault: Fault, data: Any, folder: Path) -> Fault:
    """Say of a fault in a standard that came from a file where it stands in that file.

    Parameters
    ----------
    fault
        As found in the instance with its standards in place.
    data, folder
        As for `load_standards`.
    """
    place = re.match(r"standards\[(\d+)\]", fault.path)
    own = len(data.get("standards", ())) if isinstance(data, dict) else 0
    if place is None or int(place[1]) < own:
        return fault
    path = f"standards[{int(place[1]) - own}]{fault.path[place.end() :]}"
    message = f"{folder / data['standards_file']}: {path}: {fault.message}"
    return replace(fault, path="standards_file", message=message)


def _taken(own: Sequence[Any], shared: Sequence[Any], path: Path) -> Iterator[Fault]:
    """Find standards of the file whose ids the instance has itself."""
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in own]
    for i, standard in enumerate(shared):
        if (name := standard["id"]) in ids:
            here = f"standards[{ids.index(name)}]"
            message = f"{path}: standards[{i}].id: '{name}' is the id of this instance's {here}"
            yield Fault("standards_file", message)


def _standards(path: Path) -> list[Any]:
    content = load_json(path)
    try:
        StandardsFile.model_validate(content, context=Patience())
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, content)) from None
    return list(content["standards"])
