"""Labour rules, one file each. They belong to one person, and can be judged on one roster."""

from ..models.rule import Rule
from .availability import Availability
from .complete_weekends import CompleteWeekends
from .forbidden_successions import ForbiddenSuccessions
from .identical_weekends import IdenticalWeekends
from .max_consecutive_days import MaxConsecutiveDays
from .max_consecutive_days_off import MaxConsecutiveDaysOff
from .max_consecutive_template_days import MaxConsecutiveTemplateDays
from .max_consecutive_weekends import MaxConsecutiveWeekends
from .max_weekends import MaxWeekends
from .max_work_without_break import MaxWorkWithoutBreak
from .min_consecutive_days import MinConsecutiveDays
from .min_consecutive_days_off import MinConsecutiveDaysOff
from .min_consecutive_template_days import MinConsecutiveTemplateDays
from .min_consecutive_weekends import MinConsecutiveWeekends
from .min_rest import MinRest
from .no_night_before_free_weekend import NoNightBeforeFreeWeekend
from .no_overlap import NoOverlap
from .pay import PayRule
from .published_shifts import PublishedShifts
from .requests import Requests
from .start_variation import StartVariation
from .template_shifts import TemplateShifts
from .template_skills import TemplateSkills
from .total_minutes import TotalMinutes
from .total_shifts import TotalShifts
from .unwanted_pattern import UnwantedPattern
from .weekly_minutes import WeeklyMinutes
from .weekly_shifts import WeeklyShifts
from .weekly_start_spread import WeeklyStartSpread
from .window_minutes import WindowMinutes
from .window_shifts import WindowShifts

BUILT_IN: tuple[type[Rule], ...] = (
    NoOverlap,
    Availability,
    PayRule,
    Requests,
    MinRest,
    WeeklyMinutes,
    WeeklyShifts,
    WindowMinutes,
    WindowShifts,
    TotalMinutes,
    TotalShifts,
    TemplateShifts,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDaysOff,
    MaxConsecutiveTemplateDays,
    MinConsecutiveTemplateDays,
    MaxWeekends,
    MaxConsecutiveWeekends,
    MinConsecutiveWeekends,
    CompleteWeekends,
    IdenticalWeekends,
    NoNightBeforeFreeWeekend,
    StartVariation,
    WeeklyStartSpread,
    MaxWorkWithoutBreak,
    ForbiddenSuccessions,
    UnwantedPattern,
    TemplateSkills,
    PublishedShifts,
)
"""Every rule of the package, in the order of the documentation."""
