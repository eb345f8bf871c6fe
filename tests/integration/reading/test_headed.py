"""Lines that head all tables below them: an annex, a draft, another year; and lines that don't."""

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import (
    DISCLOSURE,
    DISPUTES,
    HEADINGS,
    REQUESTS,
    Report,
    Writer,
    cell_a_line,
    web,
)

pytestmark = pytest.mark.dealt_out("write")
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
WRITERS = pytest.mark.parametrize("write", [web, cell_a_line])
TITLE = "某县某局2023年政府信息公开工作年度报告"
STORY = ["一、总体情况", "一年来，我局认真做好公开工作。"]
REST = ["五、存在的主要问题及改进情况", "公开内容有待丰富。", "六、其他需要报告的事项", "无。"]
ALL = (DISCLOSURE, REQUESTS, DISPUTES)


def tables(write: Writer, *keys: str, granted: str = "", headings: bool = True) -> list[str]:
    """The tables of a report, each below its heading.

    Args:
        write: what makes text of a table's rows.
        keys: which of them.
        granted: printed instead of the one fee of table 2, to tell two reports apart.
        headings: whether they have any.
    """
    report = Report()
    if granted:
        report.with_words(DISCLOSURE, "12.5", granted)
    parts = ((report.headings[key], write(report.tables[key])) for key in keys)
    return [part for heading, table in parts for part in ((heading, table) if headings else (table,))]


def settled(parts: list[str], write: Writer) -> dict[str, str]:
    """What is settled of the only report on a page that is made of these paragraphs and tables."""
    if write is web:
        parts = [part if part.startswith("<table") else f"<p>{part}</p>" for part in parts]
    extraction, *others = extract("\n".join(parts).encode())
    assert not any(cell.status in SETTLED for other in others for cell in other.cells)
    return {cell.address: cell.printed or "" for cell in extraction.cells if cell.status in SETTLED}


@WRITERS
@pytest.mark.parametrize("headings", [True, False])
@pytest.mark.parametrize(
    "head",
    [
        *(
            "附件：2022年统计表",
            "附件1：2022年度政府信息公开情况统计表",
            "附表：2023年上半年统计表",
            "附件\n2022年统计表",
        ),
        *(
            "附件：填写示例",
            "附：报告格式模板",
            "附件：示例表（数据为虚构）",
            "附件：已作废的统计表",
            "附件2：《统计表（草稿）》",
        ),
        *("附件：上年统计表", "附：2022年数据", "附件：2023年1—6月统计表"),
        "某县某镇人民政府2022年政府信息公开工作年度报告",
        *("2022年", "初稿", "以下为2022年数据：", "填写说明：以下为某省示例数据，各单位参照填写。"),
    ],
)
def test_tables_below_a_line_that_says_they_are_not_the_reports_are_open(
    head: str, write: Writer, *, headings: bool
) -> None:
    page = [TITLE, *STORY, *REST, *head.split("\n"), *tables(write, *ALL, headings=headings)]
    assert not settled(page, write)


@WRITERS
@pytest.mark.parametrize("headings", [True, False])
@pytest.mark.parametrize(
    "head",
    [
        *("附件：2023年统计表", "附件1", "附件：某县某局政府信息公开工作年度报告统计表", "附表："),
        *("比2022年增长，具体情况如下。", "与2022年相比，数据如下：", "2023年", "定稿", "正式稿"),
        *(TITLE, "以下为2023年数据：", "以下为本机关数据"),
    ],
)
def test_tables_below_a_line_that_says_nothing_of_the_kind_are_settled(
    head: str, write: Writer, *, headings: bool
) -> None:
    page = [TITLE, *STORY, *REST, head, *tables(write, *ALL, headings=headings)]
    assert len(settled(page, write)) == 200


@WRITERS
@pytest.mark.parametrize(
    "head",
    [
        *("附件：政府信息公开工作年度报告统计表（2021年版）", "附件：根据国办2021年通知填报的统计表"),
        *("附件：2022年年度报告.docx", "注：统计表按2021年通知的格式填报。", "上一篇：2022年年度报告"),
    ],
)
def test_tables_with_headings_below_a_line_on_a_form_or_a_file_are_settled(head: str, write: Writer) -> None:
    assert len(settled([TITLE, *STORY, *REST, head, *tables(write, *ALL)], write)) == 200


