"""Locks of the suite's own, and operations on locks that take more than one call."""
