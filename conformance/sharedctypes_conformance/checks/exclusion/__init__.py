"""The checks of area `exclusion`."""
