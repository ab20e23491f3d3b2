"""Whole scenarios: processes that start, are killed, interrupted, or end at a bad time."""
