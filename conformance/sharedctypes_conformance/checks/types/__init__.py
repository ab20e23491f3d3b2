"""The checks of area `types`."""
