"""Designing shifts: from demand alone to a few shifts, before anybody is named."""
