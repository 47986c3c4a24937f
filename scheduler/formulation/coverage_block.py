"""The coverage block: what the team does together, and the questions that floors ask about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from ..models.floor import Floor
from ..models.horizon import Slot
from ..models.instance import Instance
from .employee_block import EmployeeBlock
from .expressions import Expr, total, weighted_total
from .ledger import Ledger
from .presence import Presence, profiles
from .rounding import rounded_rows
from .shift_skills import ShiftSkills
from .steps import relief

SHORTAGE = "shortage"
"""Term of what hard floors lack while they are relaxed."""


@dataclass(frozen=True, slots=True, eq=False)
class Shortage:
    """What a relaxed hard floor lacks in a slot, or in several together."""

    slots: tuple[int, ...]
    missing: cp_model.IntVar
    unit: int
    """Hundredths of a person in one of `missing`."""


def always() -> None:
    """Let the building of a model go on."""


class CoverageBlock:
    """Presence and work of all profiles, and the floors that hold over them.

    A person on duty serves at most one service at a time: Σ_s serve[p, s, t] ≤ duty[p, t], so
    nobody is counted twice.

    Parameters
    ----------
    model
        Where variables and constraints go.
    ledger
        Where costs go.
    instance
        What is planned.
    blocks
        Everybody's employee blocks.
    shortage_price
        Cents for every hundredth of a person that a hard floor lacks; None keeps it hard.
    go_on
        Called between profiles and floors: what it raises ends the building.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        ledger: Ledger,
        instance: Instance,
        blocks: Sequence[EmployeeBlock],
        shortage_price: int | None = None,
        go_on: Callable[[], None] = always,
    ) -> None:
        self._shortage_price = shortage_price
        self.shortages: list[Shortage] = []
        """What hard floors lack, while they are relaxed."""
        self.model = model
        self.ledger = ledger
        self.instance = instance
        self.members = {block.employee.id: block for block in blocks}
        """Employee blocks by id."""
        self.profiles: list[Presence] = []
        for members in profiles(blocks):
            go_on()
            self.profiles.append(Presence(model, members))
        self.shift_skills = ShiftSkills(model, self.profiles)
        self._crowd_is_harmless = {
            service.id: all(f.more_is_never_worse for f in instance.floors_on(service.id))
            for service in instance.services
        }
        self._paces: dict[str, list[tuple[Presence, int]]] = {}
        self._serve: dict[tuple[int, str, int], Expr] = {}
        self.free_to_serve: dict[tuple[int, str, int], cp_model.IntVar] = {}
        """People by (profile, service, slot), where the model may choose."""
        for floor in instance.all_floors:
            go_on()
            floor.post(self)
        self._post_one_service_at_a_time()
        self.shift_skills.post()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of the horizon."""
        return self.instance.horizon.slots

    def open_slots(self, floor: Floor, service: str) -> list[Slot]:
        """Slots in which a floor on a service holds: its own hours, while the service is open."""
        found = self.instance.service(service)
        return [slot for slot in self.slots if floor.holds_in(slot) and found.is_open(slot)]

    def candidates(self, profile: Presence, slot: int) -> list[str]:
        """Services that the profile can serve and that are open."""
        return [
            service.id
            for service in self.instance.services
            if service.skill in profile.skills and service.is_open(self.slots[slot])
        ]

    def on_shift(self, day: int, template: str, skill: str | None = None) -> Expr:
        """People who work a template on a day, in a skill if one is given."""
        if skill is not None:
            return self.shift_skills.people(day, template, skill)
        return total(profile.on_shift(day, template) for profile in self.profiles)

    def serving(self, profile: Presence, service: str, slot: int) -> Expr:
        """People of a profile who serve a service in a slot."""
        key = (self.profiles.index(profile), service, slot)
        if key not in self._serve:
            self._serve[key] = self._new_serving(profile, service, slot)
        return self._serve[key]

    def _new_serving(self, profile: Presence, service: str, slot: int) -> Expr:
        candidates = self.candidates(profile, slot)
        if service not in candidates or not profile.may_be_on_duty(slot):
            return 0
        if candidates == [service] and self._crowd_is_harmless[service]:
            return profile.on_duty(slot)
        people = self.model.new_int_var(0, len(profile.blocks), "")
        self.free_to_serve[self.profiles.index(profile), service, slot] = people
        return people

    def effective(self, service: str, slot: int) -> Expr:
        """Effective staff of a service in a slot, in hundredths of a person."""
        return total(
            pace * self.serving(profile, service, slot) for profile, pace in self.paces(service)
        )

    def free(self, service: str, slot: int) -> Expr:
        """Staff on duty who could serve the service but serve nothing, in hundredths."""
        return total(pace * self._idle(profile, slot) for profile, pace in self.paces(service))

    def paces(self, service: str) -> list[tuple[Presence, int]]:
        """Profiles that can serve, and the effective staff each of them counts for (hundredths)."""
        if service not in self._paces:
            found = self.instance.service(service)
            self._paces[service] = [
                (profile, found.pace_hundredths(profile.skills[found.skill]))
                for profile in self.qualified(found.skill)
            ]
        return self._paces[service]

    def most_effective(self, service: str) -> int:
        """Effective staff of a service if everybody served it, in hundredths of a person."""
        return sum(pace * len(profile.blocks) for profile, pace in self.paces(service))

    def _idle(self, profile: Presence, slot: int) -> Expr:
        serving = [self.serving(profile, s, slot) for s in self.candidates(profile, slot)]
        return profile.on_duty(slot) - total(serving)

    def qualified(self, skill: str, min_proficiency: float | None = None) -> list[Presence]:
        """Profiles with a skill, at a level if one is given."""
        return [
            profile
            for profile in self.profiles
            if skill in profile.skills and profile.skills[skill] >= (min_proficiency or 0)
        ]

    def relief(
        self,
        service: str,
        slot: int,
        first: int,
        drops: Sequence[int],
        missing: Expr | None = None,
    ) -> Expr:
        """Give by how much the staff of a slot lessens a measure: see `steps.relief`.

        Parameters
        ----------
        missing
            What is missing to `first`, and charged for; None if the staff may stay below.
        """
        paces = [pace for _, pace in self.paces(service)]
        staff, most = self.effective(service, slot), self.most_effective(service)
        is_whole = all(pace % 100 == 0 for pace in paces)
        reached = missing is not None
        staff = staff + missing if missing is not None else staff
        return relief(self.model, staff, most, first, drops, is_whole=is_whole, reached=reached)

    @staticmethod
    def total(terms: Iterable[Expr]) -> Expr:
        """Add terms up."""
        return total(terms)

    def require(
        self,
        floor: Floor,
        slots: int | Sequence[int],
        supply: Expr,
        need: Expr,
        most: int,
        unit: int = 1,
    ) -> None:
        """Demand that supply reaches need in a slot or several, or charge what is missing.

        Parameters
        ----------
        supply, need
            In hundredths of a person, or in whole people if `unit` is 100.
        most
            Largest possible shortage, in the same measure.
        unit
            Hundredths of a unit of violation in one of supply.
        """
        self.model.add(supply + self.missing(floor, slots, most, unit) >= need)

    def require_staff(self, floor: Floor, service: str, slot: int, need: int) -> Expr:
        """Demand effective staff, in hundredths of a person, in a slot; give what is missing.

        Rows that follow for whole people are posted, too: they say little new, but a relaxation
        sees it.
        """
        missing = self.missing(floor, slot, need)
        self.model.add(self.effective(service, slot) + missing >= need)
        staff = [
            (self.serving(profile, service, slot), pace) for profile, pace in self.paces(service)
        ]
        need -= sum(pace * people for people, pace in staff if isinstance(people, int))
        staff = [(people, pace) for people, pace in staff if pace and not isinstance(people, int)]
        for factors, side in rounded_rows(tuple(sorted({pace for _, pace in staff})), need):
            served = weighted_total([n for n, _ in staff], [factors[pace] for _, pace in staff])
            self.model.add(served + missing >= side)
        return missing

    def missing(self, floor: Floor, slots: int | Sequence[int], most: int, unit: int = 1) -> Expr:
        """Give what a floor may lack around slots: 0 if it is hard, else a priced variable.

        Parameters
        ----------
        most
            Largest possible lack.
        unit
            Hundredths of a unit of violation in one of it.
        """
        price = self._shortage_price if floor.weight is None else floor.weight
        if price is None:
            return 0
        missing = self.model.new_int_var(0, max(0, most), "")
        if floor.weight is None:
            where = (slots,) if isinstance(slots, int) else tuple(slots)
            self.shortages.append(Shortage(where, missing, unit))
            self.ledger.charge(SHORTAGE, price * unit, missing)
        else:
            self.ledger.charge(floor.kind, price * unit, missing)
        return missing

    def _post_one_service_at_a_time(self) -> None:
        served: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for (index, _, slot), people in self.free_to_serve.items():
            served[index, slot].append(people)
        for (index, slot), serving in served.items():
            self.model.add(total(serving) <= self.profiles[index].on_duty(slot))

    def allocation(self) -> dict[tuple[int, str, int], Expr]:
        """Everything that was asked: people by (profile, service, slot)."""
        return self._serve
