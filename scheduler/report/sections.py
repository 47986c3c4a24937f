"""The parts of the page that show a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from ..models.schedule import Schedule
from .canvas import views, wall_clock
from .coverage import Staffing, staffing_of
from .figures import cost_figure, staffing_figure
from .gantt import gantt_figure
from .hours import hours_of
from .markup import Markup, join, table, tag
from .parts import figure, more, section
from .promises import Promise, keeping, promise_of, promises_of, terms, title
from .words import calendar_day, counted, hours, moment, money, percent, term

if TYPE_CHECKING:
    from ..models.finding import CheckReport, Violation
    from ..models.instance import Instance
    from ..models.result import Result
    from ..models.schedule import Shift

MOST_PENALTIES = 60
"""Rows shown; the rest is added up."""


def days(instance: Instance) -> Markup:
    """Make buttons that show one day, or all, in every figure over time."""
    horizon = instance.horizon
    edges = [wall_clock(horizon, minute) for minute in (0, horizon.minutes)]
    spans = [("All days", edges[0], edges[1])]
    for day, (start, end) in enumerate(views(instance)):
        spans.append((calendar_day(horizon.date_of(day)), start, end))
    buttons = [
        tag(
            "button",
            name,
            type="button",
            data_start=start.isoformat(),
            data_end=end.isoformat(),
            aria_pressed="true" if position == 0 else "false",
        )
        for position, (name, start, end) in enumerate(spans)
    ]
    return tag("nav", *buttons, aria_label="Days shown in the figures over time")


def staffing(instance: Instance, schedule: Schedule) -> Markup:
    """Show staff against need, service by service."""
    hint = (
        "Effective staff counts everybody who serves, weighted by proficiency. "
        "The dotted line is what the floors ask for."
    )
    parts: list[str] = [tag("p", hint, class_="soft")]
    rows = groupby(staffing_of(instance, schedule), key=lambda row: row.service)
    for position, (service, slots) in enumerate(rows):
        group = list(slots)
        alternative = f"Staff of {service} against the need over time; the table has it by day."
        parts.append(tag("h3", service))
        drawing = staffing_figure(instance, service, group)
        parts.append(figure(drawing, f"staffing-{position}", alternative))
        parts.append(more("By day", _by_day(instance, service, group)))
    return section("Staff against need", *parts, class_="in-time long")


def need(instance: Instance) -> Markup:
    """Show what the floors ask for, where there is no schedule to compare it with."""
    parts: list[str] = []
    rows = groupby(staffing_of(instance, Schedule()), key=lambda row: row.service)
    for position, (service, slots) in enumerate(rows):
        drawing = staffing_figure(instance, service, list(slots), scheduled=False)
        parts.append(tag("h3", service))
        parts.append(figure(drawing, f"need-{position}", f"Staff that {service} needs over time."))
    return section("What the floors ask for", *parts, class_="in-time long")


def _by_day(instance: Instance, service: str, rows: Sequence[Staffing]) -> Markup:
    share = instance.horizon.interval_minutes / 60
    cells = []
    for day, slots in groupby(rows, key=lambda row: row.slot.day):
        group = [row for row in slots if row.open]
        amounts = [
            sum(row.needed or 0 for row in group) * share,
            sum(row.staff for row in group) * share,
            sum(row.missing for row in group) * share,
        ]
        peak = max((row.needed or 0 for row in group), default=0)
        date = calendar_day(instance.horizon.date_of(day))
        cells.append((date, *(f"{amount:,.1f}" for amount in amounts), f"{peak:g}"))
    heads = ("Day", "Needed hours", "Staffed hours", "Missing hours", "Peak need")
    return table(f"{service}: person-hours by day", heads, cells, numbers=(1, 2, 3, 4))


def people(instance: Instance, schedule: Schedule) -> Markup:
    """Show who works when, and on what."""
    alternative = "Shifts of every person with breaks and services; the table lists them."
    shifts = [_shift_row(shift) for shift in schedule.shifts]
    heads = ("Employee", "Day", "Shift", "Hours", "Breaks", _last_head(instance))
    return section(
        "Who works when",
        figure(gantt_figure(instance, schedule), "people", alternative),
        more("All shifts", table(counted(len(shifts), "shift"), heads, shifts)),
        class_="in-time long",
    )


def _last_head(instance: Instance) -> str:
    return "Serves" if instance.services else "Works as"


def _shift_row(shift: Shift) -> tuple[str, ...]:
    return (
        shift.employee,
        calendar_day(shift.day),
        shift.template,
        f"{shift.start:%H:%M}–{shift.end:%H:%M}",
        ", ".join(f"{b.id} {b.start:%H:%M}–{b.end:%H:%M}" for b in shift.breaks),
        _served(shift),
    )


def _served(shift: Shift) -> str:
    """Give the services, or the skill of a shift without services."""
    served = [f"{w.service} {w.start:%H:%M}–{w.end:%H:%M}" for w in shift.work]
    return ", ".join(served) or shift.skill or ""


def cost(result: Result, report: CheckReport) -> Markup:
    """Show the cost by term."""
    total = report.objective
    rows = [
        (term(name), money(amount), percent(float(amount / total)) if total else "")
        for name, amount in sorted(report.cost.items(), key=lambda item: -item[1])
    ]
    drawing = cost_figure(result)
    drawn = [] if drawing is None else [figure(drawing, "cost", "Cost by term, as in the table.")]
    foot = ("Total", money(total), "")
    costs = table("Money by term", ("Term", "Cost", "Share"), rows, numbers=(1, 2), foot=foot)
    return section("Cost", *drawn, costs)


def floors(instance: Instance, schedule: Schedule) -> Markup:
    """Show every floor: its promise, whether it is held, and where it is tightest."""
    rows = []
    for promise in promises_of(instance, schedule):
        held = (
            tag("b", "✓ held", class_="good nowrap")
            if promise.held
            else tag("b", "✗ missed", class_="bad nowrap")
        )
        details = terms(promise.floor)
        words = join([promise_of(promise.floor), f" ({details})" if details else ""])
        rows.append((title(promise.floor), words, held, _kept(promise)))
    heads = ("Floor", "Promise", "", "How it is kept")
    return section("Service floors", table("Promises to customers", heads, rows))


def _kept(promise: Promise) -> Markup:
    """Say how a promise is kept, with every day on demand where days are promised."""
    if len(promise.reached) < 2:
        return join([keeping(promise)])
    days = (
        tag("li", f"{calendar_day(date.fromisoformat(day.when))}: {day.told}")
        for day in promise.reached
    )
    return join([keeping(promise), more("Every day", tag("ul", *days))])


def working_hours(instance: Instance, schedule: Schedule) -> Markup:
    """Show the hours of every employee."""
    rows = [
        (
            person.employee,
            person.contract,
            str(person.shifts),
            hours(person.paid_minutes),
            hours(person.contracted_minutes_per_week),
            hours(person.overtime_minutes) if person.overtime_minutes else "",
        )
        for person in hours_of(instance, schedule)
    ]
    heads = ("Employee", "Contract", "Shifts", "Paid", "Contracted per week", "Overtime")
    caption = "Hours in the planned days"
    return section("Hours", table(caption, heads, rows, numbers=(2, 3, 4, 5)), class_="long")


def penalties(report: CheckReport) -> Iterator[Markup]:
    """Show what weighted rules and floors are paid for, dearest first."""
    if not report.penalties:
        return
    dearest = sorted(report.penalties, key=lambda found: -_price(found))
    rows = [
        (f.who, moment(f.when), term(f.kind), f.message, f"{f.amount:g} {f.unit}", money(f.cost))
        for f in dearest[:MOST_PENALTIES]
    ]
    if rest := dearest[MOST_PENALTIES:]:
        price = money(sum(map(_price, rest), Decimal(0)))
        rows.append((f"and {counted(len(rest), 'smaller one')}", "", "", "", "", price))
    heads = ("Who", "When", "What", "", "Amount", "Cost")
    caption = "Weighted rules and floors may be broken at a price: these were, dearest first"
    yield section("Compromises", table(caption, heads, rows, numbers=(5,)), class_="long")


def _price(found: Violation) -> Decimal:
    return found.cost or Decimal(0)
