"""Lines of headers whose words stand one blank apart: whole labels are told from pieces beside them."""

from __future__ import annotations

import pytest

from tests.helpers.layout_pages import items_on


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("结果 其他 未经复议直接起诉 复议后起诉", ["结果 其他", "未经复议直接起诉", "复议后起诉"]),
        (
            "和，等于第三项加第四项之和） 自然 法人或其他组织 总计",
            ["和，等于第三项加第四项之和）", "自然", "法人或其他组织", "总计"],
        ),
        ("人 商业 科研 其他", ["人 商业 科研", "其他"]),
        # Pieces only, and words that no header has.
        ("商业 科研 社会", ["商业 科研 社会"]),
        ("自然 总计 上年", ["自然 总计 上年"]),
    ],
)
def test_a_line_of_a_header_is_cut_at_its_labels(line: str, expected: list[str]) -> None:
    text = f"{line}\n"
    assert [text[item.start : item.end] for item in items_on(text)] == expected
