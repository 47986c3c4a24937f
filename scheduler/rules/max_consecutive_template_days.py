"""Days in a row with a shift of certain templates, at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count, Id, Location
from ..models.instance import Instance
from ..models.roster import Roster
from .automata import Templates
from .names import unknown_templates
from .runs import LongestRun, Step

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock


class MaxConsecutiveTemplateDays(LongestRun):
    """Nobody works shifts of `templates` on more than `days` days in a row.

    Days before the horizon lengthen a run; only days of the horizon can be one too many. With
    several templates, any of them continues a run.

    Notes
    -----
    Σ_{d' = d − days … d} w_d' ≤ days for every day d of the horizon, w_d = 1 if one of the
    templates starts on day d. Weighted: the number of such windows, which is by how many days the
    runs are too long.

    Source: consecutive assignments of a shift type in INRC-II (Ceschia et al. 2019); limits on
    nights in a row in many agreements.

    Examples
    --------
    Holds with 2 nights: night, night, early, night.

    Broken, by one day: night, night, night.
    """

    unit: ClassVar[str] = "day"
    what: ClassVar[str] = "days with a template"
    example: ClassVar[dict[str, object]] = {
        "kind": "max_consecutive_template_days",
        "templates": ["night"],
        "days": 3,
    }

    kind: Literal["max_consecutive_template_days"] = "max_consecutive_template_days"
    templates: Annotated[tuple[Id, ...], Field(min_length=1)]
    days: Annotated[Count, Field(ge=1)]

    @property
    def limit(self) -> int:
        """Days in a row that are allowed."""
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
