"""Reports that do not mean well, read by every command: each is data, or refused in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.verdicts.reading import MOST_RESULTS, read_report

from .pages import every_kind, hostile
from .running import tool

NAME = next(iter(load_registry().clauses))
COMMANDS = {
    "page": ("report", "page", "report.json"),
    "diff": ("report", "diff", "report.json", "other.json", "--html", "difference.html"),
    "badge": ("report", "badge", "report.json"),
    "junit": ("report", "junit", "report.json"),
    "github": ("report", "github", "report.json"),
    "merge": ("report", "merge", "report.json", "--output", "merged.json"),
    "explain": ("explain", NAME, "--report", "report.json"),
}


def written(folder: Path, data: Any) -> None:
    """Write a report, and one that differs from it, with all that JSON can spell in another way."""
    for name, verdict in (("report", "fail"), ("other", "crash")):
        for result in data["results"]:
            result["verdict"] = verdict
        # A lone surrogate is no text, and such a file no report.
        text = json.dumps(data).replace("\\ud800", "")
        (folder / f"{name}.json").write_text(text, "utf-8")


def hidden(text: str) -> set[str]:
    return {char for char in text if not char.isprintable() and char not in "\n\t"}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_is_printed_does_more_than_be_read(tmp_path: Path, command: str) -> None:
    written(tmp_path, hostile().model_dump(mode="json"))
    done = tool(*COMMANDS[command], cwd=tmp_path)
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    files = [path for path in files if path.name not in ("report.json", "other.json")]
    texts = [done.stdout, done.stderr, *(path.read_text("utf-8") for path in files)]
    assert [hidden(text) for text in texts] == [set()] * len(texts)
    if command in ("explain", "junit", "diff"):
        assert "\\x1b[31m" in done.stdout.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_texts_are_spelled_out_unless_they_are_our_own(tmp_path: Path, suffix: str) -> None:
    data = hostile().model_dump(mode="json")
    head = {**data, "results": []}
    parts = [data] if suffix == "json" else [head, *data["results"]]
    text = "".join(json.dumps(part) + "\n" for part in parts).replace("\\ud800", "")
    (tmp_path / f"report.{suffix}").write_text(text, "utf-8")
    read = read_report(tmp_path / f"report.{suffix}")
    assert hidden(read.text) == set()
    assert "__proto__" in read.text
    ours = read_report(tmp_path / f"report.{suffix}", as_it_is=True)
    assert ours.results[0].message.count("\x1b") == 1
    assert len(ours.results) == len(read.results)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("results", 0, "clause"), "x" * 100_000),
        (("results", 0, "evidence", "history"), ["x"] * 100_000),
        (("results", 0, "observed"), json.loads("[" * 150 + "]" * 150)),
        (("subjects", 0, "interpreter", "python"), "no version"),
        (("subjects", 0, "backend", "module"), "../../x"),
        (("seconds",), "NaN"),
        (("seed",), 10**400),
        (("results", 0, "start_method"), ""),
    ],
)
def test_what_is_odd_is_shown_or_refused_in_one_sentence(
    tmp_path: Path, place: tuple[str | int, ...], value: object
) -> None:
    data = every_kind().model_dump(mode="json")
    data["results"] = data["results"][1:12]
    part: Any = data
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    written(tmp_path, data)
    for command in ("page", "badge", "merge"):
        done = tool(*COMMANDS[command], cwd=tmp_path)
        assert "Traceback" not in done.stderr
        if done.returncode:
            assert done.returncode == 2
            assert len(done.stderr.splitlines()) == 1
            assert len(done.stderr) < 1100
    assert {path.name for path in tmp_path.iterdir()} <= {
        "report.json",
        "other.json",
        "page.html",
        "badges",
        "merged.json",
    }


def test_more_results_than_anybody_reads_are_refused_before_they_are_parsed(
    tmp_path: Path,
) -> None:
    data = every_kind().model_dump(mode="json")
    one = json.dumps(data["results"][20])
    text = json.dumps({**data, "results": ["here"]})
    many = f"{one}," * MOST_RESULTS + one
    (tmp_path / "report.json").write_text(text.replace('"here"', many), "utf-8")
    done = tool(*COMMANDS["page"], cwd=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "sharedctypes-conformance: 'report.json' is not a report: "
        f"it has {MOST_RESULTS + 1} results, and none has {MOST_RESULTS}",
    )
