"""What is known of the instances of a suite: the cheapest schedule, and the highest bound."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

from ..errors import Fault, InputError
from ..io.text import read_text, write_text
from ..models.base import did_you_mean

COST_NAMES = ("cost", "upper_bound")
BOUND_NAMES = ("bound", "lower_bound")
PROVED_NAMES = ("proved", "proven_optimal")
COLUMNS = ("instance", "status", "cost", "bound", "proved")
"""Of the tables that we write."""
HISTORY_COLUMNS = ("instance", "what", "value", "by")


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


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something better than what was known, and who found it."""

    instance: str
    what: Literal["cost", "bound", "infeasible"]
    value: Decimal | None
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


def improved(
    known: Mapping[str, Known], found: Iterable[tuple[str, Known, str]]
) -> tuple[dict[str, Known], list[Improvement]]:
    """Take over what is better, and nothing else.

    Parameters
    ----------
    found
        Instance, what was found of it, and by whom.

    Returns
    -------
    The better table, and every improvement.
    """
    table, news = dict(known), []
    for name, new, by in found:
        old = table.get(name, Known())
        if new.infeasible and not old.infeasible:
            table[name] = old = replace(old, infeasible=True)
            news.append(Improvement(name, "infeasible", None, by))
        if new.cost is not None and (old.cost is None or new.cost < old.cost):
            table[name] = old = replace(old, cost=new.cost)
            news.append(Improvement(name, "cost", new.cost, by))
        if new.bound is not None and (old.bound is None or new.bound > old.bound):
            table[name] = replace(old, bound=new.bound)
            news.append(Improvement(name, "bound", new.bound, by))
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


def history_of(path: Path) -> Path:
    """Give the file beside a table in which every improvement is kept."""
    return path.with_name(f"{path.stem}_history.csv")


def add_to_history(path: Path, news: Iterable[Improvement]) -> None:
    """Append improvements of a table to its history."""
    file = history_of(path)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not file.exists():
        writer.writerow(HISTORY_COLUMNS)
    for entry in news:
        value = "" if entry.value is None else str(entry.value)
        writer.writerow((entry.instance, entry.what, value, entry.by))
    before = read_text(file) if file.exists() else ""
    write_text(file, before + text.getvalue())
