"""`python -m sharedctypes_conformance` is `sharedctypes-conformance`."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="sharedctypes-conformance")
