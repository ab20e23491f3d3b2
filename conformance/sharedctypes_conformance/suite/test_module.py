"""Area `module`: which names a backend has."""

from __future__ import annotations

from hypothesis import strategies as st

from ..stage.handles import Name
from ..stage.probing import NAMES
from ..stage.stage import Stage
from .check import check
from .observe import expect


@check("module.has-the-six-names", name=st.sampled_from(NAMES))
def test_has_the_six_names(stage: Stage, name: str) -> None:
    creator = stage.creator
    named = Name(stage.name_in_backend(name))
    expect(creator.call("builtins.callable", named), True, f"callable({named})")
