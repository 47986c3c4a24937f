"""Shared by the rules on runs: steps in a row in which something holds, at most or at least.

A step is a day or a weekend. `post` and `check` share what the steps are; what holds in them, and
which runs are too long or too short, each finds out in its own way.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.finding import Finding
from ..models.horizon import Horizon
from ..models.roster import Roster, known_since, past_duties
from ..models.rule import Rule
from .automata import LongRun, ShortRun, Templates, trailing

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource

Step = tuple[int, ...]
"""The days of one step."""
Edge = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class KnownRun:
    """The run of steps before the horizon that reaches it."""

    length: int
    may_be_older: bool
    """Whether it is all that is known."""


class RunRule(Rule):
    """A rule on runs of steps."""

    what: ClassVar[str]
    """What is counted, for messages: "working days"."""

    @property
    def described(self) -> str:
        """What is counted, with the rule's parameters."""
        return self.what

    @property
    @abstractmethod
    def limit(self) -> int:
        """Steps in a row that are allowed, or due."""

    def steps(self, horizon: Horizon, known_since: int) -> list[Step]:
        """Give every known step, in order; days, unless a rule says otherwise."""
        return [(day,) for day in range(known_since, horizon.days)]

    def counted(self) -> tuple[Templates, bool] | None:
        """Give the templates that make a step part of a run, and whether it is for want of them.

        None if steps are not single days.
        """
        return None

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...] | None:
        """Remember the length of the run."""
        counted = self.counted()
        if counted is None:
            return None
        return (self.automaton(*counted, _known_run(employee, instance, *counted)),)

    @abstractmethod
    def automaton(self, among: Templates, off: bool, known: KnownRun) -> LongRun | ShortRun:
        """Describe runs of steps that have duties like these, or none, if `off`."""

    @abstractmethod
    def posted(self, block: EmployeeBlock, step: Step) -> expressions.Literal:
        """Tell, in the model, whether the step belongs to a run."""

    @abstractmethod
    def seen(self, roster: Roster, step: Step) -> bool:
        """Tell, in a roster, whether the step belongs to a run."""


class LongestRun(RunRule):
    """A run has at most `limit` steps; steps before the horizon lengthen it, but cost nothing."""

    def post(self, block: EmployeeBlock) -> None:
        """Forbid every window of one step too many that ends in the horizon."""
        steps = self.steps(block.instance.horizon, block.known_since)
        held = [self.posted(block, step) for step in steps]
        for last in range(self.limit, len(steps)):
            if steps[last][-1] >= 0:
                block.forbid(self, held[last - self.limit : last + 1])

    def automaton(self, among: Templates, off: bool, known: KnownRun) -> LongRun:
        """Remember the length of the run."""
        return LongRun(among, off, self.limit, known.length, self.price)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Count along each run."""
        run = 0
        for step in self.steps(roster.horizon, roster.known_since):
            run = run + 1 if self.seen(roster, step) else 0
            if run > self.limit and step[-1] >= 0:
                message = f"{run} {self.described} in a row, at most {self.limit} allowed"
                yield self.violation(roster, roster.label(step[0]), 1, message)


class ShortestRun(RunRule):
    """A run that ends in the horizon has at least `limit` steps, those before it included."""

    at_start: Edge = "open"
    """Whether the first known day begins a run ("closed"), or its run may be older ("open")."""
    at_end: Edge = "open"
    """Whether the last day of the horizon ends a run ("closed"), or its run may go on ("open")."""

    def post(self, block: EmployeeBlock) -> None:
        """Forbid every run that is too short, between the steps before and after it."""
        steps = self.steps(block.instance.horizon, block.known_since)
        held = [self.posted(block, step) for step in steps]
        past = sum(step[-1] < 0 for step in steps)
        for begin in range(self.at_start == "open", len(steps)):
            for end in range(max(begin + 1, past), min(begin + self.limit - 1, len(steps)) + 1):
                if end < len(steps) or (self.at_end == "closed" and past < end):
                    outside = [*held[max(0, begin - 1) : begin], *held[end : end + 1]]
                    pattern = [*held[begin:end], *map(block.negated, outside)]
                    block.forbid(self, pattern, self.limit - (end - begin))

    def automaton(self, among: Templates, off: bool, known: KnownRun) -> ShortRun:
        """Remember the length of the run, until it is long enough."""
        length = self.limit if known.may_be_older and self.at_start == "open" else known.length
        return ShortRun(among, off, self.limit, length, self.price, self.at_end == "closed")

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Measure every run that is judged."""
        steps = self.steps(roster.horizon, roster.known_since)
        for run in self._runs([self.seen(roster, step) for step in steps]):
            stops_at = steps[min(run.stop, len(steps) - 1)]
            if len(run) < self.limit and stops_at[-1] >= 0:
                when = roster.label(steps[run[0]][0])
                message = f"{len(run)} {self.described} in a row, at least {self.limit} due"
                yield self.violation(roster, when, self.limit - len(run), message)

    def _runs(self, held: Sequence[bool]) -> Iterator[range]:
        """Positions of each run whose beginning and end are known, or taken for known."""
        for holds, positions in groupby(range(len(held)), key=lambda i: held[i]):
            run = list(positions)
            begins = run[0] > 0 or self.at_start == "closed"
            ends = run[-1] + 1 < len(held) or self.at_end == "closed"
            if holds and begins and ends:
                yield range(run[0], run[-1] + 1)


def _known_run(employee: Employee, instance: Instance, among: Templates, off: bool) -> KnownRun:
    """Find the run that reaches the horizon."""
    days = range(known_since(instance.horizon, employee), 0)
    worked = {duty.day for duty in past_duties(instance.horizon, employee) if duty in among}
    length = trailing(days, lambda day: (day in worked) != off)
    return KnownRun(length, length == len(days))
