"""Skills of shifts: in which of their skills people work, counted by profile.

Where a floor asks for a skill on a shift, everybody on it works in exactly one of their own skills.
With a[p, d, o, s] people of profile p who work template o on day d in skill s, Σ_s a = n[p, d, o];
skills that nobody asks for are left out, and the sum may then stay below. People of a profile are
alike, so counts are exact, and naming the skill of each person afterwards always works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ortools.sat.python import cp_model

from ..models.roster import Duty
from .expressions import Expr, total
from .presence import Presence

Place = tuple[int, int, str]
"""Profile, day, template."""


class ShiftSkills:
    """People by profile, day, template and skill.

    Parameters
    ----------
    model
        Where variables and constraints go.
    profiles
        Everybody, by profile.
    """

    def __init__(self, model: cp_model.CpModel, profiles: Sequence[Presence]) -> None:
        self._model = model
        self._profiles = profiles
        self._asked: dict[Place, dict[str, Expr]] = defaultdict(dict)
        self.free: dict[tuple[int, int, str, str], cp_model.IntVar] = {}
        """People by (profile, day, template, skill), where the model may choose."""

    def people(self, day: int, template: str, skill: str) -> Expr:
        """People who work a template on a day in a skill."""
        return total(
            self._people_of(index, day, template, skill)
            for index, profile in enumerate(self._profiles)
            if skill in profile.skills and not isinstance(profile.on_shift(day, template), int)
        )

    def _people_of(self, index: int, day: int, template: str, skill: str) -> Expr:
        profile, asked = self._profiles[index], self._asked[index, day, template]
        if skill not in asked:
            if len(profile.skills) == 1:
                asked[skill] = profile.on_shift(day, template)
            else:
                people = self._model.new_int_var(0, len(profile.blocks), "")
                asked[skill] = self.free[index, day, template, skill] = people
        return asked[skill]

    def post(self) -> None:
        """Let everybody work in one skill; call it when every floor has asked."""
        for (index, day, template), asked in self._asked.items():
            profile = self._profiles[index]
            if len(profile.skills) == 1:
                continue
            people = profile.on_shift(day, template)
            if len(asked) == len(profile.skills):
                self._model.add(total(asked.values()) == people)
            else:
                self._model.add(total(asked.values()) <= people)

    def counts(self, index: int) -> Iterator[tuple[int, str, dict[str, Expr]]]:
        """Give (day, template, people by skill) of a profile, in order of time."""
        for (profile, day, template), asked in sorted(self._asked.items()):
            if profile == index:
                yield day, template, asked


def name_skills(
    skills: Sequence[str],
    counts: Sequence[tuple[int, str, Mapping[str, int]]],
    duties: Mapping[str, Sequence[Duty]],
) -> dict[tuple[str, Duty], str]:
    """Give everybody of a profile a skill on each shift; whoever can, keeps the one before.

    Parameters
    ----------
    skills
        Those of the profile.
    counts
        How many work in which skill, by day and template, in order of time. Whoever is left works
        in another skill.
    duties
        Everybody's duties.
    """
    found: dict[tuple[str, Duty], str] = {}
    last: dict[str, str] = {}
    working: dict[tuple[int, str], list[tuple[str, Duty]]] = defaultdict(list)
    for name, mine in duties.items():
        for duty in mine:
            working[duty.day, duty.template].append((name, duty))
    for day, template, people in counts:
        there = working[day, template]
        other = next((skill for skill in skills if skill not in people), skills[0])
        places = dict(people)
        places[other] = places.get(other, 0) + len(there) - sum(people.values())
        waiting = []
        for name, duty in there:
            if places.get(last.get(name, ""), 0) > 0:
                places[last[name]] -= 1
                found[name, duty] = last[name]
            else:
                waiting.append((name, duty))
        left = [skill for skill, number in places.items() for _ in range(number)]
        for (name, duty), skill in zip(waiting, left, strict=True):
            found[name, duty] = last[name] = skill
    return found
