"""The page of a report in a browser: `tox -e browser`, or this file named to pytest.

It is no part of the other tests, because not every machine has a browser, and it skips nothing: it
fails if there is none.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.reports.page import page_of
from sharedctypes_conformance.reports.page.difference import page_of_difference
from sharedctypes_conformance.verdicts.difference import Change
from suite.pages import LINK, every_change, every_kind, hostile, hostile_change

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RECORD = Path(__file__).parents[2] / "reports" / "record" / "page.html"
NAMES = list(load_registry().clauses)
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
WHERE = ("CHROMIUM", "chromium", "chromium-browser", "google-chrome")

Open = Callable[..., Page]


def executable() -> str:
    """Return the browser of this machine."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, WHERE[1:])), None)
    assert found, "no browser: install one (apt-get install chromium), or name it in CHROMIUM"
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        yield browser
        browser.close()


@pytest.fixture
def printed() -> list[str]:
    """Return what pages print into the console; a test fails if there is something at its end."""
    return []


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, printed: list[str]) -> Iterator[Open]:
    """Yield a function that opens a page."""
    contexts = []

    def open_page(
        view: str = "", text: str = "", size: str = "wide", scheme: str = "light"
    ) -> Page:
        file = tmp_path / "page.html"
        file.write_text(text or page_of([every_kind()]), "utf-8")
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            permissions=["clipboard-read", "clipboard-write"],
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: printed.append(message.text))
        page.on("pageerror", lambda error: printed.append(str(error)))
        page.on("dialog", lambda dialog: printed.append(dialog.message))
        page.goto(f"{file.as_uri()}#{view}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert printed == []


def clauses_shown(page: Page) -> list[str]:
    shown: list[str] = page.locator(".clause > summary code").all_text_contents()
    return shown


def open_all(page: Page) -> None:
    """Open everything that can be, what is in it too."""
    while page.evaluate(
        """async () => {
          const closed = [...document.querySelectorAll('details:not([open])')];
          for (const one of closed) one.open = true;
          await new Promise((done) => setTimeout(done));  // the events come later
          await new Promise(requestAnimationFrame);
          return closed.length;
        }"""
    ):
        pass


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press a key until an element has the focus."""
    for _ in range(200):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")


def expect_nobody_shut_out(page: Page) -> None:
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], "the page scrolls sideways"
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document)")
    assert found["passes"]
    violations = [
        (one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]
    ]
    assert violations == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["", "area=array", "area=exclusion&method=spawn"])
def test_nobody_is_shut_out(opened: Open, view: str, size: str, scheme: str) -> None:
    page = opened(view, size=size, scheme=scheme)
    if view:
        open_all(page)
    else:
        page.evaluate("document.querySelectorAll('section > details').forEach(e => e.open = true)")
    expect_nobody_shut_out(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "view", ["", "area=lifetime&verdict=known", "clause=array.empty-arrays-work"]
)
def test_nobody_is_shut_out_of_the_record(opened: Open, view: str, size: str, scheme: str) -> None:
    page = opened(view, text=RECORD.read_text("utf-8"), size=size, scheme=scheme)
    assert clauses_shown(page) or not view
    expect_nobody_shut_out(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nobody_is_shut_out_of_a_difference(opened: Open, size: str, scheme: str) -> None:
    page = opened("broken", text=page_of_difference(every_change()), size=size, scheme=scheme)
    expect_nobody_shut_out(page)
    assert page.get_by_role("heading", level=2).all_text_contents()[1:] == [
        change.value.capitalize() for change in Change
    ]


def test_a_hostile_difference_is_text(opened: Open) -> None:
    page = opened(text=page_of_difference(hostile_change()))
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("script, img, iframe, object, embed").count() == 0
    assert "onerror=" in page.locator("main").inner_text()


def test_a_view_is_in_the_address(opened: Open) -> None:
    page = opened()
    page.get_by_role("combobox", name="Verdict").select_option("known")
    page.wait_for_function("location.hash === '#verdict=known'")
    assert clauses_shown(page) == [NAMES[0]]
    page.get_by_role("combobox", name="Verdict").select_option("pass")
    page.wait_for_function("location.hash === '#verdict=pass'")
    assert clauses_shown(page) == []  # many: their areas are closed, with counts
    assert page.locator(".area").count() == len(load_registry().areas)
    page.go_back()
    page.wait_for_function("location.hash === '#verdict=known'")
    page.get_by_role("searchbox").fill("nothing has this")
    assert clauses_shown(page) == []
    page.get_by_role("searchbox").fill("we know")
    assert clauses_shown(page) == [NAMES[0]]
    page.locator(".clause > summary").click()
    page.reload()
    assert clauses_shown(page) == [NAMES[0]]
    assert page.get_by_role("combobox", name="Verdict").input_value() == "known"
    assert page.get_by_role("searchbox").input_value() == "we know"
    assert page.locator(".clause").evaluate("one => one.open")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("location.hash === ''")
    assert page.get_by_role("status").first.text_content() == (
        f"{len(NAMES)} of {len(NAMES)} clauses, 3 cells of each"
    )
    page.go_back()
    page.wait_for_function("location.hash.includes('verdict=known')")
    assert clauses_shown(page) == [NAMES[0]]


def test_a_count_leads_to_its_clauses(opened: Open) -> None:
    page = opened()
    page.get_by_role("link", name="4 failing").click()
    assert clauses_shown(page) == NAMES[1:5]
    page.get_by_role("link", name="1 unsupported").click()
    assert clauses_shown(page) == [NAMES[7]]


def test_a_clause_tells_all_that_is_known(opened: Open) -> None:
    page = opened(f"clause={NAMES[0]}")
    open_all(page)
    text = page.locator("#opened").inner_text()
    clause = load_registry().clause(NAMES[0])
    for part in (
        clause.section,
        clause.quote,
        "fail, known",
        "we know why",
        "the example of known",
        "creator: what known did",
        "the stacks of known",
        "2 of 2 in fresh processes",
    ):
        assert part in text
    link = page.locator("#opened").get_by_role("link")
    assert link.get_attribute("href") == LINK
    page.locator("#opened").get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("sharedctypes-conformance run --backend some.backend")


@pytest.mark.parametrize("size", SIZES)
def test_the_use_of_a_lock_is_a_picture_and_a_table_that_says_the_same(
    opened: Open, size: str
) -> None:
    page = opened(f"clause={NAMES[1]}", size=size)
    table = page.locator("#opened .lanes")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert [head.split("\n")[-1] for head in heads] == [
        "creator",
        "child 1",
        "a third",
        "what was done",
    ]
    rows = table.locator("tbody tr")
    said = [row.locator("td").all_text_contents() for row in rows.all()]
    assert said[0] == ["acts, then holds the lock", "", "", "1 lock_1.acquire()  # True"]
    assert said[1] == ["holds the lock", "begins", "", "2 lock_2.acquire() begins"]
    assert said[3] == [
        "holds the lock",
        "goes on",
        "acts",
        "3 value  # fail ✗ not allowedit differs",
    ]
    bars = table.locator(".bar").all()
    assert len(bars) == 10
    for bar in bars:
        box = bar.bounding_box()
        assert box
        assert box["width"] > 5
        assert box["height"] > 10


@pytest.mark.parametrize("size", SIZES)
def test_the_exclusion_matrix_is_a_picture_that_leads_to_its_clauses(
    opened: Open, size: str
) -> None:
    page = opened("area=exclusion", size=size)
    first, second = page.locator(".matrix").all()
    for table in (first, second):
        fits = table.evaluate("one => one.offsetWidth <= one.parentElement.clientWidth")
        assert fits, "the picture scrolls sideways"
    assert (first.get_by_role("link").count(), second.get_by_role("link").count()) == (28, 12)
    second.get_by_role("link", name="pass").first.click()
    clause = "exclusion.new-child-contends-for-default-lock"
    page.wait_for_function(f"location.hash === '#clause={clause}'")
    assert page.locator("#opened > summary code").text_content() == clause


def test_a_clause_leads_to_its_place_in_the_contract(opened: Open) -> None:
    for address in ("https://example.org/docs/contract.md", "../docs/contract.md"):
        page = opened(
            f"clause={NAMES[1]}", text=page_of([every_kind(), hostile()], contract=address)
        )
        link = page.locator("#opened").get_by_role("link", name="This clause in the contract")
        assert link.get_attribute("href") == f"{address}#{NAMES[1]}"
        open_all(page)
        own: list[str] = page.eval_on_selector_all(
            "a[href*='contract.md']", "all => all.map(a => a.getAttribute('href'))"
        )
        assert {one.partition("#")[2] for one in own} <= set(NAMES)


def test_a_clause_that_follows_from_another_leads_to_it(opened: Open) -> None:
    page = opened(f"clause={NAMES[6]}")
    page.locator("#opened").get_by_role("link", name=NAMES[1]).click()
    page.wait_for_function(f"location.hash === '#clause={NAMES[1]}'")
    assert page.locator("#opened > summary code").text_content() == NAMES[1]


def test_the_keyboard_is_enough(opened: Open) -> None:
    page = opened()
    tab_to(page, page.get_by_role("combobox", name="Verdict"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#verdict=failing'")
    assert clauses_shown(page) == NAMES[1:5]
    second = page.locator(".clause > summary").nth(1)
    tab_to(page, second)
    page.keyboard.press("Enter")
    page.get_by_text("it died").wait_for()
    assert f"clause={NAMES[2]}" in page.url
    page.keyboard.press("Enter")
    assert "clause=" not in page.url


@pytest.mark.parametrize("size", SIZES)
def test_a_hostile_report_is_text(opened: Open, size: str) -> None:
    page = opened(text=page_of([hostile()]), size=size)
    open_all(page)
    assert page.locator(".clause").count() == 6
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("script, img, iframe, object, embed").count() == 2
    links: list[str] = page.eval_on_selector_all("a", "all => all.map(a => a.protocol)")
    assert set(links) <= {"file:", "https:"}
    assert "onerror=" in page.locator("main").inner_text()


def test_the_policy_refuses_what_is_not_of_the_page(opened: Open, printed: list[str]) -> None:
    text = page_of([every_kind()]).replace(
        "</main>", "</main><script>document.title = 'pwned'</script>"
    )
    page = opened(text=text)
    assert page.title() == "Conformance to multiprocessing.sharedctypes"
    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<p>'")
    assert "Executing inline script violates" in printed[0]
    printed.clear()
