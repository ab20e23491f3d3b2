"""The page of past releases has what `tests/releases` says, each red before and green after."""

from itertools import zip_longest

from releases.__main__ import HEAD, PAGE
from releases.model import pairs


def test_the_page_has_each_pair_red_and_green() -> None:
    text = PAGE.read_text("utf-8")
    assert text.startswith(HEAD)
    for pair, row in zip_longest(pairs(), text[len(HEAD) :].splitlines()):
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        assert pair.what in cells[0]
        assert cells[1:4] == [f"`{pair.clause}`", pair.start_method, pair.red.title]
        assert cells[4] in ("fail", "crash", "hang", "leak")
        assert cells[5:] == [pair.green.title, "pass"]
