"""The checks of area `lifetime`."""
