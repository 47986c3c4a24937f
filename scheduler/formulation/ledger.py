"""The ledger: every cost of the model under its name, and their sum as the objective."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

Literal = cp_model.IntVar | cp_model.LinearExprT


class Ledger:
    """Collects costs in integer cents, by term."""

    def __init__(self) -> None:
        self._vars: dict[str, list[cp_model.LinearExprT]] = defaultdict(list)
        self._cents: dict[str, list[int]] = defaultdict(list)

    def charge(self, term: str, cents: int, quantity: cp_model.LinearExprT) -> None:
        """Add `cents` for every unit of a variable (or constant) to a term."""
        if cents:
            self._vars[term].append(quantity)
            self._cents[term].append(cents)

    def objective(self) -> cp_model.LinearExprT:
        """Give the sum of all terms, in cents."""
        quantities = [q for term in self._vars.values() for q in term]
        prices = [c for term in self._cents.values() for c in term]
        return cp_model.LinearExpr.weighted_sum(quantities, prices)
