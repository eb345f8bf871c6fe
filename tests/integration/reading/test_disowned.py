"""A table that the page disowns settles nothing, though all its sums hold."""

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import Page, document, figures, lines

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("（统计时间：2023年1月1日至6月30日）\n", ""),
        ("填表示例（以下数字为示例，非实际数据）\n", ""),
        ("（单位：十件）\n", ""),
        ("", "更正：表中予以公开总计应为9件。\n"),
        ("申请人情况（单位：百件）\n", ""),
        ("", "说明：上表数据单位为百件。\n"),
        ("", "六、其他需要报告的事项\n无。\n更正说明：表三“予以公开”自然人一栏应为29件，特此更正。\n"),
        ("申请人情况（万件）\n", ""),
        ("其中：网上申请情况\n", ""),
        ("占比（%）\n", ""),
        ("同比增减\n", ""),
        ("五年累计\n", ""),
        ("（更正前）\n", ""),
        ("征求意见稿\n", ""),
        ("1-6月\n", ""),
    ],
)
def test_a_table_that_the_page_disowns_settles_nothing(above: str, below: str) -> None:
    table = lines(" | ")(Page(figures()))
    (owned,) = extract(document(table))
    (disowned,) = extract(document(f"{above}{table}{below}"))
    granted = "requests.granted.total"
    assert owned.cell(granted).value == 8
    assert owned.cell(granted).status is Status.CONFIRMED
    settled = {cell.status for cell in disowned.cells if cell.address.startswith("requests.")}
    assert settled == {Status.DISPUTED}
    assert any("为示例" in finding.message.zh for finding in disowned.findings)


@pytest.mark.parametrize(
    "above",
    [
        "其中网上申请占比较大，情况如下：\n",
        "（更正后）\n",
        "1-12月\n",
        "与上年同比增减不大。\n",
        "全年情况（征求意见稿已公开）\n",
    ],
)
def test_words_above_a_table_that_say_more_or_another_thing_dont_disown_it(above: str) -> None:
    (extraction,) = extract(document(f"{above}{lines(' | ')(Page(figures()))}"))
    granted = extraction.cell("requests.granted.total")
    assert (granted.value, granted.status) == (8, Status.CONFIRMED)


def test_a_table_stands_in_place_of_one_that_it_corrects() -> None:
    wrong, right = Page(figures(zeros=True)), Page(figures())
    note = "更正\n因工作疏忽，第三部分表格数据有误，现更正如下：\n"
    (corrected,) = extract(document(f"{lines(' | ')(wrong)}\n{note}{lines(' | ')(right)}"))
    granted = "requests.granted.total"
    assert (corrected.cell(granted).value, corrected.cell(granted).status) == (8, Status.CONFIRMED)
    part = "\n".join(lines(" | ")(right).split("\n")[:6])
    (in_part,) = extract(document(f"{lines(' | ')(wrong)}\n{note}{part}"))
    assert in_part.cell(granted).value != 0 or in_part.cell(granted).status not in SETTLED


@pytest.mark.parametrize(
    "note",
    [
        "旧表作废，新表如下：",
        "（根据2022年12月国办通知格式填报）",
        "本年度情况（上年见后）：",
        "本表为最终表，草稿作废。",
        "具体示例见附件1。",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_tables_nothing_is_settled_that_differs_where_words_may_be_said_of_either(
    note: str,
    is_first: bool,  # noqa: FBT001 - pytest passes it
) -> None:
    noted = f"{note}\n{lines(' | ')(Page(figures()))}"
    other = lines(" | ")(Page(figures(zeros=True)))
    both = (noted, other) if is_first else (other, noted)
    (extraction,) = extract(document("\n".join(both)))
    for row, texts in figures().items():
        if texts != figures(zeros=True)[row]:
            assert extraction.cell(f"requests.{row}.total").status not in SETTLED


def test_last_years_table_beside_this_years_disowns_none_but_itself() -> None:
    last, this = lines(" | ")(Page(figures(zeros=True))), lines(" | ")(Page(figures()))
    (extraction,) = extract(document(f"2022年情况：\n{last}\n2023年情况：\n{this}"))
    granted = extraction.cell("requests.granted.total")
    assert (granted.value, granted.status) == (8, Status.CONFIRMED)


def settled_as(first: str, second: str, above: str = "", behind: str = "") -> set[str]:
    """The totals of what was granted that are settled, of a page with two tables and lines around them.

    Args:
        first: what stands between the tables.
        second: what stands behind the lower one.
        above: what stands above the upper one.
        behind: what the page goes on with.
    """
    upper, lower = (lines(" | ")(Page(figures(zeros=zeros))) for zeros in (True, False))
    page = document(f"{above}{upper}{first}\n{lower}{second}\n{behind}")
    (extraction,) = extract(page)
    cell = extraction.cell("requests.granted.total")
    return {cell.printed} if cell.status in SETTLED else set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("表1 上年情况", "表2 本年情况"),
        ("更正后", "更正前"),
        ("2022年度", "2023年度"),
        ("数据截至2022年12月31日", "数据截至2023年12月31日"),
        ("样表", "实表"),
    ],
)
def test_captions_that_may_stand_below_their_tables_settle_nothing(first: str, second: str) -> None:
    assert settled_as(first, second) == set()


def test_captions_side_by_side_above_two_tables_settle_nothing() -> None:
    assert settled_as("", "", above="2023年 | 2022年\n") == set()


@pytest.mark.parametrize(
    ("first", "second", "above", "value"),
    [
        # One caption of the lower table; what is behind it is none.
        ("2022年度情况", "", "", "0"),
        ("2022年度情况", "2023年工作平稳。", "", "0"),
        # Each table has its own above it.
        ("2022年度情况", "2023年度", "本年情况\n", "0"),
        ("2023年度情况", "数据截至2023年", "2022年度情况\n", "8"),
    ],
)
def test_captions_above_their_tables_do(first: str, second: str, above: str, value: str) -> None:
    assert settled_as(first, second, above) == {value}