@WRITERS
@pytest.mark.parametrize(
    ("head", "below", "count"),
    [
        ("与2018年对比", "各项按同一口径统计，供查阅。", 0),
        *(("附件：原报告", below, 0) for below in ("各项按同一口径统计，供查阅。", "更正后的数据如下：")),
        ("附件：2022年统计表", "更正后的数据如下：", 0),
        *(
            (head, "各项按同一口径统计，供查阅。", 200)
            for head in ("附件1", "附件：2023年统计表", "2023年数据")
        ),
        *((head, "更正后的数据如下：", 200) for head in ("附件1", "附件：2023年统计表")),
    ],
)
def test_a_line_below_the_title_of_an_annex_leaves_it_its_title(
    head: str, below: str, count: int, write: Writer
) -> None:
    page = [TITLE, *STORY, *REST, head, below, *tables(write, *ALL)]
    assert len(settled(page, write)) == count


@WRITERS
@pytest.mark.parametrize(
    "heads",
    [
        ["附：报告格式模板", "详见附表。", "附件"],
        ["附件：2022年统计表", "附件：2023年统计表"],
        ["附：旧版报告", "正式稿"],
        ["与2022年对比", "正式稿"],
        *(["附件：原报告", "2023年数据"], ["作废版本", "2023年"]),
        *(["上年情况如下。", "统计表"], ["附件：2022年统计表", *HEADINGS.values(), "附件：2023年统计表"]),
        *(
            ["某县某镇人民政府2023年政府信息公开工作年度报告", line]
            for line in ("附表", "附件：2023年统计表")
        ),
    ],
)
def test_titles_of_an_annex_that_contradict_each_other_leave_its_tables_open(
    heads: list[str], write: Writer
) -> None:
    assert not settled([TITLE, *STORY, *REST, *heads, *tables(write, *ALL)], write)


@WRITERS
@pytest.mark.parametrize(
    ("annex", "granted"),
    [("附：旧版报告", None), ("附件：2022年统计表", None), ("附件：2023年统计表", "12.5")],
)
def test_the_newer_of_two_versions_in_an_annex_is_as_old_as_the_annex(
    annex: str, granted: str | None, write: Writer
) -> None:
    for older, newer in (("原数据：", "新数据："), ("初稿", "定稿"), ("修改前", "修改后")):
        versions = [older, *tables(write, *ALL, granted="77.7"), newer, *tables(write, *ALL)]
        found = settled([TITLE, *STORY, *REST, annex, *versions], write)
        assert found.get("disclosure.fees.amount") == granted


@WRITERS
def test_last_years_table_in_an_annex_says_nothing_of_another_version_below_it(write: Writer) -> None:
    last_year = ["附：2022年政府信息公开行政复议、行政诉讼情况", *tables(write, DISPUTES, headings=False)]
    second = ["V2", *tables(write, *ALL, granted="77.7"), *last_year]
    found = settled([TITLE, *STORY, "V1", *tables(write, *ALL), *last_year, *second, *REST], write)
    assert "disclosure.fees.amount" not in found


@WRITERS
@pytest.mark.parametrize(
    "annex", ["附件：2022年统计表", "往年年报", "某县某镇人民政府2022年政府信息公开工作年度报告", ""]
)
def test_a_table_of_two_years_in_an_annex_of_another_scope_is_as_open_as_the_rest(
    annex: str, write: Writer
) -> None:
    last = ["2022年：", *tables(write, DISPUTES, headings=False)]
    own = ["2023年：", *tables(write, DISPUTES, headings=False)]
    whole = tables(write, DISCLOSURE, REQUESTS)
    page = [TITLE, *STORY, *REST, *([annex] if annex else []), *whole, HEADINGS[DISPUTES], *last, *own]
    assert len(settled(page, write)) == (0 if annex else 200)


@WRITERS
@pytest.mark.parametrize(
    ("captions", "count"),
    [
        *((["以下数据为上年数据", "2023年："], 0), (["本表为2022年数据", "正式稿"], 0)),
        *((["以下数据为2023年数据", "2023年："], 15), (["2023年："], 15)),
    ],
)
def test_captions_that_contradict_each_other_leave_their_table_open(
    captions: list[str], count: int, write: Writer
) -> None:
    report = Report()
    report.above[DISPUTES] = "\n".join(captions)
    (extraction,) = extract(report.written(write))
    found = [cell for cell in extraction.cells if cell.address.startswith(DISPUTES)]
    assert sum(cell.status in SETTLED for cell in found) == count


