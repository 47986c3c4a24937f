"""Days in a row with a shift of certain templates, at least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count, Id, Location
from ..models.instance import Instance
from ..models.roster import Roster
from .automata import Templates
from .names import unknown_templates
from .runs import ShortestRun, Step

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


class MinConsecutiveTemplateDays(ShortestRun):
    """Who works a shift of `templates` does so on at least `days` days in a row.

    With several templates, any of them continues a run. A run is judged when it ends in the
    horizon, with its days before the horizon. A run that reaches the horizon's end is judged only
    with `at_end` "closed"; one that reaches back to the first known day only with `at_start`
    "closed": then what is known is taken for all of it.

    Notes
    -----
    For every day s and length l < days: not (days s … s + l − 1 with one of the templates, days
    s − 1 and s + l with none of them). Weighted: the missing days, days − l, of each such run.

    Source: consecutive assignments of a shift type in INRC-II (Ceschia et al. 2019).

    Examples
    --------
    Holds with 2 nights: early, night, night, off.

    Broken, by one day: early, night, early.
    """

    unit: ClassVar[str] = "day"
    what: ClassVar[str] = "days with a template"
    example: ClassVar[dict[str, object]] = {
        "kind": "min_consecutive_template_days",
        "templates": ["night"],
        "days": 2,
    }

    kind: Literal["min_consecutive_template_days"] = "min_consecutive_template_days"
    templates: Annotated[tuple[Id, ...], Field(min_length=1)]
    days: Annotated[Count, Field(ge=2)]

    @property
    def limit(self) -> int:
        """Days in a row that are due."""
        return self.days

    @property
    def described(self) -> str:
        """Say which templates."""
        return f"days with {' or '.join(self.templates)}"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template up."""
        yield from unknown_templates(instance, self.templates)

    def counted(self) -> tuple[Templates, bool]:
        """Say what makes a run."""
        return Templates(frozenset(self.templates)), False

    def posted(self, block: EmployeeBlock, step: Step) -> expressions.Literal:
        """Tell whether one of the templates is worked."""
        return block.works_any(step[0], self.templates)

    def seen(self, roster: Roster, step: Step) -> bool:
        """Tell whether one of the templates is worked."""
        return any(duty.template in self.templates for duty in roster.on(step[0]))
