"""Templates that may not follow each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Id, Location, Model
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Roster, past_duties
from ..models.rule import Rule
from .automata import MOST_PAIRS, Successions
from .names import unknown_template, unknown_templates

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.resource import Resource


class Succession(Model):
    """A template, and those that may not come on the next day."""

    first: Id
    then: Annotated[tuple[Id, ...], Field(min_length=1)]


class ForbiddenSuccessions(Rule):
    """On the day after a shift of template `first`, none of the templates `then` is worked.

    The last day before the horizon counts.

    Notes
    -----
    Σ_{o of first on day d} x_o + Σ_{o of then on day d + 1} x_o ≤ 1. Weighted: 1 for each.

    Source: forbidden shift successions of the Second International Nurse Rostering Competition.

    Examples
    --------
    Holds with night → early: night, off, early.

    Broken, by one succession: night, early.
    """

    unit: ClassVar[str] = "succession"
    example: ClassVar[dict[str, object]] = {
        "kind": "forbidden_successions",
        "successions": [{"first": "night", "then": ["early"]}],
    }

    kind: Literal["forbidden_successions"] = "forbidden_successions"
    successions: Annotated[tuple[Succession, ...], Field(min_length=1)]

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template up."""
        for i, succession in enumerate(self.successions):
            here = ("successions", i)
            yield from unknown_template(instance, succession.first, *here, "first")
            yield from unknown_templates(instance, succession.then, *here, "then")

    def post(self, block: EmployeeBlock) -> None:
        """Forbid each pair of neighbouring days."""
        if self.weight is None:
            self._post_cliques(block)
            return
        for day in range(-1, block.horizon_days - 1):
            for succession in self.successions:
                first = block.works_any(day, (succession.first,))
                block.forbid(self, [first, block.works_any(day + 1, succession.then)])

    def _post_cliques(self, block: EmployeeBlock) -> None:
        """Take together whatever forbids all of `then`: few rows, and a tighter relaxation.

        Nobody works two shifts on a day anyway.
        """
        for then in dict.fromkeys(frozenset(succession.then) for succession in self.successions):
            first = [s.first for s in self.successions if then <= set(s.then)]
            if block.works_any(-1, first):
                block.model.add(block.total(_worked(block, 0, then)) == 0)
            for day in range(block.horizon_days - 1):
                pair = [*_worked(block, day, first), *_worked(block, day + 1, then)]
                block.model.add_at_most_one(pair)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...] | None:
        """Remember what the day before forbids."""
        if len(self.successions) > MOST_PAIRS:
            return None
        pairs = tuple((pair.first, frozenset(pair.then)) for pair in self.successions)
        past = past_duties(instance.horizon, employee)
        before = frozenset(duty.template for duty in past if duty.day == -1)
        return (Successions(pairs, before, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Look at what is worked on each day and on the day before."""
        for late in roster.planned:
            before = {duty.template for duty in roster.on(late.day - 1)}
            for succession in self.successions:
                if succession.first in before and late.template in succession.then:
                    message = f"{late.template} the day after {succession.first}"
                    yield self.violation(roster, roster.label(late.day), 1, message)


def _worked(
    block: EmployeeBlock, day: int, templates: Collection[str]
) -> list[expressions.Literal]:
    return [c.worked for c in block.on(day) if c.duty.template in templates]
