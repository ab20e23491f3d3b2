"""The checks of area `module`."""
