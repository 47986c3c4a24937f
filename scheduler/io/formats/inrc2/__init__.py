"""INRC-II: the Second International Nurse Rostering Competition (2014), in text."""

from .instance import instance_of
from .naming import read_period
from .scenario import parse_scenario
from .solution import read_solution, write_solution
from .weeks import parse_history, parse_week

__all__ = [
    "instance_of",
    "parse_history",
    "parse_scenario",
    "parse_week",
    "read_period",
    "read_solution",
    "write_solution",
]
