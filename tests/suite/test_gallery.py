"""Reading the gallery: what a liar says of itself, without importing it."""

from pathlib import Path

import pytest

from sharedctypes_conformance.gallery import GalleryError, Liar, read_gallery

LIAR = """raise SystemExit
CAUGHT_BY = {"area.one": "fail"}
"""


def test_liars_are_read_without_being_imported(tmp_path: Path) -> None:
    for folder in ("area", "honest"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
        (tmp_path / folder / "a_lie.py").write_text(LIAR)
    (tmp_path / "area" / "b_lie.py").write_text(
        LIAR + 'START_METHODS = ("spawn",)\nUNJUDGED_WITHOUT = "root"\n'
    )
    assert read_gallery(tmp_path) == [
        Liar("area.a_lie", {"area.one": "fail"}),
        Liar("area.b_lie", {"area.one": "fail"}, ("spawn",), "root"),
    ]


@pytest.mark.parametrize(
    "text", ["", "CAUGHT_BY = made()", "CAUGHT_BY =", LIAR + "START_METHODS = ALL"]
)
def test_a_liar_that_is_not_written_out_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "area").mkdir()
    (tmp_path / "area" / "a_lie.py").write_text(text)
    with pytest.raises(GalleryError, match=r"the liar .*a_lie\.py"):
        read_gallery(tmp_path)
