"""Our own public suite: teams of four sizes, for a day, a week and four weeks."""

from __future__ import annotations

import json
from typing import Any

from .team import TeamPlan, Variant

SIZES = (10, 30, 60, 200)
DAYS: tuple[tuple[int, tuple[Variant, ...]], ...] = (
    (1, ("slack", "tight")),
    (7, ("slack", "tight", "rules")),
    (28, ("slack", "tight", "rules")),
)

TEAMS = tuple(
    TeamPlan(people=people, days=days, variant=variant)
    for people in SIZES
    for days, variants in DAYS
    for variant in variants
)
"""Every instance of `instances/suite`."""


def compact_json(data: dict[str, Any]) -> str:
    """Give the text of a file with one line for each employee, service, floor and so on."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            entries = ",\n  ".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            text = f"[\n  {entries}\n ]"
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f" {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
