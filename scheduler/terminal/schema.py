"""JSON Schemas of the files we read and write, for editors and for programs that write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from .. import floors, rules  # noqa: F401  the schema names every kind that is known
from ..io.standards import StandardsFile
from ..io.text import COMMENT
from ..models.design import DesignFile, DesignProblem
from ..models.floor import Floor
from ..models.instance import Instance
from ..models.rule import Rule
from ..models.schedule import ScheduleFile
from ..models.standard import OF_A_STANDARD

DIALECT = "https://json-schema.org/draft/2020-12/schema"

LOCAL_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"

SHORTHANDS: dict[str, dict[str, Any]] = {
    "StartRange": {"type": "string", "pattern": r"^\d{1,2}:\d{2}$", "examples": ["08:30"]},
    "LengthRange": {"type": "integer", "minimum": 1, "examples": [480]},
}
"""What may stand for a whole object; the models take it before they validate."""

BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
PROPER = {"array": {"minLength": "minItems"}, "integer": BOUNDS, "number": BOUNDS}
"""What pydantic calls otherwise where a validator of ours comes before its own."""


def instance_schema() -> dict[str, Any]:
    """Describe instance files."""
    return _document(Instance, "Instance file of servicefloor")


def schedule_schema() -> dict[str, Any]:
    """Describe schedule files."""
    return _document(ScheduleFile, "Schedule file of servicefloor")


def standards_schema() -> dict[str, Any]:
    """Describe files of service standards."""
    return _document(StandardsFile, "Service standards file of servicefloor")


def design_problem_schema() -> dict[str, Any]:
    """Describe files of design problems."""
    return _document(DesignProblem, "Design problem file of servicefloor")


def design_schema() -> dict[str, Any]:
    """Describe files of designs."""
    return _document(DesignFile, "Design file of servicefloor")


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "instance": instance_schema,
    "schedule": schedule_schema,
    "standards": standards_schema,
    "design-problem": design_problem_schema,
    "design": design_schema,
}
"""Every kind of file that is described, by its name on the command line."""


def _document(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    kinds: dict[str, Any] = {}
    schema = _rewrite(schema, lambda node: _refer_to_kinds(node, kinds))
    schema["$defs"] = dict(sorted({**schema.get("$defs", {}), **kinds}.items()))
    return {"$schema": DIALECT, **_rewrite(schema, _finish), "title": title}


def _rewrite(node: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """Apply a change to every object of a tree, leaves first."""
    if isinstance(node, dict):
        return change({key: _rewrite(value, change) for key, value in node.items()})
    return [_rewrite(item, change) for item in node] if isinstance(node, list) else node


def _refer_to_kinds(node: dict[str, Any], kinds: dict[str, Any]) -> dict[str, Any]:
    """Describe each rule and floor once, and refer to it wherever it may stand."""
    kind = node.get("properties", {}).get("kind", {})
    name = str(kind.get("const"))
    owner = Rule.table.get(name) or Floor.table.get(name)
    title = node.get("title", "")
    if owner is None or title.removesuffix(OF_A_STANDARD) != owner.__name__:
        return node
    kinds[title] = {**node, "required": ["kind", *node.get("required", [])]}
    return {"$ref": f"#/$defs/{title}"}


def _finish(node: dict[str, Any]) -> dict[str, Any]:
    """Allow remarks in every object, and the shorthands; say of times and money what holds."""
    node = {key: value for key, value in node.items() if key != "multipleOf"}  # 16.4 / 0.01 ≠ 1640
    names = PROPER.get(str(node.get("type")), {})
    node = {names.get(key, key): value for key, value in node.items()}
    if node.get("format") == "date-time":
        # The format demands a UTC offset, and our local times have none.
        node = {**{k: v for k, v in node.items() if k != "format"}, "pattern": LOCAL_TIME}
    if node.get("additionalProperties") is False:
        node = {**node, "patternProperties": {f"^{COMMENT}": True}}
    shorthand = SHORTHANDS.get(str(node.get("title")))
    return node if shorthand is None else {"anyOf": [shorthand, node]}
