"""From pydantic's errors to one clear line per fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..errors import Fault, InputError
from .text import show_path

MOST = 50
"""Faults shown; the rest is counted."""

_EXPECTED = {
    "missing": "this field is missing",
    "bool_type": "expected true or false",
    "date": "expected a date such as '2026-03-02'",
    "decimal_type": "expected a number",
    "dict_type": "expected an object",
    "float_type": "expected a number",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "model_type": "expected an object",
    "string_type": "expected a text",
    "string_pattern_mismatch": "expected a name without spaces at its ends",
    "tuple_type": "expected a list",
    "union_tag_not_found": "expected a 'kind'",
}


def input_error(source: str, error: ValidationError, data: object) -> InputError:
    """Turn a validation error into faults with their paths in the file."""
    entries = error.errors(include_url=False)
    faults = [Fault(_path(entry["loc"], data), _message(entry)) for entry in entries[:MOST]]
    if len(entries) > MOST:
        faults.append(Fault("", f"and {len(entries) - MOST} more faults"))
    return InputError(source, faults)


def _path(location: tuple[int | str, ...], data: object) -> str:
    """Path in the file: pydantic also names union members, which stand nowhere in it."""
    path: list[int | str] = []
    for position, part in enumerate(location):
        last = position == len(location) - 1
        if (isinstance(data, Mapping) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]
        elif not last or not isinstance(data, Mapping) or _is_union_tag(part, data):
            continue
        path.append(part)
    return show_path(path)


def _is_union_tag(part: int | str, data: Mapping[str, object]) -> bool:
    return part == data.get("kind") or part == "[key]"


def _message(entry: Mapping[str, Any]) -> str:
    text = _EXPECTED.get(entry["type"]) or _sentence(entry["msg"])
    if entry["type"] in ("missing", "unknown_field"):
        return text
    found = _shown(entry["input"])
    return text if found is None or found in text else f"{text}, found {found}"


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ").removeprefix("Input should be ")
    if text != message and message.startswith("Input"):
        text = f"expected {text}"
    return text[:1].lower() + text[1:] if text[:2] != text[:2].upper() else text


def _shown(value: object) -> str | None:
    """Show a small value as it stands in the file."""
    if value is None or isinstance(value, bool | int | float):
        shown = json.dumps(value)
    elif isinstance(value, str):
        shown = f"'{value}'"
    elif isinstance(value, list | tuple):
        shown = "a list"
    elif isinstance(value, Mapping):
        shown = "an object"
    else:
        return None
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
