"""Badges, which say no more than was judged."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sharedctypes_conformance.contract import Grade, load_registry
from sharedctypes_conformance.reports.badge import LABEL, Badge, badges_of
from sharedctypes_conformance.verdicts.model import Report, Result, Standing, Verdict

from .pages import EVIL, hostile, report, result
from .running import tool
from .subjects import subject

MUST = [one.id for one in load_registry().clauses.values() if one.grade is Grade.MUST]
APPLY = [
    name for name in MUST if load_registry().clause(name).applies_to("3.11.7", own_contexts=False)
]
RED, BROWN, GREEN, GREY = "#b3121d", "#7a4d00", "#17652f", "#565d68"


def badge_of(*first: Result, complete: bool = True) -> Badge:
    """Return the badge of a report in which all other MUST clauses hold."""
    others = [result(name) for name in APPLY[len({one.clause for one in first}) :]]
    made = report(*first, *others).model_copy(update={"complete": complete})
    (badge,) = badges_of(made)
    return badge


@pytest.mark.parametrize(
    ("verdict", "standing", "said", "color"),
    [
        (Verdict.PASS, Standing.EXPECTED, "{all} of {all} MUST kept", GREEN),
        (Verdict.PASS, Standing.GONE, "{all} of {all} MUST kept", GREEN),
        (Verdict.FAIL, Standing.UNEXPECTED, "{rest} of {all} MUST kept", RED),
        (Verdict.HANG, Standing.UNEXPECTED, "{rest} of {all} MUST kept", RED),
        (Verdict.FAIL, Standing.KNOWN, "{rest} of {all} MUST kept, 1 known", BROWN),
        (Verdict.INCONCLUSIVE, Standing.EXPECTED, "{rest} of {all} MUST kept, 1 not judged", GREY),
        (Verdict.ERROR, Standing.UNEXPECTED, "{rest} of {all} MUST kept, 1 not judged", GREY),
        (
            Verdict.UNSUPPORTED,
            Standing.EXPECTED,
            "{rest} of {rest} MUST kept, 1 not claimed",
            GREEN,
        ),
    ],
)
def test_a_badge_says_how_many_clauses_are_kept_and_why_not_more(
    verdict: Verdict, standing: Standing, said: str, color: str
) -> None:
    badge = badge_of(
        result(APPLY[0], verdict, standing, message="m"), result(APPLY[0], method="spawn")
    )
    assert badge.message == said.format(all=len(APPLY), rest=len(APPLY) - 1)
    assert badge.color == color


def test_one_cell_that_is_broken_breaks_a_clause_that_is_known_elsewhere() -> None:
    badge = badge_of(
        result(APPLY[0], Verdict.FAIL, Standing.KNOWN),
        result(APPLY[0], Verdict.FAIL, Standing.UNEXPECTED, method="spawn"),
    )
    assert (badge.message, badge.color) == (f"{len(APPLY) - 1} of {len(APPLY)} MUST kept", RED)


def test_a_part_of_the_contract_is_not_all_of_it() -> None:
    (badge,) = badges_of(report(result(APPLY[0]), result("array.x", grade="SHOULD")))
    assert (badge.message, badge.color) == (
        f"1 of 1 MUST kept, {len(APPLY) - 1} not run",
        GREY,
    )
    badge = badge_of(result(APPLY[0]), complete=False)
    assert (badge.message.rpartition(", ")[2], badge.color) == ("incomplete", GREY)
    (badge,) = badges_of(report())
    assert badge.color == GREY


def test_the_control_has_none_and_each_backend_has_one() -> None:
    control = subject("multiprocessing.sharedctypes")
    made: Report = report(
        result(APPLY[0]),
        result(APPLY[0], backend="multiprocessing.sharedctypes"),
        result(APPLY[0], backend="other.backend"),
        subjects=(subject(), subject("other.backend")),
    ).model_copy(update={"controls": (control,)})
    assert [one.name for one in badges_of(made)] == ["some.backend", "other.backend"]


def test_a_badge_is_a_picture_that_is_read_aloud_and_what_shields_asks_for() -> None:
    badge = badge_of(result(APPLY[0]))
    root = ElementTree.fromstring(badge.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{LABEL}: {badge.message}"
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [LABEL, badge.message]
    assert json.loads(badge.endpoint) == {
        "schemaVersion": 1,
        "label": LABEL,
        "message": badge.message,
        "color": GREEN,
    }


def test_a_hostile_report_names_no_file_and_adds_no_element() -> None:
    (badge,) = badges_of(hostile())
    assert badge.name == "backend-1"
    root = ElementTree.fromstring(badge.svg)
    harmless = ElementTree.fromstring(badge_of(result(APPLY[0])).svg)
    assert [one.tag for one in root.iter()] == [one.tag for one in harmless.iter()]
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert "<script>" in (title.text or "")
    for name in ("..", ".", "a/b", "../../x", "-n", EVIL):
        (badge,) = badges_of(report(subjects=(subject(name),)))
        assert badge.name == "backend-1", name


def test_the_command_writes_them(tmp_path: Path) -> None:
    report(result(APPLY[0])).write(tmp_path)
    done = tool("report", "badge", "report.json", cwd=tmp_path)
    wrote = "wrote badges/some.backend.svg\nwrote badges/some.backend.json\n"
    assert (done.returncode, done.stdout) == (0, wrote), done.stderr
    assert (tmp_path / "badges" / "some.backend.svg").read_text().startswith("<svg")
    done = tool("report", "badge", "report.json", "--output", "report.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot write" in done.stderr
    report(subjects=()).write(tmp_path)
    done = tool("report", "badge", "report.json", cwd=tmp_path)
    assert (done.returncode, done.stderr.endswith("has no backend\n")) == (2, True)
