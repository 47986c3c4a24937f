"""Exit codes of the command line."""

from __future__ import annotations

DONE = 0
"""A schedule was found and the checker finds nothing; or nothing is violated."""
BAD_INPUT = 2
"""Bad usage or bad input: one line for each fault, with its path in the file."""
INFEASIBLE = 3
"""Proved: no schedule can hold all floors and rules."""
NO_SCHEDULE = 4
"""No schedule found within the limits."""
VIOLATIONS = 5
"""`check` found violations, or `simulate` a hard floor that is not held."""
ABORTED = 130
"""Left at once, after a second Ctrl-C."""
