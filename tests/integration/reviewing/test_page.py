"""A report's page: every figure boxed where it stands, each side shows the other, and nothing in it runs."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from eval.zoo.printing import browser
from eval.zoo.programs import Program, missing
from extractor.documents.pdf.process import raw_pages
from extractor.documents.source import Source
from extractor.pipeline import read_reports
from tests.helpers.hostile_pages import HOSTILE, hostile_page
from tests.helpers.import_graph import ROOT
from tests.helpers.reviewing import DESK, PHONE, Viewer, boxed_at_figures, boxed_in_flow, written

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

NEEDED = missing((Program.BROWSER, Program.DRIVER, Program.FONT))
pytestmark = pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
CASES = ROOT / "eval" / "cases"
HONGZE = CASES / "hongze-2023" / "hongze-2023.pdf"
SHANGHAI = CASES / "shanghai-office-2019" / "shanghai-office-2019.html"
FORM = CASES / "form2021-blank" / "form2021-blank.docx"
TORN = CASES / "shanghai-sci-2024" / "shanghai-sci-2024.txt"
REPORTS = (HONGZE, SHANGHAI, FORM, TORN)
LIMIT = 600_000


class Pages(NamedTuple):
    """A browser, and the pages by the name of their report."""

    driver: Chrome
    paths: dict[str, Path]

    def open(self, report: Path, width: int = DESK, *, is_dark: bool = False) -> Viewer:
        return Viewer(self.driver, width, is_dark=is_dark).open(self.paths[report.name].as_uri())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("pages")
    paths = {report.name: written(report, folder) for report in REPORTS}
    with browser() as driver:
        yield Pages(driver, paths)


def test_every_cell_of_a_pdf_is_boxed_at_its_figure(pages: Pages) -> None:
    """186 of 186: the glyphs whose middle lies in the box are those of the figure, and all of them."""
    assert boxed_at_figures(pages.open(HONGZE), HONGZE) == 186


@pytest.mark.parametrize(("report", "count"), [(SHANGHAI, 198), (FORM, 200), (TORN, 200)])
def test_every_cell_of_a_web_page_a_word_file_and_a_text_is_boxed(
    pages: Pages, report: Path, count: int
) -> None:
    assert boxed_in_flow(pages.open(report)) == count


def test_the_table_of_a_web_page_has_the_shape_that_it_was_published_with(pages: Pages) -> None:
    """Read from the page's own rows: 法人或其他组织 spans five columns, （三）不予公开 eight rows."""
    viewer = pages.open(SHANGHAI)
    sizes: dict[str, list[int]] = viewer.js(
        """return Object.fromEntries([...document.querySelectorAll('.flow td')].map((td) =>
        [td.innerText.replace(/\\s/g, ''), [td.colSpan, td.rowSpan]]))"""
    )
    assert sizes["申请人情况"] == [7, 1]
    assert sizes["法人或其他组织"] == [5, 1]
    assert sizes["自然人"] == [1, 2]
    assert sizes["（三）不予公开"] == [1, 8]
    assert sizes["第二十条第（八）项"][1] == 1


def test_a_click_on_either_side_shows_the_other(pages: Pages) -> None:
    viewer = pages.open(HONGZE)
    address = "disputes.reconsideration.total"
    number = viewer.js("return cells.findIndex((cell) => cell.address === arguments[0])", address)
    viewer.js("document.getElementById('s' + arguments[0]).scrollIntoView()", number)
    viewer.click(f"#s{number}")
    assert viewer.chosen == address
    shown = viewer.js(
        """const f = document.getElementById('f' + arguments[0]).getBoundingClientRect();
        const pane = document.getElementById('figures').getBoundingClientRect();
        return f.top >= pane.top && f.bottom <= pane.bottom""",
        number,
    )
    assert shown
    viewer.click("#f0")
    assert viewer.chosen == "disclosure.regulations.issued"
    assert viewer.js(
        """const s = document.getElementById('s0').getBoundingClientRect();
        return s.top > 0 && s.bottom < innerHeight && document.getElementById('s0').matches('.chosen')"""
    )


def test_the_evidence_is_told_in_words(pages: Pages) -> None:
    viewer = pages.open(HONGZE)
    viewer.press("j")
    assert viewer.chosen == "disputes.reconsideration.total"
    card = viewer.text("#card")
    assert card.startswith("表四“行政复议”×总计第4页")
    assert "原文如此" in card
    assert "本行、本列的名称在页面上齐全" in card
    assert "第4页表3第4行第5列" in card
    told = card.replace("\n", " ")
    assert "不成立0 总计 = 10 结果维持 + 1 结果纠正 + 0 其他结果 + 0 尚未审结 相差 11" in " ".join(
        told.split()
    )
    viewer.press("l")
    assert viewer.text("#card").startswith("table 4 “reconsideration” × total")


