"""`with` blocks: what they do to the lock, however they are entered and left."""
