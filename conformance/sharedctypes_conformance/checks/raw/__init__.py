"""The checks of area `raw`."""
