"""A table over which a page breaks, its header repeated: what is said of one part is said of all of it."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import REQUESTS, Report, Writer, cell_a_line, web

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
# The lines of the header of table 3, and the first row behind the break.
HEADER, BREAK = 3, 12


def settled(above: str, between: str, below: str, write: Writer) -> int:
    """How many cells of table 3 are settled, words above its first part, between the two and below them."""
    report = Report(above={REQUESTS: above}, below={REQUESTS: below})
    rows = report.tables[REQUESTS]
    whole = write(rows)
    line = [between] if between else []
    lines = [f"<p>{one}</p>" for one in line] if write is web else line
    parts = "\n".join([write(rows[:BREAK]), *lines, write([*rows[:HEADER], *rows[BREAK:]])])
    page = report.written(write).decode()
    assert page.count(whole) == 1
    (extraction,) = extract(page.replace(whole, parts).encode())
    return sum(cell.status in SETTLED for cell in extraction.cells if cell.address.startswith(REQUESTS))


@pytest.mark.parametrize("write", [web, cell_a_line])
def test_words_above_the_first_part_or_below_the_last_are_said_of_both(write: Writer) -> None:
    assert settled("", "", "", write) == settled("2023年", "第 3 页", "", write) == 175
    assert settled("以下为2022年数据", "", "", write) == 0
    assert settled("上半年（1—6月）", "续表", "", write) == 0
    assert settled("", "", "注：以上为上半年数据。", write) == 0
