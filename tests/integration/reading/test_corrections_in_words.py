"""Sentences anywhere on a page that say of figures in its tables that they are wrong; and others."""

from collections.abc import Sequence

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.sweeps import part_of
from tests.helpers.whole_reports import DISCLOSURE, DISPUTES, REQUESTS, Cell, Report, Writer, cell_a_line, web

pytestmark = pytest.mark.dealt_out("write")
ALL = (DISCLOSURE, REQUESTS, DISPUTES)
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
WRITERS = pytest.mark.parametrize("write", [web, cell_a_line])
SITES = pytest.mark.parametrize(
    ("write", "place"),
    part_of(
        [
            *((web, "preamble"), (cell_a_line, "preamble"), (cell_a_line, "below"), (web, "below")),
            *((web, "section six"), (cell_a_line, "section six")),
        ],
        2,
    ),
)


def settled(sentence: str, place: str, write: Writer) -> set[str]:
    """The addresses that are settled of a report with a sentence in one of three places."""
    report = Report()
    report.above[DISCLOSURE] = ""
    page = report.written(write).decode()
    begin, end = ("<p>", "</p>") if write is web else ("", "")
    if place == "preamble":
        before = f"{begin}一、总体情况{end}"
        page = page.replace(before, f"{begin}本报告依据条例编制。{sentence}{end}\n{before}")
    elif place == "below":
        before = f"{begin}四、政府信息公开行政复议、行政诉讼情况{end}"
        page = page.replace(before, f"{begin}{sentence}{end}\n{before}")
    else:
        page = page.replace(f"{begin}无。{end}", f"{begin}{sentence}{end}")
    assert sentence in page
    (extraction,) = extract(page.encode())
    assert len(extraction.cells) == 200
    return {cell.address for cell in extraction.cells if cell.status in SETTLED}


@SITES
@pytest.mark.parametrize(
    "sentence",
    [
        *("更正：表三“（一）予以公开”自然人一栏应为12件。", "勘误：予以公开自然人数应为12，特此更正。"),
        *("注：表三第3行“自然人”列数据有误，正确数字为12。", "表三予以公开数误录，实为12件。"),
        *("编者注：予以公开件数误录，实为12件。", "说明：表三予以公开（自然人）多计3件。"),
        *("表三“自然人”“商业企业”两列应互换。", "注：表三自然人与商业企业两列数据填反了。"),
        *("注：表3前两行数据颠倒。", "表三个别数据存在录入错误，正在核实。"),
    ],
)
def test_a_sentence_that_corrects_a_table_leaves_it_open(sentence: str, place: str, write: Writer) -> None:
    found = settled(sentence, place, write)
    assert not any(address.startswith(REQUESTS) for address in found)
    assert {address.split(".")[0] + "." for address in found} == {DISCLOSURE, DISPUTES}


@SITES
@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        *((words, ()) for words in ("以上各表均为2022年数据。", "以下三张表均为2022年数据。")),
        *((words, ()) for words in ("注：表2、表3、表4均为2022年数据。", "本报告中的数据均为示例。")),
        ("本报告第二、三、四部分的数据为2022年度数据，2023年度数据待核实后更新。", ()),
        ("一是力量不足。表 2 、 表 3 、 表 4 均 为 2 0 2 3 年 1 月 至 1 0 月 数 据 。", ()),
        ("第三部分表格所列为2022年数据。", (DISCLOSURE, DISPUTES)),
        ("三、四两表数据为模拟数据，仅供演示。", (DISCLOSURE,)),
        *((words, (DISCLOSURE, DISPUTES)) for words in ("表三数据为2022年数据。", "表3为下属单位数据。")),
        *(
            (words, (DISCLOSURE, DISPUTES))
            for words in ("表三的数据单位：百件。", "第三部分表格单位为十件。")
        ),
        ("本报告表格中的申请数量单位为百件。", (DISCLOSURE, DISPUTES)),
        ("本报告表格中的数据以千件为单位。", ()),
        *((words, ALL) for words in ("表三数据为2023年数据。", "表3为规定格式。", "表三的数据单位：件。")),
        *((words, ALL) for words in ("本报告表格中的数据以件为单位。", "收费金额以万元为单位。")),
        *(("以上各表均为2023年度数据。", ALL), ("各表数据均为实际统计数。", ALL)),
        *(("本报告所列数据为全区汇总数据。", ALL), ("第三部分数据为2023年全年数据。", ALL)),
        *(("三张表为规定格式。", ALL), ("各表均为必填。", ALL)),
    ],
)
def test_a_sentence_says_of_the_tables_that_it_names_what_they_are(
    sentence: str, left: Sequence[str], place: str, write: Writer
) -> None:
    found = settled(sentence, place, write)
    assert {address.split(".")[0] + "." for address in found} == {*left}


@WRITERS
@pytest.mark.parametrize(
    ("sentence", "left"),
    [("更正：第2行自然人一栏应为12件。", {DISCLOSURE, DISPUTES}), ("更正：表内第3列应为12件。", set())],
)
def test_the_number_of_a_line_is_none_of_a_table(sentence: str, left: set[str], write: Writer) -> None:
    found = settled(sentence, "section six", write)
    assert {address.split(".")[0] + "." for address in found} == left


