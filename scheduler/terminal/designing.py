"""What ``scheduler design`` does: read, search under signals and progress, write, sum up."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..errors import Fault, InputError
from . import exits
from .design_summary import print_design
from .outputs import STDOUT, Outputs
from .progress import ProgressLine
from .signals import stopping_on_signals
from .tabular import console_for

if TYPE_CHECKING:
    from ..models.design import Design, DesignProblem

TABLES = ("design_shifts.csv", "design_cover.csv")


@dataclass(frozen=True)
class Wishes:
    """What the command line says in place of the file; None leaves it as it is."""

    services: tuple[str, ...] = ()
    weight_shift: Decimal | None = None
    weight_under: Decimal | None = None
    weight_over: Decimal | None = None
    max_shifts: int | None = None

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of the problem that are given."""
        fields = ("weight_shift", "weight_under", "weight_over", "max_shifts")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


def run_design(
    file: str,
    source: str | None,
    wishes: Wishes,
    outputs: Outputs,
    problem_file: str | None,
    *,
    quiet: bool,
    **options: Any,
) -> int:
    """Design the shifts of a file, and write what was asked for.

    Parameters
    ----------
    file
        A design problem or an instance; ``-`` for standard input.
    source
        Name of the foreign format that it is in.
    wishes
        What is said in place of the file.
    outputs
        What to write, and where.
    problem_file
        Where to write the problem.
    quiet
        Print nothing but errors.
    **options
        Passed on to `scheduler.design`.

    Returns
    -------
    The exit code.

    Raises
    ------
    InputError
        If the file is wrong.
    FormatError
        If there is no such format, or none that gives design problems.
    """
    from ..designing.drafting import design
    from ..engine.outcome import Interrupt

    outputs.prepare(file)
    problem, interrupt = _problem(file, source, wishes), Interrupt()
    written = []
    if problem_file is not None:
        from ..io.designs import write_problem

        write_problem(problem, problem_file)
        written.append(Path(problem_file))
    with stopping_on_signals(interrupt):
        with ProgressLine(quiet=quiet) as progress:
            found = design(problem, on_progress=progress.update, interrupt=interrupt, **options)
        written += _write(found, outputs)
    if not quiet:
        aside = outputs.schedule == STDOUT or found.shifts is None
        print_design(found, written, console_for(sys.stderr if aside else sys.stdout))
    return _exit_code(found)


def _problem(file: str, source: str | None, wishes: Wishes) -> DesignProblem:
    from ..io.designs import problem_of, read_problem, read_problem_or_instance
    from ..models.design import DesignProblem

    found = read_problem(file, source) if source else read_problem_or_instance(file)
    if not isinstance(found, DesignProblem):
        from ..designing.from_instance import problem_for

        found = problem_for(found, services=wishes.services, **_weights(wishes))
    elif wishes.services:
        raise InputError(file, [Fault("", "a design problem has no services to choose from")])
    if not wishes.changes:
        return found
    try:
        return DesignProblem.model_validate({**found.model_dump(), **wishes.changes})
    except ValidationError:  # rare, so the faults are named by the reader
        return problem_of({**found.model_dump(mode="json"), **wishes.changes}, file)


def _weights(wishes: Wishes) -> dict[str, Decimal]:
    return {name: value for name, value in wishes.changes.items() if name != "max_shifts"}


def _write(design: Design, outputs: Outputs) -> list[Path]:
    """Write while a signal still only stops the search, so that nothing gets lost."""
    from ..io.designs import design_json, write_design
    from ..report.design_exports import write_design_tables

    written: list[Path] = []
    if outputs.schedule == STDOUT and design.status != "unknown":
        sys.stdout.write(design_json(design))
    elif outputs.schedule is not None and design.status != "unknown":
        written.append(Path(outputs.schedule))
        write_design(design, written[-1])
    if outputs.csv is not None and design.shifts is not None:
        written += write_design_tables(design, Path(outputs.csv))
    return written


def _exit_code(design: Design) -> int:
    if design.shifts is not None:
        return exits.DONE
    return exits.INFEASIBLE if design.status == "infeasible" else exits.NO_SCHEDULE