def test_keys_go_through_what_is_to_be_looked_at(pages: Pages) -> None:
    """The two wrong totals of the report, read from its page 4, and what may be wrong instead of one."""
    viewer = pages.open(HONGZE)
    assert viewer.text("#left") == "待看 3 处 · 共 186 格"
    seen = []
    for _ in range(4):
        viewer.press("j")
        seen.append(viewer.chosen)
    after = "disputes.litigation.after_reconsideration"
    assert seen == ["disputes.reconsideration.total", f"{after}.upheld", f"{after}.total", seen[0]]
    viewer.press("k")
    assert viewer.chosen == f"{after}.total"
    viewer.press("\ue012")  # to the left, within the form
    assert viewer.chosen == f"{after}.pending"
    viewer.press("\ue00c")
    assert viewer.chosen is None


def test_one_entry_stands_for_what_is_suspected_together(pages: Pages) -> None:
    entries = pages.open(SHANGHAI).js(
        "return [...document.querySelectorAll('#entries > li')].map((li) => [li.dataset.cells, li.innerText])"
    )
    keys = [cells for cells, _ in entries if cells]
    assert len(keys) == len(set(keys))
    (report,) = read_reports(SHANGHAI)
    for finding in (*report.extraction.findings, *report.extraction.remarks):
        assert any(finding.message.zh in text for _, text in entries), finding.rule


def test_a_filter_leaves_what_was_asked_for(pages: Pages) -> None:
    viewer = pages.open(HONGZE)
    viewer.click(".key[data-status='unchecked']")
    lit = viewer.js("return document.querySelectorAll('.figure.lit').length")
    assert lit == 17
    viewer.press("j")
    assert viewer.chosen == "disclosure.regulations.issued"


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_it_asks_for_nothing_and_the_console_is_quiet(pages: Pages, report: Path) -> None:
    viewer = pages.open(report)
    assert viewer.js("return performance.getEntriesByType('resource').map((one) => one.name)") == []
    assert viewer.console == []


@pytest.mark.parametrize("report", [HONGZE, TORN], ids=lambda report: report.name)
def test_it_is_readable_on_a_phone(pages: Pages, report: Path) -> None:
    viewer = pages.open(report, PHONE, is_dark=report is TORN)
    for tab in ("source", "figures"):
        viewer.click(f"#tabs [data-tab='{tab}']")
        assert viewer.js("return document.documentElement.scrollWidth") <= PHONE
    viewer.js("choose(3)")
    assert viewer.js("return document.getElementById('card').getBoundingClientRect().bottom <= innerHeight")
    viewer.picture(f"phone-{report.stem}")


@pytest.mark.parametrize("is_dark", [False, True])
def test_it_is_looked_at(pages: Pages, is_dark: bool) -> None:  # noqa: FBT001 - a parameter of a test
    for report in (HONGZE, SHANGHAI):
        viewer = pages.open(report, is_dark=is_dark)
        viewer.press("j")
        viewer.picture(f"{'dark' if is_dark else 'light'}-{report.stem}")
        colours = viewer.js(
            """const style = (e) => getComputedStyle(document.querySelector(e));
            return [style('#figures').backgroundColor, style('#figures').color]"""
        )
        assert len(set(colours)) == 2


def test_printed_it_has_the_findings_and_the_figures_and_then_the_source(pages: Pages) -> None:
    viewer = pages.open(HONGZE)
    paper = {"paperWidth": 8.27, "paperHeight": 11.7}
    printed = viewer.driver.execute_cdp_cmd("Page.printToPDF", paper)["data"]
    sheets = raw_pages(Source(base64.b64decode(printed), "printed"))
    texts = ["".join(glyph.text for glyph in sheet.glyphs) for sheet in sheets]
    assert "四种结果之和为11" in texts[0]
    assert "结转下年度继续办理" in "".join(texts[:3])
    # Each of the five pages of the source on a sheet of its own, behind that.
    pictures = [number for number, sheet in enumerate(sheets) if sheet.pictures]
    assert len(pictures) == 5
    assert pictures == list(range(len(sheets) - 5, len(sheets)))


def test_a_page_is_small(pages: Pages) -> None:
    for report in REPORTS:
        page = pages.paths[report.name].read_text(encoding="utf-8")
        pictures = sum(len(part.partition('"')[0]) for part in page.split("data:image/png;base64,")[1:])
        assert len(page.encode()) - pictures <= LIMIT, report.name


