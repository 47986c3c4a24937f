"""Shift design: the minimum shift design problems of TU Wien, rewritten as MiniZinc data."""

from .parse import parse
from .problem import problem_of
from .write import write_problem

__all__ = ["parse", "problem_of", "write_problem"]
