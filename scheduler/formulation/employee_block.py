"""The employee block: one person's choices and rules, usable alone or together with the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from ..models.base import cents
from ..models.employee import Employee
from ..models.instance import Instance
from ..models.roster import Duty, known_since, past_duties
from ..models.rule import Rule
from .expressions import Expr, Literal, total
from .ledger import Ledger
from .options import Option


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """An option of this employee, and the variable that says whether it is worked."""

    option: Option
    worked: cp_model.IntVar

    @property
    def duty(self) -> Duty:
        """The shift as rules see it."""
        return self.option.duty


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
        self.model = model
        self.ledger = ledger
        self.instance = instance
        self.employee = employee
        self.choices: tuple[Choice, ...] = tuple(
            Choice(option, model.new_bool_var("")) for option in options
        )
        self._any_of: dict[tuple[int, ...], cp_model.IntVar] = {}
        for rule in instance.rules_of(employee):
            rule.post(self)

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
        return {
            day: tuple(choice for choice in self.choices if choice.duty.day == day)
            for day in range(self.horizon_days)
        }

    def on(self, day: int) -> tuple[Choice, ...]:
        """Choices that start on a day of the horizon."""
        return self._by_day.get(day, ())

    def past_on(self, day: int) -> tuple[Duty, ...]:
        """Duties of a day before the horizon."""
        return tuple(duty for duty in self.past if duty.day == day)

    def works(self, day: int) -> Literal:
        """Tell whether a shift starts on the day: a variable, or a fact of the past."""
        return bool(self.past_on(day)) if day < 0 else self.any_of(self.on(day))

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

    @staticmethod
    def total(terms: Iterable[Expr]) -> Expr:
        """Add terms up."""
        return total(terms)

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
        if any(literal is False for literal in unknown):
            return
        negated = [~literal for literal in unknown]
        if rule.weight is not None:
            broken = self.model.new_bool_var("")
            self.ledger.charge(rule.kind, cents(rule.weight) * amount, broken)
            negated.append(broken)
        self.model.add_bool_or(negated)

    def forbid_pattern(
        self, rule: Rule, worked: Iterable[int], off: Iterable[int], amount: int = 1
    ) -> None:
        """Forbid (or charge) that some days are worked while others are off."""
        days_off = [self.works(day) for day in off]
        negated = [not day if isinstance(day, bool) else ~day for day in days_off]
        self.forbid(rule, [*map(self.works, worked), *negated], amount)

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
        reached = False
        followers_before = -1
        for end in sorted({choice.duty.end for choice in early}):
            followers = [c.worked for c in late if c.duty.start < end + minutes]
            if len(followers) > followers_before:  # else the clique of an earlier end covers this
                followers_before = len(followers)
                leaders = [c.worked for c in early if c.duty.end >= end]
                if followers:
                    self.model.add_at_most_one([*leaders, *followers])
            reached = reached or bool(followers) or not late
        return reached
