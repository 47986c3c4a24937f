"""Cross-checks of an instance: what no single part of it can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .base import Location, did_you_mean, format_clock
from .demand import StaffDemand
from .roster import past_duties

if TYPE_CHECKING:
    from .employee import Employee, FixedShift, ForbiddenShift, Request
    from .horizon import Horizon, Window
    from .instance import Instance
    from .rule import Rule
    from .service import Service
    from .shift import ShiftTemplate

Fault = tuple[Location, str, Any]
"""Where, what, and the value found."""

LARGEST_LOAD = 10_000
"""Erlangs of an interval."""
LONGEST_HISTORY = 366
"""Days before the horizon that may be told of."""
LONGEST_PAST_SHIFT = 25 * 60
"""Minutes: a day on which the clocks turn back."""


def find_faults(instance: Instance) -> Iterator[Fault]:
    """Find everything in an instance that does not fit together."""
    yield from _duplicate_ids(instance)
    for i, service in enumerate(instance.services):
        yield from _under(("services", i), _service_faults(instance, service))
    for i, template in enumerate(instance.templates):
        yield from _under(("templates", i), _template_faults(instance.horizon, template))
    for i, contract in enumerate(instance.contracts):
        here = ("contracts", i)
        known = [template.id for template in instance.templates]
        for j, name in enumerate(contract.templates or ()):
            yield from _unknown((*here, "templates", j), "shift template", name, known)
        for j, premium in enumerate(contract.pay.premiums):
            yield from _off_grid(
                instance.horizon, (*here, "pay", "premiums", j, "hours"), premium.hours, grid=1
            )
        yield from _under((*here, "rules"), _rule_faults(instance, contract.rules))
    for i, employee in enumerate(instance.employees):
        yield from _under(("employees", i), _employee_faults(instance, employee))
    yield from _standard_faults(instance)
    if not instance.all_floors and not instance.services:
        yield ("floors",), "no floor is given: nothing would be promised to anybody", None
    for place, floor in instance.located_floors:
        yield from _off_grid(instance.horizon, (*place, "hours"), floor.hours or ())
        of_standard = place[0] == "standards"  # where a floor does not say its service itself
        for location, message in floor.faults(instance):
            nowhere = of_standard and location == ("service",)
            yield place if nowhere else (*place, *location), message, None


def _standard_faults(instance: Instance) -> Iterator[Fault]:
    if instance.standards_file is not None:
        message = "standards from a file are loaded by scheduler.read(); give standards here"
        yield ("standards_file",), message, instance.standards_file
        return
    standards = [standard.id for standard in instance.standards]
    services = [service.id for service in instance.services]
    for i, standard in enumerate(instance.standards):
        for j, name in enumerate(standard.services):
            yield from _unknown(("standards", i, "services", j), "service", name, services)
    for i, service in enumerate(instance.services):
        if service.standard is not None:
            here = ("services", i, "standard")
            yield from _unknown(here, "service standard", service.standard, standards)


def _under(prefix: Location, faults: Iterable[Fault]) -> Iterator[Fault]:
    for location, message, found in faults:
        yield (*prefix, *location), message, found


def _unknown(location: Location, noun: str, name: str, known: Iterable[str]) -> Iterator[Fault]:
    names = list(known)
    if name not in names:
        yield location, f"unknown {noun} '{name}'{did_you_mean(name, names)}", name


def _duplicate_ids(instance: Instance) -> Iterator[Fault]:
    lists: dict[str, list[str]] = {
        "services": [service.id for service in instance.services],
        "templates": [template.id for template in instance.templates],
        "contracts": [contract.id for contract in instance.contracts],
        "employees": [employee.id for employee in instance.employees],
        "standards": [standard.id for standard in instance.standards],
    }
    for field, names in lists.items():
        for i, first in _repeated(names):
            yield (field, i, "id"), f"'{names[i]}' is the id of {field}[{first}] already", names[i]
    for i, first in _repeated(instance.skills):
        skill = instance.skills[i]
        yield ("skills", i), f"'{skill}' is listed already, as skills[{first}]", skill


def _repeated(items: Iterable[object]) -> Iterator[tuple[int, int]]:
    """Positions of items that stood before, each with its first position."""
    seen: dict[object, int] = {}
    for i, item in enumerate(items):
        first = seen.setdefault(item, i)
        if first < i:
            yield i, first


def _off_grid(
    horizon: Horizon, location: Location, windows: Iterable[Window], grid: int | None = None
) -> Iterator[Fault]:
    step = grid or horizon.interval_minutes
    for i, window in enumerate(windows):
        for field, clock in (("start", window.start), ("end", window.end)):
            if clock % step:
                message = f"{format_clock(clock)} is not on the grid of {step} minutes"
                yield (*location, i, field), message, format_clock(clock)


def _service_faults(instance: Instance, service: Service) -> Iterator[Fault]:
    horizon, demand = instance.horizon, service.demand
    yield from _unknown(("skill",), "skill", service.skill, instance.skills)
    yield from _off_grid(horizon, ("opening_hours",), service.opening_hours)
    yield from _off_grid(horizon, ("demand", "pattern"), demand.windows or ())
    names = {service.id for service in instance.services}
    standards = {None, *(standard.id for standard in instance.standards)}
    misnamed = (
        instance.standards_file
        or service.standard not in standards
        or any(not names.issuperset(standard.services) for standard in instance.standards)
        or any(floor.served not in {None, *names} for floor in instance.all_floors)
    )
    if not misnamed and not instance.floors_on(service.id):
        yield (), f"no floor holds for service '{service.id}': its demand would be ignored", None
    expected = demand.expected_values(horizon)
    if expected is None:
        message = f"expected a multiple of the horizon's {horizon.interval_minutes} minutes"
        yield ("demand", "interval_minutes"), message, demand.interval_minutes
    elif demand.csv is not None:
        message = "demand from a file is loaded by scheduler.read(); give values or a pattern here"
        yield ("demand", "csv"), message, demand.csv
    elif demand.values is not None and len(demand.values) != expected:
        message = f"expected {expected} values, one per interval of the horizon"
        yield ("demand", "values"), message, f"{len(demand.values)} values"
    else:
        yield from _demand_when_closed(horizon, service)
        yield from _overload(horizon, service)


def _overload(horizon: Horizon, service: Service) -> Iterator[Fault]:
    """Refuse loads that no queue formula needs to handle, and that no team could."""
    if isinstance(service.demand, StaffDemand):
        return
    load = max(service.demand.erlangs(horizon))
    if load > LARGEST_LOAD:
        message = (
            f"the busiest interval keeps {load:,.0f} people busy at once, "
            f"at most {LARGEST_LOAD:,} can be planned"
        )
        yield ("demand",), message, None


def _demand_when_closed(horizon: Horizon, service: Service) -> Iterator[Fault]:
    amounts = service.demand.by_slot(horizon)
    closed = [
        slot
        for slot, amount in zip(horizon.slots, amounts, strict=True)
        if amount > 0 and not service.is_open(slot)
    ]
    if closed:
        first = horizon.label(closed[0].index * horizon.interval_minutes)
        more = f" and in {len(closed) - 1} more intervals" if len(closed) > 1 else ""
        message = f"demand outside the opening hours of '{service.id}' at {first}{more}"
        yield ("demand",), message, amounts[closed[0].index]


def _template_faults(horizon: Horizon, template: ShiftTemplate) -> Iterator[Fault]:
    off = list(_template_off_grid(horizon.interval_minutes, template))
    yield from off
    if off:
        return
    impossible = [m for m in template.length.minutes() if template.break_spans(m) is None]
    if impossible:
        lengths = ", ".join(str(minutes) for minutes in impossible[:5])
        message = f"the breaks cannot be placed in a shift of {lengths} minutes"
        yield ("break_sets",), message, None


def _template_off_grid(step: int, template: ShiftTemplate) -> Iterator[Fault]:
    clock = template.start.earliest
    if clock % step:
        message = f"{format_clock(clock)} is not on the grid of {step} minutes"
        yield ("start", "earliest"), message, format_clock(clock)
    for location, minutes in _minutes_of(template):
        if minutes % step:
            message = f"{minutes} is no multiple of the interval of {step} minutes"
            yield location, message, minutes


def _minutes_of(template: ShiftTemplate) -> Iterator[tuple[Location, int]]:
    """Every number of minutes that has to fit the grid."""
    if template.start.latest > template.start.earliest:
        yield ("start", "step_minutes"), template.start.step_minutes
    yield ("length", "min_minutes"), template.length.min_minutes
    if template.length.max_minutes > template.length.min_minutes:
        yield ("length", "step_minutes"), template.length.step_minutes
    for i, group in enumerate(template.break_sets):
        here: Location = ("break_sets", i)
        yield (*here, "min_work_minutes"), group.min_work_minutes
        yield (*here, "max_work_minutes"), group.max_work_minutes or 0
        for j, pause in enumerate(group.breaks):
            yield (*here, "breaks", j, "minutes"), pause.minutes
            if pause.window is not None:
                window = (*here, "breaks", j, "window")
                yield (*window, "earliest_minutes"), pause.window.earliest_minutes
                yield (*window, "latest_minutes"), pause.window.latest_minutes


def _employee_faults(instance: Instance, employee: Employee) -> Iterator[Fault]:
    horizon = instance.horizon
    templates = [template.id for template in instance.templates]
    contracts = [contract.id for contract in instance.contracts]
    yield from _unknown(("contract",), "contract", employee.contract, contracts)
    for skill in employee.skills:
        yield from _unknown(("skills", skill), "skill", skill, instance.skills)
    dated: dict[str, tuple[FixedShift | ForbiddenShift | Request, ...]] = {
        "fixed": employee.fixed,
        "forbidden": employee.forbidden,
        "requests": employee.requests,
    }
    for field, items in dated.items():
        for i, item in enumerate(items):
            if item.template is not None:
                here = (field, i, "template")
                yield from _unknown(here, "shift template", item.template, templates)
            if item.day is not None and not 0 <= horizon.day_of(item.day) < horizon.days:
                yield (field, i, "day"), f"{item.day} is not in the horizon", item.day.isoformat()
    for i, span in enumerate(employee.unavailable):
        if horizon.minute_of(span.end) <= horizon.minute_of(span.start):
            yield ("unavailable", i), "the end is not after the start", None
    yield from _fixed_faults(instance, employee)
    yield from _history_faults(horizon, employee)
    yield from _under(("rules",), _rule_faults(instance, employee.rules))


def _rule_faults(instance: Instance, rules: Iterable[Rule]) -> Iterator[Fault]:
    for i, rule in enumerate(rules):
        if rule.always:
            yield (
                (i, "kind"),
                f"every employee carries '{rule.kind}' without being asked",
                rule.kind,
            )
        for location, message in rule.faults(instance):
            yield (i, *location), message, rule.kind


def _fixed_faults(instance: Instance, employee: Employee) -> Iterator[Fault]:
    by_id = {template.id: template for template in instance.templates}
    for i, first in _repeated(fixed.day for fixed in employee.fixed):
        day = employee.fixed[i].day.isoformat()
        yield ("fixed", i, "day"), f"{day} has a fixed shift already, fixed[{first}]", day
    for i, fixed in enumerate(employee.fixed):
        template = by_id.get(fixed.template)
        if template is not None:
            yield from _under(("fixed", i), _outside_grammar(instance.horizon, fixed, template))


def _outside_grammar(
    horizon: Horizon, fixed: FixedShift, template: ShiftTemplate
) -> Iterator[Fault]:
    weekday = horizon.weekday_of(horizon.day_of(fixed.day))
    if weekday not in template.days:
        message = f"template '{template.id}' has no shifts on {weekday}"
        yield ("day",), message, fixed.day.isoformat()
    if fixed.start is not None and fixed.start not in template.start.clocks():
        message = f"template '{template.id}' has no start at {format_clock(fixed.start)}"
        yield ("start",), message, format_clock(fixed.start)
    if fixed.length_minutes is not None and fixed.length_minutes not in template.length.minutes():
        message = f"template '{template.id}' has no shift of {fixed.length_minutes} minutes"
        yield ("length_minutes",), message, fixed.length_minutes


def _history_faults(horizon: Horizon, employee: Employee) -> Iterator[Fault]:
    if employee.history is None:
        return
    if not -LONGEST_HISTORY <= horizon.day_of(employee.history.since) < 0:
        found = employee.history.since.isoformat()
        message = (
            f"expected a date in the {LONGEST_HISTORY} days before the horizon's {horizon.start}"
        )
        yield ("history", "since"), message, found
        return
    for i, shift in enumerate(employee.history.shifts):
        here: Location = ("history", "shifts", i)
        start, end = horizon.minute_of(shift.start), horizon.minute_of(shift.end)
        if not employee.history.since <= shift.start.date() < horizon.start:
            message = "a past shift starts between history.since and the horizon's start"
            yield (*here, "start"), message, shift.start.isoformat()
        if end <= start:
            yield (*here, "end"), "the end is not after the start", shift.end.isoformat()
        elif end - start > LONGEST_PAST_SHIFT:
            message = f"a past shift lasts at most {LONGEST_PAST_SHIFT} minutes"
            yield (*here, "end"), message, f"{end - start} minutes"
        for j, pause in enumerate(shift.breaks):
            begin, stop = horizon.minute_of(pause.start), horizon.minute_of(pause.end)
            if not start <= begin < stop <= end:
                yield (*here, "breaks", j), "the break does not lie inside its shift", None
    for early, late in pairwise(past_duties(horizon, employee)):
        if late.start < early.end:
            message = f"two past shifts overlap at {horizon.label(late.start)}"
            yield ("history", "shifts"), message, None
