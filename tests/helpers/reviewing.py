"""The page of a report in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.forms import FormSet
from extractor.review.writing import Reviewing, write_review
from rules.words import Language

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

# Looked at by people, and kept by CI.
PICTURES = Path(__file__).parents[2] / ".artefacts"
PHONE, DESK = 390, 1440


def written(report: Path, folder: Path, language: Language = "zh") -> Path:
    """The page of a report, written to a folder."""
    path = folder / f"{report.name}.html"
    write_review(report, path, Reviewing(FormSet.of(), language))
    return path


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
