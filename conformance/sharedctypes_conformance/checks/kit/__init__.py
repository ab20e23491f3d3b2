"""What checks share: the decorators, expectations, and the ways to judge exclusion."""
