"""Scans: two pages of a real report, scanned, are read as the paper has them, and trusted less."""

from __future__ import annotations

import struct
import tomllib
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from eval.gold.cases import load_case
from eval.zoo.scanning import Scanner, rendered_pages, scanned_page
from extractor import Cause, Extraction, Status, extract
from extractor.commands.app import app
from extractor.documents.scans import ocr as recognition
from extractor.errors import (
    GongkaiError,
    MissingProgramError,
    TooLargeError,
    UnknownFormatError,
    UnreadableError,
)

GOLD = {cell.address: cell.printed for cell in load_case("hongze-2023").cells}
REQUESTS = [address for address in GOLD if address.startswith("requests.")]
DISPUTES = [address for address in GOLD if address.startswith("disputes.")]


def saved(pages: list[Image.Image], kind: str, **more: object) -> bytes:
    buffer = BytesIO()
    pages[0].save(buffer, kind, save_all=True, append_images=pages[1:], **more)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def scan() -> bytes:
    """The two pages with tables 3 and 4, each askew in its own way; the second lies upside down."""
    scanner = Scanner(dpi=200)
    pages = rendered_pages(load_case("hongze-2023").path.read_bytes(), scanner)[2:4]
    first, second = (scanned_page(page, scanner, seed) for seed, page in enumerate(pages))
    return saved([first, second.rotate(180)], "PDF", resolution=200, quality=60)


@pytest.fixture(scope="module")
def extraction(scan: bytes) -> Extraction:
    (extraction,) = extract(scan, name="scan.pdf")
    return extraction


def test_every_cell_that_is_not_disputed_is_what_the_paper_says(extraction: Extraction) -> None:
    cells = {address: extraction.cell(address) for address in REQUESTS + DISPUTES}
    wrong = {
        address: (cell.printed, cell.status)
        for address, cell in cells.items()
        if cell.printed != GOLD[address] and cell.status is not Status.DISPUTED
    }
    assert wrong == {}
    right = sum(cell.printed == GOLD[address] for address, cell in cells.items())
    assert right >= len(cells) - 7


def test_one_balance_and_two_readers_confirm_a_number(extraction: Extraction) -> None:
    """Each cell of table 4 is in one balance, and that of the cases taken to court directly holds."""
    direct = [address for address in DISPUTES if address.startswith("disputes.litigation.direct.")]
    assert {extraction.cell(address).status for address in direct} == {Status.CONFIRMED}
    assert any(extraction.cell(address).status is Status.CONFIRMED for address in REQUESTS)


def test_what_a_scan_contradicts_is_never_an_error_of_the_page(extraction: Extraction) -> None:
    """Both totals in table 4 are printed as 0, beside results of 11 and 5."""
    violated = [finding for finding in extraction.findings if finding.rule == "disputes-group-total"]
    assert [(finding.left, finding.right, finding.cause) for finding in violated] == [
        (0, 11, Cause.UNRESOLVED),
        (0, 5, Cause.UNRESOLVED),
    ]
    assert all(finding.locator is not None and finding.locator.page == 2 for finding in violated)
    assert extraction.verdict == "needs_review"


def test_a_scan_is_announced(extraction: Extraction) -> None:
    assert extraction.is_ocr
    assert [finding.severity for finding in extraction.findings if finding.rule == "recognised"] == ["soft"]
    cells = [cell for cell in extraction.cells if cell.span is not None]
    assert all(cell.confidence is not None and cell.placement == "inferred" for cell in cells)
    again = Extraction.model_validate_json(extraction.model_dump_json())
    assert again.cells == extraction.cells
    (text,) = extract("某县2023年政府信息公开工作年度报告\n一、总体情况\n".encode())
    assert not text.is_ocr


# --- what can't be read ------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """A picture that is said to be so large, with no pixels in it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        rest = kind + content
        return struct.pack(">I", len(content)) + rest + struct.pack(">I", zlib.crc32(rest))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def blank(pages: int = 1) -> list[Image.Image]:
    return [Image.new("L", (300, 200), 255) for _ in range(pages)]


@pytest.mark.parametrize(
    ("data", "error", "zh", "en"),
    [
        (png(100_000, 100_000), TooLargeError, "图像过大", "larger picture"),
        (png(100_000, 1), TooLargeError, "图像过大", "larger picture"),
        (png(300, 200), UnreadableError, "已损坏", "damaged"),
        (saved([Image.new("L", (1, 1), 0)], "PNG"), UnknownFormatError, "没有文字", "holds no text"),
        (saved([Image.new("L", (2000, 2), 0)], "PNG"), UnknownFormatError, "没有文字", "holds no text"),
        (saved(blank(), "PNG"), UnknownFormatError, "没有文字", "holds no text"),
        (saved(blank(41), "TIFF"), TooLargeError, "41 页", "41 pages"),
        (saved(blank(41), "PDF"), TooLargeError, "41 页", "41 pages"),
    ],
    ids=["bomb", "line", "damaged", "dot", "stroke", "blank", "tiff", "pdf"],
)
def test_what_cannot_be_read_is_told(data: bytes, error: type[GongkaiError], zh: str, en: str) -> None:
    with pytest.raises(error) as caught:
        extract(data, name="x")
    assert zh in caught.value.message.zh
    assert en in caught.value.message.en


@pytest.mark.parametrize("make", [lambda: saved(blank(), "PNG"), lambda: saved(blank(), "PDF")])
def test_without_the_extra_it_is_told_how_to_install_it(
    make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "_PACKAGES", ("PIL", "no_such_package"))
    with pytest.raises(MissingProgramError) as caught:
        extract(make(), name="x")
    assert "pip install '.[ocr]'" in caught.value.message.zh
    assert "pip install '.[ocr]'" in caught.value.message.en


def test_the_command_line_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_PACKAGES", ("no_such_package",))
    run = CliRunner().invoke(app, ["check", "-", "--lang", "zh"], input=saved(blank(), "PNG"))
    assert run.exit_code == 2
    assert "py3-none-any.whl[ocr]'" in run.stderr


def test_the_extra_is_installed_wherever_tests_run() -> None:
    """A group can't name an extra of its own project, so that its lines stand twice."""
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["project"]["optional-dependencies"]["ocr"]) <= set(project["dependency-groups"]["dev"])
