"""The text reports as PDFs, in many layouts: every cell right, and nothing wrong is confirmed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from eval.gold.cases import Case, load_case
from extractor import Extraction, Status, extract
from extractor.documents.document import Locator
from rules.loader import built_in_forms
from tests.helpers.rendering import Style, rendered

CASES = [
    load_case(name)
    for name in ("luozhuang-2023", "panzhihua-xiqu-2022", "yiyuan-2023", "longting-2023", "luodian-2019")
]
FORMS = {form.edition: form for form in built_in_forms()}
BROKEN = frozenset({"unavailable.must_be_created", "normative_documents"})
STYLES = {
    "lines": Style(),
    "turned label": Style(vertical="turned"),
    "narrow rows": Style(padding=2),
    "marks": Style(zero="/"),
    "over a page": Style(breaks=BROKEN),
    "over a page, open": Style(breaks=BROKEN, open_ends=True),
    "over a page, header again": Style(breaks=BROKEN, repeats_header=True),
    "cut in a label": Style(cut="not_processed.reissue"),
    "cut in a label, figures below": Style(cut="not_processed.reissue", values_below=True),
    "cut in a label, open": Style(cut="partially_granted", open_ends=True),
    "no lines": Style(borders=False),
    "no lines, no vertical label": Style(borders=False, vertical="none"),
    "no lines, narrow rows": Style(borders=False, padding=1.5),
    "no lines, marks": Style(borders=False, zero="/"),
    "no lines, over a page": Style(borders=False, breaks=BROKEN),
    "no lines, over a page, header again": Style(borders=False, breaks=BROKEN, repeats_header=True),
    "no lines, cut in a label": Style(borders=False, cut="not_processed.reissue"),
    "no lines, cut in a label, figures below": Style(
        borders=False, cut="not_processed.reissue", values_below=True
    ),
}
BLANK = {"lines, blanks": Style(zero=""), "no lines, blanks": Style(zero="", borders=False)}


def printed(case: Case, style: Style) -> dict[str, str]:
    """What the cells of a case say in a style."""
    return {
        cell.address: style.zero if cell.printed == "0" else cell.printed
        for cell in case.cells
        if cell.state != "absent"
    }


def read(case: Case, style: Style, cells: Mapping[str, str] | None = None) -> Extraction:
    cells = {cell.address: cell.printed for cell in case.cells} if cells is None else cells
    (extraction,) = extract(rendered(FORMS[case.edition], cells, style), name=case.name)
    return extraction


# Each style with a report of either edition: that of 2019, and those of 2021 in turn.
*OF_2021, OF_2019 = CASES
DEALT_OUT = {
    f"{name}-{case.name}": (case, style)
    for number, (name, style) in enumerate(STYLES.items())
    for case in (OF_2019, OF_2021[number % len(OF_2021)])
}


@pytest.mark.parametrize(("case", "style"), DEALT_OUT.values(), ids=DEALT_OUT)
def test_every_cell_is_right(case: Case, style: Style) -> None:
    extraction = read(case, style)
    assert {cell.address: cell.printed for cell in extraction.cells} == printed(case, style)
    assert all(cell.placement == "certain" for cell in extraction.cells)
    assert {finding.rule for finding in extraction.findings if finding.cause == "unresolved"} <= {
        "empty-table"
    }


@pytest.mark.parametrize("style", BLANK.values(), ids=BLANK)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_blank_is_right_or_is_not_trusted(case: Case, style: Style) -> None:
    """A table that has no line and no figure has nothing that shows where its columns are."""
    expected = printed(case, style)
    for cell in read(case, style).cells:
        if cell.status not in (Status.DISPUTED, Status.ABSENT):
            assert (cell.printed, cell.state == "blank") == (
                expected[cell.address],
                not expected[cell.address],
            )


@pytest.mark.parametrize("borders", [True, False], ids=["lines", "no lines"])
def test_blanks_leave_a_report_certain(borders: bool) -> None:  # noqa: FBT001 - pytest passes it
    """Two rows of blanks beside a page break are no row cut in its label: the second has its own ordinal."""
    extraction = read(CASES[0], Style(zero="", borders=borders))
    assert {cell.address: cell.printed for cell in extraction.cells} == printed(CASES[0], Style(zero=""))
    assert all(cell.placement == "certain" for cell in extraction.cells)


@pytest.mark.parametrize("borders", [True, False], ids=["lines", "no lines"])
def test_a_wrong_figure_on_the_page_is_reported_and_unchanged(borders: bool) -> None:  # noqa: FBT001
    cells = {cell.address: cell.printed for cell in CASES[0].cells} | {"requests.granted.total": "116"}
    extraction = read(CASES[0], Style(borders=borders), cells)
    assert extraction.verdict == "source_error"
    assert extraction.cell("requests.granted.total").printed == "116"
    assert extraction.cell("requests.granted.total").status == Status.AS_PRINTED


def test_a_finding_names_page_table_row_and_column() -> None:
    (finding, *_) = read(load_case("luozhuang-2023"), Style(), _with_a_wrong_total()).findings
    assert finding.locator is not None
    page, box, table, row, column = finding.locator
    assert (page, table, row, column) == (1, 5, 6, 10)
    assert box is not None
    assert isinstance(finding.locator, Locator)


def _with_a_wrong_total() -> dict[str, str]:
    return {cell.address: cell.printed for cell in CASES[0].cells} | {"requests.granted.total": "116"}
