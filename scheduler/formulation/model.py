"""The whole model: every employee block, the coverage block, and the objective."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from ortools.sat.python import cp_model

from ..models.instance import Instance
from ..models.result import ModelSize
from .collecting import without_collecting
from .coverage_block import CoverageBlock, always
from .employee_block import EmployeeBlock
from .ledger import Ledger
from .options import Option

Decision = tuple[Hashable, ...]
"""Name of a decision: what kind, and of whom, when."""


class Formulation:
    """One CP-SAT model of an instance, with the blocks it is made of.

    The model is public: whoever needs one more constraint adds it before solving.

    Parameters
    ----------
    instance
        What is planned.
    options
        What each employee may choose from: everything permitted, or less in a neighbourhood.
    shortage_price
        See `CoverageBlock`.
    go_on
        Called between people, profiles and floors: what it raises ends the building of a large
        model.
    """

    @without_collecting()
    def __init__(
        self,
        instance: Instance,
        options: Mapping[str, Sequence[Option]],
        shortage_price: int | None = None,
        go_on: Callable[[], None] = always,
    ) -> None:
        started = time.perf_counter()
        self.instance = instance
        self.model = cp_model.CpModel()
        self.ledger = Ledger()
        self.employees: list[EmployeeBlock] = []
        for employee in instance.employees:
            if employee.id in options:
                go_on()
                mine = options[employee.id]
                block = EmployeeBlock(self.model, self.ledger, instance, employee, mine)
                self.employees.append(block)
        self.coverage = CoverageBlock(
            self.model, self.ledger, instance, self.employees, shortage_price, go_on
        )
        self.objective = self.ledger.objective()
        self.model.minimize(self.objective)
        proto = self.model.proto
        self.size = ModelSize(
            variables=len(proto.variables),
            constraints=len(proto.constraints),
            build_seconds=time.perf_counter() - started,
        )

    def decisions(self) -> Iterator[tuple[Decision, cp_model.IntVar]]:
        """Every variable that decides something, under a name that other models of it share."""
        for block in self.employees:
            for choice in block.choices:
                yield ("works", block.employee.id, choice.option), choice.worked
        for index, profile in enumerate(self.coverage.profiles):
            for group in profile.groups:
                day = group.heads[0].option.duty.day
                for position, begun in enumerate(group.begun):
                    for minute, people in begun.items():
                        yield ("rests", index, day, group.breaks, position, minute), people
        for key, people in self.coverage.free_to_serve.items():
            yield ("serves", *key), people
        for place, people in self.coverage.shift_skills.free.items():
            yield ("skilled", *place), people
