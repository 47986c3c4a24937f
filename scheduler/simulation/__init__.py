"""Replay: a schedule played through, customer by customer, as often as it takes to be sure."""
