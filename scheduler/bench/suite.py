"""A suite is data: a TOML file that says which instances are solved, how, and what is known."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from ..errors import Fault, InputError
from ..io.faults import faults_of
from ..io.formats import format_named
from ..io.formats.format import FormatError
from ..io.text import read_text
from ..models.base import Id, Model, Positive, did_you_mean
from .source import Source
from .team import Seed, TeamPlan

SHIPPED = Path(__file__).parent / "suites"
REPOSITORY = Path(__file__).parents[2]
DATA_VARIABLE = "SERVICEFLOOR_BENCHMARKS"
DATA_FOLDER = "benchmarks"
"""Where public sets are looked for, if nobody says where they are."""


class Suite(Model):
    """Which instances are solved, with which engines, limits and seeds, and what is known."""

    title: Annotated[str, Field(min_length=1)]
    name: Id
    """The stem of the file."""
    place: Literal["beside", "repository", "data"] = "beside"
    """Where `folder` is: beside the suite's file, in this project, or among the public sets."""
    folder: str = "."
    format: str | None = None
    """Format of the files; our own, if left out."""
    files: tuple[str, ...] = ()
    """Patterns of file names in the folder, such as ``*.json``."""
    named_by: Literal["stem", "path"] = "stem"
    """What names an instance: its file's stem, or the path in the folder."""
    instances: tuple[Id, ...] = ()
    """Names by which the format finds instances in the folder."""
    generated: tuple[TeamPlan, ...] = ()
    """Teams that are made when they are needed."""
    best_known: str | None = None
    """CSV file in the folder with the best costs and bounds that are known."""
    time_limits: Annotated[tuple[Positive, ...], Field(min_length=1)] = (60.0,)
    """Seconds."""
    seeds: Annotated[tuple[Seed, ...], Field(min_length=1)] = (0,)
    engines: Annotated[tuple[Id, ...], Field(min_length=1)] = ("auto",)


def suite_names() -> list[str]:
    """Names of the suites that are shipped."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load_suite(name: str) -> tuple[Suite, Path]:
    """Read a suite, by its name or from a file of one's own.

    Returns
    -------
    The suite, and the folder in which its file is.

    Raises
    ------
    InputError
        If there is no such suite, or something is wrong with its file.
    """
    path = Path(name) if name.endswith(".toml") else SHIPPED / f"{name}.toml"
    if not name.endswith(".toml") and name not in suite_names():
        raise unknown("suite", name, suite_names())
    try:
        data: Any = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(str(path), [Fault("", f"broken TOML: {error}")]) from None
    data = {"name": path.stem, **data}
    try:
        suite = Suite.model_validate(data)
    except ValidationError as error:
        raise InputError(str(path), faults_of(error, data)) from None
    if suite.format is not None:
        try:
            format_named(suite.format)
        except FormatError as error:
            raise InputError(str(path), [Fault("format", str(error))]) from None
    return suite, path.parent


def is_chosen(name: str, patterns: Sequence[str]) -> bool:
    """Tell whether a name fits any of some patterns, or there are none."""
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def unknown(noun: str, name: str, known: list[str]) -> InputError:
    """Say that there is no such thing, which is nearest, and which there are."""
    hint = did_you_mean(name, known)
    near = hint if "mean" in hint else ""
    listed = ", ".join(known) or "none"
    return InputError(name, [Fault("", f"unknown {noun}{near}; known: {listed}")])


def folder_of(suite: Suite, beside: Path, data: Path | None = None) -> Path:
    """Find the folder of a suite's files.

    Parameters
    ----------
    suite, beside
        As `load_suite` gave them.
    data
        Folder of the public sets; that of the environment, or ``benchmarks``, if left out.

    Raises
    ------
    InputError
        If it is absent: where it was looked for, and how to say where it is.
    """
    if suite.place == "data":
        root = data or Path(os.environ.get(DATA_VARIABLE) or DATA_FOLDER)
        hint = f"say where the public sets are with --data DIR or {DATA_VARIABLE}"
    elif suite.place == "repository":
        root = REPOSITORY if (REPOSITORY / suite.folder).is_dir() else Path.cwd()
        hint = "these instances come with the project's sources; run it there"
    else:
        root, hint = beside, "the folder is looked for beside the suite's file"
    folder = root / suite.folder
    if not folder.is_dir():
        message = f"the folder '{folder}' of the suite '{suite.name}' is absent; {hint}"
        raise InputError(suite.name, [Fault("", message)])
    return folder


def sources(suite: Suite, beside: Path, data: Path | None = None) -> list[Source]:
    """Give the instances of a suite, in natural order: 2 before 10.

    Raises
    ------
    InputError
        If the folder or a named file is absent, or two instances have one name.
    """
    found: list[Source] = []
    if suite.files or suite.instances:
        folder = folder_of(suite, beside, data)
        found += _files(suite, folder)
        found += [Source(n, path=str(folder / n), format=suite.format) for n in suite.instances]
    found += [Source(plan.name, generated=plan) for plan in suite.generated]
    names = [source.name for source in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = f"two instances are called '{twice[0]}'; use named_by = \"path\""
        raise InputError(suite.name, [Fault("files", message)])
    if not found:
        raise InputError(suite.name, [Fault("", "the suite has no instances")])
    return found


def _files(suite: Suite, folder: Path) -> Iterator[Source]:
    paths: dict[Path, None] = {}
    for pattern in suite.files:
        matching = sorted(folder.glob(pattern), key=lambda path: natural(str(path)))
        if not matching:
            raise InputError(suite.name, [Fault("files", f"nothing in '{folder}' is '{pattern}'")])
        paths |= dict.fromkeys(matching)
    for path in paths:
        name = path.stem if suite.named_by == "stem" else path.relative_to(folder).as_posix()
        yield Source(name, path=str(path), format=suite.format)


def natural(text: str) -> list[tuple[int, int | str]]:
    """Key for sorting by numbers where there are some: ``Instance2`` before ``Instance10``."""
    parts = re.split(r"(\d+)", text)
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts if part]
