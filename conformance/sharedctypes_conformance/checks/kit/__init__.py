"""What checks share: the decorators, expectations, and methods to judge exclusion."""
