"""The employee block: one person's choices and rules, usable alone or together with the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from ..models.base import cents
from ..models.employee import Employee
from ..models.instance import Instance
from ..models.roster import Duty, known_since, past_duties
from ..models.rule import Rule
from .expressions import Expr, Literal, total, weighted_total
from .ledger import Ledger
from .options import Option


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """An option of this employee, and the variable that says whether it is worked."""

    option: Option
    duty: Duty
    """The shift as rules see it."""
    worked: cp_model.IntVar


class EmployeeBlock:
    """Variables of one employee, with the questions that rules ask about them.

    Parameters
    ----------
    model
        Where variables and constraints go.
    ledger
        Where costs go.
    instance, employee
        Whose block it is.
    options
        What the employee may choose from; see `permitted_options`.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        ledger: Ledger,
        instance: Instance,
        employee: Employee,
        options: Iterable[Option],
    ) -> None:
        begins = len(model.proto.variables), len(model.proto.constraints)
        self.model = model
        self.ledger = ledger
        self.instance = instance
        self.employee = employee
        self.choices: tuple[Choice, ...] = tuple(
            Choice(option, option.duty, model.new_bool_var("")) for option in options
        )
        self._works: dict[int, Literal] = {}
        self._any_of: dict[tuple[int, ...], cp_model.IntVar] = {}
        self._either_of: dict[tuple[int, ...], cp_model.IntVar] = {}
        for rule in instance.rules_of(employee):
            rule.post(self)
        self.variables = range(begins[0], len(model.proto.variables))
        """Positions of the block's own variables in the model."""
        self.constraints = range(begins[1], len(model.proto.constraints))
        """Positions of its constraints: over no other variables than these."""

    @property
    def horizon_days(self) -> int:
        """Number of planned days."""
        return self.instance.horizon.days

    @cached_property
    def past(self) -> tuple[Duty, ...]:
        """Duties before the horizon, in order of time."""
        return past_duties(self.instance.horizon, self.employee)

    @cached_property
    def known_since(self) -> int:
        """First day about which anything is known: 0 without a history."""
        return known_since(self.instance.horizon, self.employee)

    @cached_property
    def _by_day(self) -> dict[int, tuple[Choice, ...]]:
        days: dict[int, list[Choice]] = {day: [] for day in range(self.horizon_days)}
        for choice in self.choices:
            days[choice.duty.day].append(choice)
        return {day: tuple(choices) for day, choices in days.items()}

    def on(self, day: int) -> tuple[Choice, ...]:
        """Choices that start on a day of the horizon."""
        return self._by_day.get(day, ())

    def past_on(self, day: int) -> tuple[Duty, ...]:
        """Duties of a day before the horizon."""
        return tuple(duty for duty in self.past if duty.day == day)

    def works(self, day: int) -> Literal:
        """Tell whether a shift starts on the day: a variable, or a fact of the past."""
        if day not in self._works:
            known = bool(self.past_on(day)) if day < 0 else self.any_of(self.on(day))
            self._works[day] = known
        return self._works[day]

    def any_of(self, choices: Sequence[Choice]) -> Literal:
        """Tell whether one of several choices of the same day is worked."""
        if not choices:
            return False
        if len(choices) == 1:
            return choices[0].worked
        key = tuple(choice.worked.index for choice in choices)
        if key not in self._any_of:
            literal = self.model.new_bool_var("")
            self.model.add(total(c.worked for c in choices) == literal)
            self._any_of[key] = literal
        return self._any_of[key]

    def templates_on(self, day: int) -> set[str]:
        """Templates that may be worked on a day, or were."""
        duties = self.past_on(day) if day < 0 else [choice.duty for choice in self.on(day)]
        return {duty.template for duty in duties}

    def works_any(self, day: int, templates: Sequence[str]) -> Literal:
        """Tell whether a shift of one of several templates starts on the day."""
        if day < 0:
            return any(duty.template in templates for duty in self.past_on(day))
        return self.any_of([c for c in self.on(day) if c.duty.template in templates])

    def any_day(self, days: Sequence[int]) -> Literal:
        """Tell whether a shift starts on one of several days; those after the horizon are free."""
        return self.either([self.works(day) for day in days])

    def either(self, literals: Sequence[Literal]) -> Literal:
        """Tell whether one of several literals holds."""
        unknown = [literal for literal in literals if not isinstance(literal, bool)]
        if any(literal is True for literal in literals):
            return True
        if len(unknown) < 2:
            return unknown[0] if unknown else False
        key = tuple(literal.index for literal in unknown)
        if key not in self._either_of:
            either = self.model.new_bool_var("")
            self.model.add(total(unknown) >= either)
            for literal in unknown:
                self.model.add(either >= literal)
            self._either_of[key] = either
        return self._either_of[key]

    @staticmethod
    def count(literals: Iterable[Literal]) -> Expr:
        """Count how many literals hold."""
        return total(int(lit) if isinstance(lit, bool) else lit for lit in literals)

    @staticmethod
    def negated(literal: Literal) -> Literal:
        """Turn a literal round."""
        return not literal if isinstance(literal, bool) else ~literal

    @staticmethod
    def total(terms: Iterable[Expr]) -> Expr:
        """Add terms up."""
        return total(terms)

    @staticmethod
    def paid_minutes(choices: Iterable[Choice]) -> Expr:
        """Add up the paid minutes of those choices that are worked."""
        among = list(choices)
        return weighted_total([c.worked for c in among], [c.duty.paid_minutes for c in among])

    def slack(self, rule: Rule, most: int) -> Expr:
        """Give the units by which the rule may be broken: 0 if hard, else a priced variable."""
        if rule.weight is None or most <= 0:
            return 0
        amount = self.model.new_int_var(0, most, "")
        self.ledger.charge(rule.kind, cents(rule.weight), amount)
        return amount

    def forbid(self, rule: Rule, literals: Iterable[Literal], amount: int = 1) -> None:
        """Forbid that all literals hold at once, or charge `amount` units of violation for it."""
        unknown = [literal for literal in literals if literal is not True]
        if not any(literal is False for literal in unknown):
            self.exclude(unknown, unless=self.breach(rule, amount))

    def breach(self, rule: Rule, amount: int = 1) -> Literal:
        """Give what lets the rule be broken: never if hard, else a literal with its price."""
        if rule.weight is None:
            return False
        broken = self.model.new_bool_var("")
        self.ledger.charge(rule.kind, cents(rule.weight) * amount, broken)
        return broken

    def exclude(self, literals: Iterable[Literal], unless: Literal = False) -> None:
        """Forbid that all literals hold at once, unless another one does."""
        ways_out = [*(self.negated(literal) for literal in literals), unless]
        if not any(way is True for way in ways_out):
            self.model.add_bool_or([way for way in ways_out if way is not False])

    def separate(self, minutes: int) -> None:
        """Keep shifts apart: at least `minutes` from the end of one to the start of the next."""
        for day in range(self.horizon_days):
            for later in range(day + 1, self.horizon_days):
                if not self._separate_days(self.on(day), self.on(later), minutes):
                    break
        for duty in self.past:
            for choice in self.choices:
                if choice.duty.start < duty.end + minutes:
                    self.model.add(choice.worked == 0)

    def _separate_days(self, early: Sequence[Choice], late: Sequence[Choice], minutes: int) -> bool:
        """Post one clique for each end time; tell whether later days can still be too close."""
        starts = sorted(choice.duty.start for choice in late)
        too_close = 0
        for end in sorted({choice.duty.end for choice in early}):
            followers = bisect_left(starts, end + minutes)
            if followers > too_close:  # else the clique of an earlier end covers this
                too_close = followers
                leaders = [c.worked for c in early if c.duty.end >= end]
                hurried = [c.worked for c in late if c.duty.start < end + minutes]
                self.model.add_at_most_one([*leaders, *hurried])
        return too_close > 0 or (bool(early) and not late)
