"""The best known results that belong to a suite."""

from __future__ import annotations

from pathlib import Path

from .best_known import Known, read_best_known
from .suite import Suite, folder_of, load_suite


def table_of(suite: Suite, beside: Path, data: Path | None = None) -> Path | None:
    """Find the table of a suite; None where it has none.

    Raises
    ------
    InputError
        If the folder is absent.
    """
    if suite.best_known is None:
        return None
    return folder_of(suite, beside, data) / suite.best_known


def known_of(suite: str, data: Path | None = None) -> tuple[str, dict[str, Known]]:
    """Read what is known of a suite's instances.

    Returns
    -------
    Name of the table, or an empty one, and its entries.

    Raises
    ------
    InputError
        If the suite or its folder is unknown, or the table is broken.
    """
    table = table_of(*load_suite(suite), data)
    if table is None or not table.exists():
        return "", {}
    return str(table), read_best_known(table)
