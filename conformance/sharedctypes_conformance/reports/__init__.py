"""Reports: what a run prints."""
