"""What ``scheduler convert`` does: foreign files to ours, and schedules to foreign solutions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..checking import check
from ..errors import Fault, InputError
from ..io.designs import read_problem
from ..io.files import read, read_schedule, to_json
from ..io.foreign import convert, problem_writer, solution_files, write_solution
from ..io.text import write_text
from ..models.schedule import ScheduleFile
from .outputs import STDOUT

if TYPE_CHECKING:
    from ..models.instance import Instance
    from ..models.schedule import Schedule


def from_foreign(file: str, source: str, instance: str | None) -> str:
    """Give an instance file, or with an instance the schedule file of a solution.

    Parameters
    ----------
    file, source
        The file, and the name of its format.
    instance
        Instance file that it is a solution of, if it is one.

    Raises
    ------
    InputError
        If one of the files is wrong.
    FormatError
        If there is no such format.
    """
    if instance is None:
        return to_json(convert(file, source))
    planned = read(instance)
    return _schedule_json(planned, read_schedule(file, source, planned))


def _schedule_json(instance: Instance, schedule: Schedule) -> str:
    """Give the text of a schedule file, with the cost that the checker computes."""
    report = check(instance, schedule)
    found = ScheduleFile(
        instance=instance.name,
        status="feasible" if report.ok else "unknown",
        objective=report.objective if report.ok else None,
        cost=report.cost if report.ok else {},
        shifts=schedule.shifts,
    )
    return to_json(found.model_dump(mode="json"))


def to_foreign(file: str, target: str, instance: str | None, output: str) -> str:
    """Write the solution that a schedule file holds; what is to be printed is given back.

    Without an instance, the file holds a design problem.

    Raises
    ------
    InputError
        If one of the files is wrong, or names what the instance does not have.
    FormatError
        If there is no such format.
    """
    if instance is None:
        write = problem_writer(target)
        return written(write(read_problem(file)), output)
    planned = read(instance)
    schedule = read_schedule(file)
    _refuse_what_makes_no_sense(file, planned, schedule)
    if output != STDOUT:
        return wrote(*write_solution(planned, schedule, output, target))
    texts = solution_files(planned, schedule, target)
    if isinstance(texts, str):
        return texts
    raise InputError(STDOUT, [Fault("", f"{', '.join(texts)}: name a folder with -o for these")])


def _refuse_what_makes_no_sense(file: str, instance: Instance, schedule: Schedule) -> None:
    """Refuse what a solution file cannot hold: people, shifts and days that do not exist."""
    faults = [
        Fault("", f"{found.when}, {found.who}: {found.message}")
        for found in check(instance, schedule).violations
        if found.kind == "grammar"
    ]
    if faults:
        raise InputError(file, faults)


def written(text: str, output: str) -> str:
    """Write a text to a file, or give it back to be printed."""
    if output == STDOUT:
        return text
    write_text(output, text)
    return wrote(Path(output))


def wrote(*paths: Path) -> str:
    """Say what was written."""
    return "".join(f"wrote {path}\n" for path in paths)
