"""The checks of area `optimized`."""
