"""A child runs a function of the main module; nothing is shared."""

from sharedctypes_program import import_contexts, say, start_method

contexts = import_contexts()


def child() -> None:
    say("begun")


if __name__ == "__main__":
    process = contexts.get_context(start_method()).Process(target=child)
    process.start()
    process.join()
