"""Lists of indicators in twelve layouts: of edition 2014, and of a form that nobody has described."""

from __future__ import annotations

import pytest

from extractor import extract
from tests.helpers.indicator_lists import LAYOUTS, ListReport, county, school

# Without a header, or with figures behind colons, sums bear a list out, and it isn't confirmed.
WITHOUT_HEADER = {"aligned", "colons", "dots"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_of_edition_2014_is_read_in_every_layout(layout: str) -> None:
    report = county()
    (extraction,) = extract(LAYOUTS[layout](report))
    read = {cell.address: cell for cell in extraction.cells}
    gold = {row.address: row for row in report.rows if row.address}
    assert read.keys() == gold.keys()
    glued = layout == "colons"
    assert {address: cell.printed for address, cell in read.items()} == {
        address: row.printed + row.unit * glued for address, row in gold.items()
    }
    assert {address: cell.unit for address, cell in read.items()} == {
        address: row.unit for address, row in gold.items()
    }
    assert (extraction.edition, extraction.verdict) == ("2014", "verified")
    confirmed = any(cell.status == "confirmed" for cell in extraction.cells)
    assert confirmed == (layout not in WITHOUT_HEADER)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_of_no_known_form_is_read_in_every_layout(layout: str) -> None:
    report = school()
    (extraction,) = extract(LAYOUTS[layout](report))
    assert (extraction.cells, extraction.edition) == ((), None)
    read = {cell.address.removeprefix("extra.1."): (cell.printed, cell.unit) for cell in extraction.extra}
    # The last name is that of the column, by its header if there is one.
    assert {address.rpartition(".")[0]: cell for address, cell in read.items()} == {
        row.address: (row.printed, row.unit) for row in report.rows if row.address
    }
    assert {str(cell.status) for cell in extraction.extra} == {"unchecked"}


def lost_header(report: ListReport, *, above: str = "", old: str = "", new: str = "") -> bytes:
    """The list in aligned lines, with words above it, and one stretch of it changed."""
    text = LAYOUTS["aligned"](report._replace(title=report.title + above)).decode()
    assert old in text
    return text.replace(old, new).encode() if old else text.encode()


def test_a_list_without_header_whose_sums_do_not_hold_is_open() -> None:
    (extraction,) = extract(lost_header(county(), old="      43\n", new="      44\n"))
    assert extraction.verdict == "needs_review"
    assert {str(cell.status) for cell in extraction.cells} == {"disputed"}


def test_a_list_below_words_for_all_years_is_open() -> None:
    (extraction,) = extract(lost_header(county(), above="\n历年累计"))
    assert extraction.verdict == "needs_review"
    assert "confirmed" not in {str(cell.status) for cell in extraction.cells}
    assert extraction.cell("statistics.requests.received.value").status == "disputed"


def test_one_row_of_a_form_makes_no_report_of_it() -> None:
    """涉密 is a row of the coded form, of which each organ has what it likes."""
    (extraction,) = extract(LAYOUTS["commas"](school()))
    assert extraction.family is None
    text = "云溪第三中学2017年度校务公开工作年度报告\n一、概述\n其中：涉密 1\n"
    with_one_row = extract(text.encode())[0]
    assert (with_one_row.family, with_one_row.cells) == (None, ())


def test_contact_lines_are_no_table() -> None:
    text = (
        "云溪第三中学2017年度校务公开工作年度报告\n电话：2200416\n邮编：276000\n传真：2200417\n"
        "一、概述\n学校工作扎实有效。\n"
    )
    (extraction,) = extract(text.encode())
    assert extraction.extra == ()
