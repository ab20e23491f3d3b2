"""The program ends while threads of its own hold the locks of its objects."""

from __future__ import annotations

import threading
from typing import Any

from sharedctypes_program import import_backend, import_contexts, start_method

contexts = import_contexts()


def hold(wrapper: Any, held: threading.Event) -> None:
    with wrapper:
        held.set()
        threading.Event().wait()


if __name__ == "__main__":
    contexts.set_start_method(start_method())
    backend = import_backend()

    wrappers = [backend.Value("i", 1), backend.Array("d", 100)]
    for wrapper in wrappers:
        held = threading.Event()
        threading.Thread(target=hold, args=(wrapper, held), daemon=True).start()
        held.wait()
