"""Cells are named as people name them."""

from __future__ import annotations

import pytest

from extractor.verify.names import cell_name, table_name
from rules.loader import built_in_forms

FORMS = {form.edition: form for form in built_in_forms()}


@pytest.mark.parametrize(
    ("edition", "address", "zh", "en"),
    [
        ("2021", "requests.granted.total", "表三“（一）予以公开”×总计", "table 3 “granted” × total"),
        ("2019", "requests.granted.total", "表三“（一）予以公开”×总计", "table 3 “granted” × total"),
        (
            "2021",
            "disclosure.licences.decisions",
            "表二“行政许可”×本年处理决定数量",
            "table 2 “licences” × decisions",
        ),
        (
            "2021",
            "requests.refused.state_secret.business",
            "表三“（三）不予公开 1.属于国家秘密”×商业企业",
            "table 3 “refused: state secret” × business",
        ),
        (
            "2021",
            "disputes.reconsideration.total",
            "表四“行政复议”×总计",
            "table 4 “reconsideration” × total",
        ),
    ],
)
def test_a_place_is_the_table_by_its_section_the_row_and_the_column(
    edition: str, address: str, zh: str, en: str
) -> None:
    table = table_name(tuple(FORMS.values()), address.partition(".")[0])
    name = cell_name(FORMS[edition], address, table)
    assert (name.zh, name.en) == (zh, en)
