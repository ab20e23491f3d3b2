"""How fast backends are beside each other: the command `bench`.

The story: `operations` says what is timed.  `timed_program` runs in the target interpreter and
times one operation with all backends in turns, so that a slow moment of the machine meets each of
them.  `measuring` runs it in several processes, since where a process happens to have its memory
makes a difference too.  `comparison` compares, `page` shows it.
"""
