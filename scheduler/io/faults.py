"""From pydantic's errors to one clear line per fault."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..errors import Fault
from .text import show_path

MOST = 50
"""Faults shown."""

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
    "string_pattern_mismatch": "expected a name without spaces at its ends",
    "string_too_short": "expected a text that is not empty",
    "string_type": "expected a text",
    "string_unicode": "expected a text",
    "tuple_type": "expected a list",
    "union_tag_not_found": "no 'kind' given; expected one of 'staff', 'arrivals'",
}
_KNOWN_TAGS = "does not match any of the expected tags: "


def faults_of(error: ValidationError, data: object) -> list[Fault]:
    """Turn a validation error into faults with their paths in the file."""
    entries = error.errors(include_url=False)
    faults = [Fault(_path(_location(entry), data), _message(entry)) for entry in entries[:MOST]]
    if len(entries) > MOST:
        faults.append(Fault("", "and more faults"))
    return faults


def _location(entry: Mapping[str, Any]) -> tuple[int | str, ...]:
    location: tuple[int | str, ...] = entry["loc"]
    return (*location, "kind") if entry["type"].startswith("union_tag") else location


def _path(location: tuple[int | str, ...], data: Any) -> str:
    """Path in the file.

    Pydantic also names what stands nowhere in it: the member of a union, the key that was checked,
    and the parts of a value that the file gives in its short form.
    """
    path: list[int | str] = []
    for part in location:
        if _holds(data, part):
            data = data[part]
            path.append(part)
        elif isinstance(data, Mapping) and not _is_invented(part, data):
            path.append(part)
            data = None
    return show_path(path)


def _holds(data: object, part: int | str) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, Mapping) and part in data


def _is_invented(part: int | str, data: Mapping[str, object]) -> bool:
    return part == data.get("kind") or part == "[key]"


def _message(entry: Mapping[str, Any]) -> str:
    if entry["type"] == "too_short":
        return _too_short(entry["msg"])
    text = _EXPECTED.get(entry["type"]) or _sentence(entry["msg"])
    if not text.startswith("expected") or "found" in text or _is_of_a_whole(entry):
        return text
    return f"{text}, found {_shown(entry['input'])}{_as_share(text, entry['input'])}"


def _as_share(text: str, found: object) -> str:
    """Help who writes percents where a share between 0 and 1 is expected."""
    of_a_share = re.fullmatch(r"expected a number less than (or equal to )?1(\.0)?", text)
    if of_a_share and isinstance(found, int | float) and 2 <= found < 100:
        return f"; did you mean {found / 100:g}?"
    return ""


def _too_short(message: str) -> str:
    due, found = re.findall(r"\d+", message)
    return f"expected at least {_entries(int(due))}, found {'none' if found == '0' else found}"


def _entries(number: int) -> str:
    return "one entry" if number == 1 else f"{number} entries"


def _is_of_a_whole(entry: Mapping[str, Any]) -> bool:
    if entry["type"] == "inconsistent":
        return entry["input"] is None
    return entry["type"] == "value_error" and isinstance(entry["input"], Mapping)


def _sentence(message: str) -> str:
    if _KNOWN_TAGS in message:
        return f"unknown kind; expected one of {message.partition(_KNOWN_TAGS)[2]}"
    text = message.removeprefix("Value error, ")
    for start, instead in (
        ("Input should be greater", "expected a number greater"),
        ("Input should be less", "expected a number less"),
        ("Input should ", "expected to "),
        ("String should ", "expected a text that should "),
    ):
        if text.startswith(start):
            text = instead + text.removeprefix(start)
    text = text.replace("expected to be ", "expected ").replace("that should have", "of")
    return text[:1].lower() + text[1:] if text[:2] != text[:2].upper() else text


def _shown(value: object) -> str:
    """Show a small value as it stands in the file."""
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}…'"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, Mapping):
        return "an object"
    shown = json.dumps(value, default=str)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
