"""Toys of the floors on queues: service level, wait, abandonment, over intervals, days and more."""

from __future__ import annotations

from typing import Any

from toys import FloorToy, calling, floor_pair, person, staffed, with_break

Json = dict[str, Any]


def impatient(service: Json, patience_seconds: float) -> Json:
    """Give a service whose customers give up."""
    return {**service, "demand": {**service["demand"], "patience_seconds": patience_seconds}}


def chatting(service: Json, *factors: float) -> Json:
    """Give a service whose agents hold several contacts at once."""
    return {**service, "demand": {**service["demand"], "concurrency_factors": list(factors)}}


TRIO = [person("Ana", calls=1.0), person("Ben", calls=0.8), person("Chi", calls=0.8)]
EQUALS = [person("Ana", calls=1.0), person("Ben", calls=1.0), person("Chi", calls=1.0)]
DUO = [person("Ana", calls=1.0, chats=0.9), person("Ben", calls=0.85)]
LEVEL = {"kind": "service_level", "service": "calls", "within_seconds": 60}
WAIT = {"kind": "wait", "service": "calls"}
GIVING_UP = {"kind": "abandonment", "service": "calls"}
CALLS = calling("calls", "calls", 4, 9, 0, 6)
CHATS_TOO = {"kind": "coverage", "service": "chats", "weight": 1}
COMMON = {"templates": [with_break(4, 1, 2)]}
CALLS_TOO = {"kind": "opening", "service": "calls", "weight": 11}


def resolving(service: Json) -> Json:
    """Give a service of which people of lower proficiency resolve less, and some of it returns."""
    levels = [{"share": 0.6}, {"from_proficiency": 1.0, "share": 0.85}]
    return {**service, "resolution": levels, "repeat_share": 0.3, "shrinkage": 0.05}


