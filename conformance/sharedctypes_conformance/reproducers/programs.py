"""A reproducer of a program of `checks/programs`: the program itself, and what it should print."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .reading import NoReproducer, Run
from .rendering import program

FOLDER = Path(__file__).parents[1] / "checks" / "programs"

# What a program prints that could not be judged where it was run.
UNDECIDED = ("refused", "no limit", "no namespace", "cannot: ")

_BOUND = 100
_SHARED = "sharedctypes_program"


def script_of(kind: str, heading: str, run: Run, settings: dict[str, str]) -> str:
    """Return the reproducer of the run of a program; raises NoReproducer if there is none."""
    path = FOLDER / Path(run.program).name
    if run.program != f"checks/programs/{path.name}" or not path.is_file():
        raise NoReproducer(f"this version has no program {run.program!r}")
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    lines = source.splitlines()
    imports, body, main = set[str](), list[str](), ""
    before = 0
    for statement in tree.body:
        end = statement.end_lineno or statement.lineno
        text = "\n".join(lines[before:end]).strip("\n")
        before = end
        if isinstance(statement, ast.Expr) and statement is tree.body[0]:
            continue  # its docstring
        if isinstance(statement, ast.Import | ast.ImportFrom):
            if not (isinstance(statement, ast.ImportFrom) and statement.module == _SHARED):
                imports.add(ast.unparse(statement))
        elif isinstance(statement, ast.If) and "__main__" in ast.unparse(statement.test):
            main = "\n".join(lines[statement.lineno - 1 : end])
        else:
            gap = "\n" if isinstance(statement, ast.Assign | ast.AnnAssign) else "\n\n\n"
            body.append(f"{gap}{text.strip()}")
    future = "from __future__ import annotations"
    imports.discard(future)
    used = "\n".join([*body, main])
    return program(
        heading,
        imports,
        "program.py.jinja",
        future=future,
        settings=settings,
        kind=kind,
        variant=" ".join(run.arguments[3:]),
        wanted=[*run.wanted],
        undecided=UNDECIDED,
        body="".join(body).strip("\n"),
        main=main,
        used={
            name
            for name in ("import_backend", "import_contexts", "start_method", "variant", "say")
            if re.search(rf"\b{name}\(", used)
        },
        bound=_BOUND,
        flags="",
        creators=["program"],
    )
