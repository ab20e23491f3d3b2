"""Threads beside the one that serves the suite, and what they do at the same time."""
