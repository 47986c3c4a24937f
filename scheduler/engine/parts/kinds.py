"""Who is alike in a part: the same choices at the same cost, as far as the team can tell."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import scipy.sparse

from ..layout import Layout, Part
from ..program import Indices

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
