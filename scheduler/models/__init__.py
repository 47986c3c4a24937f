"""Nouns: what a planning problem, a schedule and a result are. Frozen, and free of solvers."""
