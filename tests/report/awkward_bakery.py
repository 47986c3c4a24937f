"""The bakery with names that are markup."""

from pathlib import Path
from typing import Any

from scheduler.io.text import load_json

BAKERY = Path(__file__).parents[2] / "instances" / "bakery.json"
SCRIPT = "<script>alert(1)</script>"


def awkward() -> dict[str, Any]:
    """Give the bakery with names that are markup."""
    data: dict[str, Any] = load_json(BAKERY)
    data["name"] = "<b>bakery</b> & co"
    data["employees"][0]["id"] = SCRIPT
    data["services"][0]["id"] = "counter <i>1</i>"
    data["floors"] = [
        {"kind": "coverage", "service": "counter <i>1</i>", "over_weight": 1},
        {"kind": "presence", "skill": "counter", "at_least": 3, "weight": 1},
    ]
    return data
