"""The checks of area `contamination`."""
