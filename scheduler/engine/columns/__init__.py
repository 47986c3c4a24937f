"""Columns: bounds and rosters by decomposition into employee blocks and the coverage block."""
