"""The checks of area `buffer`."""
