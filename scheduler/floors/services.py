"""Shared by the floors: the base of those on a service, and looking names up."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.base import Id, Location, did_you_mean
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


def unknown_service(instance: Instance, name: str) -> Iterator[tuple[Location, str]]:
    """Complain about a service that does not exist."""
    known = [service.id for service in instance.services]
    if name not in known:
        yield ("service",), f"unknown service '{name}'{did_you_mean(name, known)}"


def unknown_skill(instance: Instance, name: str | None) -> Iterator[tuple[Location, str]]:
    """Complain about a skill that does not exist."""
    if name is not None and name not in instance.skills:
        yield ("skill",), f"unknown skill '{name}'{did_you_mean(name, instance.skills)}"
