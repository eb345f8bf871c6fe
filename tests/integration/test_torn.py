"""Labels torn from their figures: what order, blanks and a list of zeros can't tell is flagged."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from eval.cases import load_case
from extractor import Status, extract
from extractor.layout.reading import Reader
from extractor.llm.scripted import ScriptedModel
from tests.integration.answering import read
from tests.integration.pages import BLOCK, LABELS, Page, document, figures, lines

TORN = load_case("shanghai-sci-2024")
BLANKS = "|  |  |  |  |  |  |  |\n|---|---|---|---|---|---|---|\n"


def page(*, zeros: bool, blank: bool = False) -> str:
    values = figures(zeros=zeros)
    if blank:
        values = {row: ["" if text == "0" else text for text in texts] for row, texts in values.items()}
    return lines(" | ", outer=True)(Page(values, with_groups=False)).replace("|(", "| (")


def statuses(body: str, row: str) -> set[Status]:
    (extraction,) = extract(document(body))
    return {cell.status for cell in extraction.cells if cell.address.startswith(f"requests.{row}.")}


def line_of(body: str, row: str) -> str:
    return next(line for line in body.splitlines(keepends=True) if LABELS[row] in line)


def test_a_row_of_blanks_keeps_its_own_slots() -> None:
    """A line of blanks below it is another row's, whose label was torn off."""
    body = page(zeros=False, blank=True)
    line = line_of(body, "refused.state_secret")
    text = document(body.replace(line, line + BLANKS)).decode()
    (extraction,) = extract(text.encode())
    cell = extraction.cell("requests.refused.state_secret.natural_person")
    place = text.index(line)
    assert cell.span is not None
    assert place < cell.span.start < place + len(line)


def test_a_row_of_blanks_below_a_label_needn_t_be_its_own() -> None:
    """The label of the next row may be lost, and these figures be that row's."""
    body = page(zeros=False, blank=True)
    torn = body.replace(line_of(body, "refused.state_secret"), f"{LABELS['refused.state_secret']}\n")
    torn = torn.replace(line_of(body, "refused.prohibited_by_law"), BLANKS)
    assert statuses(torn, "refused.state_secret") == {Status.DISPUTED}


def test_a_list_of_zeros_says_nothing_of_rows_torn_from_their_labels() -> None:
    """Which rows they are, it takes from the layout reading, which would then agree with itself."""
    everything = json.dumps({"rows": [], "zeros": list(range(1, 200))})
    extraction = read(TORN.text, ScriptedModel([everything] * 12), Reader.AUTO)
    torn = {cell.row for cell in TORN.cells if cell.torn}
    found = {cell.status for cell in extraction.cells if cell.address.rpartition(".")[0] in torn}
    assert found <= {Status.DISPUTED, Status.ABSENT}


# --- labels that are lost, in whole or but for their ordinal ---------------------------------------------

WRITTEN: dict[str, Callable[[list[list[str]]], str]] = {
    "pipes": lambda rows: "".join(f"| {' | '.join(row)} |\n" for row in rows),
    "tabs": lambda rows: "".join("\t".join(row) + "\n" for row in rows),
    "HTML": lambda rows: (
        f"<table>{''.join('<tr><td>' + '</td><td>'.join(row) + '</td></tr>' for row in rows)}</table>\n"
    ),
}
written = pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)


def grid(labels: dict[str, str], *, zeros: bool = False) -> list[list[str]]:
    header = ["申请人情况", *(column.label for column in BLOCK.columns)]
    return [header, *([labels[row], *texts] for row, texts in figures(zeros=zeros).items())]


def found_in(body: str, row: str) -> list[tuple[str, Status]]:
    (extraction,) = extract(document(body))
    return [
        (cell.printed, cell.status)
        for cell in extraction.cells
        if cell.address.startswith(f"requests.{row}.")
    ]


def each(row: str, status: Status, *, zeros: bool = False) -> list[tuple[str, Status]]:
    return [(text, status) for text in figures(zeros=zeros)[row]]


@written
@pytest.mark.parametrize("zeros", [False, True], ids=["figures", "zeros"])
@pytest.mark.parametrize(
    ("row", "ordinal"),
    [("refused.internal_affairs", "5."), ("partially_granted", "（二）"), ("carried_in", "二、")],
)
def test_an_ordinal_between_two_certain_neighbours_is_label_enough(
    write: Callable[[list[list[str]]], str],
    row: str,
    ordinal: str,
    zeros: bool,  # noqa: FBT001
) -> None:
    body = write(grid(LABELS | {row: ordinal}, zeros=zeros))
    assert found_in(body, row) == each(row, Status.CONFIRMED, zeros=zeros)


@written
@pytest.mark.parametrize("label", ["6.", "5", "五、", "5.6.", "5.信访"])
def test_any_other_ordinal_is_none(write: Callable[[list[list[str]]], str], label: str) -> None:
    row = "refused.internal_affairs"
    found = found_in(write(grid(LABELS | {row: label})), row)
    assert {status for _, status in found} <= {Status.ABSENT, Status.DISPUTED}


@written
@pytest.mark.parametrize("beside", ["refused.third_party_rights", "refused.process_information"])
def test_an_ordinal_beside_a_row_that_is_in_doubt_is_none(
    write: Callable[[list[list[str]]], str], beside: str
) -> None:
    row = "refused.internal_affairs"
    found = found_in(write(grid(LABELS | {row: "5.", beside: "另有一行"})), row)
    assert {status for _, status in found} <= {Status.ABSENT, Status.DISPUTED}


def test_an_ordinal_whose_words_stand_elsewhere_is_torn() -> None:
    row = "refused.internal_affairs"
    body = WRITTEN["pipes"](grid(LABELS | {row: "5."})) + f"{LABELS[row]}\n"
    assert {status for _, status in found_in(body, row)} == {Status.DISPUTED}


def test_an_ordinal_above_its_figures_is_none() -> None:
    row = "refused.internal_affairs"
    body = "".join(f"{cell}\n" for line in grid(LABELS | {row: "5."}) for cell in line)
    assert {status for _, status in found_in(body, row)} <= {Status.ABSENT, Status.DISPUTED}


@written
@pytest.mark.parametrize("zeros", [False, True], ids=["figures", "zeros"])
def test_a_row_without_its_label_is_a_proposal(
    write: Callable[[list[list[str]]], str],
    zeros: bool,  # noqa: FBT001
) -> None:
    row = "unavailable.not_held"
    body = write(grid(LABELS | {row: ""}, zeros=zeros))
    assert found_in(body, row) == each(row, Status.DISPUTED, zeros=zeros)
    (extraction,) = extract(document(body))
    (told,) = (finding for finding in extraction.findings if finding.place == f"requests.{row}")
    assert "标签不在页面上，数字按行的顺序推得，仅供参考" in told.message.zh
    assert "a proposal by the order of rows" in told.message.en
    others = [cell for cell in extraction.cells if cell.address.startswith("requests.refused.")]
    assert {cell.status for cell in others} == {Status.CONFIRMED}


@written
def test_rows_without_labels_are_a_proposal_only_if_there_are_as_many(
    write: Callable[[list[list[str]]], str],
) -> None:
    both = ("unavailable.not_held", "unavailable.must_be_created")
    rows = grid(LABELS | dict.fromkeys(both, ""))
    assert [found_in(write(rows), row) for row in both] == [each(row, Status.DISPUTED) for row in both]
    del rows[1 + list(LABELS).index(both[0])]
    assert {status for row in both for _, status in found_in(write(rows), row)} == {Status.ABSENT}
