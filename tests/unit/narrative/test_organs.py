"""What the name of an organ tells: its level, its areas; and numbers of persons by their check character."""

from __future__ import annotations

import pytest

from extractor.narrative.checks.document.words import is_identity_number
from extractor.reports.organs import is_elsewhere, level_of


@pytest.mark.parametrize(
    ("organ", "level"),
    [
        ("双桥乡人民政府", "town"),
        ("临江县双桥镇", "town"),
        ("城东街道办事处", "town"),
        ("城东街道", "town"),
        ("临江县人民政府", "county"),
        ("淮安市洪泽区人民政府", "county"),
        ("苏州市昆山市人民政府", "county"),
        ("达尔罕茂明安联合旗人民政府", "county"),
        ("临江市人民政府", "city"),
        ("恩施土家族苗族自治州人民政府", "city"),
        ("江苏省人民政府", "province"),
        ("广西壮族自治区人民政府", "province"),
        ("上海市人民政府", "province"),
        ("临江县教育局", "department"),
        ("江苏省财政厅", "department"),
        ("白沙市发展和改革委员会", "department"),
        # Which governments these are of, or whether they are any, their names leave open.
        ("临江县人民政府办公室", None),
        ("临江经济技术开发区管理委员会", None),
        ("浦东新区人民政府", None),
        ("财政部", None),
        ("国家税务总局", None),
        ("", None),
    ],
)
def test_the_level_of_an_organ(organ: str, level: str | None) -> None:
    assert level_of(organ) == level


@pytest.mark.parametrize(
    ("organ", "other", "is_other"),
    [
        ("白沙市人民政府办公室", "临江县人民政府", True),
        ("南浦区政务公开办", "临江县教育局", True),
        ("云岭市临江县人民政府办公室", "临江县人民政府", False),
        ("临江市财政局", "临江县财政局", False),
        ("办公室", "临江县人民政府", False),
        ("市政府办公室", "临江县人民政府", False),
        ("临江县人民政府办公室", "教育局", False),
    ],
)
def test_whether_an_organ_lies_elsewhere(organ: str, other: str, *, is_other: bool) -> None:
    assert is_elsewhere(organ, other) is is_other


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("11010519491231002X", True), ("11010519491231002x", True), ("110105194912310021", False)],
)
def test_an_identity_number_by_its_last_character(number: str, *, is_one: bool) -> None:
    """The example of GB 11643-1999."""
    assert is_identity_number(number) is is_one
