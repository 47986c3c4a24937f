"""Benchmarks that anybody can run: ``python -m scheduler.bench --help``."""
