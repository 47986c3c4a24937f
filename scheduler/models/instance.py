"""The instance: everything needed to plan."""

from collections.abc import Callable, Hashable
from functools import cached_property
from itertools import islice
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, model_validator

from .base import MOST_FAULTS, Faults, Id, Location, Model, at_most
from .consistency import find_faults
from .contract import Contract
from .employee import Employee
from .floor import AnyFloor, Floor
from .horizon import Horizon
from .rule import Rule
from .service import Service
from .shift import ShiftTemplate
from .standard import ServiceStandard

T = TypeVar("T")


class Instance(Model):
    """Horizon, services with their demand, floors, shift templates, contracts and employees."""

    schema_version: Literal[1] = 1
    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: str = ""
    horizon: Horizon
    skills: Annotated[tuple[Id, ...], at_most(1000), Field(min_length=1)]
    services: Annotated[tuple[Service, ...], at_most(1000)]
    """May be empty where floors ask for people by shift."""
    floors: Annotated[tuple[AnyFloor, ...], at_most(1000)] = ()
    standards: Annotated[tuple[ServiceStandard, ...], at_most(1000)] = ()
    """Floors under a name, for the services that use them."""
    standards_file: str | None = None
    """JSON file with more `standards`, relative to the instance; the reader puts them in."""
    templates: Annotated[tuple[ShiftTemplate, ...], at_most(1000), Field(min_length=1)]
    contracts: Annotated[tuple[Contract, ...], at_most(1000), Field(min_length=1)]
    employees: Annotated[tuple[Employee, ...], at_most(5000), Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        faults = Faults("Instance")
        for location, message, found in islice(find_faults(self), MOST_FAULTS):
            faults.add(location, message, found)
        faults.raise_if_any()
        return self

    @cached_property
    def _services(self) -> dict[str, Service]:
        return {service.id: service for service in self.services}

    @cached_property
    def _templates(self) -> dict[str, ShiftTemplate]:
        return {template.id: template for template in self.templates}

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        return {contract.id: contract for contract in self.contracts}

    def service(self, name: str) -> Service:
        """Look a service up by its id."""
        return self._services[name]

    def template(self, name: str) -> ShiftTemplate:
        """Look a shift template up by its id."""
        return self._templates[name]

    def contract_of(self, employee: Employee) -> Contract:
        """Give the terms an employee works under."""
        return self._contracts[employee.contract]

    def rules_of(self, employee: Employee) -> tuple[Rule, ...]:
        """All rules of an employee: those everybody carries, the contract's, and their own.

        A personal rule takes the place of the contract's rules of the same kind.
        """
        personal = {rule.kind for rule in employee.rules}
        common = tuple(kind() for kind in Rule.table.values() if kind.always)
        shared = tuple(r for r in self.contract_of(employee).rules if r.kind not in personal)
        return common + shared + employee.rules

    @cached_property
    def _memory(self) -> dict[Hashable, Any]:
        return {}

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what was made of the instance under a key, and make it the first time."""
        if key not in self._memory:
            self._memory[key] = make()
        found: T = self._memory[key]
        return found

    @cached_property
    def located_floors(self) -> tuple[tuple[Location, Floor], ...]:
        """Every floor that holds, with its place: the instance's own and those of standards."""
        own: list[tuple[Location, Floor]] = [
            (("floors", i), floor) for i, floor in enumerate(self.floors)
        ]
        for i, standard in enumerate(self.standards):
            users = [
                service.id
                for service in self.services
                if service.standard == standard.id or service.id in standard.services
            ]
            for service in dict.fromkeys(users):
                for j, floor in standard.floors_for(service):
                    if all(floor != known for _, known in own):
                        own.append((("standards", i, "floors", j), floor))
        return tuple(own)

    @cached_property
    def all_floors(self) -> tuple[Floor, ...]:
        """Every floor that holds: the instance's own, and those of its services' standards."""
        return tuple(floor for _, floor in self.located_floors)

    def floors_on(self, service: str) -> tuple[Floor, ...]:
        """Floors that count who serves a service."""
        return tuple(floor for floor in self.all_floors if floor.served == service)
