"""A document cut at the headers of its tables."""

from __future__ import annotations

from extractor.layout.rows.segments import Segment
from tests.helpers.layout_pages import segments_on

HEADER = "信息内容|本年制发件数|本年废止件数|现行有效件数"


def heads(segment: Segment, text: str) -> list[str]:
    """What stands before the figures of each row; nothing where they have no label."""
    return [text[row.head.start : row.head.end] if row.head else "" for row in segment.rows]


def test_a_header_and_the_rows_below_it_are_a_segment() -> None:
    text = f"{HEADER}\n规章|1|2|3\n行政规范性文件|4|5|6\n信息内容|本年处理决定数量\n行政许可|7"
    before, documents, licences = segments_on(text)
    assert (before.header, before.rows) == ([], [])
    assert heads(documents, text) == ["规章", "行政规范性文件"]
    assert [text[item.start : item.end] for item in licences.header] == ["信息内容", "本年处理决定数量"]
    assert heads(licences, text) == ["行政许可"]


def test_labels_that_name_no_column_make_no_header() -> None:
    text = "信息内容\n规章|1|2|3"
    (only,) = segments_on(text)
    assert only.header == []
    assert [text[item.start : item.end] for item in only.loose] == ["信息内容"]


def test_the_label_of_a_row_without_figures_is_loose() -> None:
    text = f"{HEADER}\n规章\n1|2|3\n行政许可\n行政规范性文件|4|5|6"
    documents = segments_on(text)[-1]
    assert heads(documents, text) == ["", "行政规范性文件"]
    assert [text[item.start : item.end] for item in documents.loose] == ["规章", "行政许可"]


def test_a_name_of_a_row_and_a_column_names_a_row_only_below_the_columns() -> None:
    columns = "自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
    text = f"{columns}\n（七）总计|1|0|0|0|0|0|1"
    requests = segments_on(text)[-1]
    assert [text[item.start : item.end] for item in requests.header] == columns.split("|")
    assert heads(requests, text) == ["（七）总计"]


def test_figures_below_the_last_label_of_a_header_a_cell_a_line_have_no_label() -> None:
    text = HEADER.replace("|", "\n") + "\n1\n2\n3\n规章\n4\n5\n6\n"
    assert heads(segments_on(text)[-1], text) == ["", "规章"]


def test_figures_behind_the_last_label_of_a_header_are_not_of_a_row_of_that_name() -> None:
    columns = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他"
    (figures,) = segments_on(f"{columns} 总计 1 0 0 0 0 0 1")[-1].rows
    assert not figures.names
    (total,) = segments_on(f"{columns} 总计\n（七）总计 1 0 0 0 0 0 1")[-1].rows
    assert total.names
