"""Made pages as converters, viewers and offices write them: what is read there at a glance is settled, right.

Somebody who didn't know the program wrote them from what real pages look like; the figures beside each are
those that its generator drew, not what was read.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from extractor.text.figures import parse_figure
from rules.form import FigureKind

PAGES = Path("tests/data/at_a_glance")
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
TABLE_4 = 15
# How many cells each page leaves open, and how many of the others are confirmed.
WHOLE = {
    "circled-ordinals.txt": (0, 190),
    # A figure contradicts its sum.
    "elinks.txt": (0, 185),
    "laid-out-blanks.txt": (0, 190),
    "links.txt": (0, 190),
    "markdown.md": (0, 190),
    "other-column-words.txt": (0, 190),
    "pandas-csv.txt": (0, 190),
    "pdf-viewer.txt": (0, 190),
    "pdfplumber-groups-beside.txt": (0, 190),
    "pdfplumber-layout-2019.txt": (0, 176),
    # Whether 自然人 stands left of the others isn't told, and the form's own order is taken.
    "pdfplumber-label-over-lines.txt": (0, TABLE_4),
    "pdfplumber-none.txt": (0, 176),
    # The header of table 3 tells no order, and the form's own is taken.
    "pdfplumber-text.txt": (0, TABLE_4),
    "pdftotext-groups-beside.txt": (0, 190),
    "pdftotext-label-over-lines.txt": (0, 190),
    "pdftotext-landscape.txt": (0, 190),
    "pdftotext-layout.txt": (0, 190),
    "pdftotext-layout-2019.txt": (0, 176),
    "pdftotext-narrow-labels.txt": (0, 190),
    "pdftotext-raw-2019.txt": (0, TABLE_4),
    "pdftotext-raw-narrow-labels.txt": (0, TABLE_4),
    "pypdf-layout.txt": (0, 190),
    # An ordinal in two pieces, and a figure with its point on the next line.
    "row-over-two-pages.txt": (8, 183),
    "sorted-groups-beside.txt": (0, 176),
    "sorted-label-over-lines.txt": (0, TABLE_4),
    "table4-turned.txt": (0, 190),
    # The sums tell where the total stands; they confirm nothing.
    "table4-header-on-three-lines.txt": (0, 175),
    "total-of-three-rows.txt": (0, TABLE_4),
    "total-of-three-rows-one-applicant.txt": (0, TABLE_4),
    "total-of-three-rows-one-line.txt": (0, TABLE_4),
    # Marks for zero: most sums hold no number.
    "w3m-2019.txt": (0, 81),
    # A row of five lines, beside two of its group, is left open.
    "wps-copy.txt": (7, 183),
    # A word a line, the header's broken: the form's own order is taken, of table 4 none.
    "ocr-a-word-a-line.txt": (TABLE_4, 0),
    # Those beside figures that stand apart from their labels are left open, too.
    "pdftotext-in-blocks.txt": (35, TABLE_4),
    # A label whose end is on the next page.
    "pymupdf-tables.txt": (7, 183),
    "pdfplumber-tables.csv": (7, 169),
    # Which of the three stands left isn't told; rows of zeros are the same in every order of columns.
    "labels-around-figures.txt": (TABLE_4, 175),
    "table4-stepped.txt": (TABLE_4, 11),
    "table4-stepped-below.txt": (TABLE_4, 175),
    "table4-stepped-a-cell-a-line.txt": (TABLE_4, 175),
}


@cache
def read(name: str) -> tuple[Extraction, dict[str, str]]:
    (extraction,) = extract(PAGES / name)
    return extraction, json.loads((PAGES / f"{name}.gold.json").read_text(encoding="utf-8"))


def is_printed(cell: str, gold: str) -> bool:
    kind = FigureKind(has_unit=True, decimals=True, signed=True, rounded=False)
    return parse_figure(cell, kind)[:2] == parse_figure(gold, kind)[:2]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.gold.json")), ids=lambda path: path.name)
def test_nothing_else_than_what_is_printed_is_settled(path: Path) -> None:
    extraction, gold = read(path.name.removesuffix(".gold.json"))
    for cell in extraction.cells:
        if cell.status in SETTLED:
            assert cell.address in gold
            assert is_printed(cell.printed, gold[cell.address]), cell.address


@pytest.mark.parametrize("name", WHOLE)
def test_what_a_person_reads_is_settled(name: str) -> None:
    extraction, gold = read(name)
    statuses = {cell.address: cell.status for cell in extraction.cells}
    left = [address for address in gold if statuses.get(address) not in SETTLED]
    confirmed = [address for address in gold if statuses.get(address) is Status.CONFIRMED]
    assert (len(left), len(confirmed)) == WHOLE[name]


def test_of_five_columns_before_the_others_only_rows_of_one_figure_are_confirmed() -> None:
    """Those hold the same in every order of columns that the page admits."""
    extraction, gold = read("five-columns-first.txt")
    for cell in extraction.cells:
        if cell.address.startswith("requests.") and cell.status in SETTLED:
            row = cell.address.rpartition(".")[0]
            assert {figure for address, figure in gold.items() if address.rpartition(".")[0] == row} == {"0"}


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("pdftotext-groups-beside.txt", [("商业   科研", "科研   商业"), ("企业   机构", "机构   企业")]),
        ("pdfplumber-groups-beside.txt", [("商业 科研", "科研 商业"), ("企业 机构", "机构 企业")]),
        ("sorted-groups-beside.txt", [("商业 科研", "科研 商业"), ("企业 机构", "机构 企业")]),
    ],
)
def test_columns_whose_broken_labels_are_exchanged_are_read_so(
    name: str, labels: list[tuple[str, str]]
) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    gold = json.loads((PAGES / f"{name}.gold.json").read_text(encoding="utf-8"))
    for label, exchanged in labels:
        assert text.count(label) == 1
        text = text.replace(label, exchanged)
    (extraction,) = extract(text.encode())
    columns = {"business": "research", "research": "business"}
    for cell in extraction.cells:
        row, _, column = cell.address.rpartition(".")
        if row.startswith("requests.") and cell.status in SETTLED:
            assert is_printed(cell.printed, gold[f"{row}.{columns.get(column, column)}"]), cell.address


def test_a_broken_label_that_stands_elsewhere_is_another_column() -> None:
    """自然 over 人 stands before the total: the first figures are those of 商业企业."""
    name = "pdftotext-label-over-lines.txt"
    text = (PAGES / name).read_text(encoding="utf-8")
    gold = json.loads((PAGES / f"{name}.gold.json").read_text(encoding="utf-8"))
    above = next(line for line in text.splitlines() if line.endswith(" 自然"))
    alone = next(line for line in text.splitlines() if line.strip() == "人")
    moved = text.replace(above, above.replace(" 自然", " " * 36 + "自然")).replace(alone, " " * 86 + "人")
    (extraction,) = extract(moved.encode())
    names = ("business", "research", "public_welfare", "legal_service", "other_organization")
    printed = dict(zip((*names, "natural_person", "total"), ("natural_person", *names, "total"), strict=True))
    for cell in extraction.cells:
        row, _, column = cell.address.rpartition(".")
        if row.startswith("requests.") and cell.status in SETTLED:
            assert is_printed(cell.printed, gold[f"{row}.{printed[column]}"]), cell.address


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("ocr-a-word-a-line.txt", "商业\n科研 > 科研\n商业"),
        ("ocr-a-word-a-line.txt", "其他\n总计\n企业 > 总计\n其他\n企业"),
        ("pdftotext-in-blocks.txt", "商业 科研\n企业 机构 > 科研 商业\n机构 企业"),
    ],
)
def test_the_forms_own_order_is_not_taken_where_pieces_tell_another(name: str, labels: str) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    label, exchanged = labels.split(" > ")
    assert text.count(label) == 1
    (extraction,) = extract(text.replace(label, exchanged).encode())
    assert not any(c.status in SETTLED for c in extraction.cells if c.address.startswith("requests."))


def test_labels_between_one_without_figures_and_figures_without_one_are_open() -> None:
    """One figure of each row stands behind the next label, from 2.其他 to 8.属于."""
    lines = (PAGES / "ocr-a-word-a-line.txt").read_text(encoding="utf-8").splitlines()
    first = lines.index("2.其他法律行政法规禁止") + 1
    last = lines.index("8.属于行政查询事项") + 1
    figures = lines[first : first + 7]
    moved = [*lines[:first], *lines[first + 7 : last], *figures, *lines[last:]]
    (extraction,) = extract("\n".join(moved).encode())
    refused = [cell for cell in extraction.cells if cell.address.startswith("requests.refused.")]
    cells = [cell for cell in refused if "state_secret" not in cell.address]
    assert len(cells) == 49
    assert not any(cell.status in SETTLED for cell in cells)


def test_two_labels_with_each_others_ends_are_none() -> None:
    text = (PAGES / "ocr-a-word-a-line.txt").read_text(encoding="utf-8")
    exchanged = text.replace("9\n信息\n", "9\n制作\n").replace("8\n制作\n", "8\n信息\n")
    (extraction,) = extract(exchanged.encode())
    cells = [cell for cell in extraction.cells if ".not_held." in cell.address or ".must_be" in cell.address]
    assert not any(cell.status in SETTLED for cell in cells)


def test_figures_one_blank_apart_are_two_only_where_each_stands_in_its_column() -> None:
    """Moved by one character, 0 stands below no column: 0 180 may be one number beside a blank cell."""
    text = (PAGES / "pdfplumber-layout-2019.txt").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "一、本年新收" in line)
    (extraction,) = extract(text.replace(row, row.replace("   0 180", "    0 180")).encode())
    received = [cell for cell in extraction.cells if cell.address.startswith("requests.received.")]
    assert not any(cell.status in SETTLED for cell in received)
