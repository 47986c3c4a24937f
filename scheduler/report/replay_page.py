"""The page of a replay: what customers met, next to what was promised and predicted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from . import sections
from .markup import Markup, table, tag
from .page import document
from .parts import figure, more, section
from .replay_figures import measure_figure
from .replay_words import (
    NAMES,
    SIGNS,
    Account,
    accounts_of,
    amount,
    between,
    headline,
    manner,
    period,
    remarks,
    shown_measures,
)
from .words import calendar_day, moment

if TYPE_CHECKING:
    from ..simulation.measures import Simulated
    from ..simulation.replay import Course, Replay

MOODS = {"held": "good", "not held": "bad", "cannot tell": ""}


def replay_html(replay: Replay) -> str:
    """Make a self-contained page of a replay.

    Parameters
    ----------
    replay
        What `simulate` gave back.

    Returns
    -------
    HTML with style, script and plotly inside. It can be mailed, archived and printed.
    """
    return document(f"{replay.instance.name}: replay", *_body(replay))


def _body(replay: Replay) -> Iterator[Markup]:
    words = headline(replay)
    yield tag(
        "header",
        tag("h1", f"{replay.instance.name}: replay"),
        tag("p", words[0].upper() + words[1:], class_=f"verdict {MOODS[replay.outcome]}"),
        tag("p", manner(replay)),
        *(tag("p", remark, class_="soft") for remark in remarks(replay)),
    )
    yield _floors(accounts_of(replay))
    yield sections.days(replay.instance)
    for position, service in enumerate(replay.services):
        yield _service(replay, service, position)


def _floors(accounts: Sequence[Account]) -> Markup:
    rows = []
    parts: list[str] = []
    for account in accounts:
        worst, sign = account.worst, f"{SIGNS[account.verdict]} {account.verdict}"
        rows.append(
            (
                account.name,
                account.promise,
                tag("b", sign, class_=f"{MOODS[account.verdict]} nowrap"),
                account.tally,
                f"{period(worst)}: {between(worst.measure, worst.simulated)}",
                amount(worst.measure, worst.predicted),
            )
        )
        parts.append(more(account.name, _periods(account)))
    heads = ("Floor", "Promised", "", "", "At worst", "Formula there")
    caption = "Promises to customers: held, if the whole confidence interval keeps them"
    return section("Floors", table(caption, heads, rows), *parts)


def _periods(account: Account) -> Markup:
    rows = [
        (
            period(judgement),
            f"{judgement.contacts:,.1f}",
            amount(judgement.measure, judgement.simulated.value),
            between(judgement.measure, judgement.simulated),
            amount(judgement.measure, judgement.predicted),
            f"{SIGNS[judgement.verdict]} {judgement.verdict}",
        )
        for judgement in account.judgements
    ]
    heads = ("When", "Contacts", "Simulated", "Confidence interval", "Formula", "")
    return table(account.promise, heads, rows, numbers=(1, 2, 3, 4))


def _service(replay: Replay, service: str, position: int) -> Markup:
    parts: list[str] = []
    for measure in shown_measures(replay, service):
        words = f"{NAMES[measure]} of {service} by interval, simulated and by formula."
        drawing = measure_figure(replay, service, measure, _promised(replay, service, measure))
        parts.append(tag("h3", _heading(replay, service, measure)))
        parts.append(figure(drawing, f"replay-{position}-{measure}", words))
    parts.append(_table(replay, service, replay.of(service, "day")))
    parts.append(more("All intervals", _table(replay, service, replay.of(service, "interval"))))
    return section(service, *parts, class_="in-time long")


def _heading(replay: Replay, service: str, measure: Simulated) -> str:
    if measure == "service_level":
        return f"{NAMES[measure]}, within {replay.within_seconds[service]:g} s"
    return NAMES[measure]


def _promised(replay: Replay, service: str, measure: Simulated) -> float | None:
    """Give what the first floor on a measure promises."""
    found = [
        judgement.promised
        for judgement in replay.judgements
        if judgement.floor.subject == service and judgement.measure == measure
    ]
    return found[0] if found else None


def _table(replay: Replay, service: str, courses: Sequence[Course]) -> Markup:
    (total,) = replay.of(service, "horizon")
    measures = shown_measures(replay, service)
    heads = ["When", "Contacts", NAMES[measures[0]], "interval", "formula"]
    for measure in measures[1:]:
        heads += [NAMES[measure], "formula"]
    caption = f"{service}: simulated, with a confidence interval, and by formula"
    rows = [tuple(_row(course, measures)) for course in courses]
    foot = tuple(_row(total, measures))
    return table(caption, heads, rows, numbers=range(1, len(heads)), foot=foot)


def _row(course: Course, measures: Sequence[Simulated]) -> Iterator[str]:
    first, *others = measures
    yield tag("span", _when(course), class_="nowrap")
    yield f"{course.offered:,.1f}"
    yield amount(first, course.simulated[first].value)
    yield between(first, course.simulated[first])
    yield amount(first, course.predicted[first])
    for measure in others:
        yield amount(measure, course.simulated[measure].value)
        yield amount(measure, course.predicted[measure])


def _when(course: Course) -> str:
    if course.scope == "day":
        return calendar_day(date.fromisoformat(course.when))
    return "All" if course.scope == "horizon" else moment(course.when)
