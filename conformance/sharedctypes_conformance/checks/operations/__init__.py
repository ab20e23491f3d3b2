"""The checks of area `operations`."""
