"""Toys of the floor on people per shift: limits, wishes, lists, dates, and skills of shifts."""

from __future__ import annotations

from typing import Any

from toys import EARLY, LATE, MONDAY, FloorToy, floor_pair, past, person, since

Json = dict[str, Any]

ALIKE = [person("Ana", desk=1.0), person("Ben", desk=1.0), person("Chi", desk=1.0)]
NURSES = [
    person("Ana", head=1.0, nurse=1.0),
    person("Ben", head=1.0, nurse=1.0),
    person("Chi", nurse=1.0),
]
VERSATILE = [
    person("Ana", head=1.0, nurse=1.0, trainee=1.0),
    person("Ben", nurse=1.0, trainee=1.0),
    person("Chi", head=1.0),
]
SUNDAY = past("early", "2026-03-01T06:00", "2026-03-01T14:00")
AFTER_SUNDAY = [{**ALIKE[0], **since("2026-02-27", SUNDAY)}, *ALIKE[1:]]
SPLIT_EARLY = {**EARLY, "start": {"earliest": "06:00", "latest": "07:00", "step_minutes": 60}}


def pair(
    name: str, *cover: Json, people: Any = ALIKE, templates: Any = (EARLY, LATE)
) -> list[FloorToy]:
    """Give a hard and a weighted toy in which nothing but shifts and their skills is decided."""
    return floor_pair(
        name,
        {"kind": "shift_cover", "cover": list(cover)},
        weight=7,
        services=(),
        people=people,
        templates=list(templates),
        skills=list({skill: None for who in people for skill in who["skills"]}),
    )


FLOOR_TOYS: list[FloorToy] = [
    *pair("minimum", {"template": "early", "minimum": 1}, {"template": "late", "minimum": 2}),
    *pair("exactly", {"template": "early", "minimum": 2, "maximum": 2},
          {"template": "late", "maximum": 0}),
    *pair("preferred", {"template": "early", "preferred": 2, "weight_under": 1.25,
                        "weight_over": 3},
          {"template": "late", "maximum": 1, "preferred": 1, "weight_over": 2}),
    *pair("only-under", {"template": "early", "minimum": 1, "preferred": 2, "weight_under": 5}),
    *pair("nobody-preferred", {"template": "late", "preferred": 0, "weight_over": 5}),
    *pair("dates-first", {"template": "early", "day": MONDAY, "minimum": 1},
          {"template": "early", "minimum": 3}, {"template": "late", "days": ["tue", "wed"],
                                                "minimum": 3},
          {"template": "late", "days": ["mon"], "maximum": 1}),
    *pair("lists", {"template": "early", "minimum": [1], "maximum": 2},
          {"template": "late", "preferred": [1], "weight_under": 2, "weight_over": 1}),
    *pair("after-history", {"template": "early", "maximum": 1}, people=AFTER_SUNDAY),
    *pair("two-starts", {"template": "early", "minimum": 2, "maximum": 2},
          templates=[SPLIT_EARLY]),
    *pair("skills", {"template": "early", "skill": "head", "minimum": 1},
          {"template": "early", "skill": "nurse", "minimum": 1, "preferred": 2,
           "weight_under": 3}, people=NURSES),
    *pair("skills-of-one-template", {"template": "early", "skill": "head", "maximum": 1},
          {"template": "early", "minimum": 2}, {"template": "late", "preferred": 1,
                                                "weight_over": 4}, people=NURSES),
    *pair("skills-nobody-asks-for", {"template": "early", "skill": "head", "maximum": 0},
          {"template": "early", "minimum": 2},
          {"template": "late", "skill": "nurse", "preferred": 1, "weight_over": 2,
           "weight_under": 6}, people=VERSATILE),
]  # fmt: skip
