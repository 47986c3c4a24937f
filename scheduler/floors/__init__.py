"""Service floors, one file each. They bind the whole team."""

from ..models.floor import Floor
from .coverage import Coverage
from .presence import PresenceFloor
from .service_level import ServiceLevel
from .skilled_share import SkilledShare

BUILT_IN: tuple[type[Floor], ...] = (Coverage, ServiceLevel, PresenceFloor, SkilledShare)
"""Every floor of the package, in the order of the documentation."""
