"""Files of service standards, which many instances share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from ..errors import Fault, InputError
from ..models.base import Model, Patience, at_most
from ..models.standard import ServiceStandard
from .faults import faults_of
from .text import load_json


class StandardsFile(Model):
    """Service standards as they stand in a file of their own."""

    schema_version: Literal[1] = 1
    description: str = ""
    standards: Annotated[tuple[ServiceStandard, ...], at_most(1000), Field(min_length=1)]


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
    without = {key: value for key, value in data.items() if key != "standards_file"}
    return {**without, "standards": [*own, *shared]}, []


def _standards(path: Path) -> list[Any]:
    content = load_json(path)
    try:
        StandardsFile.model_validate(content, context=Patience())
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, content)) from None
    return list(content["standards"])
