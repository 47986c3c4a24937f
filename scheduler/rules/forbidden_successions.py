"""Templates that may not follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Id, Location, Model, did_you_mean
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


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
        known = [template.id for template in instance.templates]
        for i, succession in enumerate(self.successions):
            names = [(("first",), succession.first)]
            names += [(("then", j), name) for j, name in enumerate(succession.then)]  # type: ignore[misc]
            for location, name in names:
                if name not in known:
                    message = f"unknown shift template '{name}'{did_you_mean(name, known)}"
                    yield ("successions", i, *location), message

    def post(self, block: EmployeeBlock) -> None:
        """Forbid each pair of neighbouring days."""
        for day in range(-1, block.horizon_days - 1):
            for succession in self.successions:
                first = _worked(block, day, (succession.first,))
                block.forbid(self, [first, _worked(block, day + 1, succession.then)])

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Look at what is worked on each day and on the day before."""
        for late in roster.planned:
            before = {duty.template for duty in roster.on(late.day - 1)}
            for succession in self.successions:
                if succession.first in before and late.template in succession.then:
                    message = f"{late.template} the day after {succession.first}"
                    yield self.violation(roster, roster.label(late.day), 1, message)


def _worked(block: EmployeeBlock, day: int, templates: tuple[str, ...]) -> expressions.Literal:
    if day < 0:
        return any(duty.template in templates for duty in block.past_on(day))
    return block.any_of([c for c in block.on(day) if c.duty.template in templates])
