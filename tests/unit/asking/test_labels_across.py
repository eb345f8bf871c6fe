"""Labels side by side: one after the other, on two lines, or in pieces below each other."""

from __future__ import annotations

import pytest

from extractor.asking.cited_text import CitedText
from extractor.asking.labels_across import LabelsAcross
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import NamedWords
from extractor.reports.opening import open_document
from rules.loader import built_in_forms

(BLOCK,) = (block for table, block in built_in_forms()[0].blocks.values() if table.id == "requests")
LABELS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
IN_PIECES = "自然人\n商业\n科研\n社会公\n法律服\n其他\n总计\n企业\n机构\n益组织\n务机构\n"
IN_TURN = "自然\n人\n商业 科研\n企业 机构\n社会\n公益\n组织\n法律\n服务\n机构\n其他\n总计\n"
TWO_LINES = "自然人|法人或其他组织|总计\n商业企业|科研机构|社会公益组织|法律服务机构|其他\n"
ROW = "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1\n"


def are_found(header: str, labels: list[str] = LABELS) -> bool:
    text = f"{header}{ROW}"
    lines = NumberedLines(open_document(text.encode(), "page"))
    across = [
        NamedWords(name=column.id, line=_line(header, lines, words), words=words)
        for column, words in zip(BLOCK.columns, labels, strict=True)
    ]
    return LabelsAcross(CitedText(text, lines)).before(text.index(ROW), across, BLOCK) is not None


def _line(text: str, lines: NumberedLines, words: str) -> int:
    """The last line on which as much of some words stands as does on any."""
    beginnings = (words[:length] for length in range(len(words), 0, -1))
    return next(lines.at(text.rindex(one)).number for one in beginnings if one in text)


@pytest.mark.parametrize("header", ["|".join(LABELS) + "\n", TWO_LINES, IN_PIECES, IN_TURN])
def test_labels_in_the_order_of_the_page_are_found(header: str) -> None:
    assert are_found(header)


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        (IN_PIECES.replace("企业\n机构", "机构\n企业"), LABELS),
        (IN_PIECES.replace("益组织\n", ""), LABELS),
        (IN_PIECES, [LABELS[0], LABELS[2], LABELS[1], *LABELS[3:]]),
        (IN_PIECES.replace("总计\n", "总计\n2023\n"), LABELS),
    ],
    ids=["rests exchanged", "a piece lost", "labels exchanged", "a number between"],
)
def test_labels_that_are_not_whole_and_in_order_are_not(header: str, labels: list[str]) -> None:
    assert not are_found(header, labels)
