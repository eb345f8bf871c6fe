"""Words in a table's cells or around it that say whose figures they are, and those that say nothing of it."""

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import CORNER
from tests.helpers.sweeps import part_of
from tests.helpers.whole_reports import DISCLOSURE, DISPUTES, REQUESTS, Cell, Report, Writer, cell_a_line, web

pytestmark = pytest.mark.dealt_out("write")
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
WRITERS = pytest.mark.parametrize("write", [web, cell_a_line])


def settled(report: Report, write: Writer) -> set[str]:
    (extraction,) = extract(report.written(write))
    assert len(extraction.cells) == 200
    return {cell.address for cell in extraction.cells if cell.status in SETTLED}


def across(table: str, words: str, place: int) -> Report:
    """A report with a line across a table: of two rows of cells below its header's, or behind its last."""
    report = Report()
    rows = report.tables[table]
    rows.insert(place if place >= 0 else len(rows), [Cell(words, across=15 if table == DISPUTES else 10)])
    return report


def with_first_column(table: str, head: str, words: str, *, is_merged: bool) -> Report:
    report = Report()
    rows = report.tables[table]
    begin = {REQUESTS: 3, DISPUTES: 3, DISCLOSURE: 2}[table]
    rows[begin - 1 if table == DISCLOSURE else 0].insert(0, Cell(head, 1 if table == DISCLOSURE else 3))
    if is_merged:
        rows[begin].insert(0, Cell(words, len(rows) - begin))
        return report
    for row in rows[begin:]:
        if table != DISCLOSURE:
            row.insert(0, Cell(words))
        elif len(row) == 1:
            row[0].across = 5
        else:
            row.insert(0, Cell("范围" if row[0].words == "信息内容" else words))
    return report


def in_row(words: str) -> Report:
    """A report whose table 4 has a label before its only row of figures."""
    report = Report()
    rows = report.tables[DISPUTES]
    rows[0].insert(0, Cell("项目", 3))
    rows[3].insert(0, Cell(words))
    return report


OTHERS = [
    *(
        "2022年",
        "2022年度数据",
        "上年",
        "上半年",
        "2023年上半年",
        "1—6月",
        "截至2023年9月底",
        "前三季度",
        "9月份",
    ),
    *("累计", "历年", "近五年合计", "2019—2023年", "计划数", "占比（%）", "同比增减", "全省平均", "每万人"),
    *(
        "示例",
        "例表",
        "更正前",
        "修订前",
        "征求意见稿",
        "初稿",
        "作废",
        "下属单位",
        "县直部门合计",
        "乡镇街道合计",
    ),
]
OWN = [
    *("2023年", "2023年度", "本年", "全年", "本机关", "本级", "数量", "件数", "单位：件", "1—12月"),
    *("2023年1—12月", "更正后", "修订后", "截至2023年12月底", "本机关及下属单位", "本县各乡镇、县直部门合计"),
    *("（单位：件）", "报告年度", "类别", "某县某局", "汇总", "全县合计"),
]


@WRITERS
@pytest.mark.parametrize("words", part_of(OTHERS, 3, 0))
@pytest.mark.parametrize("table", [REQUESTS, DISPUTES])
def test_a_line_across_a_table_that_names_another_scope_leaves_it_open(
    table: str, words: str, write: Writer
) -> None:
    assert not any(address.startswith(table) for address in settled(across(table, words, 3), write))


@WRITERS
@pytest.mark.parametrize("words", OWN)
@pytest.mark.parametrize("table", [REQUESTS, DISPUTES])
def test_a_line_across_a_table_that_names_its_own_scope_leaves_it_settled(
    table: str, words: str, write: Writer
) -> None:
    assert len(settled(across(table, words, 3), write)) == 200


@pytest.mark.parametrize("printed", ["法人或非法人组织", "法人和非法人组织"])
def test_the_laws_newer_name_of_other_organisations_is_no_other_label(printed: str) -> None:
    assert len(settled(Report().with_words(REQUESTS, "法人或其他组织", printed), web)) == 200


@WRITERS
@pytest.mark.parametrize("words", part_of(OTHERS, 3, 1))
@pytest.mark.parametrize("is_merged", [True, False])
def test_a_first_column_that_names_another_scope_leaves_a_table_open(
    words: str,
    *,
    is_merged: bool,
    write: Writer,
) -> None:
    report = with_first_column(REQUESTS, "范围", words, is_merged=is_merged)
    assert not any(address.startswith(REQUESTS) for address in settled(report, write))


