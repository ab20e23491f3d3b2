"""Threads beside the one that serves the suite, and what several of them do at the same time."""
