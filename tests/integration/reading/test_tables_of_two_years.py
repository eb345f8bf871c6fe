"""Each table twice, last year's and this year's: the captions above them say which, and nothing else does."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import TITLE, Page, document, figures, lines

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
LAST, OWN = "2022年度（上年，供对照）", "2023年度（本年）"
DISCLOSURE = """第二十条第（一）项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | {0}
行政规范性文件 | 3 | 1 | {0}
第二十条第（五）项
信息内容 | 本年处理决定数量
行政许可 | {0}
第二十条第（六）项
信息内容 | 本年处理决定数量
行政处罚 | {0}
行政强制 | {0}
第二十条第（八）项
信息内容 | 本年收费金额（单位：万元）
行政事业性收费 | {0}
"""


def settled_disclosure(upper: str, lower: str) -> set[str]:
    """What is settled of the last column of table 2, which is there twice: with 11, below it with 22."""
    tables = f"{upper}\n{DISCLOSURE.format(11)}{lower}\n{DISCLOSURE.format(22)}"
    (extraction,) = extract(f"{TITLE}二、主动公开政府信息情况\n{tables}".encode())
    cells = [cell for cell in extraction.cells if cell.printed in ("11", "22")]
    return {cell.printed for cell in cells if cell.status in SETTLED}


def settled_requests(upper: str, lower: str, behind: str = "") -> set[str]:
    """The totals of what was granted that are settled; the upper table has 0, the lower one 8."""
    first, second = (lines(" | ")(Page(figures(zeros=zeros))) for zeros in (True, False))
    (extraction,) = extract(document(f"{upper}\n{first}{lower}\n{second}{behind}\n"))
    cell = extraction.cell("requests.granted.total")
    return {cell.printed} if cell.status in SETTLED else set()


@pytest.mark.parametrize("last", [LAST, "上年（供参考）", "2022年度", "2022年（上年同期数据）"])
def test_the_table_below_the_caption_of_its_own_year_is_the_reports(last: str) -> None:
    assert settled_requests(last, OWN) == {"8"}
    assert settled_requests(OWN, last) == {"0"}
    assert settled_disclosure(last, OWN) == {"22"}
    assert settled_disclosure(OWN, last) == {"11"}


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        # Figures and words that contradict each other.
        ("2023年度（上年，供对照）", "2022年度（本年）"),
        ("2022年度（本年）", "2023年度（上年）"),
        ("2023年度（上年）", OWN),
        (OWN, "2023年度（上年）"),
        # One caption is lost, or says nothing of a year.
        ("", OWN),
        (OWN, ""),
        (LAST, ""),
        ("", LAST),
        (LAST, "供对照"),
        # Neither is the report's own year, or both are.
        ("2021年度", LAST),
        (OWN, OWN),
        # Which of them is compared with which, isn't said.
        ("与本年2023年对照（2022年）", OWN),
        ("上年（2022年）对照见下表", OWN),
    ],
)
def test_tables_that_captions_dont_tell_apart_are_open(upper: str, lower: str) -> None:
    assert settled_requests(upper, lower) == set()
    assert settled_disclosure(upper, lower) == set()


@pytest.mark.parametrize("captions", [(LAST, OWN), (OWN, LAST)])
def test_captions_that_stand_below_their_tables_settle_nothing(captions: tuple[str, str]) -> None:
    assert settled_requests("", *captions) == set()


def test_other_words_above_the_caption_that_may_be_said_of_either_leave_both_open() -> None:
    assert settled_disclosure(f"旧表作废，新表如下：\n{LAST}", OWN) == set()


@pytest.mark.parametrize(("caption", "settled"), [("2022年度（本年）", set()), (OWN, {"8"})])
def test_a_table_of_an_earlier_year_that_is_said_to_be_this_year_is_open(
    caption: str, settled: set[str]
) -> None:
    (extraction,) = extract(document(f"{caption}\n{lines(' | ')(Page(figures()))}"))
    cell = extraction.cell("requests.granted.total")
    assert ({cell.printed} if cell.status in SETTLED else set()) == settled
