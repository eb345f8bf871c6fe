"""Rows that labels name, and which of them stand where the form has them."""

from __future__ import annotations

import pytest

from extractor.layout.placing.anchors import anchors_of
from tests.helpers.layout_pages import table_on

REQUESTS = ("requests", "applications")
HEADER = "自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
SECRET, PROHIBITED, SECURITY = "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"
IDS = ["refused.state_secret", "refused.prohibited_by_law", "refused.security_and_stability"]


def page(*labels: str) -> str:
    return "\n".join([HEADER, *(f"{label}|{n}|0|0|0|0|0|{n}" for n, label in enumerate(labels, 1))])


def test_every_label_that_stands_once_names_its_row() -> None:
    anchors = anchors_of(table_on(page(SECRET, PROHIBITED, SECURITY), *REQUESTS))
    assert anchors.named == dict(enumerate(IDS))
    assert anchors.twice == frozenset()
    assert anchors.in_order == {0, 1, 2}


def test_a_label_that_stands_twice_names_none() -> None:
    anchors = anchors_of(table_on(page(SECRET, SECRET, SECURITY), *REQUESTS))
    assert anchors.named == {2: IDS[2]}
    assert anchors.twice == {IDS[0]}


def test_rows_that_have_changed_places_are_out_of_order() -> None:
    anchors = anchors_of(table_on(page(SECRET, SECURITY, PROHIBITED), *REQUESTS))
    assert anchors.in_order == {0}


@pytest.mark.parametrize(
    ("label", "is_named"),
    [
        ("2.其他法律行政止公开", True),
        ("2.", True),
        ("2.其他法律行政法规允许公开", False),
        ("3.其他法律行政止公开", False),
    ],
)
def test_a_misprint_between_certain_rows_is_known_by_its_ordinal(label: str, *, is_named: bool) -> None:
    anchors = anchors_of(table_on(page(SECRET, label, SECURITY), *REQUESTS))
    assert (anchors.named.get(1) == IDS[1]) is is_named
