"""Two lists side by side on a page without ruling lines are read one after the other; two years aren't."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.lines import lines_of
from extractor.documents.pages.lists_beside import lists_beside
from extractor.documents.pages.page import Glyph, RawPage
from extractor.documents.source import Source
from extractor.reports.by_layout import read_by_layout

SIZE = 8
# Where the columns of both lists begin.
COLUMNS = (50, 200, 240, 320, 470, 510)
HEAD = ("统计指标", "单位", "统计数") * 2
ROWS = (
    ("（一）收到申请数", "件", "9", "4.不同意公开答复数", "件", "2"),
    ("1.当面申请数", "件", "2", "5.不属于本行政机关公开数", "件", "1"),
    ("2.传真申请数", "件", "0", "四、行政复议数量", "件", "3"),
    ("3.网络申请数", "件", "4", "（一）维持具体行政行为数", "件", "2"),
    ("4.信函申请数", "件", "3", "（二）被依法纠错数", "件", "1"),
    ("（二）申请办结数", "件", "8", "六、举报投诉数量", "件", "0"),
)


def glyphs_of(rows: Sequence[Sequence[str]], top: float) -> list[Glyph]:
    glyphs = []
    for number, row in enumerate(rows):
        y = top + 14 * number
        for left, words in zip(COLUMNS, row, strict=False):
            for i, character in enumerate(words):
                x = left + SIZE * i
                glyphs.append(Glyph(character, 0, x, y, x + SIZE, y + SIZE))
    return glyphs


def test_each_label_has_the_figure_of_its_own_list() -> None:
    title = glyphs_of([("临江县2016年政府信息公开工作年度报告",), ("政府信息公开情况统计表",)], 40)
    prose = glyphs_of(
        [("注：表中数字由各单位报送，截至年末，由办公室汇总核对后一并公布，请予监督指正为荷。",)], 200
    )
    page = RawPage(600, 800, [*title, *glyphs_of([HEAD, *ROWS], 80), *prose], [])
    document = document_of([page], Source(b"", "page.pdf"), "PDF")
    (report,) = read_by_layout(document)
    printed = {
        row.row.id: [document.text[span.start : span.end] for span in row.spans if span]
        for block in report.reading.blocks
        for row in block.found
        if row.spans
    }
    assert printed == {
        "requests.received": ["9"],
        "received_by.in_person": ["2"],
        "received_by.fax": ["0"],
        "received_by.online": ["4"],
        "received_by.letter": ["3"],
        "requests.concluded": ["8"],
        "answers.refused": ["2"],
        "answers.other_body": ["1"],
        "reconsideration.total": ["3"],
        "reconsideration.upheld": ["2"],
        "reconsideration.overturned": ["1"],
        "complaints.total": ["0"],
    }


def test_two_years_side_by_side_are_no_lists() -> None:
    rows = [(*row[:3], row[0], *row[1:3]) for row in ROWS]
    assert lists_beside(lines_of(glyphs_of([HEAD, *rows], 80))) is None
    assert lists_beside(lines_of(glyphs_of([HEAD, *ROWS], 80))) is not None
    figures = [(*row[:3], "7", *row[1:3]) for row in ROWS]
    assert lists_beside(lines_of(glyphs_of([HEAD, *figures], 80))) is None
