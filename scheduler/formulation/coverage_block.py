"""The coverage block: what the team does together, and the questions that floors ask about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from ..models.base import hundredths
from ..models.floor import Floor
from ..models.horizon import Slot
from ..models.instance import Instance
from .employee_block import EmployeeBlock
from .ledger import Ledger
from .presence import Presence, profiles


class CoverageBlock:
    """Presence and work of all profiles, and the floors that hold over them.

    A person on duty serves at most one service at a time: Σ_s serve[p, s, t] ≤ duty[p, t], so
    nobody is counted twice.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        ledger: Ledger,
        instance: Instance,
        blocks: Sequence[EmployeeBlock],
    ) -> None:
        self.model = model
        self.ledger = ledger
        self.instance = instance
        self.profiles = [Presence(model, members) for members in profiles(blocks)]
        self._crowd_is_harmless = {
            service.id: all(f.more_is_never_worse for f in instance.floors_on(service.id))
            for service in instance.services
        }
        self._serve: dict[tuple[int, str, int], cp_model.LinearExprT] = {}
        for floor in instance.floors:
            floor.post(self)
        self._post_one_service_at_a_time()

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

    def serving(self, profile: Presence, service: str, slot: int) -> cp_model.LinearExprT:
        """People of a profile who serve a service in a slot."""
        key = (self.profiles.index(profile), service, slot)
        if key not in self._serve:
            self._serve[key] = self._new_serving(profile, service, slot)
        return self._serve[key]

    def _new_serving(self, profile: Presence, service: str, slot: int) -> cp_model.LinearExprT:
        candidates = self.candidates(profile, slot)
        if service not in candidates or not profile.may_be_on_duty(slot):
            return 0
        if candidates == [service] and self._crowd_is_harmless[service]:
            return profile.on_duty(slot)
        return self.model.new_int_var(0, len(profile.blocks), "")

    def effective(self, service: str, slot: int) -> cp_model.LinearExprT:
        """Effective staff of a service in a slot, in hundredths of a person."""
        skill = self.instance.service(service).skill
        return _sum(
            hundredths(profile.skills[skill]) * self.serving(profile, service, slot)
            for profile in self.qualified(skill)
        )

    def free(self, service: str, slot: int) -> cp_model.LinearExprT:
        """Staff on duty who could serve the service but serve nothing, in hundredths."""
        skill = self.instance.service(service).skill
        return _sum(
            hundredths(profile.skills[skill]) * self._idle(profile, slot)
            for profile in self.qualified(skill)
        )

    def _idle(self, profile: Presence, slot: int) -> cp_model.LinearExprT:
        serving = [self.serving(profile, s, slot) for s in self.candidates(profile, slot)]
        return profile.on_duty(slot) - _sum(serving)

    def qualified(self, skill: str, min_proficiency: float | None = None) -> list[Presence]:
        """Profiles with a skill, at a level if one is given."""
        return [
            profile
            for profile in self.profiles
            if skill in profile.skills and profile.skills[skill] >= (min_proficiency or 0)
        ]

    def require(
        self,
        floor: Floor,
        supply: cp_model.LinearExprT,
        need: cp_model.LinearExprT,
        most: int,
        unit: int = 1,
    ) -> None:
        """Demand that supply reaches need, or charge what is missing.

        Parameters
        ----------
        supply, need
            In hundredths of a person, or in whole people if `unit` is 100.
        most
            Largest possible shortage, in the same measure.
        unit
            Hundredths of a unit of violation in one of supply.
        """
        if floor.weight is None:
            self.model.add(supply >= need)
            return
        missing = self.model.new_int_var(0, max(0, most), "")
        self.model.add(supply + missing >= need)
        self.ledger.charge(floor.kind, floor.weight * unit, missing)

    def _post_one_service_at_a_time(self) -> None:
        served: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for (index, _, slot), people in self._serve.items():
            if isinstance(people, cp_model.IntVar):
                served[index, slot].append(people)
        for (index, slot), people in served.items():
            duty = self.profiles[index].on_duty(slot)
            self.model.add(cp_model.LinearExpr.sum(people) <= duty)

    def allocation(self) -> dict[tuple[int, str, int], cp_model.LinearExprT]:
        """Everything that was asked: people by (profile, service, slot)."""
        return self._serve


def _sum(terms: Sequence[cp_model.LinearExprT] | object) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.sum(list(terms))  # type: ignore[call-overload]
