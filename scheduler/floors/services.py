"""Shared by the floors: the base of those on a service, and looking names up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..models.base import Id, Location, did_you_mean
from ..models.consistency import LARGEST_LOAD
from ..models.floor import Floor
from ..models.instance import Instance


class ServiceFloor(Floor):
    """A floor on those who serve one service."""

    service: Id

    @property
    def subject(self) -> str:
        """The service."""
        return self.service

    @property
    def served(self) -> str:
        """The service."""
        return self.service

    def without_arrivals(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service up, and complain where its demand is a number of people."""
        yield from unknown_service(instance, self.service)
        for service in instance.services:
            if service.id == self.service and service.demand.kind != "arrivals":
                what = self.kind.replace("_", " ")
                a = "an" if what[0] in "aeiou" else "a"
                yield (
                    ("service",),
                    f"the demand of '{service.id}' is staff: {a} {what} needs arrivals",
                )

    def has_arrivals(self, instance: Instance) -> bool:
        """Tell whether its service is known, and its arrivals in every slot, too."""
        return any(
            service.demand.kind == "arrivals" and service.demand.fits(instance.horizon)
            for service in instance.services
            if service.id == self.service
        )

    def everybody(self, instance: Instance) -> int:
        """Effective staff if everybody served, in hundredths of a person."""
        service = instance.service(self.service)
        return sum(
            service.pace_hundredths(e.skills[service.skill])
            for e in instance.employees
            if service.skill in e.skills
        )

    def overloaded(self, instance: Instance, loads: Mapping[int, float]) -> Iterator[str]:
        """Say where more work arrives, in people by slot, than everybody together could do."""
        most = self.everybody(instance)
        beyond = [slot for slot, erlangs in loads.items() if erlangs > 0 and 100 * erlangs >= most]
        if beyond and max(loads.values()) <= LARGEST_LOAD:  # else the demand itself is refused
            worst = max(beyond, key=lambda slot: loads[slot])
            when = instance.horizon.label(worst * instance.horizon.interval_minutes)
            yield (
                f"in {len(beyond)} interval{'s' if len(beyond) > 1 else ''}: at {when} work for "
                f"{loads[worst]:.2f} people arrives, and all who can serve make {most / 100:g}"
            )


OVER = {"interval": "in every interval", "day": "over each day", "horizon": "over the horizon"}
"""Scopes in words."""


def share(value: float) -> str:
    """Say a share: ``"80%"``, with a decimal only where there is one."""
    return f"{value:.0%}" if abs(value * 100 - round(value * 100)) < 1e-9 else f"{value:.1%}"


def unknown_service(instance: Instance, name: str) -> Iterator[tuple[Location, str]]:
    """Complain about a service that does not exist."""
    known = [service.id for service in instance.services]
    if name not in known:
        yield ("service",), f"unknown service '{name}'{did_you_mean(name, known)}"


def unknown_skill(instance: Instance, name: str | None) -> Iterator[tuple[Location, str]]:
    """Complain about a skill that does not exist."""
    if name is not None and name not in instance.skills:
        yield ("skill",), f"unknown skill '{name}'{did_you_mean(name, instance.skills)}"
