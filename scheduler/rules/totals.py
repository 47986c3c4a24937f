"""Shared by the rules on totals: the limits of a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


def keep_within(
    block: EmployeeBlock,
    rule: Rule,
    amount: expressions.Expr,
    largest: int,
    *,
    least: int = 0,
    most: int | None = None,
) -> None:
    """Post ``least ≤ amount ≤ most``, or charge what is missing or beyond.

    Parameters
    ----------
    amount
        Never negative, and never more than `largest`.
    """
    if most is not None and largest > most:
        block.model.add(amount <= most + block.slack(rule, largest - most))
    if least > 0:
        block.model.add(amount + block.slack(rule, least) >= least)


def out_of_order(unit: str, least: int, most: int | None) -> None:
    """Refuse limits that nothing lies between.

    Raises
    ------
    ValueError
        If `most` is less than `least`.
    """
    if most is not None and most < least:
        raise ValueError(f"max_{unit} {most} is less than min_{unit} {least}")
