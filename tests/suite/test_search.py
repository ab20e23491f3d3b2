"""The search for an example that fails: what is drawn, how much of it, and by whom."""

import importlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from sharedctypes_conformance.checks.kit.check import Check
from sharedctypes_conformance.judging.judge import judge
from sharedctypes_conformance.judging.search import Part
from sharedctypes_conformance.judging.shrinking import FOR_A_REPORT
from sharedctypes_conformance.selection import PROFILES
from sharedctypes_conformance.stage.findings import NotKept
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.strategies.tables import each_of
from sharedctypes_conformance.verdicts.model import Verdict

from .judging import probe_liar


def a_check(body: Callable[..., None], strategies: dict[str, Any]) -> Check:
    return Check("area.name", body, strategies)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    stage = Stage(probe_liar("honest.plain").target("fork"))
    yield stage
    stage.close()


def test_the_same_seed_finds_the_same(stage: Stage) -> None:
    def drawn(seed: int) -> list[int]:
        ran: list[int] = []
        judge(stage, a_check(lambda _, n: ran.append(n), {"n": st.integers()}), "quick", seed)
        return ran

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_a_seed_finds_the_same_whatever_modules_are_loaded(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn() -> list[Any]:
        ran: list[Any] = []
        drawn = {"n": st.integers(), "b": st.binary(max_size=8), "f": st.floats(), "s": st.text()}
        judge(stage, a_check(lambda _, **all_: ran.append(all_), drawn), "default", 7)
        return [repr(one) for one in ran]

    first = drawn()
    constants = [*range(10**7, 10**7 + 99), *(b"%d" % n for n in range(99)), 1.25, "a constant"]
    (tmp_path / "of_a_user.py").write_text(f"CONSTANTS = {constants}\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("of_a_user")
    assert drawn() == first


@pytest.mark.parametrize("share", [40, 60])
def test_the_search_for_a_smaller_example_has_an_end(stage: Stage, share: int) -> None:
    drawn: list[list[bytes]] = []
    profile = "thorough"

    def body(stage: Stage, data: list[bytes]) -> None:
        if sum(map(sum, data)) % share == 1:
            raise NotKept("it has a rest")

    def noted(data: list[bytes]) -> list[bytes]:
        drawn.append(data)
        return data

    pieces = st.lists(st.binary(min_size=99, max_size=99), min_size=9)
    strategy = pieces.map(noted)
    judgement = judge(stage, a_check(body, {"data": strategy}), profile, 0)
    assert judgement.verdict is Verdict.FAIL
    assert judgement.evidence is not None
    assert judgement.evidence.example != f"data={drawn[0]!r}"
    assert len(drawn) <= PROFILES[profile] + FOR_A_REPORT.drawn + 10


@pytest.mark.parametrize("row", range(0, 60, 7))
def test_each_row_of_a_table_is_drawn(stage: Stage, row: int) -> None:
    """By the start methods together, where only the creator does something."""

    def body(stage: Stage, kind: str, times: int) -> None:
        stage.creator.call("builtins.abs", -times)
        if kind == f"kind {row}":
            raise NotKept(f"{kind} is broken")

    table = each_of(f"kind {number}" for number in range(60))
    drawn = {"kind": st.sampled_from(table), "times": st.integers(1, 9)}
    checked = Check("area.name", body, drawn, tables={"kind": table})
    judgements = [judge(stage, checked, "quick", part=Part(one, 3)) for one in range(3)]
    found = [one for one in judgements if one.verdict is Verdict.FAIL]
    assert found
    assert found[0].evidence is not None
    assert found[0].evidence.example == f"kind='kind {row}', times=1"
    again = judge(stage, checked, "quick", choices=found[0].evidence.choices)
    assert again.verdict is Verdict.FAIL


def test_what_is_drawn_for_the_rest_of_a_table_is_drawn_once(stage: Stage) -> None:
    def body(stage: Stage, kind: int, times: int) -> None:
        ran.append(kind)
        stage.start().call("builtins.abs", times)

    ran: list[int] = []
    table = each_of(range(12))
    drawn = {"kind": st.sampled_from(table), "times": st.integers(1, 9)}
    checked = Check("area.name", body, drawn, costly=True, tables={"kind": table})
    assert judge(stage, checked, "quick").verdict is Verdict.PASS
    assert sorted(set(ran)) == [*range(12)]
    # The first two are drawn by chance, and may be of one kind.
    assert len(ran) <= 13


def test_start_methods_divide_what_the_creator_does_alone(stage: Stage) -> None:
    def drawn(check: Check, part: Part) -> list[int]:
        ran.clear()
        assert judge(stage, check, "default", part=part).verdict is Verdict.PASS
        return [*ran]

    def alone(stage: Stage, number: int) -> None:
        ran.append(number)
        stage.creator.call("builtins.abs", number)

    def with_a_child(stage: Stage, number: int) -> None:
        alone(stage, number)
        if number % 2:
            stage.start().call("builtins.abs", number)

    def some_covered(stage: Stage, number: int) -> Counter[str]:
        alone(stage, number)
        return Counter(["late"] if len(ran) == 30 else [])

    ran: list[int] = []
    total = PROFILES["default"]
    numbers = {"number": st.integers(0, 10**9)}
    parts = [drawn(a_check(alone, numbers), Part(number, 3)) for number in range(3)]
    assert [len(part) for part in parts] == [-(-total // 3)] * 3
    # They differ, and each is the beginning of what is drawn under that start method only.
    assert len({*parts[0], *parts[1], *parts[2]}) > 2 * len(parts[0])
    for number, part in enumerate(parts):
        assert drawn(a_check(alone, numbers), Part(number, 1))[: len(part)] == part
    assert len(drawn(a_check(with_a_child, numbers), Part(0, 3))) == total
    covering = Check("area.name", some_covered, numbers, covers=frozenset(["late"]))
    assert len(drawn(covering, Part(0, 3))) == 30
