"""The page a planner keeps: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import sections
from .figures import convergence_figure
from .look import CSS, SCRIPT
from .markup import Markup, table, tag
from .parts import figure, section
from .shift_people import people_per_shift
from .words import counted, explanation, money, percent, verdict

if TYPE_CHECKING:
    from datetime import date

    from ..models.finding import CheckReport
    from ..models.result import Result

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
)
"""Nothing is ever loaded from anywhere."""


def report_html(result: Result) -> str:
    """Make a self-contained page of a result, with or without a schedule.

    Parameters
    ----------
    result
        What `solve` gave back.

    Returns
    -------
    HTML with style, script and plotly inside. It can be mailed, archived and printed.
    """
    name = result.instance.name
    title = f"{name}: schedule" if result.schedule else f"{name}: {verdict(result)}"
    return document(title, *_body(result))


def document(title: str, *content: str) -> str:
    """Put content into a page that needs nothing else."""
    from plotly.offline import get_plotlyjs

    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        tag("style", CSS),
        tag("script", Markup(get_plotlyjs())),
    )
    body = tag("body", tag("main", *content), tag("script", SCRIPT))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def _body(result: Result) -> Iterator[Markup]:
    yield _header(result)
    report, schedule, instance = result.report, result.schedule, result.instance
    if report is not None and schedule is not None:
        yield sections.floors(instance, schedule)
        yield sections.days(instance)
        if instance.services:
            yield sections.staffing(instance, schedule)
        yield sections.people(instance, schedule)
        if not instance.services:
            yield people_per_shift(instance, schedule, report)
        halves = sections.cost(result, report), sections.working_hours(instance, schedule)
        yield tag("div", *halves, class_="halves")
        yield from sections.penalties(report)
    else:
        if report is not None:
            yield _rejection(report)
        if instance.services:
            yield sections.days(instance)
            yield sections.need(instance)
    yield _search(result)
    yield tag("footer", f"Made by servicefloor {result.versions.get('servicefloor', '')}.")


def _work(result: Result) -> str:
    """Count the services, or the templates where people are asked for by shift."""
    services, templates = result.instance.services, result.instance.templates
    if services:
        return counted(len(services), "service")
    return counted(len(templates), "shift template")


def _header(result: Result) -> Markup:
    horizon = result.instance.horizon
    last = horizon.date_of(horizon.days - 1)
    first_day, last_day = _long_date(horizon.start), _long_date(last)
    dates = first_day if horizon.days == 1 else f"{first_day} to {last_day}"
    facts = (
        f"{dates}, {horizon.time_zone}; "
        f"{counted(len(result.instance.employees), 'person', 'people')}, "
        f"{_work(result)}"
    )
    words = verdict(result)
    return tag(
        "header",
        tag("h1", result.instance.name),
        *([tag("p", result.instance.description)] if result.instance.description else []),
        tag("p", facts, class_="soft"),
        tag("p", words[0].upper() + words[1:], class_=f"verdict {_mood(result)}"),
        tag("p", explanation(result)),
        *(tag("p", note) for note in result.notes),
        _cards(result),
    )


def _long_date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _mood(result: Result) -> str:
    return "bad" if result.schedule is None else "good"


def _cards(result: Result) -> Markup:
    cards = [
        ("Cost", money(result.objective), "" if result.schedule else "no schedule"),
        ("Lowest cost possible", *_lowest(result)),
        ("Gap", *_gap(result)),
        ("Checker", *_checked(result.report)),
    ]
    return tag("dl", *(_card(*card) for card in cards), class_="cards")


def _card(name: str, value: str, note: str) -> Markup:
    return tag("div", tag("dt", name), tag("dd", value, tag("small", note)))


def _lowest(result: Result) -> tuple[str, str]:
    if not result.bound:
        return "–", "not known"
    return money(result.bound), "proved: no schedule costs less"


def _gap(result: Result) -> tuple[str, str]:
    return ("–", "not known") if result.gap is None else (percent(result.gap), "between the two")


def _checked(report: CheckReport | None) -> tuple[str, str]:
    if report is None:
        return "–", "nothing to check"
    if report.ok:
        return "✓ nothing violated", "judged apart from the solver"
    return f"✗ {counted(len(report.violations), 'violation')}", "so the schedule is not given out"


def _rejection(report: CheckReport) -> Markup:
    rows = [
        (found.when, found.who, found.kind, found.message, f"{found.amount:g} {found.unit}")
        for found in report.violations
    ]
    heads = ("When", "Who", "Rule or floor", "What", "Amount")
    return section("What the checker found", table("Violations", heads, rows))


def _search(result: Result) -> Markup:
    drawing = convergence_figure(result)
    alternative = "Best cost and proved bound over the time of the search."
    drawn = [] if drawing is None else [figure(drawing, "convergence", alternative)]
    facts = list(_facts(result))
    return section("How the solve went", *drawn, table("Facts", ("What", "Value"), facts))


def _facts(result: Result) -> Iterator[tuple[str, str]]:
    yield "Status", f"{result.status} ({result.stop_reason.replace('_', ' ')})"
    if result.seconds is not None:
        yield "Time", f"{result.seconds:.1f} s"
    yield "Engine", result.engine
    yield "Seed", str(result.seed)
    if result.size is not None:
        yield (
            "Model",
            f"{result.size.variables:,} variables and {result.size.constraints:,} constraints, "
            f"built in {result.size.build_seconds:.1f} s",
        )
    yield "Interval", f"{result.instance.horizon.interval_minutes} minutes"
    yield from ((name, number) for name, number in result.versions.items())
