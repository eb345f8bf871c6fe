"""Tables of a part of the year, alone and beside that of all of it: captions tell which is the report's."""

from __future__ import annotations

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import REQUESTS, Report, Writer, cell_a_line, web

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
WRITERS = pytest.mark.parametrize("write", [web, cell_a_line])
OF_ALL = ("40", "3", "0")
NAMES = ("natural_person", "business", "research")


def settled(extraction: Extraction) -> list[tuple[str, str | None]]:
    """The addresses of table 3 that are settled, and what is printed there."""
    of_table = (cell for cell in extraction.cells if cell.address.startswith(REQUESTS))
    return [(cell.address, cell.printed) for cell in of_table if cell.status in SETTLED]


def of_part(write: Writer, first: int) -> str:
    """Table 3 with two columns of applicants exchanged: another one whose sums hold."""
    rows = Report().tables[REQUESTS]
    for row in rows:
        cells = row[-7:]
        if len(cells) == 7 and all(cell.words.isdigit() for cell in cells):
            one, other = cells[first], cells[first + 1]
            one.words, other.words = other.words, one.words
    return write(rows)


def with_three(captions: list[str], own: int, write: Writer, *, are_below: bool) -> Extraction:
    """A report with three tables 3 and captions above or below them, of which one is the report's own."""
    tables = [of_part(write, 0), of_part(write, 1)]
    whole = write(Report().tables[REQUESTS])
    tables.insert(own, whole)
    lines = [f"<p>{caption}</p>" if write is web else caption for caption in captions]
    pairs = zip(tables, lines, strict=True) if are_below else zip(lines, tables, strict=True)
    page = Report().written(write).decode()
    assert page.count(whole) == 1
    (extraction,) = extract(page.replace(whole, "\n".join(part for pair in pairs for part in pair)).encode())
    return extraction


@pytest.mark.parametrize(
    ("caption", "is_own"),
    [
        *(
            (words, False)
            for words in (
                "上半年（1—6月）",
                "下半年（7-12月）",
                "7月至12月",
                "第一至三季度（1—9月）",
                "二、三季度",
            )
        ),
        *((words, True) for words in ("全年（1—12月）", "1-12月", "第一至四季度", "2023年全年")),
    ],
)
def test_a_caption_that_names_months_says_whether_they_are_all_of_the_year(
    caption: str, *, is_own: bool
) -> None:
    (extraction,) = extract(Report(above={REQUESTS: caption}).written(web))
    assert len(settled(extraction)) == (175 if is_own else 0)


@WRITERS
@pytest.mark.parametrize(
    ("captions", "own"),
    [
        (["上半年（1—6月）", "下半年（7—12月）", "全年（1—12月）"], 2),
        (["全年", "上半年", "下半年"], 0),
        (["1-6月", "1-12月", "7-12月"], 1),
    ],
)
def test_of_tables_of_halves_and_of_the_year_the_latter_is_the_reports(
    captions: list[str], own: int, write: Writer
) -> None:
    above = with_three(captions, own, write, are_below=False)
    found = dict(settled(above))
    assert len(found) == 175
    assert tuple(found[f"{REQUESTS}received.{name}"] for name in NAMES) == OF_ALL
    # Below the tables each caption stands above the next one, too.
    below = dict(settled(with_three(captions, own, write, are_below=True)))
    assert (
        tuple(below.get(f"{REQUESTS}received.{name}", of) for name, of in zip(NAMES, OF_ALL, strict=True))
        == OF_ALL
    )