@WRITERS
@pytest.mark.parametrize(
    "words", ["2023年", "本年", "本机关", "本级", "全年", "本机关及下属单位", "某县某局"]
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_a_first_column_that_names_the_own_scope_leaves_a_table_settled(
    words: str,
    *,
    is_merged: bool,
    write: Writer,
) -> None:
    assert len(settled(with_first_column(REQUESTS, "范围", words, is_merged=is_merged), write)) == 200


@WRITERS
@pytest.mark.parametrize("words", part_of(OTHERS, 3, 2))
def test_the_label_of_the_only_row_may_name_another_scope(words: str, write: Writer) -> None:
    assert not any(address.startswith(DISPUTES) for address in settled(in_row(words), write))


@WRITERS
@pytest.mark.parametrize(
    "words", ["2023年", "本年", "本机关", "本级", "数量", "件数", "2023年度", "本机关及下属单位"]
)
def test_the_label_of_the_only_row_may_name_the_own_scope(words: str, write: Writer) -> None:
    assert len(settled(in_row(words), write)) == 200


@WRITERS
@pytest.mark.parametrize(
    ("table", "label", "printed", "open_rows"),
    [
        *((REQUESTS, CORNER, words, "requests.") for words in part_of(OTHERS, 3)),
        *((REQUESTS, "申请人情况", words, "requests.") for words in part_of(OTHERS, 3, 1)),
        (REQUESTS, "申请人情况", "申请人情况（上半年）", "requests."),
        (REQUESTS, "申请人情况", "上年申请人情况", "requests."),
        (REQUESTS, "法人或其他组织", "上年法人或其他组织", "requests."),
        (REQUESTS, "法人或其他组织", "非法人", "requests."),
        (REQUESTS, "三、本年度办理结果", "三、历年办理结果", "requests.granted"),
        (REQUESTS, "三、本年度办理结果", "三、本年度办理结果（上半年）", "requests.unavailable"),
        (REQUESTS, "三、本年度办理结果", "三、下属单位办理结果", "requests.handled_total"),
        (REQUESTS, "三、本年度办理结果", "三、未办理结果", "requests.other"),
        (REQUESTS, "（三）不予公开", "（三）上年不予公开", "requests.refused"),
        (REQUESTS, "（三）不予公开", "（三）拟不予公开", "requests.refused"),
        (REQUESTS, "（四）无法提供", "（四）可以提供", "requests.unavailable"),
        (REQUESTS, "（五）不予处理", "（五）予以处理", "requests.not_processed"),
        (REQUESTS, "（六）其他处理", "（六）其他处理（累计）", "requests.other"),
        (DISPUTES, "行政诉讼", "2022年行政诉讼", "disputes.litigation"),
        (DISPUTES, "行政诉讼", "民事诉讼", "disputes.litigation"),
        (DISPUTES, "行政诉讼", "下属单位行政诉讼", "disputes.litigation"),
        (DISPUTES, "行政诉讼", "行政诉讼（非政府信息公开类）", "disputes.litigation"),
        (DISPUTES, "行政复议", "历年行政复议", "disputes.reconsideration"),
        (DISCLOSURE, "第二十条第（一）项", "第二十条第（一）项（累计）", "disclosure.regulations"),
        (DISCLOSURE, "第二十条第（六）项", "第二十条第（六）项（上半年）", "disclosure.penalties"),
        (DISCLOSURE, "信息内容", "上年信息内容", "disclosure.regulations"),
    ],
)
def test_a_label_with_its_meaning_changed_leaves_open_what_it_heads(
    table: str, label: str, printed: str, open_rows: str, write: Writer
) -> None:
    found = settled(Report().with_words(table, label, printed), write)
    assert not any(address.startswith(open_rows) for address in found)
    assert found


@WRITERS
@pytest.mark.parametrize(
    ("table", "label", "printed"),
    [
        (REQUESTS, "申请人情况", "申请人类型"),
        (REQUESTS, "申请人情况", "2023年申请人情况"),
        (REQUESTS, "申请人情况", "申请人情况（件）"),
        (REQUESTS, "法人或其他组织", "法人和其它组织"),
        (REQUESTS, "法人或其他组织", "法人或者其他组织（件）"),
        (REQUESTS, "三、本年度办理结果", "三、本年办理结果"),
        (REQUESTS, "三、本年度办理结果", "三、2023年度办理结果"),
        (REQUESTS, "三、本年度办理结果", "三、本年度申请办理结果"),
        (REQUESTS, "（三）不予公开", "（三）不予公幵"),
        (REQUESTS, "（三）不予公开", "（三）不予公开小计"),
        (REQUESTS, "（四）无法提供", "法提供"),
        (REQUESTS, "（五）不予处理", "（五）不予办理"),
        (DISPUTES, "行政诉讼", "行政诉讼情况"),
        (DISPUTES, "行政诉讼", "行政诉讼（件）"),
        (DISCLOSURE, "信息内容", "信息内容（2023年）"),
        (DISCLOSURE, "第二十条第（一）项", "《条例》第二十条第（一）项"),
    ],
)
def test_a_label_that_says_the_same_in_other_words_leaves_what_it_heads(
    table: str, label: str, printed: str, write: Writer
) -> None:
    as_in_form = settled(Report(), write)
    assert len(as_in_form) == 200
    assert settled(Report().with_words(table, label, printed), write) == as_in_form


@WRITERS
@pytest.mark.parametrize("table", [REQUESTS, DISPUTES, DISCLOSURE])
@pytest.mark.parametrize(
    ("heading", "above", "below"),
    [
        *(
            (f"（{words}）", "", "")
            for words in ("更正前", "征求意见稿", "占比%", "2019—2023年", "2024年目标")
        ),
        ("", "因统计口径调整，下表为2022年收到和处理政府信息公开申请情况，2023年情况详见附件。", ""),
        ("", "下表为更正前数据，更正后数据见附件。", ""),
        ("", "以下为错误数据，请勿引用。", ""),
        ("", "2023年上半年政府信息公开申请情况", ""),
        *(("", words, "") for words in part_of(OTHERS, 3, 2)),
    ],
)
def test_words_above_a_table_that_name_another_scope_leave_all_of_it_open(
    table: str, heading: str, above: str, below: str, write: Writer
) -> None:
    report = Report(above={table: above}, below={table: below})
    report.headings[table] += heading
    assert not any(address.startswith(table) for address in settled(report, write))


@WRITERS
@pytest.mark.parametrize("table", [REQUESTS, DISPUTES])
@pytest.mark.parametrize(
    "note",
    [
        *("注：以上为上半年数据。", "注：统计时间为2023年1月至6月。", "注：上表数据截至2023年6月30日。"),
        *("注：本表为更正前数据。", "说明：上表统计范围为县教育局，不含本机关。", "注：以上为全省平均数。"),
        "注：以上为占比（%）。",
    ],
)
def test_a_note_below_a_table_that_names_another_scope_leaves_it_open(
    table: str, note: str, write: Writer
) -> None:
    assert not any(address.startswith(table) for address in settled(Report(below={table: note}), write))


@WRITERS
@pytest.mark.parametrize("table", [REQUESTS, DISPUTES])
@pytest.mark.parametrize(
    ("heading", "above", "below"),
    [
        *(
            (f"（{words}）", "", "")
            for words in ("2023年", "2023年1—12月", "更正后", "单位：件", "表3", "修订版")
        ),
        ("", "下表为更正后数据，更正前数据见附件。", ""),
        ("", "统计范围为本机关及下属单位。", ""),
        ("", "统计期限：2023年1月1日至2023年12月31日。", ""),
        ("", "本表统计范围为本县各乡镇、县直部门。", ""),
        ("", "", "注：上年结转数与上年报告一致。"),
        ("", "", "注：本表统计范围为本机关及下属单位。"),
        ("", "", "注：以上数据截至2023年12月31日。"),
        ("", "", "注：以上为本年度数据，较上年增加3件。"),
        ("", "", "注：统计时间为2023年1月至12月。"),
        ("", "", "注：其他处理中含上年结转1件。"),
        ("", "", "说明：上表统计范围不含本机关以外的单位。"),
    ],
)
def test_words_around_a_table_that_name_its_own_scope_leave_it_settled(
    table: str, heading: str, above: str, below: str, write: Writer
) -> None:
    report = Report(above={table: above}, below={table: below})
    report.headings[table] += heading
    assert len(settled(report, write)) == 200


@pytest.mark.parametrize("write", [web, cell_a_line])
def test_words_below_the_next_heading_are_said_of_the_table_above_where_they_say_so(write: Writer) -> None:
    for words in ("以上为2022年数据", "注：以上为上半年数据。"):
        assert not any(one.startswith(REQUESTS) for one in settled(Report(above={DISPUTES: words}), write))
    # Of the table below, or of the report's own year, nothing is said of the one above.
    below = settled(Report(above={DISPUTES: "以下为2022年数据"}), write)
    assert sum(one.startswith(REQUESTS) for one in below) == 175
    assert len(settled(Report(above={DISPUTES: "以上为2023年数据"}), write)) == 200
