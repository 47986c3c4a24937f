"""Samples of a part's choices: what they say of hours holds for all choices."""

from __future__ import annotations

import numpy as np
import pytest
from random_instances import random_instance

from scheduler.engine.layout import Layout
from scheduler.engine.outcome import Interrupt
from scheduler.engine.parts import sample
from scheduler.engine.parts.first_prices import classes_of, first_prices
from scheduler.engine.parts.hours import HourPrices, cuts_of, sums
from scheduler.engine.parts.part_program import PartProgram
from scheduler.engine.polish import shortage_price
from scheduler.engine.program import Floats, Indices
from scheduler.engine.repeated import Repeated
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options


def parts_of(seed: int) -> tuple[list[PartProgram], Indices]:
    """Give the programs of all parts of a random instance, and everybody's class."""
    instance = random_instance(seed)
    options = permitted_options(instance)
    layout = Layout(Formulation(instance, options, shortage_price(instance, options)))
    parts = [PartProgram(layout, part) for part in layout.parts]
    return parts, classes_of(parts, len(layout.formulation.employees))


@pytest.mark.parametrize("seed", range(8))
def test_what_a_sample_costs_is_an_upper_limit_at_any_prices(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Who has fewer choices pays no less; and could keep these choices at any other prices."""
    monkeypatch.setattr(sample, "SAMPLE", 0)
    monkeypatch.setattr(sample, "LEAST", 2)
    parts, classes = parts_of(seed)
    draw = np.random.default_rng(seed)
    asked, other = draw.uniform(-10, 20, (2, classes.max() + 1))
    there = [part.solve_sample(asked[classes]) for part in parts]
    answers = [answer for answer in there if answer is not None]
    assert len(answers) == len(parts)
    for cut in cuts_of(answers, classes, asked):
        for price in (asked, other):
            whole = parts[cut.part].solve(price[classes])
            assert whole is not None
            assert whole.value <= cut.cost + price @ cut.minutes + 1e-6 * (1 + abs(whole.value))


def test_every_kind_has_choices_of_all_lengths() -> None:
    """Nobody is left out of a sample, whose choices are not every tenth of a list."""
    kind = np.repeat([0, 1, 2], [300, 5, 900])
    drawn = sample._drawn(kind)
    each = sample.SAMPLE // 3
    assert np.bincount(kind, drawn).tolist() == [each, 5, each]
    apart = np.diff(np.flatnonzero(drawn[305:]))
    assert len(set(apart.tolist())) > 3
    many = np.repeat(np.arange(100), 50)
    assert (np.bincount(many, sample._drawn(many)) == sample.LEAST).all()


def test_prices_of_samples_are_where_the_whole_begins() -> None:
    """Where a sample has all choices, its prices are the best; their value is not taken over."""
    parts, classes = parts_of(3)
    nothing = np.zeros(classes.max() + 1)
    free = [answer for part in parts if (answer := part.solve(nothing[classes]))]
    most = sums(classes, 0.5 * np.sum([answer.minutes for answer in free], axis=0))
    hours = HourPrices(nothing, most, len(parts), 1.0, Interrupt())

    def value(price: Floats) -> float:
        answers = [part.solve(price[classes]) for part in parts]
        return sum(answer.value for answer in answers if answer) - float(most @ price)

    price = first_prices(parts, classes, hours, lambda _: None)
    assert value(price) > value(nothing)
    assert hours._value == -np.inf
    assert not hours.is_done
    answers = [answer for part in parts if (answer := part.solve(price[classes]))]
    hours.learn(cuts_of(answers, classes, price), sum(answer.value for answer in answers))
    assert hours._value == pytest.approx(value(price))


def test_without_samples_the_whole_begins_at_no_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where GLOP gives up on a sample, or there is no time, nothing is lost but its prices."""
    parts, classes = parts_of(3)
    monkeypatch.setattr(Repeated, "solve", lambda *_: np.inf)
    nothing = np.zeros(classes.max() + 1)
    assert all(part.solve_sample(nothing[classes]) is None for part in parts)
    hours = HourPrices(nothing, nothing + 1, len(parts), 1.0, Interrupt())
    assert not first_prices(parts, classes, hours, lambda _: None).any()
