"""PDFs by the programs that make them in earnest: a browser, and LibreOffice."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from eval.zoo.programs import Program, path_of

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

# Without them, a browser looks for its maker's servers at every start.
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
)
_MILLIMETRES = 25.4
_HEAD = '<div style="font-size:9px;width:100%;text-align:center">{}</div>'
_FOOT = '<div style="font-size:9px;width:100%;text-align:center">— <span class="pageNumber"></span> —</div>'
_MOST_SECONDS = 300


class Paper(NamedTuple):
    """How a page is printed.

    Attributes:
        height: of the paper in millimetres; it is as wide as A4.
        numbered: whether its number stands at its foot.
        head: what stands at its head.
    """

    height: float = 297
    numbered: bool = False
    head: str = ""


@contextmanager
def browser() -> Iterator[Chrome]:
    """One browser for many pages; its profile is thrown away."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService  # slow to import

    with TemporaryDirectory(prefix="gongkai-zoo-", ignore_cleanup_errors=True) as folder:
        options = ChromeOptions()
        options.binary_location = path_of(Program.BROWSER) or ""
        for flag in (*_FLAGS, f"--user-data-dir={folder}"):
            options.add_argument(flag)
        driver = Chrome(options, ChromeService(path_of(Program.DRIVER) or ""))
        try:
            yield driver
        finally:
            driver.quit()


def printed_pages(pages: Sequence[tuple[str, Paper]]) -> list[bytes]:
    """Web pages as a browser prints them."""
    with TemporaryDirectory(prefix="gongkai-zoo-") as folder, browser() as driver:
        page = Path(folder) / "page.html"
        found = []
        for html, paper in pages:
            page.write_text(html, encoding="utf-8")
            driver.get(page.as_uri())
            settings: dict[str, Any] = {
                "paperWidth": 210 / _MILLIMETRES,
                "paperHeight": paper.height / _MILLIMETRES,
                "displayHeaderFooter": paper.numbered or bool(paper.head),
                "headerTemplate": _HEAD.format(escape(paper.head)) if paper.head else "<span></span>",
                "footerTemplate": _FOOT if paper.numbered else "<span></span>",
            }
            answer = driver.execute_cdp_cmd("Page.printToPDF", settings)
            found.append(base64.b64decode(answer["data"]))
        return found


def converted(files: Sequence[bytes], target: str, source: str = "docx") -> list[bytes]:
    """Files as LibreOffice saves them, all in one run with a profile that is thrown away.

    Args:
        files: the content of each.
        target: the format wanted, as ``pdf`` or ``doc``.
        source: the format that they are in.

    Raises:
        subprocess.SubprocessError: if LibreOffice fails.
    """
    with TemporaryDirectory(prefix="gongkai-zoo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        paths = [folder / f"{i}.{source}" for i in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        subprocess.run(  # noqa: S603 - found on PATH, and the names are ours
            [
                path_of(Program.OFFICE) or "",
                "--headless",
                "--norestore",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to",
                target,
                "--outdir",
                str(folder / "converted"),
                *map(str, paths),
            ],
            check=True,
            capture_output=True,
            timeout=_MOST_SECONDS,
        )
        return [(folder / "converted" / f"{i}.{target}").read_bytes() for i in range(len(files))]
