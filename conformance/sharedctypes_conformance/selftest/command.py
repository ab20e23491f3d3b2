"""The command `selftest`: the folder that it writes, its progress, and its summary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import MofNCompleteColumn, Progress

from ..contract import PLACES
from ..reports.pace import Pace
from .page import page
from .run import SelftestError, choose, selftest
from .workers import WorkerError

__all__ = ["SelftestError", "WorkerError", "judge_suite"]

# Where the summary ends and the record begins.
_RECORD = "## Which clause caught which liar"


def judge_suite(
    names: Sequence[str],
    profiles: Sequence[str],
    verdicts: int,
    workers: int | None,
    folder: Path,
    console: Console,
) -> bool:
    """Carry out a selftest, write it into a folder and show it; return whether it passes.

    Raises SelftestError or GalleryError before anything is judged, WorkerError later.
    """
    if not PLACES.is_checkout:
        raise SelftestError("the liars are in a checkout only: install the suite from one with -e")
    backends = choose(PLACES.liars, names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SelftestError(f"cannot write into {str(folder)!r}: {problem.strerror}") from None
    progress = Progress(
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    pace = Pace(console)
    with progress:
        task = progress.add_task("judging", total=None)

        def advance() -> None:
            progress.advance(task)
            shown = progress.tasks[0]
            pace.say(f"{shown.completed:.0f} of {shown.total or 0:.0f} trials held")

        made = selftest(
            backends,
            PLACES.liars,
            profiles,
            verdicts,
            workers,
            lambda total: progress.update(task, total=total),
            lambda _: advance(),
        )
    text = page(made)
    (folder / "selftest.json").write_text(made.model_dump_json(indent=1) + "\n", "utf-8")
    (folder / "selftest.md").write_text(text, "utf-8")
    console.print(Markdown(text.partition(_RECORD)[0]))
    console.print(f"Record: {folder / 'selftest.md'}", soft_wrap=True, highlight=False)
    return made.passes
