"""The linear part of a CP-SAT model as arrays: one program that relaxations and searches share.

Every constraint of our model that is linear, a clique or a clause has its linear counterpart; one
of another kind is left out, which keeps bounds valid, and noted.
"""

from __future__ import annotations

import math
import tempfile
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from google.protobuf import text_format
from numpy.typing import NDArray
from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model

from ..formulation.collecting import without_collecting

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

UNBOUNDED = 9e17
"""CP-SAT writes "no limit" as the largest integer."""
LITERALS = {
    "at_most_one": (-math.inf, 1.0),
    "exactly_one": (1.0, 1.0),
    "bool_or": (1.0, math.inf),
}
"""Kinds of constraints over literals, and the limits of how many of them hold."""


@dataclass(frozen=True)
class Program:
    """minimise cost · x + offset, row_low ≤ A x ≤ row_high, low ≤ x ≤ high; A by its entries."""

    low: Floats
    high: Floats
    cost: Floats
    offset: float
    row_low: Floats
    row_high: Floats
    rows: Indices
    columns: Indices
    entries: Floats
    posted: Indices
    """Position in the CP-SAT model of the constraint that each row stands for."""
    is_whole: bool
    """Whether no constraint of the model was left out."""

    @cached_property
    def by_row(self) -> scipy.sparse.csr_array:
        """A, quick to read by rows."""
        shape = len(self.row_low), len(self.low)
        return scipy.sparse.csr_array((self.entries, (self.rows, self.columns)), shape=shape)

    @cached_property
    def by_column(self) -> scipy.sparse.csc_array:
        """A, quick to read by columns."""
        return self.by_row.tocsc()

    def holds(self, values: Indices) -> bool:
        """Tell whether values are within all limits."""
        within = (self.low <= values).all() and (values <= self.high).all()
        return bool(within and self.keeps(values, slice(None)))

    def keeps(self, values: Indices, rows: Indices | slice) -> bool:
        """Tell whether values keep some rows."""
        there = self.by_row[rows] @ values
        return bool((self.row_low[rows] <= there).all() and (there <= self.row_high[rows]).all())

    def missable(self, rows: Indices, price: float, most: Floats | None = None) -> Program:
        """Give a program in which some rows may be missed, by variables that come last.

        Parameters
        ----------
        rows
            The rows; each gets a variable for what it lacks, and then each one for what it has too
            much of.
        price
            What a unit costs.
        most
            The most units of each of these variables; where it is left out, all that there can be.
        """
        if most is None:
            reach = abs(self.by_row[rows]) @ np.maximum(abs(self.low), abs(self.high))
            sides = abs(np.concatenate([self.row_low[rows], self.row_high[rows]]))
            most = np.where(np.isfinite(sides), np.tile(reach, 2) + sides, 0.0)
        added, size = np.arange(2 * len(rows)), len(self.low)
        return replace(
            self,
            low=np.concatenate([self.low, np.zeros(len(added))]),
            high=np.concatenate([self.high, most]),
            cost=np.concatenate([self.cost, np.full(len(added), price)]),
            rows=np.concatenate([self.rows, np.tile(rows, 2)]),
            columns=np.concatenate([self.columns, size + added]),
            entries=np.concatenate([self.entries, np.repeat([1.0, -1.0], len(rows))]),
        )

    def missed(self, values: Indices) -> tuple[Indices, Floats]:
        """Give the rows that values miss; and by how much, what they lack before what is beyond."""
        there = self.by_row @ values
        lacks, beyond = self.row_low - there, there - self.row_high
        rows = np.flatnonzero((lacks > 0) | (beyond > 0))
        return rows, np.maximum(np.concatenate([lacks[rows], beyond[rows]]), 0.0)


@without_collecting()
def program_of(model: cp_model.CpModel) -> Program:
    """Read the linear part of a CP-SAT model."""
    message = message_of(model)
    domains = [variable.domain for variable in message.variables]
    low = np.array([domain[0] for domain in domains], dtype=float)
    high = np.array([domain[-1] for domain in domains], dtype=float)
    cost = np.zeros(len(low))
    np.add.at(cost, np.asarray(message.objective.vars, dtype=np.int64), message.objective.coeffs)
    limits: list[tuple[float, float]] = []
    columns, entries = array("q"), array("q")
    lengths: list[int] = []
    posted: list[int] = []
    for position, constraint in enumerate(message.constraints):
        row = linear_row(constraint)
        if row is None:
            continue
        variables, factors, least, most = row
        columns.extend(variables)
        entries.extend(factors)
        lengths.append(len(variables))
        limits.append((least, most))
        posted.append(position)
    sides = np.array(limits, dtype=float).reshape(-1, 2)
    return Program(
        low=low,
        high=high,
        cost=cost,
        offset=float(message.objective.offset),
        row_low=sides[:, 0],
        row_high=sides[:, 1],
        rows=np.repeat(np.arange(len(lengths), dtype=np.int64), lengths),
        columns=np.array(columns, dtype=np.int64),
        entries=np.array(entries, dtype=float),
        posted=np.array(posted, dtype=np.int64),
        is_whole=len(posted) == len(message.constraints),
    )


def message_of(model: cp_model.CpModel) -> cp_model_pb2.CpModelProto:
    """Copy a model into a message of protobuf's own, of which lists are read ten times as fast."""
    message = cp_model_pb2.CpModelProto()
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "model.pb")
            model.export_to_file(str(file))
            message.ParseFromString(file.read_bytes())
    except OSError:  # nowhere to write to
        text_format.Parse(str(model.proto), message)
    return message


Row = tuple[Sequence[int], Sequence[int], float, float]
"""Variables, their factors, and the limits of the sum."""


def linear_row(constraint: Any) -> Row | None:
    """Give the linear counterpart of a constraint, or None if it has none."""
    if len(constraint.enforcement_literal):
        return None
    kind = _kind(constraint)
    if kind == "linear":
        linear = constraint.linear
        domain = linear.domain
        least, most = domain[0], domain[len(domain) - 1]
        return (
            linear.vars,
            linear.coeffs,
            -math.inf if least < -UNBOUNDED else float(least),
            math.inf if most > UNBOUNDED else float(most),
        )
    if kind not in LITERALS:
        return None
    least, most = LITERALS[kind]
    literals = getattr(constraint, kind).literals
    negated = sum(literal < 0 for literal in literals)  # ¬x stands for 1 − x
    variables = [x if x >= 0 else -x - 1 for x in literals]
    signs = [1 if x >= 0 else -1 for x in literals]
    return variables, signs, least - negated, most - negated


def _kind(constraint: Any) -> str | None:
    """Name what a constraint is: a message knows, the solver's own object has to be asked."""
    if hasattr(constraint, "WhichOneof"):
        found: str | None = constraint.WhichOneof("constraint")
        return found
    return next((k for k in ("linear", *LITERALS) if getattr(constraint, f"has_{k}")()), None)
