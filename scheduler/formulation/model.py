"""The whole model: every employee block, the coverage block, and the objective."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from ..models.instance import Instance
from ..models.result import ModelSize
from .coverage_block import CoverageBlock
from .employee_block import EmployeeBlock
from .ledger import Ledger
from .options import Option


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
    """

    def __init__(
        self,
        instance: Instance,
        options: Mapping[str, Sequence[Option]],
        shortage_price: int | None = None,
    ) -> None:
        started = time.perf_counter()
        self.instance = instance
        self.model = cp_model.CpModel()
        self.ledger = Ledger()
        self.employees = [
            EmployeeBlock(self.model, self.ledger, instance, employee, options[employee.id])
            for employee in instance.employees
            if employee.id in options
        ]
        self.coverage = CoverageBlock(
            self.model, self.ledger, instance, self.employees, shortage_price
        )
        self.objective = self.ledger.objective()
        self.model.minimize(self.objective)
        proto = self.model.proto
        self.size = ModelSize(
            variables=len(proto.variables),
            constraints=len(proto.constraints),
            build_seconds=time.perf_counter() - started,
        )
