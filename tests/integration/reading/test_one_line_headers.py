"""Headers of one line whose cells name a group and its member at once, and tables cut into one a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from tests.helpers.pages import CORNER, LABELS, NAMES, by_address, document, figures

GROUP = "法人或其他组织"
USUAL = list(range(7))
EXCHANGED = [6, 5, 4, 3, 2, 1, 0]
ROWS = figures()
BY_ADDRESS = by_address(ROWS)
JOINED: dict[str, Callable[[str], str]] = {
    "brackets": lambda name: f"{GROUP}（{name}）",
    "narrow brackets": lambda name: f"{GROUP}({name})",
    "a colon": lambda name: f"{GROUP}：{name}",
    "a dash": lambda name: f"{GROUP}-{name}",
    "a slash": lambda name: f"{GROUP}/{name}",
    "a dot": lambda name: f"{GROUP}·{name}",
    "a blank": lambda name: f"{GROUP} {name}",
    "nothing": lambda name: f"{GROUP}{name}",
    "a stop": lambda name: f"{GROUP}.{name}",
    "an underscore": lambda name: f"{GROUP}_{name}",
}


def table(name_of: Callable[[str], str], order: Sequence[int]) -> list[list[str]]:
    header = [name_of(name) if 0 < i < 6 else name for i, name in enumerate(NAMES)]
    rows = [[LABELS[row], *(texts[i] for i in order)] for row, texts in ROWS.items()]
    return [[CORNER, *(header[i] for i in order)], *rows]


def in_lines(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    return document("".join(f"{separator.join(row)}\n" for row in rows))


def web(*tables: Iterable[Sequence[str]]) -> bytes:
    """A page with one web table after the other."""
    written = "".join(
        "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}</tr>" for row in rows) + "</table>"
        for rows in tables
    )
    return document("TABLE").decode().replace("TABLE", written).encode()


def requests(extraction: Extraction) -> dict[str, tuple[str, Status]]:
    return {
        cell.address: (cell.printed, cell.status)
        for cell in extraction.cells
        if cell.address.startswith("requests.")
    }


CONFIRMED = {address: (figure, Status.CONFIRMED) for address, figure in BY_ADDRESS.items()}


@pytest.mark.parametrize("order", [USUAL, EXCHANGED], ids=["usual", "exchanged"])
@pytest.mark.parametrize("joined", JOINED)
def test_a_label_with_its_group_names_the_column(joined: str, order: Sequence[int]) -> None:
    rows = table(JOINED[joined], order)
    pages = [in_lines(rows, "\t"), in_lines(rows, " | "), web(rows), web(*([row] for row in rows))]
    for page in pages:
        (extraction,) = extract(page)
        assert requests(extraction) == CONFIRMED


@pytest.mark.parametrize("order", [USUAL, EXCHANGED], ids=["usual", "exchanged"])
def test_so_does_it_on_a_line_with_single_blanks(order: Sequence[int]) -> None:
    (extraction,) = extract(in_lines(table(JOINED["brackets"], order), " "))
    assert requests(extraction) == CONFIRMED


def test_what_stands_above_all_columns_may_be_in_each_cell_too() -> None:
    header, *rows = table(JOINED["a stop"], EXCHANGED)
    lines = [[header[0], *(f"申请人情况.{name}" for name in header[1:])], *rows]
    (extraction,) = extract(in_lines(lines, "|"))
    assert requests(extraction) == CONFIRMED


# --- twins: a group with what isn't its member ---------------------------------------------------------


@pytest.mark.parametrize("stranger", ["自然人", "总计", "合计", "国外企业"])
def test_a_group_with_another_word_names_no_column(stranger: str) -> None:
    """法人或其他组织(总计) is the sum of five columns: a column more, or in the place of another."""
    header, *rows = table(JOINED["brackets"], USUAL)
    header[1 + NAMES.index("科研机构")] = f"{GROUP}（{stranger}）"
    (extraction,) = extract(in_lines([header, *rows], "\t"))
    settled = {address: cell for address, cell in requests(extraction).items() if cell[1] != Status.DISPUTED}
    assert not any(".research" in address or ".natural_person" in address for address in settled)


# --- every row a table of its own ------------------------------------------------------------------------

OUTCOMES = {"upheld": "结果维持", "overturned": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
OUTCOMES |= {"total": "总计"}
SIDES = {
    "reconsideration": ("行政复议", ["2", "1", "0", "1", "4"]),
    "litigation.direct": ("行政诉讼（未经复议直接起诉）", ["3", "0", "1", "0", "4"]),
    "litigation.after_reconsideration": ("行政诉讼（复议后起诉）", ["1", "0", "0", "2", "3"]),
}
DISPUTES = {
    f"disputes.{side}.{outcome}": figure
    for side, (_, row) in SIDES.items()
    for outcome, figure in zip(OUTCOMES, row, strict=True)
}


def disputes(*between: list[str], order: Sequence[int] = (0, 1, 2, 3, 4), turned: bool = False) -> bytes:
    """Table 4 as a table of sides, other tables, one of outcomes, and one of figures.

    Args:
        between: rows of tables between the first two.
        order: of the outcomes.
        turned: whether the sides stand the other way round.
    """
    sides = list(SIDES.values())[::-1] if turned else list(SIDES.values())
    names, rows = list(OUTCOMES.values()), [row for _, row in sides]
    tables = [[label for label, _ in sides], *between, [names[i] for i in order] * 3]
    return web(*([row] for row in tables), [[row[i] for row in rows for i in order]])


def printed_disputes(page: bytes) -> dict[str, tuple[str, Status]]:
    (extraction,) = extract(page)
    cells = [cell for cell in extraction.cells if cell.address.startswith("disputes.")]
    return {cell.address: (cell.printed, cell.status) for cell in cells}


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 0, 1, 2, 3)], ids=["usual", "total first"])
@pytest.mark.parametrize("turned", [False, True], ids=["as in the form", "turned"])
def test_labels_and_figures_in_tables_of_their_own_are_one_table(
    order: Sequence[int], *, turned: bool
) -> None:
    page = disputes(order=order, turned=turned)
    expected = {address: (figure, Status.CONFIRMED) for address, figure in DISPUTES.items()}
    assert printed_disputes(page) == expected


def test_another_table_between_them_parts_them() -> None:
    """2022年 says that what stands below is another year's."""
    cells = printed_disputes(disputes(["2022年"]))
    assert all(status in (Status.ABSENT, Status.DISPUTED) for _, status in cells.values())
