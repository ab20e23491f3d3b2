"""The suite judged by itself: which liars it catches, and whether it accuses correct backends."""
