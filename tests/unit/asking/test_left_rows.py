"""What a model tells of open rows has to fit beside the rows that the page settles."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.asking.left_rows import refusal_beside
from extractor.asking.series import Series
from extractor.asking.told_series import SeriesRefusal, ToldTable
from extractor.asking.told_tables import with_table
from extractor.documents.document import Span
from extractor.layout.reader import read_layout
from extractor.reports.opening import open_document
from extractor.text.figures import numbers_in
from rules.loader import built_in_forms

# Twelve rows of table 3 are open, for characters that were misread; those around them are settled, under a
# header without such ones.
PHOTO = Path("tests/data/messy/photo.txt").read_text(encoding="utf-8")
PAGE = PHOTO.replace("总让", "总计", 1).replace("杌构", "机构")
COLUMNS = [
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organization",
    "total",
]
OPEN, ITS_LINE = "not_processed.excessive", "4.无正当理由大量反复申靖 2 0 0 0 0 0 2\n"
SETTLED_BELOW = "5.要求行政机关确认或重新出具已获取信息 0 0 0 0 0 0 0\n"
BARE = "8 0 0 0 0 0 8\n"


def refusal(page: str, line: str, *, is_labelled: bool = False) -> SeriesRefusal | None:
    """Why the figures of a line of a page aren't taken for those of the open row."""
    document = open_document(page.encode(), "page")
    reading = read_layout(document, built_in_forms())
    block = next(one for one in reading.blocks if one.table.id == "requests")
    start = document.text.index(line)
    numbers = [Span(*ends) for ends in numbers_in(document.text, start, start + len(line))][-len(COLUMNS) :]
    series = Series(OPEN, "", Span(start, numbers[0].start), tuple(numbers), ())
    labelled = frozenset({OPEN} if is_labelled else ())
    across = tuple((name, None) for name in COLUMNS)
    told = ToldTable(
        by_rows=True, across=across, series=(series,), is_whole=False, labelled=labelled, are_beside=False
    )
    return refusal_beside(block, told, with_table(reading, block, told, "reader"))


def test_figures_between_the_settled_rows_fit() -> None:
    assert refusal(PAGE, ITS_LINE) is None


@pytest.mark.parametrize(
    ("page", "line", "why"),
    [
        (PAGE, SETTLED_BELOW, SeriesRefusal.OTHER_LABEL),
        (PAGE.replace(ITS_LINE + SETTLED_BELOW, SETTLED_BELOW + ITS_LINE), ITS_LINE, SeriesRefusal.ORDER),
        (PAGE.replace(ITS_LINE, BARE + ITS_LINE), ITS_LINE, SeriesRefusal.WIDTH),
    ],
    ids=["a settled row's", "beyond a settled row", "others stand there, too"],
)
def test_what_does_not_fit_beside_them_is_refused(page: str, line: str, why: SeriesRefusal) -> None:
    assert refusal(page, line) is why


def test_a_label_that_stands_whole_with_its_figures_leaves_no_doubt_of_others() -> None:
    assert refusal(PAGE.replace(ITS_LINE, BARE + ITS_LINE), ITS_LINE, is_labelled=True) is None