FLOOR_TOYS: list[FloorToy] = [
    *floor_pair("day-level", {**LEVEL, "target": 0.72, "scope": "day"}, 7, people=EQUALS,
                services=[CALLS], **COMMON),
    *floor_pair("day-level-of-parts", {**LEVEL, "target": 0.55, "scope": "day"}, 7, people=TRIO,
                services=[CALLS], **COMMON),
    *floor_pair("day-level-and-interval",
                {**LEVEL, "target": 0.6, "scope": "day", "at_least_each_interval": 0.45}, 7,
                people=TRIO, services=[CALLS], **COMMON),
    *floor_pair("horizon-level-impatient", {**LEVEL, "target": 0.6, "scope": "horizon"}, 7,
                people=TRIO, services=[impatient(calling("calls", "calls", 14, 20, 0, 9), 90)],
                **COMMON),
    *floor_pair("level-of-answered", {**LEVEL, "target": 0.7, "counted": "answered"}, 7,
                people=TRIO, services=[impatient(CALLS, 60)], **COMMON),
    *floor_pair("level-without-short",
                {**LEVEL, "target": 0.6, "counted": "without_short_abandons"}, 7,
                people=TRIO, services=[impatient(CALLS, 60)], **COMMON),
    *floor_pair("day-level-two-services", {**LEVEL, "target": 0.5, "scope": "day"}, 7,
                others=[CHATS_TOO], people=DUO,
                services=[impatient(calling("calls", "calls", 2, 7, 1, 5), 200),
                          staffed("chats", "chats", 1, 1, start=9)], **COMMON),
    *floor_pair("day-level-of-chats", {**LEVEL, "target": 0.6, "scope": "day"}, 7, people=TRIO,
                services=[chatting(impatient(CALLS, 120), 1, 1.4)], **COMMON),
    *floor_pair("wait", {**WAIT, "at_most_seconds": 90}, 7, people=TRIO, services=[CALLS],
                **COMMON),
    *floor_pair("wait-impatient-all", {**WAIT, "at_most_seconds": 40, "counted": "all"}, 7,
                people=TRIO, services=[impatient(CALLS, 120)], **COMMON),
    *floor_pair("wait-day", {**WAIT, "at_most_seconds": 100, "scope": "day"}, 7, people=TRIO,
                services=[CALLS], **COMMON),
    *floor_pair("wait-day-each",
                {**WAIT, "at_most_seconds": 60, "scope": "day",
                 "each_interval_seconds": 100}, 7, people=EQUALS, services=[CALLS],
                **COMMON),
    *floor_pair("abandonment", {**GIVING_UP, "at_most": 0.3}, 7, people=TRIO,
                services=[impatient(CALLS, 120)], **COMMON),
    *floor_pair("abandonment-day",
                {**GIVING_UP, "at_most": 0.25, "scope": "day", "at_most_each_interval": 0.8}, 7,
                people=TRIO, services=[impatient(CALLS, 120)], **COMMON),
    *floor_pair("opening", {"kind": "opening", "service": "calls"}, 7, others=[CHATS_TOO],
                people=DUO, services=[calling("calls", "calls", 0, 0, 0, 0),
                                      staffed("chats", "chats", 1, 1, start=9)], **COMMON),
    *floor_pair("opening-with-two", {"kind": "opening", "service": "calls", "at_least": 2}, 7,
                people=TRIO, services=[calling("calls", "calls", 0, 0, 0)], **COMMON),
    *floor_pair("occupancy", {"kind": "occupancy", "service": "calls", "at_most": 0.6}, 7,
                people=TRIO, services=[calling("calls", "calls", 9, 22, 0, 12)], **COMMON),
    *floor_pair("occupancy-day",
                {"kind": "occupancy", "service": "calls", "at_most": 0.62, "scope": "day"}, 7,
                people=TRIO, services=[calling("calls", "calls", 9, 30, 0, 32)], **COMMON),
    *floor_pair("team-mix", {"kind": "team_mix", "senior": "calls", "min_proficiency": 1,
                             "most_juniors": 1.5}, 7, others=[{**CHATS_TOO, "weight": 9}],
                people=[person("Ana", calls=1.0), person("Ben", calls=0.8),
                        person("Chi", chats=0.8)],
                services=[staffed("chats", "chats", 0.8, 0.8, 0.8, 0.8)], **COMMON),
    *floor_pair("team-mix-among", {"kind": "team_mix", "senior": "calls", "most_juniors": 0,
                                   "among": "chats"}, 7, others=[{**CHATS_TOO, "weight": 9}],
                people=[person("Ana", calls=1.0), person("Ben", chats=0.8),
                        person("Chi", senior=0.8)],
                services=[staffed("chats", "chats", 0.8, 0.8, 0.8, 0.8)], **COMMON),
    *floor_pair("response", {"kind": "response", "service": "calls", "within_minutes": 120}, 7,
                people=TRIO, services=[calling("calls", "calls", 9, 14, 5, 12)], **COMMON),
    *floor_pair("response-with-backlog",
                {"kind": "response", "service": "calls", "within_minutes": 60, "backlog": 12,
                 "backlog_within_minutes": 180, "most_left": 3,
                 "hours": [{"start": "09:00", "end": "12:00"}]}, 7,
                people=TRIO, services=[calling("calls", "calls", 4, 2, 9, 8, 4)], **COMMON),
    *floor_pair("quality-interval", {"kind": "expected_quality", "service": "calls",
                                     "at_least": 0.7, "scope": "interval"}, 7, others=[CALLS_TOO],
                people=TRIO[:2], services=[resolving(calling("calls", "calls", 4, 9, 6))],
                **COMMON),
    *floor_pair("quality-day", {"kind": "expected_quality", "service": "calls",
                                "at_least": 0.68}, 7, others=[CALLS_TOO],
                people=TRIO[:2], services=[resolving(calling("calls", "calls", 4, 9, 6))],
                **COMMON),
    *floor_pair("quality-two-services", {"kind": "expected_quality", "service": "calls",
                                         "at_least": 0.72, "scope": "horizon"}, 7,
                others=[CHATS_TOO], people=[person("Ana", calls=1.0, chats=0.9), TRIO[1]],
                services=[resolving(calling("calls", "calls", 2, 7, 1, 5)),
                          staffed("chats", "chats", 1, 1, start=9)], **COMMON),
]  # fmt: skip
