"""Service floors, one file each. They bind the whole team."""

from ..models.floor import Floor
from .abandonment import Abandonment
from .coverage import Coverage
from .expected_quality import ExpectedQuality
from .fair_shares import FairShares
from .keep_apart import KeepApart
from .mentoring import Mentoring
from .occupancy import Occupancy
from .opening import Opening
from .presence import PresenceFloor
from .response import Response
from .service_level import ServiceLevel
from .shift_cover import ShiftCover
from .skilled_share import SkilledShare
from .team_mix import TeamMix
from .wait import Wait
from .work_together import WorkTogether

BUILT_IN: tuple[type[Floor], ...] = (
    Coverage,
    ServiceLevel,
    Wait,
    Abandonment,
    Response,
    Opening,
    ShiftCover,
    Occupancy,
    PresenceFloor,
    SkilledShare,
    ExpectedQuality,
    TeamMix,
    FairShares,
    KeepApart,
    WorkTogether,
    Mentoring,
)
"""Every floor of the package, in the order of the documentation."""
