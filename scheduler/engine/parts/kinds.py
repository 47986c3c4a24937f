"""Who is alike in a part: the same choices at the same cost, as far as the team can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse

from ..layout import Layout, Part
from ..program import Floats, Indices

Kind = dict[int, Indices]
"""People who are alike, and the choices of each of them, in the same order for all."""


def kinds_of(layout: Layout, part: Part, matrix: scipy.sparse.csc_array) -> list[Kind]:
    """Group people by the columns of their choices, and what these cost.

    Parameters
    ----------
    layout, part
        The model, and a part of it.
    matrix
        The part's rows, of all variables of the model.
    """
    mine: dict[int, list[int]] = defaultdict(list)
    for column in part.columns[layout.day[part.columns] >= 0].tolist():
        mine[int(layout.owner[column])].append(column)
    kinds: dict[object, Kind] = defaultdict(dict)
    for person, columns in mine.items():
        inner = matrix[:, columns]
        seen = (inner.indptr, inner.indices, inner.data)
        priced = (layout.program.cost[columns], layout.paid[columns])
        same = tuple(array.tobytes() for array in (*seen, *priced))
        kinds[same][person] = np.array(columns, dtype=np.int64)
    return list(kinds.values())


@dataclass(frozen=True)
class Firsts:
    """The choices of the first of each kind, who stands for all."""

    choices: Indices
    kind: Indices
    """Index of the kind that has each of these."""
    members: Floats
    """How many people are of each kind."""

    @property
    def sums(self) -> scipy.sparse.csr_array:
        """A row for each kind, with a 1 for each of its choices."""
        size = len(self.kind)
        entries = np.ones(size), (self.kind, np.arange(size))
        return scipy.sparse.csr_array(entries, (len(self.members), size))


def firsts_of(kinds: Sequence[Kind]) -> Firsts:
    """Let the first of each kind stand for all."""
    first = [next(iter(kind.values())) for kind in kinds]
    choices = np.concatenate([*first, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    kind = np.repeat(np.arange(len(first)), [len(own) for own in first])
    return Firsts(choices, kind, np.array([len(people) for people in kinds], dtype=float))
