"""What makes a process an actor: the wire, its life, its children, and types by name."""
