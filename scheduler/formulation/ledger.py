"""The ledger: every cost of the model under its name, and their sum as the objective."""

from __future__ import annotations

from collections import defaultdict

from .expressions import Expr, weighted_total


class Ledger:
    """Collects costs in integer cents, by term."""

    def __init__(self) -> None:
        self._vars: dict[str, list[Expr]] = defaultdict(list)
        self._cents: dict[str, list[int]] = defaultdict(list)

    def charge(self, term: str, cents: int, quantity: Expr) -> None:
        """Add `cents` for every unit of a variable (or constant) to a term."""
        if cents:
            self._vars[term].append(quantity)
            self._cents[term].append(cents)

    def objective(self) -> Expr:
        """Give the sum of all terms, in cents."""
        quantities = [q for term in self._vars.values() for q in term]
        prices = [c for term in self._cents.values() for c in term]
        return weighted_total(quantities, prices)
