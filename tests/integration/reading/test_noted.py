"""Notes, comments, boxes, headers and watermarks that say whose figures a table has; and harmless ones."""

from collections.abc import Callable

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.noted_word import REFERENCES, header, note, text_box, word_art, word_file
from tests.helpers.pages import CORNER
from tests.helpers.sweeps import part_of
from tests.helpers.whole_reports import DISPUTES, HEADINGS, REQUESTS, Report, Writer, cell_a_line, web

pytestmark = pytest.mark.dealt_out("write")
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
HEADING = HEADINGS[REQUESTS]
TITLE = "某县某局2023年政府信息公开工作年度报告"
OTHERS = [
    *(
        "本表为2022年数据。",
        "本表数据为上半年数据。",
        "2022年数据",
        "此表作废",
        "以上数据有误，以附件为准。",
        "样表",
    ),
    *("这是2022年数据", "表三为前三季度数据。", "注：本表为示例。", "单位：百件", "数据录入错误，正在核实。"),
]
HARMLESS = [
    *(
        "数据来源：县政务公开办。",
        "本表为2023年数据。",
        "与2022年相比增加3件。",
        "含上年结转2件。",
        "单位：件",
        "已核对",
    ),
    *(
        "格式见国办2021年通知。",
        "2023年1月1日至12月31日。",
        "不含转办件。",
        "请核对后发布",
        "附件：2022年年度报告",
    ),
]


def a_figure() -> str:
    """A figure of table 3 that isn't zero."""
    row = Report().tables[REQUESTS][5]
    return next(one.words for one in row if one.words.isdigit() and one.words != "0")


def settled(data: bytes) -> set[str]:
    (extraction,) = extract(data)
    assert len(extraction.cells) == 200
    return {cell.address for cell in extraction.cells if cell.status in SETTLED}


@pytest.mark.parametrize("at", [CORNER, HEADING])
@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
@pytest.mark.parametrize("words", part_of(OTHERS, 2))
def test_a_note_that_disowns_a_table_leaves_it_open(at: str, kind: str, words: str) -> None:
    found = settled(word_file(at, REFERENCES[kind], note(kind, words)))
    assert len(found) == 25
    assert not any(address.startswith(REQUESTS) for address in found)


@pytest.mark.parametrize("at", [CORNER, HEADING, TITLE])
@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
@pytest.mark.parametrize("words", part_of(HARMLESS, 2))
def test_a_note_that_says_no_such_thing_leaves_all_settled(at: str, kind: str, words: str) -> None:
    assert len(settled(word_file(at, REFERENCES[kind], note(kind, words)))) == 200


def test_a_note_on_the_title_is_on_all_tables() -> None:
    assert not settled(word_file(TITLE, REFERENCES["footnotes"], note("footnotes", "以下数据为2022年数据。")))


@pytest.mark.parametrize(
    "words", ["应为9", "此处数据有误", "应为9件，已核实。", "数据错误", "原为5，现更正为9", "由5调整为9"]
)
def test_a_comment_on_a_figure_leaves_its_row_open(words: str) -> None:
    found = settled(word_file("（一）予以公开", "", {}))
    noted = settled(word_file(a_figure(), REFERENCES["comments"], note("comments", words)))
    assert len(found) == 200
    rows = {address.rsplit(".", 1)[0] for address in found - noted}
    assert len(rows) == 1
    assert len(found - noted) == 7


def test_a_comment_of_a_copy_that_was_annotated_says_nothing_of_the_page() -> None:
    part = note("comments", "应为9", author="gongkai")
    assert len(settled(word_file(a_figure(), REFERENCES["comments"], part))) == 200


@pytest.mark.parametrize(
    "words", ["以上为2022年数据", "本表数据有误，以附件为准", "样表", "以下为2022年数据"]
)
@pytest.mark.parametrize("drawn", [text_box, word_art])
def test_a_box_or_drawn_words_over_a_cell_leave_its_table_open(
    words: str, drawn: Callable[[str], str]
) -> None:
    found = settled(word_file(CORNER, drawn(words), {}))
    assert not any(address.startswith(REQUESTS) for address in found)


