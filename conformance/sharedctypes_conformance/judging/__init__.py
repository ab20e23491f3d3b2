"""From a check to a result: examples, their confirmation, and the verdict."""
