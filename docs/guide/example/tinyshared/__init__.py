"""A small backend, to show how one is judged."""
