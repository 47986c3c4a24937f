"""Routes: how each group's rosters are priced, from what its rules can say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...models.resource import Resource
from ..outcome import Limits
from .graph import TooLargeError
from .graphs import Graphs
from .memory import Memories
from .narrow import Narrow
from .pricing import BlockPricing, Pricing
from .programming import Programme
from .staff import Group

LONG = 42
"""Days from which on CP-SAT finds no roster in any time to speak of, where there is no graph."""


def pricings_for(
    groups: Sequence[Group],
    limits: Limits,
    is_late: Callable[[], bool] = lambda: False,
    *,
    one_will_do: bool = False,
) -> list[Pricing]:
    """Price by dynamic programming where every rule is an automaton, else by CP-SAT.

    Parameters
    ----------
    groups
        Whose rosters.
    limits
        For CP-SAT.
    is_late
        Tells that there is no time for further graphs.
    one_will_do
        Whether only the cheapest roster is wanted, which saves time.
    """
    described = [_resources(group) for group in groups]
    graphs = Graphs(groups[0].blocks[0].horizon_days if groups else 0, is_late)
    for group, resources in zip(groups, described, strict=True):
        if resources is not None:
            graphs.register(resources, group)
    options = {c.option: None for group in groups for c in group.blocks[0].choices}
    memories = Memories(tuple(options), graphs.days)
    return [
        _pricing(group, resources, graphs, memories, limits, one_will_do)
        for group, resources in zip(groups, described, strict=True)
    ]


def _pricing(
    group: Group,
    resources: tuple[Resource, ...] | None,
    graphs: Graphs,
    memories: Memories,
    limits: Limits,
    one_will_do: bool,
) -> Pricing:
    if resources is not None:
        try:
            return Programme(group, resources, graphs, limits, one_will_do=one_will_do)
        except TooLargeError:
            if memories.days > LONG:
                return Narrow(group, resources, memories, limits)
    return BlockPricing(group, limits)


def _resources(group: Group) -> tuple[Resource, ...] | None:
    """Give the automata of all rules; None if one has none, or a row sees more than choices."""
    block = group.blocks[0]
    found: list[Resource] = []
    for rule in block.instance.rules_of(block.employee):
        mine = rule.resources(block.employee, block.instance)
        if mine is None:
            return None
        found += mine
    return tuple(found) if group.reads_choices_only else None
