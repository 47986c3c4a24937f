"""Shifts that ask for skills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Id, Location, did_you_mean
from ..models.employee import Employee
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .names import unknown_template

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.resource import Resource


class TemplateSkills(Rule):
    """Who works a shift of a template has all the skills that it asks for.

    Hard, the template is no option for others; weighted, every shift worked without one of the
    skills costs. Only shifts of the horizon count.

    Notes
    -----
    x_o = 0 for options o of a template with a skill that the person lacks. Weighted: Σ x_o of them.

    Source: alternative skill category of INRC-I (Haspeslagh et al. 2014).

    Examples
    --------
    Holds with head → head nurse: a head nurse works the head's shift.

    Broken, by one shift: a nurse works the head's shift.
    """

    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {
        "kind": "template_skills",
        "skills": {"head": ["head nurse"]},
    }

    kind: Literal["template_skills"] = "template_skills"
    skills: Annotated[dict[Id, tuple[Id, ...]], Field(min_length=1)]
    """Skills by template."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template and skill up."""
        for template, skills in self.skills.items():
            yield from unknown_template(instance, template, "skills", template)
            for i, skill in enumerate(skills):
                if skill not in instance.skills:
                    message = f"unknown skill '{skill}'{did_you_mean(skill, instance.skills)}"
                    yield ("skills", template, i), message

    def permits(self, duty: Duty, employee: Employee, instance: Instance) -> bool:  # noqa: ARG002
        """Tell whether the person has the skills, unless lacking them has a price."""
        asked = self.skills.get(duty.template, ())
        return self.weight is not None or all(skill in employee.skills for skill in asked)

    def post(self, block: EmployeeBlock) -> None:
        """Charge every shift without its skills; hard, there are none."""
        if self.price is None:
            return
        for choice in block.choices:
            asked = self.skills.get(choice.duty.template, ())
            if any(skill not in block.employee.skills for skill in asked):
                block.ledger.charge(self.kind, self.price, choice.worked)

    def resources(
        self,
        employee: Employee,  # noqa: ARG002
        instance: Instance,  # noqa: ARG002
    ) -> tuple[Resource, ...]:
        """Remember nothing: every shift is charged by itself."""
        return ()

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare the skills of every shift."""
        for duty in roster.planned:
            lacking = set(self.skills.get(duty.template, ())) - set(roster.employee.skills)
            if lacking:
                message = f"{duty.template} without the skill '{min(lacking)}'"
                yield self.violation(roster, roster.horizon.label(duty.start), 1, message)
