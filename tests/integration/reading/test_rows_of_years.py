"""Several years below each other in each row of a table: the line of the report's own is its own."""

from collections.abc import Sequence

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import DISCLOSURE, DISPUTES, Cell, Report, Writer, in_lines, web

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
WRITERS = pytest.mark.parametrize(
    "write", [web, in_lines("\t"), in_lines(" | ")], ids=["web", "tabs", "bars"]
)
YEARS = ("2021年", "2022年", "2023年")


def disclosure(report: Report, years: Sequence[str], own: int, *, odd: Sequence[str] = ()) -> None:
    """Put a line for each year into the rows of table 2, one with the form's figures.

    Args:
        report: whose table it is.
        years: of each row.
        own: the number of the line with the form's figures.
        odd: the years of 行政处罚, in place of those.
    """
    rows: list[list[Cell]] = []
    for label, *cells in report.tables[DISCLOSURE]:
        if not cells:
            rows.append([Cell(label.words, across=5)])
            continue
        if label.words == "信息内容":
            rows.append([label, Cell("年度"), *cells])
            continue
        label.down = len(years)
        for line, year in enumerate(odd if odd and label.words == "行政处罚" else years):
            shown = [Cell(cell.words if line == own else f"9{line}", across=cell.across) for cell in cells]
            rows.append([*([label] if line == 0 else []), Cell(year), *shown])
    report.tables[DISCLOSURE] = rows


def disputes(report: Report, years: Sequence[str], own: int) -> None:
    """Put a line for each year into table 4."""
    *head, figures = report.tables[DISPUTES]
    head[0].insert(0, Cell("年度", down=3))
    lines = (figures if line == own else [Cell(f"9{line}") for _ in figures] for line in range(len(years)))
    report.tables[DISPUTES] = [*head, *([Cell(year), *line] for year, line in zip(years, lines, strict=True))]


def settled(report: Report, write: Writer) -> dict[str, str]:
    (extraction,) = extract(report.written(write))
    assert len(extraction.cells) == 200
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


@WRITERS
@pytest.mark.parametrize("years", [YEARS, ("上年", "本年"), ("2020年度", "2021年度", "2022年度", "2023年度")])
def test_below_the_label_of_each_row_the_line_of_the_reports_year_is_its_own(
    years: Sequence[str], write: Writer
) -> None:
    report, plain = Report(), settled(Report(), web)
    disclosure(report, years, len(years) - 1)
    assert settled(report, write) == plain


@WRITERS
@pytest.mark.parametrize("years", [YEARS, ("2023年", "2022年", "2021年")])
def test_of_three_lines_without_labels_the_reports_year_is_its_own(
    years: Sequence[str], write: Writer
) -> None:
    report, plain = Report(), settled(Report(), web)
    disputes(report, years, years.index("2023年"))
    found = settled(report, write)
    assert found == {address: plain[address] for address in found}
    assert len(found) == 200


@WRITERS
@pytest.mark.parametrize(
    ("years", "odd"),
    [
        *((YEARS[:2], ()), (("2021年", "2022年", "2022年"), ()), (("2023年", "2023年"), ())),
        *((YEARS, ("2022年", "2021年", "2023年")), (YEARS, ("2021年", "2022年", "2024年"))),
        (("2021年", "2022年", "近三年"), ()),
    ],
)
def test_where_years_are_missing_or_in_another_order_no_other_line_is_taken(
    years: Sequence[str], odd: Sequence[str], write: Writer
) -> None:
    report, plain = Report(), settled(Report(), web)
    # The easy guess, the last line, has other figures than the form's.
    disclosure(report, years, 9, odd=odd)
    found = settled(report, write)
    assert not [address for address in found if address.startswith(DISCLOSURE)]
    assert found == {address: plain[address] for address in found}


@WRITERS
@pytest.mark.parametrize(
    "years", [("2021年", "2023年", "2022年"), ("2023年", "2021年", "2022年"), ("2022年",) * 3]
)
def test_lines_without_labels_in_no_order_of_time_are_open(years: Sequence[str], write: Writer) -> None:
    report = Report()
    disputes(report, years, 2)
    assert not [address for address in settled(report, write) if address.startswith(DISPUTES)]


def test_a_row_that_lacks_a_cell_leaves_it_open() -> None:
    report = Report()
    disclosure(report, YEARS, 2)
    line = next(
        place for place, row in enumerate(report.tables[DISCLOSURE]) if row[0].words == "行政规范性文件"
    )
    del report.tables[DISCLOSURE][line + 2][2]
    found = settled(report, web)
    assert not [address for address in found if address.startswith("disclosure.normative_documents")]
