"""Templates: which breaks a shift of some length may have, and when."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from scheduler.models.shift import ShiftTemplate

STEP = 30


def random_template(draw: random.Random, minutes: int) -> ShiftTemplate:
    """Give a template with up to three breaks, windows and stretches, at random."""
    breaks = []
    for name in "abc"[: draw.randint(1, 3)]:
        pause: dict = {"id": name, "minutes": STEP * draw.randint(1, 2)}
        if draw.random() < 0.6:
            early, late = sorted(STEP * draw.randint(0, minutes // STEP) for _ in range(2))
            anchor = draw.choice(("start", "end"))
            if anchor == "end":
                early, late = late, early
            window = {"anchor": anchor, "earliest_minutes": early, "latest_minutes": late}
            pause["window"] = window
        breaks.append(pause)
    shortest = STEP * draw.randint(0, 2)
    rules: dict = {"breaks": breaks, "min_work_minutes": shortest}
    if draw.random() < 0.6:
        rules["max_work_minutes"] = max(STEP, shortest) + STEP * draw.randint(0, 5)
    return ShiftTemplate.model_validate(
        {"id": "t", "start": "08:00", "length": minutes, "break_sets": [rules]}
    )


def placements(template: ShiftTemplate, minutes: int) -> Iterator[tuple[int, ...]]:
    """Every legal way to place the breaks, by trying all."""
    rules = template.break_sets[0]
    longest = minutes if rules.max_work_minutes is None else rules.max_work_minutes
    for begun in itertools.product(range(0, minutes + 1, STEP), repeat=len(rules.breaks)):
        edges = [0]
        legal = True
        for begin, pause in zip(begun, rules.breaks, strict=True):
            if pause.window is not None:
                first, last = pause.window.earliest_minutes, pause.window.latest_minutes
                after = begin if pause.window.anchor == "start" else -(minutes - begin)
                sign = 1 if pause.window.anchor == "start" else -1
                legal = legal and sign * first <= after <= sign * last
            edges += [begin, begin + pause.minutes]
        edges.append(minutes)
        stretches = [edges[k + 1] - edges[k] for k in range(0, len(edges), 2)]
        if legal and all(rules.min_work_minutes <= s <= longest for s in stretches):
            yield begun


@pytest.mark.parametrize("seed", range(150))
def test_break_spans_are_exact(seed: int) -> None:
    """A span holds exactly the beginnings that can be completed to a legal way of all breaks."""
    draw = random.Random(seed)
    minutes = STEP * draw.randint(4, 12)
    template = random_template(draw, minutes)
    legal = list(placements(template, minutes))
    spans = template.break_spans(minutes)
    if spans is None:
        assert not legal
        return
    for position, span in enumerate(spans):
        expected = set(range(span.earliest, span.latest + 1, STEP))
        assert {begun[position] for begun in legal} == expected


@pytest.mark.parametrize("seed", range(150))
def test_the_longest_stretch_is_exact(seed: int) -> None:
    """The longest stretch that windows allow is that of some legal way, and no way has a longer."""
    draw = random.Random(seed)
    minutes = STEP * draw.randint(4, 12)
    template = random_template(draw, minutes)
    stretches = []
    for begun in placements(template, minutes):
        ends = [
            0,
            *(b + p.minutes for b, p in zip(begun, template.break_sets[0].breaks, strict=True)),
        ]
        stretches += [b - e for b, e in zip([*begun, minutes], ends, strict=True)]
    if stretches:
        assert template.longest_stretch(minutes) == max(stretches)


def test_the_break_set_follows_the_length() -> None:
    """Longer shifts have the breaks of the largest set that fits, and shorter ones none."""
    template = ShiftTemplate.model_validate(
        {
            "id": "t",
            "start": "08:00",
            "length": 480,
            "break_sets": [
                {"from_shift_minutes": 360, "breaks": [{"id": "a", "minutes": 30}]},
                {
                    "from_shift_minutes": 480,
                    "breaks": [{"id": "a", "minutes": 30}, {"id": "b", "minutes": 15}],
                },
            ],
        }
    )
    assert [len(template.break_set(m).breaks) for m in (359, 360, 479, 480, 600)] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"start": {"earliest": "10:00", "latest": "09:00"}}, "lies before the earliest"),
        ({"start": "24:00"}, "starts before 24:00"),
        ({"length": {"min_minutes": 300, "max_minutes": 240}}, "is less than min_minutes"),
        ({"length": 1500}, "at most 1440"),
        ({"days": []}, "at least 1 item"),
        ({"break_sets": [{}, {}]}, "same from_shift_minutes"),
        ({"break_sets": [{"min_work_minutes": 60, "max_work_minutes": 30}]}, "is less than"),
        (
            {"break_sets": [{"breaks": [{"id": "a", "minutes": 5}, {"id": "a", "minutes": 5}]}]},
            "same id",
        ),
        (
            {
                "break_sets": [
                    {
                        "breaks": [
                            {
                                "id": "a",
                                "minutes": 5,
                                "window": {
                                    "anchor": "end",
                                    "earliest_minutes": 60,
                                    "latest_minutes": 120,
                                },
                            }
                        ]
                    }
                ]
            },
            "ends before it begins",
        ),
    ],
)
def test_nonsense_is_refused(data: dict, message: str) -> None:
    """A template that cannot mean anything is refused with the reason."""
    with pytest.raises(ValidationError, match=message):
        ShiftTemplate.model_validate({"id": "t", "start": "08:00", "length": 480, **data})
