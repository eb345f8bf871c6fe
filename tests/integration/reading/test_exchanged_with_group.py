"""A header in which a label of a group and one of none are exchanged: figures stand below another label."""

from __future__ import annotations

import pytest

from extractor import Status, extract
from tests.helpers.pages import LABELS, by_address, figures

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
ALONE, LAST = "自然人", "总计"
MEMBERS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def page(alone: str, members: list[str], last: str) -> bytes:
    """A page with table 3, whose columns stand as the form's do and are called as said."""
    rows = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{text}</td>' for text in figures()[row])}</tr>"
        for row, label in LABELS.items()
    )
    header = (
        "<tr><td rowspan=3>项目</td><td colspan=7>申请人情况</td></tr>"
        f"<tr><td rowspan=2>{alone}</td><td colspan=5>法人或其他组织</td><td rowspan=2>{last}</td></tr>"
        f"<tr>{''.join(f'<td>{member}</td>' for member in members)}</tr>"
    )
    title = "<h1>临江县2023年政府信息公开工作年度报告</h1><h2>三、收到和处理政府信息公开申请情况</h2>"
    return f"{title}<table>{header}{rows}</table>".encode()


def exchanged(place: int) -> tuple[str, list[str], str]:
    """The labels with that of natural persons at the place of a member, and its label alone."""
    members = [*MEMBERS]
    alone, members[place] = members[place], ALONE
    return alone, members, LAST


def test_the_form_s_own_header_is_read() -> None:
    (extraction,) = extract(page(ALONE, MEMBERS, LAST))
    assert extraction.cell("requests.received.natural_person").status is Status.CONFIRMED


@pytest.mark.parametrize("place", range(len(MEMBERS)))
def test_no_figure_is_taken_for_that_of_another_label(place: int) -> None:
    labels = exchanged(place)
    (extraction,) = extract(page(*labels))
    columns = ["natural_person", "business", "research", "public_welfare", "legal_service"]
    columns += ["other_organization", "total"]
    shown = dict(zip((ALONE, *MEMBERS, LAST), columns, strict=True))
    order = [shown[label] for label in (labels[0], *labels[1], labels[2])]
    printed = {row: [texts[order.index(column)] for column in columns] for row, texts in figures().items()}
    expected = by_address(printed)
    settled = [cell for cell in extraction.cells if cell.status in SETTLED and cell.address in expected]
    assert [cell.address for cell in settled if cell.printed != expected[cell.address]] == []
