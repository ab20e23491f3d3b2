"""The checks of area `string`."""
