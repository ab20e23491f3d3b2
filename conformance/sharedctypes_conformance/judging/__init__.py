"""From a check to a result: examples, confirmation, and the record of a run."""
