"""The checks of area `wrapper`."""
