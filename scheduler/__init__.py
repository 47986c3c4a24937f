"""servicefloor: interval demand in, checked shift schedules for named people out."""

from typing import TYPE_CHECKING, Any

from . import floors, rules  # noqa: F401  the built-in kinds register themselves
from .errors import InputError
from .models.design import Design, DesignProblem
from .models.finding import CheckReport, Violation
from .models.floor import Floor
from .models.instance import Instance
from .models.result import Result
from .models.rule import Rule
from .models.schedule import Schedule, Shift

if TYPE_CHECKING:
    from .checking import check
    from .designing.checking import check_design
    from .designing.drafting import design
    from .designing.from_instance import problem_for
    from .engine.outcome import Interrupt, Progress
    from .io.designs import read_problem, write_design, write_problem
    from .io.files import read, read_schedule, write_instance, write_schedule
    from .io.foreign import convert, write_solution
    from .simulation.closing import solve_verified
    from .simulation.replay import Replay
    from .simulation.rounds import Verified
    from .simulation.simulating import simulate
    from .solving import solve

__all__ = [
    "CheckReport",
    "Design",
    "DesignProblem",
    "Floor",
    "InputError",
    "Instance",
    "Interrupt",
    "Progress",
    "Replay",
    "Result",
    "Rule",
    "Schedule",
    "Shift",
    "Verified",
    "Violation",
    "check",
    "check_design",
    "convert",
    "design",
    "problem_for",
    "read",
    "read_problem",
    "read_schedule",
    "simulate",
    "solve",
    "solve_verified",
    "write_design",
    "write_instance",
    "write_problem",
    "write_schedule",
    "write_solution",
]

_LAZY = {
    "Interrupt": "engine.outcome",
    "Progress": "engine.outcome",
    "Replay": "simulation.replay",
    "Verified": "simulation.rounds",
    "check": "checking",
    "check_design": "designing.checking",
    "convert": "io.foreign",
    "design": "designing.drafting",
    "problem_for": "designing.from_instance",
    "read": "io.files",
    "read_problem": "io.designs",
    "read_schedule": "io.files",
    "simulate": "simulation.simulating",
    "solve": "solving",
    "solve_verified": "simulation.closing",
    "write_design": "io.designs",
    "write_instance": "io.files",
    "write_problem": "io.designs",
    "write_schedule": "io.files",
    "write_solution": "io.foreign",
}
"""Names that are loaded when first used, so that importing the package stays quick."""


def __getattr__(name: str) -> Any:
    """Load a lazy name."""
    if name not in _LAZY:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(f".{_LAZY[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Public names."""
    return list(__all__)
