"""Routes: how each group's rosters are priced, from what its rules can say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...models.resource import Resource
from ..outcome import Limits
from .graph import TooLargeError
from .pricing import BlockPricing, Pricing
from .programming import Graphs, Programme
from .staff import Group


def pricings_for(
    groups: Sequence[Group], limits: Limits, is_late: Callable[[], bool] = lambda: False
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
    """
    described = [_resources(group) for group in groups]
    graphs = Graphs(groups[0].blocks[0].horizon_days if groups else 0, is_late)
    for group, resources in zip(groups, described, strict=True):
        if resources is not None:
            graphs.register(resources, group)
    return [
        _pricing(group, resources, graphs, limits)
        for group, resources in zip(groups, described, strict=True)
    ]


def _pricing(
    group: Group, resources: tuple[Resource, ...] | None, graphs: Graphs, limits: Limits
) -> Pricing:
    if resources is not None:
        try:
            return Programme(group, resources, graphs, limits)
        except TooLargeError:
            pass
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
