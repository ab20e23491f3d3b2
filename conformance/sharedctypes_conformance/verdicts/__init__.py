"""Verdicts: what was found in each cell, whether it was expected, and the report of a run."""
