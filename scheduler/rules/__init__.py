"""Labour rules, one file each. They belong to one person, and can be judged on one roster."""

from ..models.rule import Rule
from .availability import Availability
from .forbidden_successions import ForbiddenSuccessions
from .max_consecutive_days import MaxConsecutiveDays
from .max_weekends import MaxWeekends
from .min_consecutive_days import MinConsecutiveDays
from .min_consecutive_days_off import MinConsecutiveDaysOff
from .min_rest import MinRest
from .no_overlap import NoOverlap
from .pay import PayRule
from .requests import Requests
from .start_variation import StartVariation
from .weekly_minutes import WeeklyMinutes
from .weekly_shifts import WeeklyShifts

BUILT_IN: tuple[type[Rule], ...] = (
    NoOverlap,
    Availability,
    PayRule,
    Requests,
    MinRest,
    WeeklyMinutes,
    WeeklyShifts,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    MaxWeekends,
    StartVariation,
    ForbiddenSuccessions,
)
"""Every rule of the package, in the order of the documentation."""
