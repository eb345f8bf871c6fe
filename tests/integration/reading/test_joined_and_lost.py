"""Two labels in one cell, and rows of blanks that have lost a cell: the easy guess isn't settled."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, COLUMNS, CORNER, LABELS, document, figures

SETTLED = {Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED}


def settled(extraction: Extraction, row: str) -> set[str]:
    cells = [extraction.cell(f"requests.{row}.{column}") for column in COLUMNS]
    return {cell.address for cell in cells if cell.status in SETTLED}


def grid(rows: Mapping[str, list[str]], labels: Mapping[str, str] = LABELS) -> bytes:
    """A web page with a blank cell, which a merged label left, between each label and its figures."""
    lines = [[CORNER, "", *(column.label for column in BLOCK.columns)]]
    lines += [[labels[row], "", *texts] for row, texts in rows.items()]
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    return document("@").replace(b"@", f"<table>{cells}</table>".encode()).replace(b"\n", b"<p>")


def read(source: bytes) -> Extraction:
    (extraction,) = extract(source, name="page.html")
    return extraction


def test_a_group_s_label_that_can_be_a_row_s_is_one_beside_the_next_row_s() -> None:
    """(六)其他处理、(七)总计 in one cell: whose are the figures?"""
    rows = {row: texts for row, texts in figures().items() if not row.startswith("other.")}
    assert len(settled(read(grid(rows)), "handled_total")) == len(COLUMNS)
    joined = {**LABELS, "handled_total": "(六)其他处理、(七)总计"}
    assert settled(read(grid(rows, joined)), "handled_total") == set()


def test_a_row_of_blanks_with_a_cell_less_than_others_settles_none() -> None:
    rows = {**figures(), "carried_in": [""] * 7}
    assert len(settled(read(grid(rows)), "carried_in")) == len(COLUMNS)
    rows["carried_in"] = [""] * 6
    assert settled(read(grid(rows)), "carried_in") == set()


@pytest.mark.parametrize(("below", "status"), [("0\n", Status.DISPUTED), ("", Status.UNCHECKED)])
def test_a_digit_behind_a_label_may_be_a_note_if_a_figure_stands_on_the_next_line(
    below: str, status: Status
) -> None:
    lines = ["二、主动公开政府信息情况", "第二十条第六项", "信息内容", "本年处理决定数量"]
    text = "\n".join([*lines, "行政处罚3", f"{below}行政强制", "1", ""])
    (extraction,) = extract(document(text))
    assert extraction.cell("disclosure.penalties.decisions").status is status
    assert extraction.cell("disclosure.coercion.decisions").printed == "1"


@pytest.mark.parametrize("total", ["{})", "约{}左右", "x{}", "{}*"])
@pytest.mark.parametrize("between", [" | ", "\t", ","])
@pytest.mark.parametrize("blanks", [0, 2])
def test_where_every_total_is_no_figure_the_others_stay_in_their_columns(
    total: str, between: str, blanks: int
) -> None:
    """With blanks before the figures, seven slots are there without the total, too."""
    pads = [""] * blanks
    lines = [[CORNER, *pads, *(column.label for column in BLOCK.columns)]]
    lines += [[LABELS[row], *pads, *texts[:-1], total.format(texts[-1])] for row, texts in figures().items()]
    (extraction,) = extract(document("\n".join(between.join(line) for line in lines)))
    printed = {
        f"requests.{row}.{column}": text
        for row, texts in figures().items()
        for column, text in zip(COLUMNS, texts, strict=True)
    }
    for cell in extraction.cells:
        if cell.status in SETTLED:
            assert cell.printed == printed[cell.address]


def spaced(changes: Mapping[str, str]) -> Extraction:
    """Table 3 with two blanks between its cells, some rows printed otherwise."""
    header = "  ".join([CORNER, *(column.label for column in BLOCK.columns)])
    rows = {row: "  ".join([LABELS[row], *texts]) for row, texts in figures().items()}
    lines = [header, *(changes.get(row, rows[row]) for row in rows), ""]
    (extraction,) = extract(document("\n".join(lines)))
    return extraction


def close(row: str, *, last: str | None = None) -> str:
    """A row whose last two figures have one blank between them."""
    *texts, total = figures()[row]
    return f"{LABELS[row]}  {'  '.join(texts)} {last or total}"


def test_figures_that_stand_close_are_of_two_columns_where_every_row_has_all_of_them() -> None:
    extraction = spaced({"received": close("received")})
    assert len(settled(extraction, "received")) == len(COLUMNS)
    assert [extraction.cell(f"requests.received.{column}").printed for column in COLUMNS] == figures()[
        "received"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        # 3 230 may be one number.
        pytest.param({"received": close("received", last="230")}, id="three digits behind the blank"),
        pytest.param(
            {
                "received": close("received"),
                "carried_in": "  ".join([LABELS["carried_in"], *figures()["carried_in"][:-1]]),
            },
            id="a row with a figure less",
        ),
    ],
)
def test_where_they_may_be_one_number_none_is_settled(changes: dict[str, str]) -> None:
    assert settled(spaced(changes), "received") == set()


def test_between_a_label_without_figures_and_a_row_with_twice_as_many_nothing_is_settled() -> None:
    """A cell a line: each label between the two has the figures of the row above it, and all sums hold."""
    rows, texts = list(figures()), figures()
    first, last = rows.index("refused.prohibited_by_law"), rows.index("refused.administrative_inquiry")
    cells = [CORNER, *(column.label for column in BLOCK.columns)]
    for number, row in enumerate(rows):
        is_shifted = first <= number <= last
        run = texts[rows[number - 1]] if is_shifted else texts[row]
        cells += [LABELS[row], *(run if number != first else []), *(texts[row] if number == last else [])]
    (extraction,) = extract(document("\n".join(cells) + "\n"))
    for number, row in enumerate(rows):
        assert (settled(extraction, row) == set()) is (first - 1 <= number <= last + 1), row


def test_rows_that_stand_in_one_are_read_as_rows() -> None:
    """The eight reasons of a group typed line by line in the cells of one row."""
    rows = figures()
    reasons = [row for row in rows if row.startswith("refused.")]
    cells = []
    for row, texts in rows.items():
        if row == reasons[0]:
            joined = zip(*(rows[reason] for reason in reasons), strict=True)
            columns = "".join(f"<td>{'<br>'.join(column)}</td>" for column in joined)
            cells.append(f"<td>{'<br>'.join(LABELS[reason] for reason in reasons)}</td>{columns}")
        elif row not in reasons:
            cells.append("".join(f"<td>{text}</td>" for text in (LABELS[row], *texts)))
    header = "".join(f"<td>{text}</td>" for text in (CORNER, *(column.label for column in BLOCK.columns)))
    table = "".join(f"<tr>{line}</tr>" for line in (header, *cells))
    page = document("@").replace(b"@", f"<table>{table}</table>".encode()).replace(b"\n", b"<p>")
    extraction = read(page)
    for row, texts in rows.items():
        assert [extraction.cell(f"requests.{row}.{column}").printed for column in COLUMNS] == texts
        assert len(settled(extraction, row)) == len(COLUMNS)
