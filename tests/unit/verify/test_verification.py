"""A reading in which some rows change is verified as if it had been read so."""

from __future__ import annotations

from extractor.layout.reader import read_layout
from extractor.layout.reading import Doubt
from extractor.reports.opening import open_document
from extractor.result.header import Header
from extractor.verify.verification import verify
from rules.loader import built_in_forms
from tests.helpers.pages import Page, figures, lines

FORMS = tuple(form for form in built_in_forms() if form.family == built_in_forms()[0].family)
PAGE = open_document(lines(" | ")(Page(figures())).encode(), "page")


def test_rows_that_change_are_verified_as_if_they_had_been_read_so() -> None:
    reading = read_layout(PAGE, FORMS)
    before = verify(PAGE, reading, FORMS)
    rows = {row.row.id: row for block in reading.blocks for row in block.found if row.spans}
    granted, other = rows["granted"], rows["partially_granted"]
    exchanged = [
        granted._replace(spans=other.spans, doubts=frozenset({Doubt.TORN})),
        other._replace(spans=granted.spans),
    ]
    after = before.after(exchanged)
    whole = verify(PAGE, reading.with_rows(exchanged), FORMS)
    assert after.reading == whole.reading
    assert after.cells == whole.cells != before.cells
    assert after.outcomes == whole.outcomes
    assert after.extraction(Header()) == whole.extraction(Header())
    assert list(after.cells) == list(before.cells)
    # What didn't change isn't looked up again.
    assert after.cells["requests.received.total"] is before.cells["requests.received.total"]


def test_each_field_of_a_cell_is_what_its_name_says() -> None:
    extraction = verify(PAGE, read_layout(PAGE, FORMS), FORMS).extraction(Header())
    cell = extraction.cell("requests.unavailable.not_held.natural_person")
    line = next(line for line in PAGE.text.splitlines() if "本机关不掌握" in line)
    assert (cell.printed, cell.value, cell.unit, cell.state) == ("34", 34, None, "number")
    assert (cell.status, cell.placement, cell.grounding) == ("confirmed", "certain", "exact")
    assert cell.readers == ("layout",)
    assert cell.confidence is None
    assert cell.span is not None
    assert cell.row_label is not None
    assert cell.column_label is not None
    assert PAGE.text[slice(*cell.span)] == "34"
    assert "本机关不掌握" in PAGE.text[slice(*cell.row_label)]
    assert PAGE.text[slice(*cell.column_label)] == "自然人"
    assert PAGE.text.splitlines()[(cell.line or 0) - 1] == line
    assert line[(cell.column or 0) - 1 :].startswith("34")
    assert cell.locator is None
