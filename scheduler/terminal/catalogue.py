"""The rules and floors there are, read off their classes: for the command line and the docs."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from typing import Any

from .. import floors, rules
from ..models.base import did_you_mean
from ..models.floor import Floor
from ..models.rule import Rule
from ..report.promises import meaning

SUFFIXES = {"minutes": "minutes", "seconds": "seconds", "percent": "percent"}
TYPES = {
    "array": "list",
    "boolean": "true or false",
    "integer": "whole number",
    "number": "number",
    "object": "object",
    "string": "text",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter."""

    name: str
    type: str
    unit: str
    default: str
    """As JSON; ``"none"`` for null, ``"required"`` where it has to be given."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the documentation of a rule or floor says."""

    kind: str
    noun: str
    meaning: str
    """One sentence."""
    details: str
    mathematics: str
    source: str
    examples: str
    fields: tuple[Field, ...]
    example: str
    """As it may stand in a file."""
    strength: str
    """Whether it is hard, weighted or either."""


def entries() -> tuple[Entry, ...]:
    """Every rule and floor known, floors first: the built-in ones in their order, then others."""
    built_in = (*floors.BUILT_IN, *rules.BUILT_IN)
    others = (kind for root in (Floor, Rule) for kind in root.table.values())
    return tuple(_entry(kind) for kind in dict.fromkeys((*built_in, *others)))


def entry(kind: str) -> Entry:
    """Look one up.

    Raises
    ------
    KeyError
        If there is none; the message names the nearest.
    """
    known = {found.kind: found for found in entries()}
    if kind not in known:
        raise KeyError(f"unknown rule or floor '{kind}'{did_you_mean(kind, known)}")
    return known[kind]


def _entry(owner: type[Any]) -> Entry:
    sections = _sections(inspect.cleandoc(owner.__doc__ or ""))
    mathematics, _, source = sections.get("Notes", "").partition("Source:")
    return Entry(
        kind=owner.model_fields["kind"].default,
        noun=owner.noun,
        meaning=meaning(owner),
        details=sections[""].partition("\n\n")[2].strip(),
        mathematics=mathematics.strip(),
        source=" ".join(source.split()),
        examples=sections.get("Examples", ""),
        fields=tuple(_fields(owner)),
        example=json.dumps(owner.example, indent=1, ensure_ascii=False),
        strength=_strength(owner),
    )


def _sections(text: str) -> dict[str, str]:
    """Split a numpydoc text at its headings; what comes before the first has no name."""
    parts = re.split(r"^(\w+)\n-+\n", text, flags=re.MULTILINE)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {"": parts[0].strip(), **{name: body.strip() for name, body in named}}


def _strength(owner: type[Any]) -> str:
    if getattr(owner, "always", False):
        return "carried by every employee"
    return f"hard, or weighted per {owner.unit}"


def _fields(owner: type[Any]) -> list[Field]:
    schema = owner.model_json_schema()
    required = schema.get("required", [])
    names = [name for name in schema["properties"] if name != "kind"]
    if getattr(owner, "always", False):
        names.remove("weight")  # such a rule stands in no file
    names.sort(key=lambda name: (name not in required, name in ("hours", "weight")))
    return [_field(owner, name, schema, name in required) for name in names]


def _field(owner: type[Any], name: str, schema: dict[str, Any], required: bool) -> Field:
    property_ = schema["properties"][name]
    return Field(
        name=name,
        type=_type(property_, schema),
        unit=_unit(owner, name),
        default="required" if required else _default(property_.get("default")),
        meaning=" ".join(property_.get("description", "").split()),
    )


def _default(value: object) -> str:
    return "none" if value is None else json.dumps(value)


def _unit(owner: type[Any], name: str) -> str:
    if name == "weight":
        return f"money per {owner.unit}"
    last = name.rpartition("_")[2]
    return SUFFIXES.get(last, "money" if last == "weight" else "")


def _type(property_: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in property_:
        return _type(schema["$defs"][property_["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in property_:
        some = [part for part in property_["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(_type(part, schema) for part in some))
    if "const" in property_:
        return json.dumps(property_["const"])
    if "enum" in property_:
        return " or ".join(json.dumps(value) for value in property_["enum"])
    name = TYPES.get(property_.get("type", ""), "value")
    if name == "list":
        return f"list of {_many(property_.get('items', {}), schema)}"
    return name + _range(property_)


def _many(items: dict[str, Any], schema: dict[str, Any]) -> str:
    """Give the type of a list's entries, in the plural."""
    if "anyOf" in items:
        return _type(items, schema)
    name = TYPES.get(items.get("type", ""), "") if "enum" in items else _type(items, schema)
    return name if name.startswith("list") else f"{name}s"


def _range(property_: dict[str, Any]) -> str:
    low, high = property_.get("minimum"), property_.get("maximum")
    above, below = property_.get("exclusiveMinimum"), property_.get("exclusiveMaximum")
    parts = [
        f"at least {low:g}" if low else "",
        f"above {above:g}" if above is not None else "",
        f"below {below:g}" if below is not None else "",
        # Limits that only catch typing errors tell a reader nothing.
        f"at most {high:g}" if high is not None and high <= 1000 else "",
    ]
    return "".join(f", {part}" for part in parts if part)
