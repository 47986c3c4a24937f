"""Benchmarks that anybody can run: ``scheduler bench``."""
