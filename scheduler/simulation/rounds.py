"""Rounds of solving and replaying: what each found, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..floors.access import AccessFloor
from ..models.result import Result
from .cutting import lacking, worse_end
from .judging import Judgement
from .replay import Replay

End = Literal["held", "time", "rounds", "interrupted", "no schedule", "nothing left"]


@dataclass(frozen=True, slots=True)
class Round:
    """A solve with the cuts so far, and its replay."""

    number: int
    result: Result
    replay: Replay | None
    """None without a schedule."""
    cuts: int
    """Cuts that were in force."""

    @property
    def lacking(self) -> tuple[Judgement, ...]:
        """Hard access floors, by period, that are not known to hold."""
        return () if self.replay is None else tuple(lacking(self.replay))


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of a solve whose floors were to hold in a replay."""

    result: Result
    """Its schedule is None unless every hard access floor holds; the bound is that of the instance
    without any cuts."""
    replay: Replay | None
    """The last replay: of the result's schedule, if it has one."""
    rounds: tuple[Round, ...]
    end: End

    @property
    def holds(self) -> bool:
        """Tell whether there is a schedule whose floors hold."""
        return self.end == "held"


def told(round_: Round) -> str:
    """Say what a round found: cost, cuts in force, and which promise is furthest from holding."""
    cost = round_.result.objective
    found = "no schedule" if cost is None else f"cost {cost:,.2f}"
    cuts = f"{round_.cuts} cut" + ("" if round_.cuts == 1 else "s")
    text = f"round {round_.number}: {found} with {cuts}"
    if round_.replay is None:
        return text
    missing = round_.lacking
    count = round_.replay.played.replications
    if not missing:
        return f"{text}; every hard access floor holds in {count} replications"
    noun = "promise is" if len(missing) == 1 else "promises are"
    worst = min(missing, key=_room)
    return f"{text}; {len(missing)} {noun} not held for sure, worst {_described(worst)}"


def _room(judgement: Judgement) -> float:
    """Give how far the worse end of the interval is on the right side, in shares of the promise."""
    end = worse_end(judgement)
    spare = end - judgement.promised if judgement.at_least else judgement.promised - end
    return spare / judgement.promised


def _described(judgement: Judgement) -> str:
    floor, found = judgement.floor, judgement.simulated
    short = floor.short if isinstance(floor, AccessFloor) else "{:.1%}".format
    ends = "nobody answered"
    if found.low is not None and found.high is not None:
        ends = f"{short(found.low)} to {short(found.high)}"
    when = "" if judgement.scope == "horizon" else f" on {judgement.when.replace('T', ' at ')}"
    what = floor.kind.replace("_", " ")
    return f"{what} of {floor.subject}{when}: {ends}, {short(judgement.promised)} promised"


def reason(rounds: tuple[Round, ...], end: End) -> str:
    """Say why the loop ended without a schedule that holds."""
    last = rounds[-1].result
    if end == "no schedule":
        if all(round_.result.schedule is None for round_ in rounds):
            return "there was no schedule to replay"
        impossible = last.status == "infeasible"
        why = "can be held by no schedule" if impossible else "led to no schedule in the time left"
        return f"the cuts of the replay {why}: a schedule whose floors hold may not exist"
    return {
        "time": "the time limit ended the rounds before every floor held",
        "rounds": f"{len(rounds)} rounds did not make every floor hold",
        "interrupted": "the rounds were interrupted before every floor held",
        "nothing left": "floors do not hold although everybody who can serve does, where it lacks",
    }[end]
