"""Reading the linear part of a model: nothing is lost, whatever way it is read."""

import tempfile
from typing import NoReturn

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.engine.program import Program, linear_row, message_of, program_of


def small_model() -> cp_model.CpModel:
    """Build a model with a constraint of every kind that has rows, and two that have none."""
    model = cp_model.CpModel()
    a, b, c = (model.new_bool_var("") for _ in range(3))
    many = model.new_int_var(-2, 7, "")
    model.add(3 * a - 2 * many <= 5)
    model.add(many + b == 4).only_enforce_if(c)  # no row: it does not always hold
    model.add_at_most_one([a, ~b, c])
    model.add_exactly_one([a, b])
    model.add_bool_or([~a, ~c])
    model.add_multiplication_equality(many, [a, b])  # no row
    model.minimize(10 * a - 3 * many + 8)
    return model


def rows_of(program: Program) -> list[tuple[list[float], float, float]]:
    """Give each row's factors and limits."""
    factors = program.by_row.toarray().tolist()
    return list(zip(factors, program.row_low.tolist(), program.row_high.tolist(), strict=True))


def test_rows_say_what_the_constraints_say() -> None:
    """Protects: limits, signs of negated literals, and the places of the rows in the model."""
    program = program_of(small_model())
    endless = float("inf")
    assert rows_of(program) == [
        ([3, 0, 0, -2], -endless, 5),
        ([1, -1, 1, 0], -endless, 0),
        ([1, 1, 0, 0], 1, 1),
        ([-1, 0, -1, 0], -1, endless),
    ]
    assert program.posted.tolist() == [0, 2, 3, 4]
    assert not program.is_whole
    assert program.low.tolist() == [0, 0, 0, -2]
    assert program.high.tolist() == [1, 1, 1, 7]
    assert program.cost.tolist() == [10, 0, 0, -3]
    assert program.offset == 8


def test_a_model_is_read_where_no_file_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects: solving without a writable folder for temporary files."""
    usual = rows_of(program_of(small_model()))

    def refuse() -> NoReturn:
        raise OSError("read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refuse)
    assert rows_of(program_of(small_model())) == usual


def test_the_solvers_own_constraints_have_the_same_rows() -> None:
    """Protects: whoever reads constraints one by one, without a copy of the model."""
    model = small_model()
    own = [linear_row(constraint) for constraint in model.proto.constraints]
    copied = [linear_row(constraint) for constraint in message_of(model).constraints]
    for one, other in zip(own, copied, strict=True):
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert [list(one[0]), list(one[1])] == [list(other[0]), list(other[1])]
            assert one[2:] == other[2:]
    assert np.count_nonzero([row is not None for row in own]) == 4
