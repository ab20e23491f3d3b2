"""Begins a clause: writes templates of its stanza, its check and its liar.

What is to be filled in is marked TODO, which the lint looks for; until then the check raises, so
that it cannot pass by accident. A clause of grade INFO is recorded and not judged: it has an
observation and no liar.
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
"""Area `$area`: TODO: say what is judged here, or move the check to similar ones."""

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
    "what": "test one thing; raise a Finding if it breaks the clause",
}
_RECORDED = {
    "decorator": "observation",
    "returns": "object",
    "what": "return what is observed, as plain data",
}

_LIAR = Template('''\
"""TODO: say what goes wrong here, and name the file after it."""

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
    """Write the parts of a new clause; return the files, that of the stanza first.

    Raises NewClauseError outside of a checkout, for an id that is malformed, exists already or
    belongs to no area, and if a file that it would write exists.
    """
    if not places.is_checkout:
        raise NewClauseError(
            f"{str(places.package)!r} is not in a checkout of this project, "
            "which is where checks and liars are"
        )
    if not re.fullmatch(CLAUSE_ID, clause_id):
        raise NewClauseError(f"{clause_id!r} is not an id; ids look like area.what-must-hold")
    area, _, rest = clause_id.partition(".")
    if area not in registry.areas:
        raise NewClauseError(f"unknown area {area!r}; there are {', '.join(registry.areas)}")
    if clause_id in registry.clauses:
        raise NewClauseError(f"the clause {clause_id} exists already; `explain` shows it")
    name, judged = rest.replace("-", "_"), grade is not Grade.INFO
    words = {"id": clause_id, "area": area, "grade": grade.value, "name": name}
    check = _CHECK.substitute(words, **(_JUDGED if judged else _RECORDED))
    files = {places.checks_of(area) / f"test_{name}.py": check}
    if judged:
        files[places.liars_of(area) / f"breaks_{name}.py"] = _LIAR.substitute(words)
    for file in files:
        if file.exists():
            raise NewClauseError(f"the file {str(file)!r} exists already")
    stanzas = places.stanzas_of(area)
    with stanzas.open("a", encoding="utf-8") as out:
        out.write(_STANZA.substitute(words) + (_QUOTE if grade is Grade.MUST else ""))
    for file, text in files.items():
        file.write_text(text, "utf-8")
    return [stanzas, *files]
