"""The checks of area `copy`."""
