"""The checks of area `interleaving`."""
