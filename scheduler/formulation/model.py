"""The whole model: every employee block, the coverage block, and the objective."""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from ..models.instance import Instance
from ..models.result import ModelSize
from .coverage_block import CoverageBlock
from .employee_block import EmployeeBlock
from .ledger import Ledger
from .options import options_on


class Formulation:
    """One CP-SAT model of an instance, with the blocks it is made of.

    The model is public: whoever needs one more constraint adds it before solving.
    """

    def __init__(self, instance: Instance) -> None:
        started = time.perf_counter()
        self.instance = instance
        self.model = cp_model.CpModel()
        self.ledger = Ledger()
        options = [options_on(instance, day) for day in range(instance.horizon.days)]
        self.employees = [
            EmployeeBlock(self.model, self.ledger, instance, employee, options)
            for employee in instance.employees
        ]
        self.coverage = CoverageBlock(self.model, self.ledger, instance, self.employees)
        self.objective = self.ledger.objective()
        self.model.minimize(self.objective)
        proto = self.model.proto
        self.size = ModelSize(
            variables=len(proto.variables),
            constraints=len(proto.constraints),
            build_seconds=time.perf_counter() - started,
        )
