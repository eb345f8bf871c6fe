"""Text in the markup of a wiki: its tables are read as those of the page that the wiki shows."""

from __future__ import annotations

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.formats import format_of
from extractor.documents.source import Source

WIKI = """某局2023年年度报告
== 二、主动公开 ==
{| class="wikitable"
|+ 表一
! 信息内容 !! 本年 !! 现行
|-
| rowspan="2" | '''行政'''
| colspan=2 | 许可
|-
| 12
| style="text-align:right" | 3
|-
|规章||0||
0
|}
正文 = 一
"""


def text_of(file: str, encoding: str = "utf-8") -> str:
    """What a file says."""
    source = Source(file.encode(encoding), "page")
    kind = format_of(source)
    assert kind.name == "wiki"
    return kind.read(source).text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rows_and_cells(encoding: str) -> None:
    assert text_of(WIKI, encoding).split("\n")[:-1] == [
        "某局2023年年度报告",
        "二、主动公开",
        "表一",
        "信息内容\t本年\t现行",
        "行政\t许可",
        "12\t3",
        "规章\t0\t0",
        "正文 = 一",
    ]


def test_cells_look_as_their_attributes_and_tags_say() -> None:
    rows = '| 甲 || 12<sup>1</sup> || <s>7</s> || style="display:none" | 99 || 5\n'
    assert text_of(f"{{|\n{rows}|}}") == f"甲\t12\t{UNREADABLE}\t5\n"


def test_a_figure_that_is_merged_over_others_stands_as_on_a_web_page() -> None:
    """Nobody can tell whose it is: what a web page doesn't settle, a wiki doesn't."""
    wiki = "{|\n| 甲 || colspan=2 | 5 || 6\n|-\n| 乙 || rowspan=2 | 7 || 8 || 9\n|-\n| 丙 || 1 || 2\n|}"
    rows = "<tr><td>甲<td colspan=2>5<td>6<tr><td>乙<td rowspan=2>7<td>8<td>9<tr><td>丙<td>1<td>2"
    read = [Source(file.encode(), "page") for file in (wiki, f"<table>{rows}</table>")]
    told, shown = (format_of(source).read(source) for source in read)
    assert told.text == shown.text
    assert told.grids == shown.grids


@pytest.mark.parametrize("text", ["{| 一个括号", "| a | b |\n|}", "甲 {| 乙\n丙 |}", "== 标题 ==\n正文"])
def test_what_has_no_table_of_a_wiki_is_a_text(text: str) -> None:
    assert format_of(Source(text.encode(), "page")).name == "text"


def test_attributes_without_end_end() -> None:
    cell = "a=b" * 2000
    assert cell in text_of(f"{{|\n| {cell} || 1\n|}}")
