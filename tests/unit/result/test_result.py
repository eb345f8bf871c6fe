"""What comes out: where cells and tables stand, the tidy columns, and addresses that are misspelt."""

from __future__ import annotations

import json

import pytest

from eval.gold.cases import all_cases
from extractor import Extraction, extract
from extractor.documents.document import Document, Locator, Span
from extractor.result.positions import position_of, table_position_of
from extractor.result.records import COLUMNS

TEXT = extract(all_cases()[0].path)[0]


def test_a_cell_of_a_text_has_its_line_and_column_and_one_of_a_file_its_table_row_and_column() -> None:
    document = Document(
        "报告\n甲 12",
        "x",
        "utf-8",
        (),
        located=((3, 4, Locator(table=2, row=5, column=1)), (5, 7, Locator(table=2, row=5, column=2))),
    )
    assert position_of(document, Span(5, 7)) == (2, 3, Locator(table=2, row=5, column=2))
    assert position_of(document, None) == (None, None, None)
    for cell in TEXT.cells:
        assert cell.locator is None
        assert (cell.line is None) == (cell.column is None) == (cell.span is None)


def test_a_table_stands_on_each_page_that_it_runs_over_within_a_box_around_its_cells() -> None:
    located = (
        (0, 1, Locator(page=1, box=(10, 10, 20, 20), table=1, row=1, column=1)),
        (2, 3, Locator(page=1, box=(30, 12, 40, 18), table=1, row=1, column=2)),
        # A page number between both parts is no part of the table.
        (4, 5, Locator(page=1, box=(300, 800, 310, 810))),
        (6, 7, Locator(page=2, box=(5, 50, 20, 60), table=1, row=2, column=1)),
        (8, 9, Locator(page=2, box=(5, 90, 20, 99), table=2, row=1, column=1)),
    )
    document = Document("a b 1 c d", "x", "PDF", (), located=located)
    position = table_position_of(document, [Span(6, 7), Span(0, 1), Span(2, 3)])
    assert position is not None
    assert (position.span, position.line, position.column) == (Span(0, 7), 1, 1)
    assert position.locators == (
        Locator(page=1, box=(10, 10, 40, 20), table=1),
        Locator(page=2, box=(5, 50, 20, 60), table=1),
    )
    assert table_position_of(document, []) is None


def test_the_tables_of_a_text_hold_all_of_their_cells() -> None:
    assert set(TEXT.tables) == {"disclosure", "requests", "disputes"}
    for cell in TEXT.cells:
        table = TEXT.tables[cell.address.partition(".")[0]]
        assert table.locators == ()
        if cell.span is not None:
            assert table.span.start <= cell.span.start <= cell.span.end <= table.span.end


def test_json_from_before_cells_had_lines_is_still_read() -> None:
    content = json.loads(TEXT.model_dump_json())
    del content["tables"]
    for cell in content["cells"]:
        for name in ("line", "column", "locator"):
            del cell[name]
    old = Extraction.model_validate_json(json.dumps(content))
    assert [cell.value for cell in old.cells] == [cell.value for cell in TEXT.cells]
    assert Extraction.model_validate_json(TEXT.model_dump_json()) == TEXT


def test_the_tidy_columns_are_those_of_the_contract() -> None:
    columns = ["report", "organ", "year", "edition", "address", "printed", "value", "unit", "state", "status"]
    assert list(COLUMNS) == columns
    for record in TEXT.records():
        assert list(record) == columns


def test_a_misspelt_address_says_which_was_meant() -> None:
    with pytest.raises(KeyError, match=r"requests\.recieved\.total.*requests\.received\.total.*meant"):
        TEXT.cell("requests.recieved.total")
    with pytest.raises(KeyError, match=r"没有这个单元格.*there is no such cell"):
        TEXT.cell("???")
