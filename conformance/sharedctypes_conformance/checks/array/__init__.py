"""The checks of area `array`."""
