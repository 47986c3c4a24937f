"""Sequences of shifts that nobody wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ..models.base import Id, Location, Weekday
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Roster, known_since, past_duties
from ..models.rule import Rule
from .automata import Templates
from .names import unknown_templates
from .pattern_automaton import LONGEST, Matches, matched_before

if TYPE_CHECKING:
    from ..formulation import expressions
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.resource import Resource


def _is_an_entry(value: object) -> object:
    if value not in ("any", "off") and not isinstance(value, list | tuple):
        raise PydanticCustomError("entry", "expected 'any', 'off' or a list of templates")
    return value


Entry = Annotated[
    Literal["any", "off"] | Annotated[tuple[Id, ...], Field(min_length=1)],
    BeforeValidator(_is_an_entry),
]


class UnwantedPattern(Rule):
    """On days in a row, the shifts do not match the `pattern`.

    An entry is a list of templates, "any" for any shift, or "off". With `starts_on`, only days that
    begin on this weekday are compared. A match lies in what is known, and ends in the horizon: days
    before the horizon may be its beginning.

    Notes
    -----
    For every day d: not (the day d + i matches entry i, for all i). Weighted: 1 for each d.

    Source: unwanted patterns of INRC-I (Haspeslagh et al. 2014).

    Examples
    --------
    Holds with late, early: late, off, early.

    Broken, by one match: late, early.
    """

    unit: ClassVar[str] = "match"
    example: ClassVar[dict[str, object]] = {
        "kind": "unwanted_pattern",
        "pattern": ["off", ["late", "night"], "any"],
        "starts_on": "fri",
    }

    kind: Literal["unwanted_pattern"] = "unwanted_pattern"
    pattern: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=100)]
    """One entry for each day."""
    starts_on: Weekday | None = None
    """Weekday on which the pattern begins; any, if left out."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template up."""
        for i, entry in enumerate(self.pattern):
            if isinstance(entry, tuple):
                yield from unknown_templates(instance, entry, "pattern", i)

    def post(self, block: EmployeeBlock) -> None:
        """Forbid every match."""
        horizon = block.instance.horizon
        for day in range(block.known_since, block.horizon_days - len(self.pattern) + 1):
            ends_in_horizon = day + len(self.pattern) > 0
            if ends_in_horizon and self.starts_on in (None, horizon.weekday_of(day)):
                matches = [_posted(block, day + i, entry) for i, entry in enumerate(self.pattern)]
                block.forbid(self, matches)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...] | None:
        """Remember which beginnings of the pattern match the last days."""
        if len(self.pattern) > LONGEST:
            return None
        horizon, past = instance.horizon, past_duties(instance.horizon, employee)
        pattern = tuple(_matching(entry) for entry in self.pattern)
        begins = tuple(
            self.starts_on in (None, horizon.weekday_of(day))
            for day in range(-len(pattern), horizon.days)
        )
        known = range(known_since(horizon, employee), 0)
        days = [[duty for duty in past if duty.day == day] for day in known]
        return (Matches(pattern, begins, matched_before(pattern, days), self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare the pattern with every sequence of known days."""
        for last in range(roster.horizon.days):
            days = range(last + 1 - len(self.pattern), last + 1)
            if days[0] < roster.known_since:
                continue
            if self.starts_on is not None and roster.horizon.weekday_of(days[0]) != self.starts_on:
                continue
            if all(_seen(roster, d, entry) for d, entry in zip(days, self.pattern, strict=True)):
                worked = [[duty.template for duty in roster.on(day)] or ["off"] for day in days]
                message = ", ".join(templates[0] for templates in worked)
                yield self.violation(roster, roster.label(days[0]), 1, message)


def _matching(entry: Entry) -> Templates | None:
    if isinstance(entry, tuple):
        return Templates(frozenset(entry))
    return Templates() if entry == "any" else None


def _posted(block: EmployeeBlock, day: int, entry: Entry) -> expressions.Literal:
    if isinstance(entry, tuple):
        return block.works_any(day, entry)
    return block.works(day) if entry == "any" else block.negated(block.works(day))


def _seen(roster: Roster, day: int, entry: Entry) -> bool:
    if isinstance(entry, tuple):
        return any(duty.template in entry for duty in roster.on(day))
    return (day in roster.worked_days) == (entry == "any")
