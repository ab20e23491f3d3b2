"""A report as a page: all of it is there, counted honestly, and none of it is more than text.

What takes a browser to see is in `tests/browser`.
"""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.reports.page import page_of
from sharedctypes_conformance.reports.page.content import content_of
from sharedctypes_conformance.verdicts.model import Standing, Verdict

from .pages import LINK, Page, every_kind, hostile, report, result
from .running import tool
from .subjects import METHODS, subject

NAMES = list(load_registry().clauses)


def said_of(page: Page, clause: str) -> list[str]:
    """Return every text that a page has about a clause."""
    (found,) = (one for one in page.data["clauses"] if one["id"] == clause)
    numbers: list[int] = []
    for told in found["told"]:
        for key, value in told.items():
            if key == "lanes":
                numbers += [*value["actors"], *(row[2] for row in value["rows"])]
            elif key == "reproducers":
                numbers += [number for lines in value for number in lines]
            elif key not in ("column", "word", "methods"):
                numbers += value if isinstance(value, list) else [value]
    return [page.data["texts"][number] for number in numbers]


def test_only_the_script_and_the_style_sheet_of_the_page_are_allowed() -> None:
    page = Page(page_of([every_kind()]))
    data, script = page.of("script")
    (style,) = page.of("style")
    assert data.startswith("{")

    def allowed(text: str) -> str:
        digest = hashlib.sha256(text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    rules = dict(rule.split(" ", 1) for rule in page.policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == allowed(script)
    assert rules["style-src"] == allowed(style)
    assert "unsafe" not in page.policy


def test_a_hostile_report_adds_no_element_and_no_attribute() -> None:
    page, harmless = Page(page_of([hostile()])), Page(page_of([every_kind()]))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in harmless.tags} | {"p", "br", "li"}
    assert len(page.of("script")) == 2
    assert page.of("script")[1] == harmless.of("script")[1]
    known = {name for _, attributes in harmless.tags for name in attributes}
    for tag, attributes in page.tags:
        assert attributes.keys() <= known
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert (attributes.get("href") or "#").startswith(("#", "data:,")), tag
    texts = json.dumps(page.data, ensure_ascii=False)
    assert "pwned = 1</script>" in texts  # it is told
    assert "49" not in "".join(page.of("th"))  # and no template


def test_what_cannot_be_seen_is_spelled_out() -> None:
    text = page_of([hostile()])
    assert [char for char in text if not char.isprintable() and char != "\n"] == []
    assert "\\u202e" in " ".join(said_of(Page(text), NAMES[0]))


def test_a_link_is_one_only_if_it_is_https() -> None:
    reasons = {
        f"known {LINK}": LINK,
        "known javascript:alert(1)": None,
        "known http://example.org/": None,
        "known data:text/html,x https:": None,
        'known https://example.org/"onclick=x': None,
        "known https://user@example.org": None,
    }
    for reason, link in reasons.items():
        one = result(NAMES[0], Verdict.FAIL, Standing.KNOWN, reason=reason)
        data = content_of([report(one)]).data
        (told,) = data["clauses"][0]["told"]
        assert (data["texts"][told["link"]] if "link" in told else None) == link
        assert data["texts"][told["reason"]] == (reason if link is None else "known")


def test_a_command_does_nothing_else_in_a_shell() -> None:
    page = Page(page_of([hostile()]))
    command = next(one for one in said_of(page, "area.elsewhere") if "run --backend" in one)
    assert "--backend '$(touch pwned); `x`'" in command
    # With control characters in it, it is not given at all.
    assert not any("run --backend" in one for one in said_of(page, NAMES[0]))


def test_the_same_reports_make_the_same_page(tmp_path: Path) -> None:
    # Names that the suite does not know have no order of its own.
    strange = [result(f"area.{name}", method=name) for name in ("x", "a", "m", "b", "z")]
    made = every_kind()
    made = made.model_copy(update={"results": (*made.results, *strange)})
    made.write(tmp_path)
    pages = []
    for seed in "12":
        done = tool("report", "page", "report.json", cwd=tmp_path, PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout) == (0, "wrote page.html\n"), done.stderr
        pages.append((tmp_path / "page.html").read_text("utf-8"))
    assert pages[0] == pages[1] == page_of([made])


def test_clauses_that_hold_are_counted_out_of_those_that_were_judged() -> None:
    page = Page(page_of([every_kind()]))
    cells = " ".join("".join(text for _, text in page.texts).split())
    total = len(NAMES)
    # One is known and four are new; four more are not judged or not claimed.
    judged = total - 4
    assert (
        f"{judged - 5} of {judged} hold 4 failing 1 known 1 gone 1 inconclusive 1 unsupported "
        f"1 error 1 observed {total} of {total} hold" in cells
    )
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert {"method": ["fork"], "verdict": ["known"]}.items() <= parse_qs(links[3][1:]).items()


def test_what_was_not_judged_in_one_column_is_no_result() -> None:
    other = subject("other.backend")
    one = report(
        result(NAMES[0]),
        result(NAMES[1]),
        result(NAMES[0], backend="other.backend"),
        subjects=(subject(), other),
    )
    cells = " ".join("".join(text for _, text in Page(page_of([one])).texts).split())
    assert "2 of 2 hold" in cells
    assert "1 of 1 hold 1 no result" in cells


def test_every_clause_is_there_with_its_source_and_all_that_is_known() -> None:
    made = every_kind()
    page = Page(page_of([made]))
    assert [one["id"] for one in page.data["clauses"]] == NAMES
    for told in page.data["clauses"]:
        clause = load_registry().clause(told["id"])
        assert (told["says"], told["section"]) == (clause.says, clause.section)
        assert told.get("quote", "") == clause.quote
    for one in made.results:
        texts = said_of(page, one.clause)
        expected = [one.message, one.reason.removesuffix(f" {LINK}"), one.follows_from]
        if one.evidence:
            expected += [one.evidence.example, *one.evidence.history]
            expected += one.evidence.output.splitlines()
        if one.verdict is not Verdict.PASS:
            expected.append("size: 4\nnames: a, b" if one.observed else "")
            assert any(f"--clause {one.clause}" in text for text in texts)
        assert {text for text in expected if text} <= set(texts)
    words = page.data["words"]
    cells = [one["cells"][0] for one in page.data["clauses"]]
    assert [words[int(digits[0], 36)][1] for digits in cells] == [
        one.word for one in made.results if one.start_method == "fork"
    ]
    assert [matrix["area"] for matrix in page.data["matrices"]] == ["exclusion"]


def test_reports_are_side_by_side_and_interpreters_have_titles() -> None:
    old = report(result(NAMES[0]))
    new = report(
        result(NAMES[0], Verdict.FAIL, Standing.UNEXPECTED, interpreter="/elsewhere/python"),
        subjects=(subject(version="3.14.0", path="/elsewhere/python"),),
    )
    page = Page(page_of([old, new, old]))
    assert [one["title"] for one in page.data["columns"]] == [
        "some.backend 1.0 on cpython 3.11.7",
        "some.backend 1.0 on cpython 3.14.0",
        "some.backend 1.0 on cpython 3.11.7 (2)",
    ]
    (clause,) = page.data["clauses"]
    assert clause["cells"] == ["0", "1", "0"]
    assert [text.strip() for text in page.of("li")][3:] == [
        f"{number}: {column['title']}, Linux, run of {old.started}"
        for number, column in enumerate(page.data["columns"], 1)
    ]


def test_the_control_is_named_and_an_incomplete_run_too() -> None:
    control = subject("multiprocessing.sharedctypes")
    made = report(result(NAMES[0]), result(NAMES[0], backend="multiprocessing.sharedctypes"))
    page = page_of([made.model_copy(update={"controls": (control,), "complete": False})])
    assert "control, judged for comparison" in page
    assert "Incomplete:" in page
    assert "Incomplete:" not in page_of([made])


def test_results_that_no_subject_describes_are_shown() -> None:
    page = Page(page_of([report(result(NAMES[0], backend="stray"))]))
    assert [one["title"] for one in page.data["columns"]][1:] == ["stray on /py"]


def test_a_page_is_small_where_clauses_hold() -> None:
    made = report(*(result(name, method=method) for name in NAMES for method in METHODS))
    assert len(page_of([made])) < 300_000


def test_the_contract_is_linked_if_its_place_is_known(tmp_path: Path) -> None:
    report(result(NAMES[0])).write(tmp_path)
    for options, address in ((), ""), (("--contract", "docs/contract.md"), "docs/contract.md"):
        done = tool("report", "page", "report.json", *options, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        page = Page((tmp_path / "page.html").read_text("utf-8"))
        assert page.data["contract"] == address


def test_the_page_needs_nothing_beside_it() -> None:
    page = Page(page_of([every_kind()]))
    assert not any("src" in attributes for _, attributes in page.tags)
    assert [attributes for tag, attributes in page.tags if tag == "link"] == [
        {"rel": "icon", "href": "data:,"}
    ]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "Missing argument"),
        (("none.json",), "cannot read the report"),
        (("report.json", "--output", "no/such/folder.html"), "cannot write"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, arguments: tuple[str, ...], problem: str
) -> None:
    report(result(NAMES[0])).write(tmp_path)
    done = tool("report", "page", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert problem in done.stderr
    assert "Traceback" not in done.stderr
