"""Fair shares of what nobody, or everybody, wants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count, Id, Location, at_most, did_you_mean, hundredths
from ..models.employee import Employee
from ..models.finding import Finding
from ..models.floor import Floor
from ..models.horizon import Windows, overlapping
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.team import Team

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock
    from ..formulation.employee_block import EmployeeBlock
    from ..formulation.expressions import Expr


class FairShares(Floor):
    """Between the most and the least loaded employee lie at most `max_spread` units of `count`.

    Counted are shifts, paid minutes, or weekends with a shift, of the horizon; a weekend that is
    cut by its start counts with the shifts known from before the horizon. With `templates` or
    `tags`, only shifts of these templates, or with one of these tags, count; with `hours`, only
    shifts that share time with them, and of minutes only those inside. `already` adds what people
    had in the same period before. With `pro_rata`, the load of a person with fewer contracted hours
    weighs more: it is multiplied by the largest contract's hours over their own, rounded to
    hundredths.

    Notes
    -----
    top ≥ f_e · load_e ≥ bottom for every employee e, top − bottom ≤ max_spread. Weighted: the units
    beyond.

    Source: balance constraints of fair rostering (Stolletz and Brunner, EJOR 219, 2012); equity in
    the nurse-rostering literature.

    Examples
    --------
    Holds with 2 shifts: nights of 3, 4 and 5.

    Broken, by one unit: nights of 2, 4 and 5.
    """

    promise: ClassVar[str] = "quality"
    unit: ClassVar[str] = "unit of spread"
    example: ClassVar[dict[str, object]] = {
        "kind": "fair_shares",
        "count": "shifts",
        "tags": ["night"],
        "max_spread": 2,
    }

    kind: Literal["fair_shares"] = "fair_shares"
    count: Literal["shifts", "minutes", "weekends"]
    """What a load is made of."""
    max_spread: Count
    """Units that may lie between the highest and the lowest load."""
    hours: Annotated[Windows, Field(min_length=1)] | None = None
    """Hours of the day that count; all, if left out."""
    templates: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None
    """Templates that count; all, without `tags`, if left out."""
    tags: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None
    """Tags of templates that count."""
    employees: Annotated[tuple[Id, ...], Field(min_length=2)] | None = None
    """Who is compared; everybody, if left out."""
    pro_rata: bool = False
    """Whether loads are compared by contracted hours (`contracted_minutes_per_week`)."""
    already: Annotated[dict[Id, Count], at_most(5000)] = Field(default={})
    """Loads of the same period before the horizon, by employee."""

    @property
    def subject(self) -> str:
        """Who is compared."""
        return ", ".join(self.employees) if self.employees else "everybody"

    @property
    def occasion(self) -> str:
        """One for all."""
        return "comparison"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every name up, and the contracts."""
        people = [employee.id for employee in instance.employees]
        templates = [template.id for template in instance.templates]
        tags = {tag for template in instance.templates for tag in template.tags}
        for field, noun, names, known in (
            ("employees", "employee", self.employees or (), people),
            ("templates", "shift template", self.templates or (), templates),
            ("tags", "tag", self.tags or (), sorted(tags)),
        ):
            for i, name in enumerate(names):
                if name not in known:
                    yield (field, i), f"unknown {noun} '{name}'{did_you_mean(name, known)}"
        for name in self.already:
            if name not in people:
                yield ("already", name), f"unknown employee '{name}'{did_you_mean(name, people)}"
        if pair := overlapping(self.hours or ()):
            yield ("hours",), f"hours[{pair[0]}] and hours[{pair[1]}] overlap"
        for employee in self._compared(instance) if self.pro_rata else ():
            if _contracted_minutes(instance, employee) == 0:
                message = f"the contract of '{employee.id}' has no overtime with "
                yield ("pro_rata",), message + "contracted_minutes_per_week to compare by"

    def _compared(self, instance: Instance) -> list[Employee]:
        return [e for e in instance.employees if self.employees is None or e.id in self.employees]

    def _factors(self, instance: Instance) -> dict[str, int]:
        """Hundredths by which each load is multiplied."""
        compared = self._compared(instance)
        if not self.pro_rata:
            return {employee.id: 100 for employee in compared}
        minutes = {e.id: _contracted_minutes(instance, e) for e in compared}
        return {name: hundredths(max(minutes.values()) / mine) for name, mine in minutes.items()}

    def _counted(self, duty: Duty, instance: Instance) -> int:
        """Minutes of a shift that count, or 1; 0 if the shift does not count."""
        if not self._is_one_of(duty, instance):
            return 0
        horizon, minutes = instance.horizon, duty.paid_minutes
        if self.hours is not None:
            minutes = horizon.minutes_within(self.hours, duty.start, duty.end)
        return minutes if self.count == "minutes" else int(minutes > 0)

    def _is_one_of(self, duty: Duty, instance: Instance) -> bool:
        if self.templates is None and self.tags is None:
            return True
        tags = next((t.tags for t in instance.templates if t.id == duty.template), ())
        return duty.template in (self.templates or ()) or bool(set(tags) & set(self.tags or ()))

    def post(self, block: CoverageBlock) -> None:
        """Hold every load between a highest and a lowest one."""
        factors = self._factors(block.instance)
        loads = {
            name: (self._posted_load(block.members[name]), factor)
            for name, factor in factors.items()
            if name in block.members
        }
        most = max((f * largest for (_, largest), f in loads.values()), default=0)
        top, bottom = (block.model.new_int_var(0, most, "") for _ in range(2))
        for (load, _), factor in loads.values():
            block.model.add(top >= factor * load)
            block.model.add(bottom <= factor * load)
        everywhere = range(len(block.slots))
        block.require(self, everywhere, bottom + 100 * self.max_spread, top, most)

    def _posted_load(self, member: EmployeeBlock) -> tuple[Expr, int]:
        """Give the load, and the largest that it can be."""
        already = self.already.get(member.employee.id, 0)
        counted = [(c, self._counted(c.duty, member.instance)) for c in member.choices]
        if self.count != "weekends":
            by_day: dict[int, int] = defaultdict(int)
            for choice, units in counted:
                by_day[choice.duty.day] = max(by_day[choice.duty.day], units)
            load = member.total(units * choice.worked for choice, units in counted if units)
            return load + already, already + sum(by_day.values())
        past = {duty.day for duty in member.past if self._counted(duty, member.instance)}
        weekends = []
        for days in member.instance.horizon.weekends():
            chosen = [
                choice.worked for choice, units in counted if units and choice.duty.day in days
            ]
            weekends.append(member.either([*chosen, *(day in past for day in days)]))
        return member.count(weekends) + already, already + len(weekends)

    def check(self, team: Team) -> Iterator[Finding]:
        """Compare the loads."""
        loads = {
            name: self._seen_load(team.roster_of(name)) * factor
            for name, factor in self._factors(team.instance).items()
        }
        most, least = max(loads, key=loads.__getitem__), min(loads, key=loads.__getitem__)
        excess = loads[most] - loads[least] - 100 * self.max_spread
        if excess > 0:
            message = f"{most} has {loads[most] / 100:g}, {least} {loads[least] / 100:g}"
            yield self.breach(team.roster_of(most).span, excess / 100, message)

    def _seen_load(self, roster: Roster) -> int:
        already = self.already.get(roster.employee.id, 0)
        if self.count != "weekends":
            return already + sum(self._counted(duty, roster.instance) for duty in roster.planned)
        days = {duty.day for duty in roster.duties if self._counted(duty, roster.instance)}
        return already + sum(bool(days & set(w)) for w in roster.horizon.weekends())


def _contracted_minutes(instance: Instance, employee: Employee) -> int:
    """Give the minutes of a week under contract; 0 if nothing is said."""
    for contract in instance.contracts:
        if contract.id == employee.contract and contract.pay.overtime is not None:
            return contract.pay.overtime.contracted_minutes_per_week
    return 0
