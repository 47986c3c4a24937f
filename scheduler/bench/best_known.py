"""What is known of the instances of a suite: the cheapest schedule, and the highest bound."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..errors import Fault, InputError
from ..io.text import read_text, write_text
from ..models.base import did_you_mean

COST_NAMES = ("cost", "upper_bound")
BOUND_NAMES = ("bound", "lower_bound")
PROVED_NAMES = ("proved", "proven_optimal")
COLUMNS = ("instance", "status", "cost", "bound", "proved")
"""Of the files that we write."""


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
class Proof:
    """A bound, and who proved it."""

    bound: Decimal
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


def refuse_impossible(source: str, known: Mapping[str, Known], proofs: Mapping[str, Proof]) -> None:
    """Refuse a table that claims a value below a bound that was proved.

    Raises
    ------
    InputError
        With one fault for each such claim: either the claim is wrong, or the proof.
    """
    faults = [
        Fault(
            claim.where,
            f"'{name}' claims a cost of {claim.cost}, below the bound {proofs[name].bound} "
            f"proved by {proofs[name].by}",
        )
        for name, claim in known.items()
        if name in proofs and claim.cost is not None and claim.cost < proofs[name].bound
    ]
    if faults:
        raise InputError(source, faults)


def improved(
    known: Mapping[str, Known], found: Iterable[tuple[str, Known]]
) -> tuple[dict[str, Known], list[str]]:
    """Take over what is better, and nothing else.

    Returns
    -------
    The better table, and one line for each improvement.
    """
    table, news = dict(known), []
    for name, new in found:
        old = table.get(name, Known())
        if new.infeasible and not old.infeasible:
            table[name] = replace(old, infeasible=True)
            news.append(f"{name}: infeasible")
        if new.cost is not None and (old.cost is None or new.cost < old.cost):
            table[name] = old = replace(old, cost=new.cost)
            news.append(f"{name}: cost {new.cost}")
        if new.bound is not None and (old.bound is None or new.bound > old.bound):
            table[name] = replace(old, bound=new.bound)
            news.append(f"{name}: bound {new.bound}")
    return table, news


def write_best_known(path: Path, known: Mapping[str, Known]) -> None:
    """Write a table; the file appears whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, entry in known.items():
        status = "infeasible" if entry.infeasible else "unknown"
        if entry.cost is not None:
            status = "optimal" if entry.is_proved else "feasible"
        cells = (entry.cost, entry.bound)
        numbers = ["" if cell is None else str(cell) for cell in cells]
        writer.writerow((name, status, *numbers, "yes" if entry.is_proved else "no"))
    write_text(path, text.getvalue())
