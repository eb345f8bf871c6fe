"""The page of a run in a real browser: alone, readable on a phone, and whatever stands on it escaped.

Its pictures are kept in ``.artefacts``, for CI to upload.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from eval.report.page import to_html, to_markdown
from eval.scoring.run import Run, Setup
from eval.scoring.score import Fit, Miss
from eval.zoo.printing import browser
from eval.zoo.programs import Program, missing
from extractor.result.cells import Status
from tests.helpers.scored import SEVEN, TWELVE, cell, result, run_of, scored

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

PICTURES = Path(__file__).parents[3] / ".artefacts"
HOSTILE = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
NEEDED = missing((Program.BROWSER, Program.DRIVER, Program.FONT))
pytestmark = pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
PHONE, DESK = 390, 1280


def made() -> Run:
    """A run of two models; one wrong and confirmed cell, and a page that would like to be run."""
    own = scored(cell("t.b.x", "8", SEVEN), cell("t.a.x", "9", TWELVE, Status.DISPUTED))
    hostile = Miss("t.a.x", Fit.WRONG, Status.DISPUTED, HOSTILE, "number", HOSTILE, "number", HOSTILE * 3)
    one = result("报告一", own, setup="layout", layout="很长的版式名称" * 6)
    other = result("报告二", scored(), setup="m", requests=3, input_tokens=900, cost=Decimal("0.02"))
    run = run_of(one, other)
    run.results[0] = type(run.results[0])(
        **{**vars(run.results[0]), "misses": (hostile, own.misses[1]), "edition": HOSTILE}
    )
    run.manifest["setups"] = [{**vars(Setup())}, {**vars(Setup("m"))}]
    return run


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chrome, Path]]:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(to_html(made()), encoding="utf-8")
    with browser() as driver:
        yield driver, path


def opened(page: tuple[Chrome, Path], width: int) -> Any:
    """The page in a window of this width, and what the browser asked for on the way."""
    driver, path = page
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width == PHONE},
    )
    driver.get(path.as_uri())
    PICTURES.mkdir(exist_ok=True)
    driver.save_screenshot(str(PICTURES / f"report-{width}.png"))
    return driver


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_it_is_readable_without_scrolling_sideways(page: tuple[Chrome, Path], width: int) -> None:
    driver = opened(page, width)
    assert driver.execute_script("return window.innerWidth") == width
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    # Wide tables scroll in a frame of their own, and are as wide as they need.
    assert driver.execute_script("return document.querySelector('#misses').scrollWidth") > PHONE


def test_it_asks_for_nothing_and_the_console_is_quiet(page: tuple[Chrome, Path]) -> None:
    driver = opened(page, DESK)
    asked = driver.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
    assert asked == []
    assert driver.get_log("browser") == []
    assert driver.current_url.startswith("file:")


def test_it_shows_what_matters(page: tuple[Chrome, Path]) -> None:
    driver = opened(page, DESK)

    def text(selector: str) -> str:
        found: str = driver.execute_script(f"return document.querySelector('{selector}').innerText")
        return found

    assert text("#silent").startswith("Wrong and confirmed: 1 of 12 cells, below 3.39e-01")
    tables = driver.execute_script("return [...document.querySelectorAll('table')].map(one => one.id)")
    by = ["by-layout", "by-table", "by-edition", "by-reader"]
    assert tables == [*by, "statuses", "confusion", "misses", "manifest"]
    assert "报告一" in text("#misses")
    assert "m: 100% right, 0.02 cost a report" in driver.page_source or "900 tokens" in driver.page_source
    assert driver.execute_script("return document.querySelectorAll('svg circle').length") == 2


def test_what_a_page_says_is_never_run(page: tuple[Chrome, Path]) -> None:
    driver = opened(page, DESK)
    assert driver.title == "gongkai eval: made"
    assert driver.execute_script("return document.querySelectorAll('script, img').length") == 0
    assert HOSTILE in driver.execute_script("return document.querySelector('#misses').innerText")


def test_the_same_as_markdown() -> None:
    text = to_markdown(made())
    assert text.startswith("Wrong and confirmed: **1** of 12 cells, below 3.39e-01 at 95 %.")
    assert "| m | 1 | 6 | 100% |" in text
