"""Text that keeps the look of its page: columns are told by where words and figures stand on their lines."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from unicodedata import east_asian_width

import pytest

from extractor import extract
from extractor.result.cells import Cell, Status
from tests.helpers.pages import BLOCK, CORNER, LABELS, document, figures

PUSHED = Path(__file__).parents[2] / "data/pushed"
# Widths in digits: of the labels' column, and of each column of figures.
LABEL, FIGURE = 84, 12
PIECES = {
    "natural_person": ("", "自然人", ""),
    "business": ("商业", "", "企业"),
    "research": ("科研", "", "机构"),
    "public_welfare": ("社会公", "", "益组织"),
    "legal_service": ("法律服", "", "务机构"),
    "other_organization": ("", "其他", ""),
    "total": ("", "总计", ""),
}
COLUMNS = list(PIECES)
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
ROWS = {
    row: dict(zip([column.id for column in BLOCK.columns], texts, strict=True))
    for row, texts in figures().items()
}


def width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def line(label: str, cells: list[str], shift: int = 0) -> str:
    padded = label + " " * (LABEL + shift - width(label))
    for cell in cells:
        left = (FIGURE - width(cell)) // 2
        padded += " " * left + cell + " " * (FIGURE - width(cell) - left)
    return padded.rstrip() + "\n"


def shown(row: str, figure: str, zero: str) -> str:
    """A figure as it is printed; two rows print their zeros, so that it is seen where the columns are."""
    return zero if figure == "0" and row not in ("received", "handled_total") else figure


def laid_out(order: list[str], *, zero: str = "0", shifts: dict[str, int] | None = None) -> bytes:
    """A table 3 with its columns in some order.

    Args:
        order: of the columns, and of the pieces of their labels.
        zero: what stands for 0.
        shifts: by how many digits the figures of some rows stand right of their columns.
    """
    header = [line("", [PIECES[column][number] for column in order]) for number in range(3)]
    rows = [
        line(
            LABELS[row],
            [shown(row, texts[column], zero) for column in order],
            (shifts or {}).get(row, 0),
        )
        for row, texts in ROWS.items()
    ]
    return document("".join([*header, *rows]))


def read(data: bytes) -> dict[str, Cell]:
    (extraction,) = extract(data)
    return {cell.address: cell for cell in extraction.cells if cell.address.startswith("requests.")}


def expected(*, zero: str = "0") -> dict[str, str]:
    return {
        f"requests.{row}.{column}": shown(row, figure, zero)
        for row, texts in ROWS.items()
        for column, figure in texts.items()
    }


def test_broken_labels_above_their_columns_are_whole() -> None:
    cells = read(laid_out(COLUMNS))
    assert {address: cell.printed for address, cell in cells.items()} == expected()
    assert {cell.status for cell in cells.values()} == {Status.CONFIRMED}


def test_columns_are_where_the_pieces_of_their_labels_are() -> None:
    cells = read(laid_out(["total", "research", *COLUMNS[:2], *COLUMNS[3:-1]]))
    assert {address: cell.printed for address, cell in cells.items()} == expected()


def test_where_nothing_stands_is_a_blank() -> None:
    cells = read(laid_out(COLUMNS, zero=""))
    assert {address: cell.printed for address, cell in cells.items()} == expected(zero="")
    assert cells["requests.granted.natural_person"].status is Status.CONFIRMED
    settled = [cell for cell in cells.values() if cell.status in (Status.CONFIRMED, Status.UNCHECKED)]
    assert len(settled) == len(cells)


def test_figures_between_two_columns_are_of_neither() -> None:
    cells = read(laid_out(COLUMNS, zero="", shifts={"granted": FIGURE // 2}))
    row = [cell for address, cell in cells.items() if address.startswith("requests.granted.")]
    assert {cell.status for cell in row} == {Status.DISPUTED}


@pytest.mark.parametrize("seed", range(40))
def test_a_label_too_long_for_its_field_pushes_its_figures(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # no secret
    field = chance.randrange(20, 50)
    printed = {
        row: [shown(row, figure, chance.choice(["", "0"])) for figure in texts.values()]
        for row, texts in ROWS.items()
    }
    lines = [
        line(LABELS[row], cells, max(field, width(LABELS[row])) - LABEL) for row, cells in printed.items()
    ]
    header = "  ".join(column.label for column in BLOCK.columns) + "\n"
    cells = read(document(f"{header}{''.join(lines)}"))
    settled = {address: cell.printed for address, cell in cells.items() if cell.status in SETTLED}
    truth = {
        f"requests.{row}.{column}": text
        for row, texts in printed.items()
        for column, text in zip(COLUMNS, texts, strict=True)
    }
    assert settled.items() <= truth.items()


@pytest.mark.parametrize("page", sorted(PUSHED.glob("*.txt")), ids=lambda page: page.stem)
def test_a_page_whose_labels_pushed_figures_below_other_columns(page: Path) -> None:
    # By somebody who set out to have such figures settled; what each cell prints was noted as it was made.
    with page.with_suffix(".gold.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["address"]: row["printed"] for row in csv.DictReader(lines)}
    (extraction,) = extract(page)
    found = {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}
    assert {address: found[address] for address in found.keys() & truth.keys()}.items() <= truth.items()
    assert found.keys() & truth.keys()


def test_a_label_that_lost_its_figures_has_no_blanks_where_zeros_are_printed() -> None:
    page = laid_out(COLUMNS).decode()
    line_of = next(row for row in page.splitlines() if row.startswith(LABELS["granted"]))
    cells = read(page.replace(line_of, LABELS["granted"]).encode())
    granted = [cell for address, cell in cells.items() if address.startswith("requests.granted.")]
    assert not any(cell.status in (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED) for cell in granted)


def test_a_row_whose_label_is_not_told_from_pieces_of_others_says_so() -> None:
    """Too many pieces of a group's label stand between its lines: nobody is left to guess why it is open."""
    label = LABELS["other.not_corrected"]
    lines = [CORNER + "  " + "  ".join(column.label for column in BLOCK.columns)]
    for row, texts in figures().items():
        if row != "other.not_corrected":
            lines.append("  ".join([LABELS[row], *texts]))
            continue
        parts = [label[:9], *(label[start : start + 7] for start in range(9, len(label), 7))]
        lines.append("  ".join(["(六)", parts[0], *texts]))
        lines += [f"{piece}  {part}" for piece, part in zip("其他处理", parts[1:], strict=True)]
    (extraction,) = extract(document("\n".join(lines) + "\n"))
    assert extraction.cell("requests.other.not_corrected.total").status is Status.DISPUTED
    assert [finding.place for finding in extraction.findings if finding.rule == "disputed"] == [
        "requests.other.not_corrected"
    ]


