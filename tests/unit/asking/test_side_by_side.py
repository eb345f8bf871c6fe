"""Rows side by side: labels, then labels of columns for each, then all figures, and nothing else."""

from __future__ import annotations

import pytest

from extractor.asking.cited_text import CitedText
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import MappingReply, NamedWords, SeriesReply
from extractor.asking.side_by_side import SideBySide
from extractor.reports.opening import open_document

COLUMNS = {"upheld": "结果维持", "other": "其他结果", "total": "总计"}
ROWS = {"reconsideration": "行政复议", "direct": "未经复议直接起诉", "after": "复议后起诉"}
WORDS = "、".join(COLUMNS.values())
FIGURES = "4、0、4、1、2、3、0、5、5"
ONE_LINE = f"行政复议、行政诉讼、{WORDS}、未经复议直接起诉、复议后起诉、{WORDS}、{WORDS}、{FIGURES}。\n"
IN_TWO = f"行政复议\n{WORDS}\n4、0、4\n未经复议直接起诉\n复议后起诉\n{WORDS}\n{WORDS}\n1、2、3、0、5、5\n"


def said(text: str, figures: str = FIGURES) -> list[list[str]] | None:
    """The figures of each row where they stand, if the page has them as they are said to be."""
    document = open_document(text.encode(), "page")
    lines = NumberedLines(document)
    cells = figures.split("、")
    line = {words: lines.at(text.index(words)).number for words in (*COLUMNS.values(), *ROWS.values())}
    reply = MappingReply(
        by="rows",
        across=tuple(NamedWords(name=name, line=line[one], words=one) for name, one in COLUMNS.items()),
        series=tuple(
            SeriesReply(name=name, line=line[one], words=one, cells=tuple(cells[3 * i : 3 * i + 3]))
            for i, (name, one) in enumerate(ROWS.items())
        ),
    )
    found = SideBySide(CitedText(document.text, lines)).series(reply)
    if found is None:
        return None
    return [[document.text[cell.start : cell.end] for cell in one.cells] for one in found]


@pytest.mark.parametrize("text", [ONE_LINE, IN_TWO], ids=["one line", "figures in two places"])
def test_figures_in_the_order_of_the_labels_are_found(text: str) -> None:
    assert said(text) == [["4", "0", "4"], ["1", "2", "3"], ["0", "5", "5"]]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (ONE_LINE, "1、2、3、4、0、4、0、5、5"),
        (ONE_LINE.replace("5。", "5、7。"), FIGURES),
        (ONE_LINE.replace("、4、0、4", "、9、4、0、4"), FIGURES),
        (ONE_LINE.replace(f"{WORDS}、未经", "其他结果、结果维持、总计、未经"), FIGURES),
        (ONE_LINE.replace(f"{WORDS}、{WORDS}", WORDS), FIGURES),
        (ONE_LINE * 2, FIGURES),
        (ONE_LINE.replace("1、2、3", "1、（2）、3"), FIGURES),
    ],
    ids=["rows exchanged", "more behind", "more before", "other columns", "labels lost", "twice", "a remark"],
)
def test_what_the_page_does_not_have_so_is_not_found(text: str, figures: str) -> None:
    assert said(text, figures) is None
