"""Labels torn from their figures: what order, blanks and a list of zeros can't tell is flagged."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import cycle

import pytest

from eval.gold.cases import load_case
from extractor import Status, extract
from extractor.asking.options import WhoReads
from extractor.llm.scripted import ScriptedModel
from tests.helpers.answering import read
from tests.helpers.pages import BLOCK, LABELS, Page, document, figures, lines

TORN = load_case("shanghai-sci-2024")
RULE = "|---|---|---|---|---|---|---|\n"
BLANKS = f"|  |  |  |  |  |  |  |\n{RULE}"


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
    extraction = read(TORN.text, ScriptedModel([everything] * 12), WhoReads.AUTO)
    torn = {cell.row for cell in TORN.cells if cell.torn}
    found = {cell.status for cell in extraction.cells if cell.address.rpartition(".")[0] in torn}
    # The page's own order settles most of them; that the zeros agree with it makes none more than that.
    assert found <= {Status.UNCHECKED, Status.DISPUTED, Status.ABSENT}


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
def test_a_row_without_its_label_is_the_only_one_between_its_neighbours(
    write: Callable[[list[list[str]]], str],
    zeros: bool,  # noqa: FBT001
) -> None:
    row = "unavailable.not_held"
    body = write(grid(LABELS | {row: ""}, zeros=zeros))
    assert found_in(body, row) == each(row, Status.CONFIRMED, zeros=zeros)
    (extraction,) = extract(document(body))
    assert {extraction.cell(f"requests.{row}.{column.id}").basis for column in BLOCK.columns} == {"order"}
    others = [cell for cell in extraction.cells if cell.address.startswith("requests.refused.")]
    assert {cell.status for cell in others} == {Status.CONFIRMED}


@written
@pytest.mark.parametrize("other", ["", "（五）不予处理"], ids=["no words", "its group's label"])
def test_of_two_lines_that_no_label_names_none_is_confirmed(
    write: Callable[[list[list[str]]], str], other: str
) -> None:
    """The rows may have changed places, which no sum would show."""
    first, second = "unavailable.not_held", "not_processed.petition"
    rows = grid(LABELS | {first: "", second: other})
    assert found_in(write(rows), first) == each(first, Status.UNCHECKED)
    places = [1 + list(LABELS).index(row) for row in (first, second)]
    rows[places[0]][1:], rows[places[1]][1:] = rows[places[1]][1:], rows[places[0]][1:]
    exchanged = [*found_in(write(rows), first), *found_in(write(rows), second)]
    assert Status.CONFIRMED not in {status for _, status in exchanged}


@written
def test_rows_without_labels_are_a_proposal_only_if_there_are_as_many(
    write: Callable[[list[list[str]]], str],
) -> None:
    both = ("unavailable.not_held", "unavailable.must_be_created")
    rows = grid(LABELS | dict.fromkeys(both, ""))
    assert [found_in(write(rows), row) for row in both] == [each(row, Status.DISPUTED) for row in both]
    del rows[1 + list(LABELS).index(both[0])]
    assert {status for row in both for _, status in found_in(write(rows), row)} == {Status.ABSENT}


# --- rows with blanks beside a line that has lost its label ----------------------------------------------

LOST = "refused.internal_affairs"
BESIDE = ("refused.third_party_rights", "refused.process_information")
besides = pytest.mark.parametrize("beside", BESIDE)


def sparse() -> list[list[str]]:
    """Rows of which most zeros are blank; each has figures of its own."""
    rows = grid(LABELS)
    return [rows[0], *([row[0], row[1], *("" if one == "0" else one for one in row[2:])] for row in rows[1:])]


def place_of(row: str) -> int:
    return 1 + list(LABELS).index(row)


def settled(rows: list[list[str]], write: Callable[[list[list[str]]], str], row: str) -> set[Status]:
    return {status for _, status in found_in(write(rows), row)}


@written
@besides
@pytest.mark.parametrize(("printed", "status"), [(4, Status.CONFIRMED), (3, Status.DISPUTED)])
def test_a_row_has_its_own_figures_beside_a_line_that_lost_its_label(
    write: Callable[[list[list[str]]], str], beside: str, printed: int, status: Status
) -> None:
    rows = sparse()
    del rows[place_of(LOST)][0]
    for row in (rows[place_of(LOST)], rows[place_of(beside)][1:]):
        assert [one for one in row if one] in (["0", "2", "2"], ["0"])
    rows[place_of(LOST)] = ["0", "2", *["0" if i < printed else "" for i in range(2, 6)], "2"]
    rows[place_of(beside)][1:] = ["0" if i < printed else "" for i in range(7)]
    assert settled(rows, write, beside) == {status}


@written
@besides
def test_a_row_of_blanks_beside_it_may_be_the_one_that_its_figures_are_of(
    write: Callable[[list[list[str]]], str], beside: str
) -> None:
    rows = sparse()
    rows[place_of(beside)][1] = ""
    del rows[place_of(LOST)][0]
    assert settled(rows, write, beside) == {Status.DISPUTED}


SPARSE, FULL = [True, False, False, False, False, False, True], [True] * 4 + [False, False, True]


@pytest.mark.parametrize(
    ("own", "line", "is_printed", "widest", "placement"),
    [
        ("4", "3", FULL, "39", "certain"),
        ("1", "3", FULL, "39", "certain"),
        # 12 and 3 may be 123 in a cell with room for two digits; 12 and / are no broken number.
        ("12", "3", FULL, "39", "inferred"),
        ("12", "3", FULL, "139", "certain"),
        ("12", "/", FULL, "39", "certain"),
        ("12 12 12 12 1", "3", FULL, "39", "inferred"),
        ("12 12 12 1 1", "3", FULL, "39", "certain"),
        # Few columns have both: the row may be 13, broken with room left, and another row not on the page.
        ("1", "3", SPARSE, "39", "inferred"),
    ],
)
def test_two_lines_are_two_rows_where_what_they_print_can_not_be_one(
    own: str, line: str, is_printed: list[bool], widest: str, placement: str
) -> None:
    rows = sparse()
    figures = cycle(own.split())
    rows[place_of(BESIDE[0])][1:] = [next(figures) if one else "" for one in is_printed]
    rows[place_of(LOST)] = [line if one else "" for one in is_printed]
    rows[place_of("unavailable.not_held")][1:] = [widest] * 7
    (extraction,) = extract(document(WRITTEN["pipes"](rows)))
    assert extraction.cell(f"requests.{BESIDE[0]}.natural_person").placement == placement


@written
@besides
def test_a_line_that_has_a_place_for_a_label_may_go_on_with_the_row_above(
    write: Callable[[list[list[str]]], str], beside: str
) -> None:
    rows = sparse()
    rows[place_of(LOST)][0] = ""
    assert settled(rows, write, beside) == {Status.DISPUTED}


@written
@besides
@pytest.mark.parametrize("missing", [0, 1])
def test_more_lines_without_a_label_than_rows_that_the_form_has_there(
    write: Callable[[list[list[str]]], str], beside: str, missing: int
) -> None:
    rows = sparse()
    more = rows[place_of(LOST)][1:]
    if missing:
        del rows[place_of(LOST)][0]
    rows.insert(place_of(LOST), more)
    if not missing:
        # The row itself stands between one of its neighbours and that line.
        rows.insert(place_of(BESIDE[1]) + 1, more)
    assert settled(rows, write, beside) == {Status.DISPUTED}


def test_a_label_that_spans_two_lines_has_the_figures_of_one_of_them() -> None:
    rows = grid(LABELS)
    rows[place_of(BESIDE[0])][2] = ""
    del rows[place_of(LOST)][0]
    label = LABELS[BESIDE[0]]
    body = WRITTEN["HTML"](rows)
    assert f"<td>{label}" in body
    assert settled(rows, WRITTEN["HTML"], BESIDE[0]) == {Status.CONFIRMED}
    spanned = body.replace(f"<td>{label}", f'<td rowspan="2">{label}')
    assert {status for _, status in found_in(spanned, BESIDE[0])} == {Status.DISPUTED}


def test_the_figures_of_the_next_table_are_none_of_the_last_row() -> None:
    rows = grid(LABELS)
    rows[-2][rows[-2].index("0")] = ""
    del rows[-1][0]
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    table = [["行政复议", "未经复议直接起诉", "复议后起诉"], names, ["1", "", "", "", "1", *[""] * 10]]
    title = "四、政府信息公开行政复议、行政诉讼情况\n"
    body = WRITTEN["pipes"](rows) + title + WRITTEN["pipes"](table)
    assert "" in rows[-2]
    assert {status for _, status in found_in(body, "handled_total")} == {Status.CONFIRMED}


@pytest.mark.parametrize(("blank", "status"), [(False, Status.UNCHECKED), (True, Status.DISPUTED)])
def test_a_figure_above_a_label_with_its_own_has_lost_its_label(blank: bool, status: Status) -> None:  # noqa: FBT001
    figure = "" if blank else "2"
    table = f"|信息内容|本年处理决定数量|\n|9|\n|行政强制|{figure}|\n"
    (extraction,) = extract(
        document(f"{page(zeros=False)}二、主动公开政府信息情况\n第二十条第（六）项\n{table}")
    )
    cell = extraction.cell("disclosure.coercion.decisions")
    assert (cell.printed, cell.status) == (figure, status)
    above = extraction.cell("disclosure.penalties.decisions")
    assert (above.printed, above.basis) == ("9", "order") or above.status in (Status.ABSENT, Status.DISPUTED)


def torn_in_order(torn: Sequence[str], order: Sequence[str]) -> str:
    """A page with the labels of two rows torn from their figures, and these in some order."""
    body = page(zeros=False)
    lines_of = {row: line_of(body, row) for row in torn}
    for line in lines_of.values():
        body = body.replace(line, "")
    labels = "".join(f"{LABELS[row]}\n" for row in torn)
    return body + labels + "".join(f"|{lines_of[row].split('|', 2)[2]}{RULE}" for row in order)


def test_torn_rows_whose_order_the_sums_bear_out_are_settled_and_never_confirmed() -> None:
    torn = ("handled_total", "carried_out")
    body = torn_in_order(torn, torn)
    assert [found_in(body, row) for row in torn] == [each(row, Status.UNCHECKED) for row in torn]


def test_rows_that_keep_their_labels_are_read_right_whatever_is_made_of_torn_ones() -> None:
    """Two torn rows are exchanged, as no label shows: five columns and more wouldn't add up."""
    torn = ("handled_total", "carried_out")
    body = torn_in_order(torn, torn[::-1])
    for row in torn:
        assert found_in(body, row) == [("", Status.DISPUTED)] * 7
    for row in ("received", "carried_in", "granted", "unavailable.not_held"):
        assert found_in(body, row) == each(row, Status.CONFIRMED)
    (extraction,) = extract(document(body))
    (told,) = [finding.message.en for finding in extraction.findings if finding.rule == "stray-figures"]
    assert "in 2 places" in told
    assert " ".join(figure for row in torn[::-1] for figure in figures(zeros=False)[row]) in told
