"""What a made-up report says was judged."""

from sharedctypes_conformance.verdicts.model import Backend, Interpreter, Subject

METHODS = ("fork", "spawn", "forkserver")


def subject(module: str = "some.backend", version: str = "3.11.7", path: str = "/py") -> Subject:
    return Subject(
        interpreter=Interpreter(
            executable=path,
            implementation="cpython",
            version=version,
            python=version,
            free_threaded=False,
            optimized=False,
            platform="Linux",
        ),
        backend=Backend(
            module=module,
            file=None,
            version="1.0",
            names=("Value",),
            contexts="multiprocessing",
            start_methods=METHODS,
        ),
    )
