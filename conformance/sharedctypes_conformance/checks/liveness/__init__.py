"""The checks of area `liveness`."""
