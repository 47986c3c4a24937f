"""Nouns that come in kinds (rules and floors), told apart by their ``kind`` in files.

A new kind registers itself when its class is defined, so a project that embeds the package adds
its own rule by writing the class, and nothing else.
"""

from abc import ABC
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .base import Faults, Model, did_you_mean


class Kind(Model, ABC):
    """A model that names its kind; `table` holds every kind of one root class."""

    table: ClassVar[dict[str, type[Any]]]
    noun: ClassVar[str]

    kind: str
    """Which one it is."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the class into its root's table.

        Raises
        ------
        TypeError
            If another class has the kind already.
        """
        super().__pydantic_init_subclass__(**kwargs)
        name = cls.model_fields["kind"].default
        if not isinstance(name, str):
            return
        known = cls.table.get(name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"the {cls.noun} kind '{name}' is taken by {known.__qualname__}")
        cls.table[name] = cls

    @classmethod
    def parse(cls, value: object) -> Self:
        """Turn the mapping of a file into the right kind.

        Raises
        ------
        PydanticCustomError
            If the value is no mapping.
        ValidationError
            If its kind is missing or unknown, or something else in it is wrong.
        """
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            raise PydanticCustomError("kind", "expected an object with a 'kind'")
        name = value.get("kind")
        if not isinstance(name, str) or name not in cls.table:
            faults = Faults(cls.__name__)
            faults.add(("kind",), _unknown(cls.noun, value) + did_you_mean(str(name), cls.table))
            faults.raise_if_any()
        found: Self = cls.table[str(name)].model_validate(value)
        return found


def _unknown(noun: str, value: Mapping[str, Any]) -> str:
    if "kind" not in value:
        return "no 'kind' given"
    name = value["kind"]
    return f"unknown {noun} kind '{name[:60]}'" if isinstance(name, str) else "expected a text"


class OneOf:
    """Annotation: any registered kind of a root class, now or later."""

    def __init__(self, root: type[Kind]) -> None:
        self._root = root

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate by looking the kind up when a value arrives."""
        return core_schema.no_info_plain_validator_function(self._root.parse)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe every kind known now."""
        kinds = [self._root.table[name] for name in sorted(self._root.table)]
        return {"anyOf": [handler(kind.__pydantic_core_schema__) for kind in kinds]}