@pytest.mark.parametrize("is_dark", [False, True])
def test_colours_can_be_told_from_what_they_stand_on(pages: Pages, is_dark: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """Of every text that is seen, 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    for report in (SHANGHAI, TORN):
        viewer = pages.open(report, is_dark=is_dark)
        viewer.press("j")
        assert viewer.js(_FAINT) == []


# Texts that stand out too little from what lies behind them, with their contrast.
_FAINT = """
const numbers = (colour) => {
  const found = colour.match(/[\\d.]+/g).map(Number);
  const scale = colour.startsWith('color(') ? 1 : 255;
  return [...found.slice(0, 3).map((one) => one / scale), found[3] ?? 1];
};
const over = (top, below) => top.slice(0, 3).map((one, i) => one * top[3] + below[i] * (1 - top[3]));
const behind = (element) => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    layers.unshift(numbers(getComputedStyle(one).backgroundColor));
  }
  return layers.reduce((below, top) => over(top, below), [1, 1, 1]);
};
const light = (rgb) => rgb.map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
  .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
return [...document.querySelectorAll('body *')].filter((one) => one.offsetParent !== null
  && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  && !one.matches(':disabled, option, script')).map((one) => {
  const ground = behind(one), ink = over(numbers(getComputedStyle(one).color), ground);
  const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
  return [one.className, one.textContent.slice(0, 20), Math.round((high + 0.05) / (low + 0.05) * 100) / 100];
}).filter(([, , contrast]) => contrast < 4.5).slice(0, 20);
"""


def test_whoever_hears_the_page_is_told_what_everything_is(pages: Pages) -> None:
    """All that takes the focus has a name; a figure's says cell, figure and status."""
    viewer = pages.open(HONGZE)
    viewer.press("j")
    nodes = viewer.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    seen = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    active = {"button", "link", "textbox", "combobox", "image"}
    assert [role for role, name in seen if role in active and not name.strip()] == []
    names = [name for role, name in seen if role == "link"]
    assert names.count("表四“行政复议”×总计 0 原文如此（页面自身有误或未填）") == 2
    assert ("image", "待看 3 处 · 共 186 格") in seen


def test_the_focus_goes_through_the_page_by_the_keyboard(pages: Pages) -> None:
    """First past the bar, for those who want that; then its buttons, the source, the findings, the form."""
    viewer = pages.open(HONGZE)
    reached = []
    for _ in range(14):
        viewer.press("\ue004")
        reached.append(viewer.js("const one = document.activeElement; return one.id || one.className"))
    keys, tools = ["key s-as_printed", "key s-confirmed", "key s-unchecked"], ["print", "help", "language"]
    buttons = ["skip", *keys, "previous", "next", "rule", *tools]
    assert reached == [*buttons, "source", "who", "who", "f0"]


def test_a_report_full_of_scripts_does_nothing_but_show(pages: Pages, tmp_path: Path) -> None:
    page = tmp_path / "hostile.html"
    page.write_text(hostile_page(TORN), encoding="utf-8")
    viewer = Viewer(pages.driver).open(page.as_uri())
    assert viewer.driver.title == HOSTILE
    assert viewer.js("return document.querySelectorAll('img').length") == 0
    assert viewer.js("return document.querySelectorAll('script').length") == 2
    assert viewer.text("#entries > li:last-child") == "再显示一些（另有 9800 条）"
    viewer.click("#entries > li:last-child button")
    assert viewer.js("return document.querySelectorAll('#entries > li').length") == 401
    assert HOSTILE in viewer.text("#entries > li")
    assert HOSTILE in viewer.text("#source")
    viewer.press("j")
    assert HOSTILE in viewer.text("#card")
    assert viewer.console == []
    assert viewer.driver.title == HOSTILE


def test_even_markup_that_got_in_would_not_run(pages: Pages) -> None:
    """The page's own policy names its one script by its hash."""
    viewer = pages.open(TORN)
    viewer.js(
        """const script = document.createElement('script');
        script.textContent = "document.title = 'taken'"; document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', `<img src=x onerror="document.title='taken'">`);"""
    )
    assert viewer.driver.title != "taken"
    assert any("Content Security Policy" in line for line in viewer.console)


def test_what_the_page_knows_is_what_was_read(pages: Pages) -> None:
    (report,) = read_reports(SHANGHAI)
    viewer = pages.open(SHANGHAI)
    told = json.loads(viewer.js("return JSON.stringify(cells.map((c) => [c.address, c.printed, c.status]))"))
    assert told == [[cell.address, cell.printed, cell.status.value] for cell in report.extraction.cells]
    rules = viewer.js(
        "return rules.filter((rule) => rule.outcome === 'violated' && rule.severity === 'hard').length"
    )
    hard = [one for one in report.extraction.findings if one.place is not None and one.severity == "hard"]
    assert rules == len(hard)
