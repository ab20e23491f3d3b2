"""The command `sharedctypes-conformance`, which is `python -m sharedctypes_conformance` too."""

import os
import sys


def main() -> None:
    """Run the command line; Ctrl-C during its imports ends it like one during a run."""
    try:
        os.getcwd()
    except FileNotFoundError:
        print("sharedctypes-conformance: the working directory has been removed", file=sys.stderr)
        sys.exit(2)
    try:
        from .cli import INTERRUPTED, main
        from .cli.stdout import lasting_stdout
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        with lasting_stdout():
            main(prog_name="sharedctypes-conformance")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
