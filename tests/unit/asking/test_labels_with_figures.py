"""A label settles a row only if it names no other row of the block."""

from __future__ import annotations

import pytest

from extractor.asking.labels_with_figures import LabelsWithFigures
from extractor.asking.open_tables import with_form
from extractor.asking.series import Series
from extractor.documents.document import Span
from extractor.layout.reading import Reading
from extractor.layout.words.labels import LabelIndex
from extractor.reports.opening import open_document
from rules.form import Form
from rules.loader import all_built_in_forms

TEXT = "杂项：自然人1件，商业企业2件，科研机构0件，社会公益组织0件，法律服务机构0件，其他0件，总计3件。\n"
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
GRANTED, PARTIALLY = "granted", "partially_granted"


def form_in_which(rows: set[str]) -> Form:
    """The form of 2021, some rows of which may be called 杂项."""
    form = next(one for one in all_built_in_forms() if one.edition == "2021")
    content = form.model_dump(by_alias=True)
    for table in content["tables"]:
        for block in table["blocks"]:
            for row in block["rows"]:
                if row["id"] in rows:
                    row.update(number=None, variants=(*row["variants"], "杂项"))
    return Form.model_validate(content)


@pytest.mark.parametrize(("rows", "is_whole"), [({GRANTED}, True), ({GRANTED, PARTIALLY}, False)])
def test_a_label_that_two_rows_of_a_form_share_is_none_of_either(rows: set[str], is_whole: bool) -> None:  # noqa: FBT001
    form = form_in_which(rows)
    document = open_document(TEXT.encode(), "page")
    reading = with_form(document, Reading(None, (), ()), [form])
    block = next(one for one in reading.blocks if any(row.row.id == GRANTED for row in one.found))
    starts = [document.text.index(head) for head in HEADS]
    heads = tuple(Span(start, start + len(head)) for start, head in zip(starts, HEADS, strict=True))
    cells = tuple(Span(head.end, head.end + 1) for head in heads)
    columns = [column.id for column in block.block.columns]
    labels = LabelsWithFigures(document, LabelIndex([form]), block)
    series = Series(GRANTED, "杂项", Span(0, 2), cells, heads)
    assert labels.are_whole(series, dict(zip(columns, heads, strict=True)), of_row=True) is is_whole
