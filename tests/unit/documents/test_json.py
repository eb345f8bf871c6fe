"""JSON as scrapers keep pages in it: texts, pages and tables, in their order."""

from __future__ import annotations

import json

import pytest

from extractor.documents.document import Document
from extractor.documents.formats import format_of
from extractor.documents.json_file import read_json
from extractor.documents.source import Source


def read(data: str) -> Document:
    source = Source(data.encode(), "page.json")
    assert format_of(source).name == "JSON"
    return read_json(source)


def lines(value: object) -> list[str]:
    """What a value says, a line each, cells apart by tabs."""
    return read(json.dumps(value)).text.splitlines()


def test_texts_are_lines_and_neither_addresses_nor_numbers_nor_keys_are() -> None:
    page = {
        "id": 88213,
        "url": "http://example.com/1.html",
        "title": "甲局2024年报",
        "text": "一、总体情况\n无。",
    }
    assert lines(page) == ["甲局2024年报", "一、总体情况", "无。"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([["规章", "0", None], ["处罚", 12, 3.0]], ["规章\t0\t", "处罚\t12\t3.0"]),
        (
            [{"项目": "规章", "件数": 0}, {"项目": "处罚", "件数": 12, "注": "甲"}],
            ["项目\t件数\t注", "规章\t0\t", "处罚\t12\t甲"],
        ),
        ({"规章": [1, 2], "处罚": [3, 4]}, ["规章\t1\t2", "处罚\t3\t4"]),
        ({"规章": {"件数": 1, "废止": 2}, "处罚": {"件数": 3}}, ["\t件数\t废止", "规章\t1\t2", "处罚\t3\t"]),
    ],
)
def test_tables(table: object, expected: list[str]) -> None:
    document = read(json.dumps({"表": table}))
    assert document.text.splitlines() == ["表", *expected]
    assert [grid.kind for grid in document.grids][-1] == "table"


def test_keys_with_figures_are_columns_of_a_row_that_another_key_may_name() -> None:
    assert lines([{"自然人": 3, "总计": 3}]) == ["自然人\t总计", "3\t3"]
    assert lines({"新收": {"自然人": 3, "总计": 3}}) == ["\t自然人\t总计", "新收\t3\t3"]


def test_numbers_are_as_they_are_written() -> None:
    digits = "85.44400000000000000001"
    assert read(f'{{"收费": [{digits}, 1e5], "处罚": [0, 20.0]}}').text.splitlines() == [
        f"收费\t{digits}\t1e5",
        "处罚\t0\t20.0",
    ]


@pytest.mark.parametrize("page", ["<p>甲局</p><table><tr><td>规章<td>7</table>", "&lt;p&gt;甲局&lt;/p&gt;"])
def test_a_string_may_be_a_web_page_escaped_or_not(page: str) -> None:
    assert lines({"content": page})[0] == "甲局"


def test_the_style_sheet_of_a_page_says_nothing_of_the_next_one() -> None:
    hides = "<style>.a{display:none}</style><p>甲</p><p class=a>乙</p>"
    assert lines([{"html": hides}, {"html": "<p class=a>丙</p>"}]) == ["甲", "丙"]


def test_a_file_may_hold_a_value_a_line() -> None:
    values = [{"content": "<p>甲局</p>"}, {"content": "<p>乙局</p>"}]
    assert read("\n".join(map(json.dumps, values))).text.splitlines() == ["甲局", "乙局"]


@pytest.mark.parametrize(
    "text",
    [
        '{"甲局": "年报"',
        '["附件"](甲局) 2024年报',
        "[" * 100_000,
        # Which of two figures is the column's?
        '{"新收": {"自然人": 3, "自然人": 4, "总计": 4}}',
        # What this program writes about a report is none.
        '{"schema_version": 1, "report": "甲局"}',
    ],
)
def test_what_is_no_page_in_json_stays_the_text_that_it_is(text: str) -> None:
    assert read_json(Source(text.encode(), "page.json")).text == text
