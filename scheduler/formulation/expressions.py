"""Names for what CP-SAT's expressions are made of."""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

Expr = cp_model.LinearExpr | int
"""A linear expression, a variable, or a known number."""

Literal = cp_model.BoolVarT | bool
"""A Boolean variable, or what is known about the past."""


def total(terms: Iterable[Expr]) -> Expr:
    """Add terms up, quickly."""
    listed = list(terms)
    return cp_model.LinearExpr.sum(listed) if listed else 0


def weighted_total(terms: list[Expr], factors: list[int]) -> Expr:
    """Add terms up, each times its factor."""
    return cp_model.LinearExpr.weighted_sum(terms, factors) if terms else 0