def with_label_up_to(row: str, first: str) -> bytes:
    """A table 3 with a label over two lines, the first of which ends one blank before the figures.

    Args:
        row: whose label it is.
        first: what stands in the column of the first figure.
    """
    text = laid_out(COLUMNS, zero="/").decode()
    label = LABELS[row]
    (old,) = (one for one in text.split("\n") if one.startswith(label))
    _, *others = old.split()
    figures_at = (FIGURE - width(first)) // 2
    piece = label[:-3]
    begins = LABEL + figures_at - 1 - width(piece)
    rest = old[old.index(others[0], len(label)) + 1 :]
    return text.replace(old, f"{' ' * begins}{piece} {first}{rest}\n{' ' * begins}{label[-3:]}").encode()


def test_a_mark_one_blank_behind_a_broken_label_is_a_mark() -> None:
    """It was confirmed as a blank: nothing else stood where figures of its column do."""
    cells = read(with_label_up_to("not_processed.reissue", "/"))
    assert {address: cell.printed for address, cell in cells.items()} == expected(zero="/")


def test_where_something_stands_is_no_blank() -> None:
    cells = read(with_label_up_to("not_processed.reissue", "//"))
    cell = cells["requests.not_processed.reissue.natural_person"]
    assert cell.status is Status.DISPUTED


def test_one_column_stands_nowhere_beside_another() -> None:
    row = "<tr><td>{}</td></tr>"
    header = ["本年", "累计", "本年", ""]
    rows = [["12", "178", "3", LABELS["received"], "16"], ["", "14", "15", LABELS["carried_in"], "8"]]
    lines = [row.format("</td><td>".join(cells)) for cells in (header, *rows)]
    (extraction,) = extract(
        f"<p>某县人民政府2023年政府信息公开工作年度报告</p><table>{''.join(lines)}</table>".encode()
    )
    assert not [cell for cell in extraction.cells if cell.status in SETTLED]