@WRITERS
@pytest.mark.parametrize(
    ("words", "count"),
    [
        *(("本表为2022年数据。", 0), ("（示例）", 0), ("以下为2023年上半年数据", 0)),
        *(("本表为2023年数据。", 175), ("（单位：件）", 175), ("", 175)),
    ],
)
def test_what_stands_above_a_table_that_has_lost_its_header_is_said_of_it(
    words: str, count: int, write: Writer
) -> None:
    report = Report()
    report.above[REQUESTS] = words
    report.tables[REQUESTS] = report.tables[REQUESTS][3:]
    (extraction,) = extract(report.written(write))
    settled_ones = [cell for cell in extraction.cells if cell.status in SETTLED]
    assert sum(cell.address.startswith(REQUESTS) for cell in settled_ones) == count


@WRITERS
def test_of_two_annexes_with_tables_the_second_is_the_report(write: Writer) -> None:
    first = ["附件1：2022年统计表", *tables(write, *ALL, granted="77.7")]
    own = ["附件2：2023年统计表", *tables(write, *ALL)]
    found = settled([TITLE, *STORY, *REST, *first, *own], write)
    assert found["disclosure.fees.amount"] == "12.5"


@WRITERS
@pytest.mark.parametrize(
    "above",
    [
        ["2024年", "2023年", "2022年", "2021年"],
        ["某县某局2022年政府信息公开工作年度报告", "某县某局2021年政府信息公开工作年度报告"],
        ["附件：某县某局2022年政府信息公开工作年度报告"],
    ],
)
def test_links_to_other_years_above_the_title_say_nothing_of_the_tables(
    above: list[str], write: Writer
) -> None:
    page = [TITLE, *above, TITLE, *STORY, *tables(write, *ALL), *REST]
    assert len(settled(page, write)) == 200


@WRITERS
@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(("初稿", "定稿"), ("原数据：", "新数据："), ("2022年", "2023年"), ("征求意见稿", "正式稿")),
        *(("更正前：", "更正后："), ("旧表", "新表")),
    ],
)
@pytest.mark.parametrize("is_own_first", [False, True])
def test_of_two_versions_the_one_that_counts_is_the_report(
    first: str, second: str, write: Writer, *, is_own_first: bool
) -> None:
    other = [first, *tables(write, *ALL, granted="77.7")]
    own = [second, *tables(write, *ALL)]
    page = [TITLE, *STORY, *(own if is_own_first else other), *(other if is_own_first else own), *REST]
    found = settled(page, write)
    assert found["disclosure.fees.amount"] == "12.5"
    assert len(found) == 200


@WRITERS
def test_an_example_filled_in_before_the_title_is_not_the_report(write: Writer) -> None:
    example = ["填报说明：以下为某省2022年示例数据，各单位参照填写。", *tables(write, *ALL, granted="77.7")]
    found = settled([*example, TITLE, *STORY, *tables(write, *ALL), *REST], write)
    assert found["disclosure.fees.amount"] == "12.5"


@WRITERS
def test_what_stands_under_another_years_title_is_not_taken_for_what_is_missing(write: Writer) -> None:
    other = TITLE.replace("2023", "2022")
    page = [TITLE, *STORY, *tables(write, DISCLOSURE, REQUESTS), *REST, other, *tables(write, DISPUTES)]
    found = settled(page, write)
    assert len(found) == 185
    assert not any(address.startswith(DISPUTES) for address in found)


@WRITERS
def test_another_years_report_with_all_tables_is_a_report_by_itself(write: Writer) -> None:
    other = TITLE.replace("2023", "2022")
    parts = [TITLE, *STORY, *tables(write, *ALL), *REST]
    parts += [other, *STORY, *tables(write, *ALL, granted="77.7"), *REST]
    if write is web:
        parts = [part if part.startswith("<table") else f"<p>{part}</p>" for part in parts]
    extractions = extract("\n".join(parts).encode())
    years = [one.header.year.value for one in extractions if one.header.year is not None]
    assert years == ["2023", "2022"]
    assert [one.cell("disclosure.fees.amount").printed for one in extractions] == ["12.5", "77.7"]