@pytest.mark.parametrize("words", ["单位：件", "表3", "2023年", "某县某局"])
@pytest.mark.parametrize("drawn", [text_box, word_art])
def test_a_box_or_drawn_words_that_say_nothing_of_it_leave_it_settled(
    words: str, drawn: Callable[[str], str]
) -> None:
    assert len(settled(word_file(CORNER, drawn(words), {}))) == 200


@pytest.mark.parametrize("is_watermark", [True, False])
@pytest.mark.parametrize("words", ["作废", "样本", "征求意见稿", "2022年度数据", "初稿", "DRAFT"])
def test_what_stands_on_every_page_and_disowns_it_leaves_all_open(words: str, *, is_watermark: bool) -> None:
    assert not settled(word_file("", "", header(words, is_watermark=is_watermark)))


@pytest.mark.parametrize("is_watermark", [True, False])
@pytest.mark.parametrize(
    "words", [TITLE, "某县某局", "2023年度", "第1页", "内部资料", "2024年1月", "政府信息公开", "1"]
)
def test_what_stands_on_every_page_of_any_report_leaves_all_settled(
    words: str, *, is_watermark: bool
) -> None:
    assert len(settled(word_file("", "", header(words, is_watermark=is_watermark)))) == 200


@pytest.mark.parametrize("write", [web, cell_a_line])
@pytest.mark.parametrize("sign", ["[1]", "①", "〔2〕", "（注1）", "*"])
@pytest.mark.parametrize(
    ("words", "expected"), [(OTHERS[0], 25), (OTHERS[1], 25), (HARMLESS[0], 200), (HARMLESS[2], 200)]
)
def test_a_line_at_the_end_is_a_note_where_its_sign_stands(
    sign: str, words: str, expected: int, write: Writer
) -> None:
    report = Report(above={REQUESTS: f"详见注{sign}"})
    page = report.written(write).decode()
    line = f"<p>{sign} {words}</p>" if write is web else f"{sign} {words}"
    assert len(settled(f"{page}\n{line}".encode())) == expected


@pytest.mark.parametrize("write", [web, cell_a_line])
@pytest.mark.parametrize("sign", ["[1]", "①", "*"])
def test_a_note_is_on_every_place_where_its_sign_stands(sign: str, write: Writer) -> None:
    report = Report(above={REQUESTS: f"详见注{sign}", DISPUTES: f"详见注{sign}"})
    page = report.written(write).decode()
    line = f"{sign} {OTHERS[0]}"
    found = settled(f"{page}\n{f'<p>{line}</p>' if write is web else line}".encode())
    assert not any(address.startswith((REQUESTS, DISPUTES)) for address in found)
    assert len(found) == 10


@pytest.mark.parametrize("write", [web, cell_a_line])
def test_items_of_lists_are_no_notes(write: Writer) -> None:
    report = Report(above={REQUESTS: "* 申请8件\n* 予以公开3件"})
    page = report.written(write).decode()
    lines = ["* 2022年", "* 上半年", "①2022年"]
    if write is web:
        lines = [f"<p>{line}</p>" for line in lines]
    assert len(settled("\n".join([page, *lines]).encode())) == 200


@pytest.mark.parametrize("write", [web, cell_a_line])
def test_the_number_of_a_note_ends_where_a_year_begins(write: Writer) -> None:
    page = Report(above={REQUESTS: "见注1", DISPUTES: "见注12"}).written(write).decode()
    told, bare = settled(f"{page}\n注12022年度数据".encode()), settled(f"{page}\n注122个单位".encode())
    assert not any(one.startswith(REQUESTS) for one in told)
    assert sum(one.startswith(DISPUTES) for one in told) == 15
    assert len(bare) == 200
