"""How long actors wait, and for how long they go on with what could go on for ever: in seconds.

The stage waits 10 s for a call, and 30 s for one that is marked `long_running`; it has a module of
this name too. Each wait here is shorter: so it is the actor that reports what it waited for in
vain, and not the stage that reports the actor as hung.
"""

from __future__ import annotations

# Bounds of waits. What they wait for should happen at once, and is late only when it never happens.

# For a process to end by itself. If other processes are running when it is over, as on a slow
# machine, it gets twice as long once more.
PROCESS_ENDS = 7.0
# For a process to reach a line, to fall asleep, or to be gone after SIGKILL.
AT_ONCE = 5.0
# For a lock that should be free, while others run.
FREE_LOCK = 1.0
# For one construction or one attempt at a lock, in another thread or in a signal handler.
CONSTRUCTION = 3.0
# For another thread that sends objects while a process is started. It may rightly have to wait.
SENDER = 4.0
# For the workers of a batch to be there, so that they begin together. They begin without the last.
ALL_WORKERS = 6.0
# For one more worker to come to the door of a lock. Without it a batch goes on, and shows less.
COMPANY = 0.02
# For a process to stand still after SIGSTOP, and for one that was killed to let go of its files.
STANDSTILL = 0.5

# Budgets of loops. A slow machine gets fewer rounds; nothing is judged by their number.

# For a loop of constructions that signals or the collector interrupt.
INTERRUPTED_LOOP = 1.5
# For a batch of operations on one object.
BATCH = 1.2
# For accesses to objects that stay.
ACCESSES = 2.0
# For the portion of objects that one call makes, of as many calls as it takes.
PORTION = 0.5
