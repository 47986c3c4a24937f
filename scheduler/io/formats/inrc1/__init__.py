"""INRC-I: the First International Nurse Rostering Competition (2010), in XML."""

from .instance import instance_of
from .parse import parse
from .solution import read_solution, write_solution

__all__ = ["instance_of", "parse", "read_solution", "write_solution"]
