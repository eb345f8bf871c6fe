"""The page of a report in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractor.documents.pdf.process import raw_pages
from extractor.documents.source import Source
from extractor.forms import FormSet
from extractor.pipeline import read_reports
from extractor.review.writing import Reviewing, write_review
from rules.words import Language

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

# Looked at by people, and kept by CI.
PICTURES = Path(__file__).parents[2] / ".artefacts"
PHONE, DESK = 390, 1440
REVIEWING = Reviewing(FormSet.of(), "zh")


def written(report: Path, folder: Path, language: Language = "zh") -> Path:
    """The page of a report, written to a folder."""
    path = folder / f"{report.name}.html"
    write_review(report, path, Reviewing(FormSet.of(), language))
    return path


class Looks(Protocol):
    """What looks at a page."""

    def js(self, script: str, *arguments: object) -> Any:
        """What a function's body, run in the page, returns."""


def boxed_at_figures(looks: Looks, report: Path) -> int:
    """How many cells of a PDF are boxed, each around the glyphs of its figure, and around all of them.

    That is those whose middle lies in the box.
    """
    (read,) = read_reports(report)
    glyphs = [page.glyphs for page in raw_pages(Source(report.read_bytes(), report.name))]
    found = looks.js(
        """return Object.fromEntries([...document.querySelectorAll('.page')].flatMap((page, number) =>
        [...page.querySelectorAll('.box:not(.other)')].flatMap((box) => {
          const r = box.querySelector('rect').getBBox();
          return box.dataset.cells.split(' ').map((i) =>
            [cells[i].address, [number, [r.x, r.y, r.x + r.width, r.y + r.height]]]);
        })))"""
    )
    for cell in read.extraction.cells:
        number, (left, top, right, bottom) = found[cell.address]
        inside = [
            glyph.text
            for glyph in glyphs[number]
            if left <= (glyph.left + glyph.right) / 2 <= right
            and top <= (glyph.top + glyph.bottom) / 2 <= bottom
        ]
        assert "".join(inside).strip() == cell.printed, cell.address
    return len(found)


def boxed_in_flow(looks: Looks) -> int:
    """How many cells are boxed in a text or in the tables of a web page or a Word file.

    A box holds what the cell prints; a blank one stands in a table cell without anything else.
    """
    found: list[tuple[str, str, str | None]] = looks.js(
        """return cells.flatMap((cell, i) => [...document.querySelectorAll(`.flow .box[data-cells~="${i}"]`)]
        .map((box) => [cell.printed, box.firstChild.nodeType === 3 ? box.firstChild.data : '',
          box.closest('td') ? box.closest('td').innerText.trim().replace(/[✓○!?×]$/, '').trim() : null]))"""
    )
    for printed, boxed, around in found:
        assert boxed == printed
        assert around in (None, printed)
    return len(found)


class Viewer:
    """A browser that looks at a page."""

    def __init__(self, driver: Chrome, width: int = DESK, *, is_dark: bool = False) -> None:
        """Open a window of this width."""
        self.driver = driver
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def open(self, address: str) -> Viewer:
        """Look at the page with this address."""
        self.driver.get(address)
        return self

    def js(self, script: str, *arguments: object) -> Any:
        """What a function's body, run in the page, returns."""
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        """What can be read of an element."""
        return str(self.js("return document.querySelector(arguments[0]).innerText", selector))

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()

    def click(self, selector: str) -> None:
        """Click into the middle of an element, as a hand does."""
        from selenium.webdriver import ActionChains

        element = self.driver.find_element("css selector", selector)
        ActionChains(self.driver, duration=0).move_to_element(element).click().perform()

    @property
    def chosen(self) -> str | None:
        """The address of the cell that is looked at."""
        address: str | None = self.js("return state.chosen === null ? null : cells[state.chosen].address")
        return address

    @property
    def console(self) -> list[str]:
        """What the browser complained of."""
        driver: Any = self.driver
        return [str(entry["message"]) for entry in driver.get_log("browser")]

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        PICTURES.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(PICTURES / f"review-{name}.png"))
