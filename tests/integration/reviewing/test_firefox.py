"""The page in Firefox: the main things that people do with it; Chromium is asked for the rest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.zoo.programs import Program, missing
from extractor.decisions.kept import record_beside
from tests.helpers.firefox import Firefox, firefox
from tests.helpers.hostile_pages import HOSTILE, hostile_page
from tests.helpers.import_graph import ROOT
from tests.helpers.reviewing import PHONE, boxed_at_figures, boxed_in_flow, written
from tests.helpers.served import serving

NEEDED = missing((Program.FIREFOX, Program.FONT))
pytestmark = pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
CASES = ROOT / "eval" / "cases"
HONGZE = CASES / "hongze-2023" / "hongze-2023.pdf"
SHANGHAI = CASES / "shanghai-office-2019" / "shanghai-office-2019.html"
FORM = CASES / "form2021-blank" / "form2021-blank.docx"
TORN = CASES / "shanghai-sci-2024" / "shanghai-sci-2024.txt"


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    with firefox() as opened:
        yield opened


def test_every_cell_is_boxed_and_a_click_and_keys_show_the_evidence(window: Firefox, tmp_path: Path) -> None:
    page = written(HONGZE, tmp_path)
    window.open(page.as_uri())
    assert boxed_at_figures(window, HONGZE) == 186
    window.press("j")
    assert window.chosen == "disputes.reconsideration.total"
    told = "".join(window.text("#card").split())
    assert "不成立0总计=10结果维持+1结果纠正+0其他结果+0尚未审结相差11" in told
    window.click("#f0")
    assert window.chosen == "disclosure.regulations.issued"
    window.click("#s1")
    assert window.chosen == "disclosure.regulations.repealed"
    window.picture("desk")
    window.open(page.as_uri(), PHONE)
    assert window.js("return document.documentElement.scrollWidth") <= PHONE
    window.picture("phone")
    assert window.js("return performance.getEntriesByType('resource').map((one) => one.name)") == []
    assert window.console == []


@pytest.mark.parametrize(("report", "count"), [(SHANGHAI, 198), (FORM, 200)])
def test_every_cell_of_a_web_page_and_a_word_file_is_boxed(
    window: Firefox, tmp_path: Path, report: Path, count: int
) -> None:
    window.open(written(report, tmp_path).as_uri())
    assert boxed_in_flow(window) == count
    assert window.console == []


def test_decisions_are_made_saved_shown_again_and_undone(window: Firefox, tmp_path: Path) -> None:
    report = tmp_path / TORN.name
    report.write_bytes(TORN.read_bytes())
    saved = "return record.pending.length === 0 && !record.saving"
    with serving(report) as server:
        window.open(server.address)
        window.press("j", "a", "王小明", "\ue007", "A")
        until(window, saved)
        until(window, left("待看 10 处"))
        window.reload()
        until(window, left("待看 10 处"))
        window.press("u")
        until(window, saved)
        until(window, left("待看 11 处"))
    record = record_beside(report)
    assert record is not None
    assert [one.kind for one in record.decisions] == [*["accepted"] * 6, "undone"]
    assert window.console == []


def left(words: str) -> str:
    """The condition that the page tells what is left in words that begin so; it fetches decisions first."""
    return f"return document.querySelector('#left').textContent.trim().startsWith('{words}')"


def until(window: Firefox, condition: str) -> None:
    """Wait until something is true, some seconds at most."""
    end = time.monotonic() + 10
    while not window.js(condition):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_report_full_of_scripts_does_nothing_but_show(window: Firefox, tmp_path: Path) -> None:
    page = tmp_path / "hostile.html"
    page.write_text(hostile_page(TORN), encoding="utf-8")
    window.open(page.as_uri())
    window.press("j")
    assert HOSTILE in window.text("#card")
    assert window.js("return [document.title, document.querySelectorAll('img').length]") == [HOSTILE, 0]
    assert window.console == []
