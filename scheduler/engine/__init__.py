"""Engines: ways of solving an instance."""
