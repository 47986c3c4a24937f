"""What is to be run: a suite, or instance files as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import Fault, InputError
from ..io.formats import format_named
from ..io.formats.format import FormatError
from .planning import DESIGN
from .source import Source
from .suite import Suite, load_suite, sources, suite_names

FILES = "files"
"""Name of the suite that files make which belong to none."""


def chosen(
    names: Sequence[str],
    format: str | None = None,  # noqa: A002
    data: Path | None = None,
) -> tuple[Suite, list[Source]]:
    """Give a suite and its instances, or make one of instance files.

    Parameters
    ----------
    names
        A suite's name, its file that ends in ``.toml``, or instance files.
    format
        Foreign format of the files.
    data
        Folder of the public sets.

    Raises
    ------
    InputError
        If a suite or a file is absent, or both are given.
    """
    if len(names) == 1 and format is None and _looks_like_suite(names[0]):
        suite, beside = load_suite(names[0])
        return suite, sources(suite, beside, data)
    if suites := [name for name in names if _is_suite(name)]:
        message = "expected one suite, or instance files: suites are run one by one, without --from"
        raise InputError(suites[0], [Fault("", message)])
    return _suite_of_files([Path(name) for name in dict.fromkeys(names)], format)


def _is_suite(name: str) -> bool:
    return name.endswith(".toml") or name in suite_names()


def _looks_like_suite(name: str) -> bool:
    """Tell whether somebody means a suite, also one whose name is misspelt."""
    return _is_suite(name) or not (Path(name).suffix or Path(name).exists())


def _suite_of_files(
    paths: Sequence[Path],
    format: str | None,  # noqa: A002
) -> tuple[Suite, list[Source]]:
    """Make a suite of files, named by their stems, or by their paths if stems are not enough."""
    _refuse_absent(paths, format)
    stems = [path.stem for path in paths]
    names = stems if len(set(stems)) == len(stems) else [path.as_posix() for path in paths]
    found = [Source(n, str(p), format) for n, p in zip(names, paths, strict=True)]
    suite = Suite(title="Instance files", name=FILES)
    if found[0].is_design:
        suite = suite.model_copy(update={"engines": (DESIGN,)})
    return suite, found


def _refuse_absent(paths: Sequence[Path], format: str | None) -> None:  # noqa: A002
    """Refuse what is no file; some formats name several files in a folder at once."""
    try:
        several = format is not None and format_named(format) is not None
    except FormatError as error:
        raise InputError("--from", [Fault("", str(error))]) from None
    for path in paths:
        if path.is_dir() and not several:
            message = f"this is a folder; name its files, such as {path / '*.json'}"
            raise InputError(str(path), [Fault("", message)])
        if not path.exists() and not (several and path.parent.is_dir()):
            known = ", ".join(suite_names())
            message = f"there is no such file, and no such suite; known suites: {known}"
            raise InputError(str(path), [Fault("", message)])
