"""Reports: what a run says on the terminal and leaves as data."""
