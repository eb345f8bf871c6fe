"""A table pasted as running text: in one paragraph, figures in lists, labels and figures in two blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Basis, Status
from tests.helpers.pages import BLOCK, COLUMNS, CORNER, GROUPS, LABELS, OUTCOMES, document

HEADER = [CORNER, "申请人情况", *(column.label for column in BLOCK.columns)]
SETTLED = {Status.CONFIRMED, Status.AS_PRINTED, Status.UNCHECKED}


def numbers(seed: int) -> dict[str, list[int]]:
    """Figures that satisfy the form, those of every row others."""
    rng = Random(seed)  # noqa: S311  # no secret
    values = {row: [rng.choice((0, 0, 1, 2, rng.randrange(90))) for _ in range(6)] for row in OUTCOMES}
    values["handled_total"] = [sum(row[i] for row in values.values()) for i in range(6)]
    values["carried_out"] = [rng.randrange(3) for _ in range(6)]
    values["carried_in"] = [0, 0, 0, 0, 0, 0]
    values["received"] = [
        handled + out for handled, out in zip(values["handled_total"], values["carried_out"], strict=True)
    ]
    return {row: [*values[row], sum(values[row])] for row in LABELS}


def rows(values: dict[str, list[int]]) -> list[tuple[list[str], list[str]]]:
    """The words before the figures of each row, and the figures."""
    return [
        ([*([GROUPS[row]] if row in GROUPS else []), LABELS[row]], [str(number) for number in values[row]])
        for row in LABELS
    ]


def in_one_paragraph(glue: str) -> Callable[[dict[str, list[int]]], str]:
    def write(values: dict[str, list[int]]) -> str:
        lines = [" ".join([*words, *figures]) for words, figures in rows(values)]
        return f"{' '.join(HEADER)} {glue.join(lines)}\n"

    return write


def in_lists(between: str, end: str) -> Callable[[dict[str, list[int]]], str]:
    def write(values: dict[str, list[int]]) -> str:
        lines = [f"{' '.join(words)} {between.join(figures)}" for words, figures in rows(values)]
        return f"{' '.join(HEADER)}{end}{end.join(lines)}\n"

    return write


def in_two_blocks(end: str) -> Callable[[dict[str, list[int]]], str]:
    def write(values: dict[str, list[int]]) -> str:
        labels = [word for words, _ in rows(values) for word in words]
        lines = [end.join(figures) for _, figures in rows(values)]
        return "\n".join([*HEADER, *labels, *lines]) + "\n"

    return write


BY_LABELS = {
    "one paragraph": in_one_paragraph(" "),
    "one paragraph, labels glued to figures": in_one_paragraph(""),
    "wide commas, one paragraph": in_lists("，", "；"),
    "wide commas, a row a line": in_lists("，", "\n"),
    "ideographic commas": in_lists("、", "\n"),
    "ideographic commas, sentences": in_lists("、", "。"),
}
BY_ORDER = {"rows": in_two_blocks(" "), "a cell a line": in_two_blocks("\n")}


def read(body: str) -> Extraction:
    (extraction,) = extract(document(body))
    return extraction


def printed(extraction: Extraction) -> dict[str, list[str]]:
    return {row: [extraction.cell(f"requests.{row}.{c}").printed for c in COLUMNS] for row in LABELS}


def wrong(extraction: Extraction, values: dict[str, list[int]]) -> list[str]:
    """The settled cells that aren't what the page says."""
    return [
        address
        for row in LABELS
        for column, number in zip(COLUMNS, values[row], strict=True)
        if (cell := extraction.cell(address := f"requests.{row}.{column}")).status in SETTLED
        and cell.printed != str(number)
    ]


@pytest.mark.parametrize("layout", BY_LABELS)
@pytest.mark.parametrize("seed", range(3))
def test_labels_and_figures_in_running_text_are_a_table(layout: str, seed: int) -> None:
    values = numbers(seed)
    extraction = read(BY_LABELS[layout](values))
    assert printed(extraction) == {row: [str(number) for number in values[row]] for row in LABELS}
    statuses = {cell.status for cell in extraction.cells if cell.address.startswith("requests.")}
    assert statuses == {Status.CONFIRMED}


@pytest.mark.parametrize("layout", BY_ORDER)
def test_labels_in_one_block_and_figures_in_another_are_settled_by_sums(layout: str) -> None:
    values = numbers(7)
    extraction = read(BY_ORDER[layout](values))
    assert printed(extraction) == {row: [str(number) for number in values[row]] for row in LABELS}
    cells = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert {cell.status for cell in cells} == {Status.UNCHECKED}
    assert {cell.basis for cell in cells} == {Basis.SUMS}


def test_figures_that_go_down_the_columns_are_settled_by_nothing() -> None:
    values = numbers(8)
    labels = [word for words, _ in rows(values) for word in words]
    columns = [str(values[row][i]) for i in range(7) for row in LABELS]
    extraction = read("\n".join([*HEADER, *labels, *columns]) + "\n")
    assert not wrong(extraction, values)


@pytest.mark.parametrize("seed", range(8))
def test_a_figure_that_is_lost_from_its_block_settles_nothing_wrong(seed: int) -> None:
    values, rng = numbers(seed), Random(seed)  # noqa: S311  # no secret
    lines = BY_ORDER["a cell a line"](values).split("\n")
    first = next(i for i, line in enumerate(lines) if line.isdigit())
    start = rng.randrange(first, len(lines) - 8)
    del lines[start : start + rng.choice((1, 7))]
    assert not wrong(read("\n".join(lines)), values)


def lines_with_grouped_numbers(values: dict[str, list[int]], lost: Sequence[str]) -> str:
    """A row a line, its figures in a list with commas that group their digits, too; one lost in some rows."""
    lines = []
    for row, (words, _) in zip(LABELS, rows(values), strict=True):
        figures = [f"{number:,}" for number in values[row]]
        if row in lost:
            del figures[2]
        lines.append(f"{' '.join(words)} {','.join(figures)}")
    return "\n".join([" ".join(HEADER), *lines]) + "\n"


@pytest.mark.parametrize("seed", range(8))
def test_commas_that_may_group_digits_part_no_figures(seed: int) -> None:
    values = {row: [37 * number for number in row_values] for row, row_values in numbers(seed).items()}
    lost = Random(seed).sample(list(LABELS), 3)  # noqa: S311  # no secret
    assert not wrong(read(lines_with_grouped_numbers(values, lost)), values)


def test_an_ordinal_of_the_page_is_no_figure_glued_to_a_label() -> None:
    """12.重复申请, where the page counts its rows through, isn't 1 and 2.重复申请."""
    values = numbers(3)
    counted = {row: f"{i}.{LABELS[row].partition('.')[2]}" for i, row in enumerate(OUTCOMES, 1)}
    lines = []
    for row in LABELS:
        label = counted[row] if row in counted and row in OUTCOMES[2:20] else LABELS[row]
        lines.append(" ".join([label, *(str(number) for number in values[row])]))
    assert not wrong(read(f"{' '.join(HEADER)} {' '.join(lines)}\n"), values)


def test_the_first_number_of_a_line_may_count_its_rows() -> None:
    """行政处罚 is blank here, which has left nothing: the 4 before 行政强制 isn't its figure."""
    table = "第二十条第（六）项 信息内容 本年处理决定数量 3行政处罚 4行政强制 2\n"
    (extraction,) = extract(f"某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{table}".encode())
    settled = {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}
    assert "disclosure.penalties.decisions" not in settled
    assert settled.get("disclosure.coercion.decisions", "2") == "2"
