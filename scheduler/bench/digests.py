"""Telling instances of one name apart: a digest of what each is, and refusing to mix them up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from ..errors import Fault, InputError
from ..models.design import DesignProblem
from ..models.instance import Instance
from .runs import Run
from .source import Source

LENGTH = 16
"""Hexadecimal digits that are kept."""


def digest_of(problem: Instance | DesignProblem) -> str:
    """Give the digest of an instance: SHA-256 of its canonical JSON, shortened.

    Canonical is what was read, not how it was written: keys in order, and neither what is None, so
    that new optional fields change no digest, nor the description.
    """
    record = problem.model_dump(mode="json", exclude_none=True, exclude={"description"})
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def refuse_changed(file: str, done: Iterable[Run], sources: Iterable[Source]) -> None:
    """Refuse to go on with a file of runs whose rows are of other instances.

    Parameters
    ----------
    file, done
        Its name, and its runs; those without a digest are believed.
    sources
        The instances that are about to be run.

    Raises
    ------
    InputError
        With one fault for each instance that is not what it was.
    """
    before: dict[str, set[str]] = {}
    for run in done:
        if run.digest:
            before.setdefault(run.instance, set()).add(run.digest)
    faults = []
    for source in dict.fromkeys(s for s in sources if s.name in before):
        now = _digest_now(source)
        if now is not None and before[source.name] != {now}:
            then = ", ".join(sorted(before[source.name]))
            what = (
                f"'{source.name}' is another instance than that of its rows (digest {now}, there "
                f"{then}); write to another file, or take these rows out"
            )
            faults.append(Fault("", what))
    if faults:
        raise InputError(file, faults)


def _digest_now(source: Source) -> str | None:
    """Load an instance for its digest; None if it is broken, which its run will tell."""
    try:
        return digest_of(source.load_any())
    except InputError:
        return None


def refuse_mixed(runs: Sequence[tuple[str, Run]]) -> None:
    """Refuse to compare runs of different instances that have the same name.

    Parameters
    ----------
    runs
        Each with the name of its file; those without a digest are believed.

    Raises
    ------
    InputError
        With one fault for each such name, at the first run that differs from an earlier one.
    """
    first: dict[str, tuple[str, Run]] = {}
    faults: dict[str, Fault] = {}
    where: list[str] = []
    for file, run in runs:
        if not run.digest:
            continue
        other, earlier = first.setdefault(run.instance, (file, run))
        if earlier.digest != run.digest and run.instance not in faults:
            what = (
                f"'{run.instance}' is another instance in {file} ({run.suite}, digest "
                f"{run.digest}) than in {other} ({earlier.suite}, digest {earlier.digest}): "
                "their runs cannot be compared"
            )
            faults[run.instance] = Fault("", what)
            where.append(file)
    if faults:
        raise InputError(where[0], list(faults.values()))
