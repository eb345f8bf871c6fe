"""Documents of the zoo, made from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from eval.zoo import ofd, pages, printing, texts, word, wrapped
from eval.zoo.captures import FAX, PHOTOGRAPH, SCREENSHOT, SCRIBBLE, STAMP, Capture, captured
from eval.zoo.generation import Layout as TextLayout
from eval.zoo.gold import Gold, GoldCell
from eval.zoo.layouts import LAYOUTS, Kind, Layout
from eval.zoo.printing import Paper
from eval.zoo.reports import Report, draw
from eval.zoo.scanning import Scanner, scanned

# So many are printed or converted in one run of a program.
BATCH = 25
_SEEDS = 1_000_000
# Writes many reports in one run of a program.
_Writer: TypeAlias = Callable[[Sequence[Report], Sequence[Random]], list[bytes]]
_ENCODED = tuple(layout for layout in TextLayout if layout is not TextLayout.TORN)


@dataclass(frozen=True, slots=True)
class ZooDocument:
    """A file, and what it says.

    Attributes:
        name: unique, and the same for the same layout, seed and number.
        edition: of the form that its report follows.
        gold: its cells, by address.
    """

    name: str
    data: bytes
    gold: Gold
    layout: Layout
    edition: str


def documents(layout: Layout, seed: int, count: int, first: int = 0) -> Iterator[ZooDocument]:
    """Some documents of a layout.

    Args:
        layout: what they look like.
        seed: the same seed, layout and number give the same report, and, where no other program writes
            the file, the same bytes.
        count: how many.
        first: the number of the first one, from 0.

    Raises:
        OSError, selenium.common.WebDriverException, subprocess.SubprocessError: if a program that the layout
            needs fails; see :func:`eval.zoo.programs.missing`.
    """
    numbers = range(first, first + count)
    for start in range(0, count, BATCH):
        yield from _batch(layout, seed, numbers[start : start + BATCH])


def _batch(layout: Layout, seed: int, numbers: Sequence[int]) -> Iterator[ZooDocument]:
    about = LAYOUTS[layout]
    rngs = [Random(f"{seed} {layout} {number}") for number in numbers]  # noqa: S311  # no secret
    names = [f"{layout}-{seed}-{number}" for number in numbers]
    if about.text is not None or layout is Layout.TEXT_GBK:
        for name, rng, number in zip(names, rngs, numbers, strict=True):
            yield _generated(name, layout, rng, seed * _SEEDS + number)
        return
    reports = [draw(rng, about.recipe) for rng in rngs]
    if about.kind is Kind.TEXT:
        write = _TEXTS.get(layout, texts.table_text)
        for name, report, rng in zip(names, reports, rngs, strict=True):
            text, gold = write(report, rng)
            yield ZooDocument(name, text.encode(), gold, layout, report.form.edition)
        return
    files = _PRINTERS[layout](reports, rngs) if layout in _PRINTERS else _written(layout, reports, rngs)
    for name, report, data in zip(names, reports, files, strict=True):
        gold = report.gold()
        if layout in _WITHOUT_GRIDS or about.kind in (
            Kind.OFFICE,
            Kind.OFD,
            Kind.PDF,
            Kind.SCAN,
            Kind.PICTURE,
        ):
            gold = {a: GoldCell(cell.printed, None, cell.is_recoverable) for a, cell in gold.items()}
        yield ZooDocument(name, data, gold, layout, report.form.edition)


def _generated(name: str, layout: Layout, rng: Random, number: int) -> ZooDocument:
    """A text of the generator."""
    text_layout = LAYOUTS[layout].text or rng.choice(_ENCODED)
    report, gold = texts.generated(number, text_layout)
    encoding = "gb18030" if layout is Layout.TEXT_GBK else "utf-8"
    return ZooDocument(name, report.text.encode(encoding), gold, layout, report.form.edition)


# --- one file after the other ----------------------------------------------------------------------

_TEXTS: Mapping[Layout, Callable[[Report, Random], tuple[str, dict[str, GoldCell]]]] = {
    Layout.TEXT_LABELS_BROKEN: texts.line_text,
    Layout.TEXT_FLAT: texts.flat_text,
    Layout.TEXT_LISTS: texts.list_text,
    Layout.TEXT_APART: texts.apart_text,
    Layout.TEXT_LAID_OUT: texts.laid_out_text,
    Layout.TEXT_WRAPPED: wrapped.wrapped_text,
    Layout.TEXT_DRAWN: texts.drawn_text,
}
_PAGES: Mapping[Layout, Callable[[Report, Random], bytes]] = {
    Layout.HTML_ONE_COLUMN: pages.one_column_page,
    Layout.HTML_PARAGRAPHS: pages.paragraph_page,
    Layout.HTML_SITE: pages.site_page,
    Layout.HTML_GBK: pages.gbk_page,
}
# What they write has no rows and columns; nor have PDFs, and LibreOffice makes columns of its own.
_WITHOUT_GRIDS = (Layout.HTML_ONE_COLUMN, Layout.HTML_PARAGRAPHS, Layout.WORD_PARAGRAPHS)


def _written(layout: Layout, reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    if LAYOUTS[layout].kind is Kind.HTML:
        write = _PAGES.get(layout, pages.merged_page)
        return [write(report, rng) for report, rng in zip(reports, rngs, strict=True)]
    if LAYOUTS[layout].kind is Kind.OFD:
        borders = layout is Layout.OFD_LINES
        return [ofd.ofd_file(one, rng, borders=borders) for one, rng in zip(reports, rngs, strict=True)]
    write_file = word.paragraph_file if layout is Layout.WORD_PARAGRAPHS else word.word_file
    return [write_file(report) for report in reports]


# --- many files in one run of a program ------------------------------------------------------------

_STYLE = (
    "body {font-size: 10.5pt} table {border-collapse: collapse; width: 100%%} "
    "td {border: %s; padding: %spx; text-align: center; font-size: 9pt} "
)
# Lines that are pale, or of dots and strokes.
_FAINT = ("1px solid #bbb", "1px dotted #777", "0.4pt solid #999", "1px dashed #888")
# Heads of tables in light text on dark bands, as web pages and decks have them.
_BANDS = (
    "tr:first-child td, tr:nth-child(2) td, tr td:first-child[rowspan] "
    "{background: %s; color: white; print-color-adjust: exact}"
)
_DARK = ("#1f4e79", "#c00000", "#2e75b6", "#404040", "black")
# Rows may be cut between two lines of a label.
_BREAKS = "tr, td {break-inside: auto} "


def _printed(reports: Sequence[Report], rngs: Sequence[Random], style: str, *, breaks: bool) -> list[bytes]:
    sheets = []
    for report, rng in zip(reports, rngs, strict=True):
        # Low pages cut the tables in many places.
        height = rng.randint(130, 220) if breaks else 297
        sheets.append((pages.printable_page(report, style), Paper(height, numbered=rng.random() < 0.5)))
    return printing.printed_pages(sheets)


def _by_browser(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return _printed(reports, rngs, _STYLE % ("1px solid black", 3), breaks=False)


def _by_browser_plain(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return _printed(reports, rngs, _STYLE % ("none", 4), breaks=False)


def _by_browser_with_breaks(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return _printed(reports, rngs, _STYLE % ("1px solid black", 5) + _BREAKS, breaks=True)


def _by_office(reports: Sequence[Report], _: Sequence[Random]) -> list[bytes]:
    return printing.converted([word.word_file(report) for report in reports], "pdf")


def _by_office_plain(reports: Sequence[Report], _: Sequence[Random]) -> list[bytes]:
    return printing.converted([word.word_file(report, borders=False) for report in reports], "pdf")


def _by_office_with_breaks(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    heights = [rng.randint(130, 220) for rng in rngs]
    files = [word.word_file(report, height=height) for report, height in zip(reports, heights, strict=True)]
    return printing.converted(files, "pdf")


def _as(target: str) -> _Writer:
    return lambda reports, _: printing.converted([word.word_file(report) for report in reports], target)


def _by_browser_faint(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return [
        pdf
        for report, rng in zip(reports, rngs, strict=True)
        for pdf in _printed([report], [rng], _STYLE % (rng.choice(_FAINT), 3), breaks=False)
    ]


def _by_browser_banded(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return [
        pdf
        for report, rng in zip(reports, rngs, strict=True)
        for pdf in _printed(
            [report], [rng], _STYLE % ("1px solid black", 3) + _BANDS % rng.choice(_DARK), breaks=False
        )
    ]


def _scanned(scanner: Scanner, printed: _Writer = _by_browser) -> _Writer:
    """What a program prints, with its fonts in the file, scanned; each page in its own way."""

    def scan(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
        pdfs = printed(reports, rngs)
        return [scanned(pdf, scanner, rng.getrandbits(32)) for pdf, rng in zip(pdfs, rngs, strict=True)]

    return scan


def _captured(capture: Capture) -> _Writer:
    """What a browser prints, and a picture was taken of in another way."""

    def take(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
        pdfs = _by_browser(reports, rngs)
        return [captured(pdf, capture, rng.getrandbits(32)) for pdf, rng in zip(pdfs, rngs, strict=True)]

    return take


_PRINTERS: Mapping[Layout, _Writer] = {
    Layout.OFFICE_DOC: _as("doc"),
    Layout.OFFICE_RTF: _as("rtf"),
    Layout.OFFICE_ODT: _as("odt"),
    Layout.PDF_BROWSER: _by_browser,
    Layout.PDF_BROWSER_PLAIN: _by_browser_plain,
    Layout.PDF_BROWSER_BREAKS: _by_browser_with_breaks,
    Layout.PDF_OFFICE: _by_office,
    Layout.PDF_OFFICE_PLAIN: _by_office_plain,
    Layout.PDF_OFFICE_BREAKS: _by_office_with_breaks,
    Layout.SCAN_150: _scanned(Scanner(150)),
    Layout.SCAN_200: _scanned(Scanner(200)),
    Layout.SCAN_100: _scanned(Scanner(100)),
    Layout.SCAN_300: _scanned(Scanner(300)),
    Layout.SCAN_ASKEW: _scanned(Scanner(turn=5.0)),
    Layout.SCAN_COARSE: _scanned(Scanner(quality=30)),
    Layout.SCAN_SMALL: _scanned(Scanner(), _by_office),
    Layout.SCAN_PLAIN: _scanned(Scanner(), _by_browser_plain),
    Layout.SCAN_FAINT: _scanned(Scanner(), _by_browser_faint),
    Layout.SCAN_STAMP: _captured(STAMP),
    Layout.SCAN_MARGIN: _captured(SCRIBBLE),
    Layout.SCAN_PHOTO: _captured(PHOTOGRAPH),
    Layout.SCAN_FAX: _captured(FAX),
    Layout.SCAN_BANDS: _scanned(Scanner(), _by_browser_banded),
    Layout.SCAN_SCREEN: _captured(SCREENSHOT),
}