@WRITERS
@pytest.mark.parametrize(
    "head",
    [
        *(
            "附件：原报告",
            "历史数据",
            "往年年报",
            "2022年年报回顾",
            "与2022年对比",
            "修订前版本",
            "一年前的数据",
        ),
        "与上年相比存在差距，上年情况如下。",
    ],
)
def test_tables_behind_the_last_section_are_open_below_a_line_that_nobody_knows(
    head: str, write: Writer
) -> None:
    assert not settled([TITLE, *STORY, *REST, head, *tables(write, *ALL)], write)


@WRITERS
@pytest.mark.parametrize(
    "head",
    [
        *(
            "",
            "2024年1月15日",
            "某县某局",
            "附件",
            "附表",
            "统计表",
            "（此件公开发布）",
            "扫一扫在手机打开",
            "责任编辑：某某",
        ),
        *(
            "附件：政府信息公开工作情况统计表",
            "如有疑问，请与我局联系。",
            "以上情况，特此报告。",
            "各项数据如下：",
        ),
    ],
)
def test_tables_behind_the_last_section_are_settled_below_what_ends_any_report(
    head: str, write: Writer
) -> None:
    page = [TITLE, *STORY, *REST, *([head] if head else []), *tables(write, *ALL)]
    assert len(settled(page, write)) == 200


@WRITERS
@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("某县某局2023年上半年政府信息公开工作年度报告", ""),
        ("某县某局2023年政府信息公开工作年度报告（征求意见稿）", ""),
        *((TITLE + words, "") for words in ("（已撤销）", "（样本）", "（2022年度）", "（更正前）")),
        *((TITLE, "（已撤销）"), (TITLE, "（示例）")),
        *((TITLE, "（2022年度）"), (TITLE, "（上半年）"), (TITLE, "（更正前）")),
        (TITLE, "（正式稿）\n（更正前）"),
    ],
)
def test_all_is_open_below_a_title_that_says_it_is_a_draft_or_of_a_part_of_the_year(
    title: str, below: str, write: Writer
) -> None:
    page = [title, *(below.split("\n") if below else []), *STORY, *tables(write, *ALL), *REST]
    assert not settled(page, write)


@WRITERS
@pytest.mark.parametrize(
    "below", ["（2023年度）", "（2024年1月15日）", "（某县某局）", "（更正后）", "2024年1月15日"]
)
def test_all_is_settled_below_what_stands_below_a_title_of_any_report(below: str, write: Writer) -> None:
    assert len(settled([TITLE, below, *STORY, *tables(write, *ALL), *REST], write)) == 200


@WRITERS
@pytest.mark.parametrize(
    "other", ["某县城关镇人民政府2023年政府信息公开工作年度报告", "乙县某局2023年政府信息公开工作年度报告"]
)
def test_tables_under_another_organs_title_are_not_the_first_reports(other: str, write: Writer) -> None:
    assert not settled([TITLE, *STORY, *REST, other, *STORY, *tables(write, *ALL)], write)


@WRITERS
@pytest.mark.parametrize(
    "again", ["某县某局2023年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告"]
)
def test_the_title_once_more_changes_nothing(again: str, write: Writer) -> None:
    assert len(settled([TITLE, *STORY, again, *tables(write, *ALL), *REST], write)) == 200


@WRITERS
def test_an_example_above_the_title_is_not_taken_for_the_table_that_is_missing(write: Writer) -> None:
    example = ["填表示例：", *tables(write, REQUESTS)]
    found = settled([*example, TITLE, *STORY, *tables(write, DISCLOSURE, DISPUTES), *REST], write)
    assert len(found) == 25


@WRITERS
@pytest.mark.parametrize("line", ["附件：政府信息公开工作情况统计表", "2023年", "附件：2023年统计表"])
def test_an_annex_of_a_draft_is_the_drafts(line: str, write: Writer) -> None:
    page = [f"{TITLE}（征求意见稿）", *STORY, *REST, line, *tables(write, *ALL)]
    assert not settled(page, write)
    assert len(settled([TITLE, *page[1:]], write)) == 200
