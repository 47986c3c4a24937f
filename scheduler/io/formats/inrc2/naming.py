"""Which files make a planning period of INRC-II: found by its name, or all of a folder.

``n005w4_1_2-3-3-0`` is the scenario ``Sc-n005w4.txt`` after the history ``H0-n005w4-1.txt``, with
the weeks 2, 3, 3 and 0: ``WD-n005w4-2.txt`` and so on. In the files, the scenario may have another
name than in their names; it is kept for the instance, since solutions give it as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ....errors import Fault, InputError
from ...text import read_text
from .record import Period, Scenario
from .scenario import parse_scenario
from .together import Together
from .weeks import parse_history, parse_week

NAME = re.compile(r"(.+)_(\d+)_(\d+(?:-\d+)*)")
EXAMPLE = "n005w4_1_2-3-3-0"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Choice:
    """A scenario's files: one history, and weeks in their order."""

    folder: Path
    scenario: str
    history: int
    weeks: tuple[int, ...]

    def __str__(self) -> str:
        """Give the name of the period."""
        return f"{self.scenario}_{self.history}_{'-'.join(map(str, self.weeks))}"

    @property
    def scenario_file(self) -> Path:
        """Give the scenario's file."""
        return self.folder / f"Sc-{self.scenario}.txt"

    @property
    def history_file(self) -> Path:
        """Give the file of what was before."""
        return self.folder / f"H0-{self.scenario}-{self.history}.txt"

    def week_file(self, week: int) -> Path:
        """Give the file of a week."""
        return self.folder / f"WD-{self.scenario}-{week}.txt"


def read_period(place: str | Path) -> Period:
    """Read a planning period.

    Parameters
    ----------
    place
        The period's name, behind the path of the folder in which its files are, or in which the
        scenario has a folder of its own; or a folder with no files but those of one period.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its file and line.
    """
    path = Path(place)
    choice = _choice(path)
    scenario = _scenario(choice.scenario_file)
    if len(choice.weeks) != scenario.weeks:
        due = f"expected {scenario.weeks} weeks, which the scenario has"
        raise InputError(str(path), [Fault("", f"{due}, found {len(choice.weeks)}")])
    together = Together(str(path))
    history = together.attempt(partial(_parsed, parse_history, choice.history_file, scenario))
    weeks = {
        number: together.attempt(partial(_parsed, parse_week, choice.week_file(number), scenario))
        for number in dict.fromkeys(choice.weeks)
    }
    together.raise_if_any()
    return Period(
        name=str(replace(choice, scenario=scenario.name)),
        scenario=scenario,
        history=history or {},
        weeks=tuple(week for number in choice.weeks if (week := weeks[number]) is not None),
    )


def _scenario(file: Path) -> Scenario:
    return parse_scenario(read_text(file), str(file))


def _parsed(
    parse: Callable[[str, str, Scenario], Parsed], file: Path, scenario: Scenario
) -> Parsed:
    return parse(read_text(file), str(file), scenario)


def _choice(path: Path) -> Choice:
    """Tell a folder of files from a name, of which there may be a folder with solutions."""
    is_named = NAME.fullmatch(path.name) is not None and not any(path.glob("Sc-*.txt"))
    return _only_one_in(path) if path.is_dir() and not is_named else _named(path)


def _named(path: Path) -> Choice:
    found = NAME.fullmatch(path.name)
    if found is None or path.is_file():
        due = f"a period has several files; expected a folder, or a name in it such as {EXAMPLE}"
        raise InputError(str(path), [Fault("", due)])
    weeks = tuple(int(week) for week in found[3].split("-"))
    near = path.parent / found[1]
    choices = [Choice(f, found[1], int(found[2]), weeks) for f in (path.parent, near)]
    for choice in choices:
        if choice.scenario_file.exists():
            return choice
    missing = f"there is no Sc-{found[1]}.txt in {path.parent} or {near}"
    raise InputError(str(path), [Fault("", missing)])


def _only_one_in(folder: Path) -> Choice:
    """Find the one period whose files make up the folder."""
    scenarios = sorted(folder.glob("Sc-*.txt"))
    if len(scenarios) != 1:
        due = "expected one scenario, a file named Sc-….txt, in this folder"
        raise InputError(str(folder), [Fault("", f"{due}, found {len(scenarios)}")])
    name, due_weeks = scenarios[0].stem.removeprefix("Sc-"), _scenario(scenarios[0]).weeks
    histories = _numbers(folder, f"H0-{name}-")
    weeks = _numbers(folder, f"WD-{name}-")
    if not histories or not weeks:
        due = f"expected files H0-{name}-….txt and WD-{name}-….txt in this folder"
        raise InputError(str(folder), [Fault("", due)])
    if len(histories) != 1 or len(weeks) != due_weeks:
        several = Choice(folder, name, histories[0], (weeks * due_weeks)[:due_weeks])
        there = f"{len(histories)} histories and {len(weeks)} weeks for {due_weeks}"
        message = f"there are {there}; choose among them by a name, such as {folder / str(several)}"
        raise InputError(str(folder), [Fault("", message)])
    return Choice(folder, name, histories[0], weeks)


def _numbers(folder: Path, prefix: str) -> tuple[int, ...]:
    """Give the numbers of files that are named by a prefix and a number."""
    names = (path.stem.removeprefix(prefix) for path in folder.glob(f"{prefix}*.txt"))
    return tuple(sorted(int(name) for name in names if name.isdecimal()))
