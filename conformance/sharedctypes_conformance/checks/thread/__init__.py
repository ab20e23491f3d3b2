"""The checks of area `thread`."""