@SITES
@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "本报告已于2024年3月1日被新版替代。",
            "本报告数据已更新，请见更正版。",
            "本年报已作废，详见最新报告。",
        ),
        "本年度报告中所列数据的统计期限自2023年1月1日起至2023年6月30日止。",
        *("统计期限为2023年上半年。", "本报告数据统计时间：2023年1月1日至3月31日。"),
    ],
)
def test_a_sentence_on_the_whole_report_leaves_all_open(sentence: str, place: str, write: Writer) -> None:
    assert not any(address.startswith(REQUESTS) for address in settled(sentence, place, write))
    if place != "below":
        assert not settled(sentence, place, write)


@WRITERS
@pytest.mark.parametrize(
    "sentence",
    [
        "以上表格中个别数据存在录入错误，正在核实。",
        "因统计有误，上表部分数据以2024年3月重新发布的为准。",
    ],
)
def test_a_note_below_a_table_speaks_of_that_table(sentence: str, write: Writer) -> None:
    found = settled(sentence, "below", write)
    assert {address.split(".")[0] + "." for address in found} == {DISCLOSURE, DISPUTES}


@WRITERS
@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "更正：“ROW”中“COLUMN”原填OLD，误计党委文件，现更正为1。",
            "订正：COLUMN由OLD调整为1。",
            "注：ROWOLD应改为1。",
        ),
        *(
            "说明：ROWCOLUMN已由OLD件核减为1件。",
            "上述OLD件含重复2件，应予扣除。",
            "ROW现修订为1件。",
            "ROW多报2件。",
        ),
        *("因统计口径调整，COLUMN更改为1。", "ROW原为OLD，后核定为1。", "勘误：ROWOLD→1", "ROW以1件为准。"),
        *("勘误表：第2行第2列，误：OLD，正：1。", "*ROW有误，正确为1件。", "COLUMN重复统计2件，实际1件。"),
    ],
)
@pytest.mark.parametrize("place", ["above", "below", "first row", "last row"])
@pytest.mark.parametrize(
    ("table", "row", "column", "old"),
    [(DISCLOSURE, "行政规范性文件", "制发件数", "3"), (REQUESTS, "予以公开", "自然人", "5")],
)
def test_a_note_beside_a_table_that_changes_a_figure_leaves_all_its_blocks_open(
    sentence: str, place: str, table: str, row: str, column: str, old: str, write: Writer
) -> None:
    report = Report()
    note = sentence.replace("ROW", row).replace("COLUMN", column).replace("OLD", old)
    if place in ("above", "below"):
        (report.above if place == "above" else report.below)[table] = note
    else:
        across = sum(cell.across for cell in report.tables[table][0])
        report.tables[table].insert(0 if place == "first row" else 99, [Cell(note, across=across)])
    (extraction,) = extract(report.written(write))
    found = {cell.address for cell in extraction.cells if cell.status in SETTLED}
    assert {address.split(".")[0] + "." for address in found} == {*ALL} - {table}


@SITES
@pytest.mark.parametrize(
    "sentence",
    [
        *("全年受理申请8件，予以公开3件，与上年相比增加2件。", "对发现的错误信息及时更正，避免错填漏填。"),
        *(
            "个别单位统计表存在录入错误，已督促整改。",
            "总计应为各项之和。",
            "收到申请表5份，其中2份填写错误，已告知补正。",
        ),
        *("上年报告表三数据有误，现已更正。", "要求各单位认真核对统计表，杜绝数据有误。", "满意率应为100%。"),
        *("表三中予以公开包括上年结转2件。", "本报告电子版可在县政府网站下载，以网站公布的为准。"),
        *(
            "如对本报告有疑问，请与我局联系。",
            "答复期限应为20个工作日。",
            "不予公开3件，其中2件实为信访事项。",
        ),
        *(
            "申请人对答复有误的，可申请更正。",
            "办理更正政府信息申请12件。",
            "更正公告：办公地址变更为新城路1号。",
        ),
        "本年度报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        *(
            "数据统计期限自2023年1月1日至12月31日。",
            "2023年1月至6月开展数据清理。",
            "上半年印发通知，统计各单位数据。",
        ),
        *(
            "统计期限为2023年度。",
            "本报告数据统计时间为1月1日至12月31日。",
            "本报告自2024年1月1日至3月31日公示。",
        ),
    ],
)
def test_a_sentence_on_work_forms_or_time_leaves_all_settled(
    sentence: str, place: str, write: Writer
) -> None:
    assert len(settled(sentence, place, write)) == 200


@WRITERS
def test_the_table_below_its_announcement_is_the_right_one(write: Writer) -> None:
    report = Report(above={REQUESTS: "因工作疏忽，原公布的第三部分表格数据有误，现更正如下："})
    (extraction,) = extract(report.written(write))
    assert len([cell for cell in extraction.cells if cell.status in SETTLED]) == 200
