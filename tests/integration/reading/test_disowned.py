"""A table that the page disowns settles nothing, though all its sums hold."""

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import Page, document, figures, lines


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


def test_a_table_stands_in_place_of_one_that_it_corrects() -> None:
    wrong, right = Page(figures(zeros=True)), Page(figures())
    note = "更正\n因工作疏忽，第三部分表格数据有误，现更正如下：\n"
    (corrected,) = extract(document(f"{lines(' | ')(wrong)}\n{note}{lines(' | ')(right)}"))
    granted = "requests.granted.total"
    assert (corrected.cell(granted).value, corrected.cell(granted).status) == (8, Status.CONFIRMED)
    part = "\n".join(lines(" | ")(right).split("\n")[:6])
    (in_part,) = extract(document(f"{lines(' | ')(wrong)}\n{note}{part}"))
    settled = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
    assert in_part.cell(granted).value != 0 or in_part.cell(granted).status not in settled
