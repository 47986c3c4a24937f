"""Service standards: floors under a name, kept once and used by many services and instances."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .base import Id, Model, at_most
from .floor import Floor

ITS_SERVICE = "the service that uses the standard"
"""Stands for the service while a floor belongs to a standard."""

OF_A_STANDARD = "OfAStandard"
"""Ends the name of a floor's schema that leaves the service out."""


class _OfAStandard:
    """Annotation: any registered floor, without the service that it will be for."""

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Fill the service in, and leave it out again in files."""
        return core_schema.no_info_plain_validator_function(
            _parse, serialization=core_schema.plain_serializer_function_ser_schema(_dump)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe every kind known now, without its service."""
        kinds = [Floor.table[name] for name in sorted(Floor.table)]
        return {"anyOf": [_without_service(handler, kind) for kind in kinds]}


def _without_service(handler: GetJsonSchemaHandler, kind: type[Any]) -> JsonSchemaValue:
    whole = handler.resolve_ref_schema(handler(kind.__pydantic_core_schema__))
    if "service" not in kind.model_fields:
        return whole
    fields = {name: field for name, field in whole["properties"].items() if name != "service"}
    required = [name for name in whole.get("required", []) if name != "service"]
    title = f"{kind.__name__}{OF_A_STANDARD}"
    return {**whole, "properties": fields, "required": required, "title": title}


def _parse(value: object) -> Floor:
    if isinstance(value, Floor):
        return value
    if isinstance(value, Mapping):
        if "service" in value:
            message = "a standard's floor is for every service that uses it: leave 'service' out"
            raise PydanticCustomError("standard", "{message}", {"message": message})
        kind = Floor.table.get(str(value.get("kind")))
        if kind is not None and "service" in kind.model_fields:
            value = {**value, "service": ITS_SERVICE}
    return Floor.parse(value)


def _dump(floor: Floor) -> dict[str, Any]:
    return floor.model_dump(mode="json", exclude_none=True, exclude={"service"})


class ServiceStandard(Model):
    """What is promised to the customers of some services: one entry of the access strategy."""

    id: Id
    description: str = ""
    services: Annotated[tuple[Id, ...], at_most(1000)] = ()
    """Services it holds for, besides those that name it as their `standard`."""
    floors: Annotated[
        tuple[Annotated[Floor, _OfAStandard()], ...], at_most(1000), Field(min_length=1)
    ]
    """Floors as in an instance, without their `service`."""

    def floors_for(self, service: str) -> Iterator[tuple[int, Floor]]:
        """Give the floors as promises of one service, each with its place in the standard."""
        for place, floor in enumerate(self.floors):
            if "service" in type(floor).model_fields:
                yield place, floor.model_copy(update={"service": service})
            else:
                yield place, floor
