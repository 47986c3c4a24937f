"""What is known of the instances of a suite: the cheapest schedule, and the highest bound."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..errors import Fault, InputError
from ..io.text import read_text
from ..models.base import did_you_mean

COST_NAMES = ("cost", "upper_bound")
BOUND_NAMES = ("bound", "lower_bound")
PROVED_NAMES = ("proved", "proven_optimal")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an instance."""

    cost: Decimal | None = None
    bound: Decimal | None = None
    infeasible: bool = False
    where: str = ""
    """Line of the file."""

    @property
    def is_proved(self) -> bool:
        """Whether nothing can be found any more."""
        return self.infeasible or (self.cost is not None and self.cost == self.bound)


@dataclass(frozen=True, slots=True)
class Found:
    """A cost or a bound, and who found it."""

    value: Decimal
    by: str


def read_best_known(path: Path) -> dict[str, Known]:
    """Read a table of best known results.

    Its columns are `instance`, a cost (`cost` or `upper_bound`), a bound (`bound` or
    `lower_bound`), and optionally `status` and whether they meet (`proved` or `proven_optimal`);
    others are skipped.

    Raises
    ------
    InputError
        With one fault, and its line, for every cell that is no number, every cost below its own
        bound, every proof whose two sides differ, and every instance that stands twice.
    """
    rows = csv.DictReader(io.StringIO(read_text(path)))
    heads = list(rows.fieldnames or ())
    table = _Table(str(path), heads)
    found: dict[str, Known] = {}
    for row in rows:
        line, name = f"line {rows.line_num}", (row.get("instance") or "").strip()
        if not name or name in found:
            what = f"'{name}' stands in {found[name].where} already" if name else "no instance"
            table.faults.append(Fault(line, what))
        else:
            found[name] = table.known(row, line, name)
    if table.faults:
        raise InputError(str(path), table.faults)
    return found


class _Table:
    """Finds the columns of a table, and collects what is wrong with its rows."""

    def __init__(self, source: str, heads: list[str]) -> None:
        self.faults: list[Fault] = []
        self.cost = next((name for name in COST_NAMES if name in heads), None)
        self.bound = next((name for name in BOUND_NAMES if name in heads), None)
        self.proved = next((name for name in PROVED_NAMES if name in heads), None)
        for one, names in (
            ("instance" if "instance" in heads else None, ("instance",)),
            (self.cost, COST_NAMES),
            (self.bound, BOUND_NAMES),
        ):
            if one is None:
                hint = did_you_mean(names[0], heads)
                near = hint if "mean" in hint else f"; found {', '.join(heads) or 'nothing'}"
                raise InputError(source, [Fault("line 1", f"no column '{names[0]}'{near}")])

    def known(self, row: Mapping[str, str | None], line: str, name: str) -> Known:
        """Read a row."""
        cost, bound = (
            self._number(row.get(column or "") or "", line, column or "")
            for column in (self.cost, self.bound)
        )
        if cost is not None and bound is not None and cost < bound:
            self.faults.append(
                Fault(line, f"'{name}' claims a cost of {cost}, below its own bound {bound}")
            )
        claim = (row.get(self.proved or "") or "").strip().lower()
        infeasible = (row.get("status") or "").strip() == "infeasible"
        if claim == "yes" and not infeasible and cost != bound:
            self.faults.append(
                Fault(line, f"'{name}' claims a proof, but cost {cost} and bound {bound} differ")
            )
        return Known(cost, bound, infeasible, line)

    def _number(self, text: str, line: str, column: str) -> Decimal | None:
        if not text.strip():
            return None
        try:
            value = Decimal(text.strip())
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.faults.append(Fault(line, f"{column}: expected a number, found '{text}'"))
            return None
        return value


def refuse_impossible(
    source: str,
    known: Mapping[str, Known],
    bounds: Mapping[str, Found],
    costs: Mapping[str, Found],
) -> None:
    """Refuse a table that contradicts what was found.

    Parameters
    ----------
    source
        Name of the table.
    bounds, costs
        The highest bound that was proved of each instance, and the least cost that was checked.

    Raises
    ------
    InputError
        With one fault for each cost below a proved bound, for each bound above a checked cost, and
        for whatever has a schedule though it is said to be infeasible.
    """
    faults = []
    for name, claim in known.items():
        bound, cost = bounds.get(name), costs.get(name)
        if bound and claim.cost is not None and claim.cost < bound.value:
            what = f"a cost of {claim.cost}, below the bound {bound.value} proved by {bound.by}"
            faults.append(Fault(claim.where, f"'{name}' claims {what}"))
        if cost and claim.bound is not None and claim.bound > cost.value:
            what = f"a bound of {claim.bound}, above the cost {cost.value} found by {cost.by}"
            faults.append(Fault(claim.where, f"'{name}' claims {what}"))
        if cost and claim.infeasible:
            what = f"that it is infeasible; {cost.by} has a schedule that costs {cost.value}"
            faults.append(Fault(claim.where, f"'{name}' claims {what}"))
    if faults:
        raise InputError(source, faults)
