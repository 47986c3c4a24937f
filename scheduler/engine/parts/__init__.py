"""The team by parts: days that only people tie, each with a relaxation and searches of its own."""
