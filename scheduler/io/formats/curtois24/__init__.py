"""Curtois: the shift scheduling benchmark instances 1 to 24, in text."""

from .instance import instance_of
from .parse import parse
from .solution import read_solution, write_solution

__all__ = ["instance_of", "parse", "read_solution", "write_solution"]
