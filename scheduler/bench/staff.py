"""Who is in a team: skills, contracts, and the hours that the planted schedule gives them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from .team import TeamPlan

T = TypeVar("T")

PAID = {240: 240, 300: 300, 360: 330, 420: 390, 480: 450, 540: 510}
"""Paid minutes of a shift by its length: half an hour of lunch from six hours on."""
LENGTH = {paid: length for length, paid in PAID.items()}
CONTRACTED = {"full": 2250, "lead": 2250, "part": 1350}
"""Paid minutes of a week."""
ON_ONE_DAY = {"full": 450, "lead": 450, "part": 300}
"""The same, where the horizon is a single day."""
WEEKS = {
    "full": ((450,) * 5, (510, 510, 450, 390, 390), (510, 510, 510, 390, 330)),
    "part": ((450,) * 3, (510, 450, 390), (510, 510, 330)),
}
"""Ways to work a contract's minutes; a lead works like a full-timer."""
SHORT_WEEKS = {"full": ((450,) * 4, (510, 510, 390, 390)), "part": ((450,) * 3, (510, 510, 330))}
"""Ways to work at least four fifths of them on fewer days."""
PART_TIME = 0.3
SENIOR = 0.5
LEADS = 0.2
FEWEST_LEADS = 5
MIX = (
    (0.30, {"phones": 1.0}),
    (0.50, {"phones": 1.0, "office": 0.8}),
    (0.70, {"counter": 1.0}),
    (0.85, {"counter": 1.0, "phones": 0.9}),
    (1.00, {"phones": 1.0, "counter": 0.9, "office": 1.0}),
)
"""Cumulative shares of what people can do, and how well."""
LEAD_MIX = ({"phones": 1.0}, {"phones": 1.0, "counter": 1.0}, {"phones": 1.0, "office": 1.0})


class Draw:
    """Random numbers that are the same everywhere."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def share(self) -> float:
        """Draw from [0, 1)."""
        return self._random()

    def pick(self, choices: Sequence[T]) -> T:
        """Draw one of several."""
        return choices[int(self._random() * len(choices))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Put things into a random order."""
        keys = [self._random() for _ in items]
        return [items[i] for i in sorted(range(len(items)), key=keys.__getitem__)]


@dataclass(frozen=True, slots=True)
class Person:
    """An employee to be."""

    name: str
    contract: str
    skills: dict[str, float]

    @property
    def is_lead(self) -> bool:
        """Whether they lead a shift."""
        return "lead" in self.skills

    @property
    def services(self) -> tuple[str, ...]:
        """What they can serve."""
        return tuple(skill for skill in self.skills if skill not in ("lead", "senior"))


def draw_team(plan: TeamPlan, draw: Draw) -> list[Person]:
    """Draw who is in the team: some leads, who are seniors, and a mix of the others."""
    leads = max(FEWEST_LEADS, round(LEADS * plan.people))
    return [_person(i, leads, draw) for i in range(plan.people)]


def _person(number: int, leads: int, draw: Draw) -> Person:
    name = f"person {number + 1:03d}"
    if number < leads:
        skills = LEAD_MIX[number % len(LEAD_MIX)]
        return Person(name, "lead", {**skills, "senior": 1.0, "lead": 1.0})
    share = draw.share()
    skills = next(skills for limit, skills in MIX if share < limit)
    contract = "part" if draw.share() < PART_TIME else "full"
    senior = {"senior": 1.0} if draw.share() < SENIOR else {}
    return Person(name, contract, {**skills, **senior})


def paid_minutes(plan: TeamPlan, person: Person, draw: Draw) -> tuple[int, ...]:
    """Draw the paid minutes of the shifts that a person works in a planted week.

    Leads always work all of their hours: one of them is to be there.
    """
    kind = "part" if person.contract == "part" else "full"
    if plan.days == 1:
        works = person.is_lead or plan.variant == "tight" or draw.share() < 2 / 3
        return (ON_ONE_DAY[person.contract],) if works else ()
    if plan.variant == "rules" and draw.share() < 0.6:
        return tuple(draw.shuffled(draw.pick(SHORT_WEEKS[kind])))
    minutes = draw.shuffled(draw.pick(WEEKS[kind]))
    if plan.variant == "slack" and not person.is_lead:
        minutes = minutes[: 3 if kind == "full" else 2]
    return tuple(minutes)
