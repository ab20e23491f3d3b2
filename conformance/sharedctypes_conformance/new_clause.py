"""Beginning a clause: its stanza, its check and its liar, each with what is left to be written.

What is to be written says TODO, which the lint looks for; until then the check is an error, so that
nothing passes that nobody has thought about. A clause of grade INFO is recorded and not judged: it
has an observation and no liar.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from .contract import CLAUSE_ID, PLACES, Grade, Places, Registry

_STANZA = Template("""
[[clause]]
id = "$id"
grade = "$grade"
says = "TODO: say in one sentence what must hold."
section = "TODO: name the section of the documentation, or what it follows from."
""")

_QUOTE = 'quote = "TODO: quote the sentence of the documentation that says so."\n'

_CHECK = Template('''\
"""Area `$area`: TODO: say what is judged here, or move the check to others that are like it."""

from __future__ import annotations

from ...stage.stage import Stage
from ..kit.check import $decorator


@$decorator("$id")
def test_$name(stage: Stage) -> $returns:
    raise NotImplementedError("TODO: $what")
''')

_JUDGED = {
    "decorator": "check",
    "returns": "None",
    "what": "observe one thing; raise a Finding if it breaks the clause",
}
_RECORDED = {
    "decorator": "observation",
    "returns": "object",
    "what": "return what there is to be seen, as plain data",
}

_LIAR = Template('''\
"""TODO: say what goes wrong here, and name the file by it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "$id": "fail",
}


class Backend(honest.Backend):
    """TODO: override one method, so that it breaks the clause and nothing else."""


honest.publish(Backend, globals())
''')


class NewClauseError(Exception):
    """A clause cannot be begun; the text says why."""


def begin_clause(
    clause_id: str, grade: Grade, registry: Registry, places: Places = PLACES
) -> list[Path]:
    """Write what a new clause consists of; return the files, the one of the stanza first.

    Raises NewClauseError outside of a checkout, for an id that is not well-formed, whose area there
    is not, or that there is already, and where a file that it would write exists.
    """
    if not places.is_checkout:
        raise NewClauseError(
            f"{str(places.package)!r} is no part of a checkout of this project, "
            "where a clause has its check and its liar"
        )
    if not re.fullmatch(CLAUSE_ID, clause_id):
        raise NewClauseError(f"{clause_id!r} is no id; one is like area.what-must-hold")
    area, _, rest = clause_id.partition(".")
    if area not in registry.areas:
        raise NewClauseError(f"unknown area {area!r}; there is {', '.join(registry.areas)}")
    if clause_id in registry.clauses:
        raise NewClauseError(f"there is a clause {clause_id} already; `explain` shows it")
    name, judged = rest.replace("-", "_"), grade is not Grade.INFO
    words = {"id": clause_id, "area": area, "grade": grade.value, "name": name}
    check = _CHECK.substitute(words, **(_JUDGED if judged else _RECORDED))
    files = {places.checks_of(area) / f"test_{name}.py": check}
    if judged:
        files[places.liars_of(area) / f"breaks_{name}.py"] = _LIAR.substitute(words)
    for file in files:
        if file.exists():
            raise NewClauseError(f"there is a file {str(file)!r} already")
    stanzas = places.stanzas_of(area)
    with stanzas.open("a", encoding="utf-8") as out:
        out.write(_STANZA.substitute(words) + (_QUOTE if grade is Grade.MUST else ""))
    for file, text in files.items():
        file.write_text(text, "utf-8")
    return [stanzas, *files]
