"""Rows in an order of the page's own: whole labels, one a line, tell whose figures are whose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeAlias

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.pages import COLUMNS, CORNER, LABELS, NAMES, OUTCOMES, by_address, document, figures

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
VALUES = figures()
# Of every row another figure, so that none is right by chance; no sums hold.
OTHERS = {row: [str(100 * number + i) for i in range(7)] for number, row in enumerate(LABELS, 1)}
TOTAL = "handled_total"

_Lines: TypeAlias = Sequence[Sequence[str]]


def _html(lines: _Lines) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    title = "某县人民政府2023年政府信息公开工作年度报告"
    heading = "<h2>三、收到和处理政府信息公开申请情况</h2>"
    body = f"{heading}<table>{rows}</table><h2>五、存在的主要问题及改进情况</h2>"
    return f"<meta charset=utf-8><h1>{title}</h1>{body}<p>无。</p>".encode()


def _written_with(separator: str) -> Callable[[_Lines], bytes]:
    return lambda lines: document("".join(f"{separator.join(line)}\n" for line in lines))


WRITTEN: dict[str, Callable[[_Lines], bytes]] = {
    "pipes": _written_with(" | "),
    "tabs": _written_with("\t"),
    "runs of blanks": _written_with("    "),
    "a table of a web page": _html,
}
written = pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)


def lines_of(
    rows: Sequence[str],
    labels: Mapping[str, str] = LABELS,
    values: Mapping[str, Sequence[str]] = VALUES,
) -> list[list[str]]:
    return [[CORNER, *NAMES], *([labels[row], *values[row]] for row in rows)]


def by_groups(seed: int) -> list[str]:
    """The rows in another order than the form's, those of a group side by side; the total first."""
    random = Random(seed)  # noqa: S311  # no secret
    groups = ["granted", "partially_granted", "refused", "unavailable", "not_processed"]
    random.shuffle(groups)
    ordered = ["carried_in", "received", TOTAL]
    for group in groups:
        rows = [row for row in LABELS if row.split(".")[0] == group]
        random.shuffle(rows)
        ordered += rows
    return [*ordered, "carried_out", *(row for row in LABELS if row.startswith("other."))]


def settled(source: bytes) -> dict[str, str]:
    (extraction,) = extract(source)
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


def assert_open(source: bytes, *rows: str, values: Mapping[str, Sequence[str]] = VALUES) -> None:
    """Rows are open, and no settled cell of another one has a figure that the page has elsewhere."""
    found = settled(source)
    assert {address.rpartition(".")[0].removeprefix("requests.") for address in found}.isdisjoint(rows)
    assert found.items() <= by_address(values).items()


@written
@pytest.mark.parametrize("values", [VALUES, OTHERS], ids=["sums", "no sums"])
@pytest.mark.parametrize("seed", range(3))
def test_all_rows_are_settled_wherever_they_stand(
    write: Callable[[_Lines], bytes], values: dict[str, list[str]], seed: int
) -> None:
    source = write(lines_of(by_groups(seed), values=values))
    assert settled(source) == by_address(values)
    if values is VALUES:
        (extraction,) = extract(source)
        requests = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
        assert {cell.status for cell in requests} == {Status.CONFIRMED}


def test_labels_that_are_broken_inside_their_cells_are_whole() -> None:
    broken = {row: f"{label[:4]}<br>{label[4:]}" for row, label in LABELS.items()}
    assert settled(_html(lines_of(by_groups(0), broken))) == by_address(VALUES)


@written
def test_ordinals_may_be_the_pages_own(write: Callable[[_Lines], bytes]) -> None:
    """The total is unchecked: its ordinal, part of its label, isn't the form's, and its place isn't."""
    rows = [
        "received",
        "carried_in",
        TOTAL,
        *OUTCOMES[:2],
        *OUTCOMES[2:10][::-1],
        *OUTCOMES[10:],
        "carried_out",
    ]
    labels = LABELS | {TOTAL: "(一)总计", "granted": "(二)予以公开", "partially_granted": "(三)部分公开"}
    labels |= {row: f"{n}.{LABELS[row].partition('.')[2]}" for n, row in enumerate(OUTCOMES[2:10][::-1], 1)}
    source = write(lines_of(rows, labels))
    assert settled(source) == by_address(VALUES)
    (extraction,) = extract(source)
    assert {cell.address for cell in extraction.cells if cell.status is Status.UNCHECKED} == {
        f"requests.{TOTAL}.{column}" for column in COLUMNS
    }


@written
def test_a_total_with_an_ordinal_of_the_pages_own_that_is_none_settles_nothing(
    write: Callable[[_Lines], bytes],
) -> None:
    """It is what was granted, in whole or in part; what all outcomes add up to is called otherwise."""
    values = VALUES | {TOTAL: ["5", "1", "0", "3", "2", "0", "11"]}
    labels = LABELS | {TOTAL: "(三)总计"}
    rows = ["received", "carried_in", *OUTCOMES[:2], TOTAL, *OUTCOMES[2:], "carried_out"]
    lines = lines_of(rows, labels, values)
    lines.insert(-1, ["(七)全部办理结果", *VALUES[TOTAL]])
    found = settled(write(lines))
    assert not [address for address in found if address.startswith(f"requests.{TOTAL}.")]
    assert found.items() <= by_address(VALUES).items()


@written
@pytest.mark.parametrize("ordinal", ["9.", "3.", ""])
def test_a_rest_of_another_group_is_not_that_of_its_own(
    write: Callable[[_Lines], bytes], ordinal: str
) -> None:
    """其他 stands behind the reasons of refusal; the rest of the last group has words of its own."""
    refused = [row for row in OUTCOMES if row.startswith("refused.")]
    others = [row for row in LABELS if row.startswith("other.")]
    rows = [row for row in LABELS if row not in refused + others]
    lines = lines_of([*rows[:-2], *others[:2], *rows[-2:], *refused], values=OTHERS)
    lines += [[f"{ordinal}其他", *["7"] * 7], ["3.其余情形", *OTHERS[others[2]]]]
    assert_open(write(lines), others[2], values=OTHERS)


@written
@pytest.mark.parametrize("words", ["1.属于国家密秘", "属于国家级秘密", "1.国家秘", "", "某某"])
def test_of_rows_exchanged_one_of_which_has_a_label_nearly_the_forms_none_is_settled(
    write: Callable[[_Lines], bytes], words: str
) -> None:
    """Which of the two has changed places can't be told, nor whether the other label is where it belongs."""
    first, second = "refused.state_secret", "refused.prohibited_by_law"
    rows = [row for row in LABELS if row != first]
    rows.insert(rows.index(second) + 4, first)
    source = write(lines_of(rows, LABELS | {first: words}, OTHERS))
    found = settled(source)
    assert not [address for address in found if address.startswith(f"requests.{first}.")]
    assert found.items() <= by_address(OTHERS).items()
    # Two rows that have changed places, and the label of one of them is damaged.
    swapped = [{first: second, second: first}.get(row, row) for row in LABELS]
    assert (
        settled(write(lines_of(swapped, LABELS | {first: words}, OTHERS))).items()
        <= by_address(OTHERS).items()
    )


@written
def test_a_label_that_stands_twice_is_neither_rows(write: Callable[[_Lines], bytes]) -> None:
    first, second = "unavailable.not_held", "not_processed.repeated"
    labels = LABELS | {first: LABELS[second]}
    assert_open(write(lines_of(by_groups(1), labels, OTHERS)), first, second, values=OTHERS)


@written
def test_a_line_of_figures_without_a_label_may_be_any_rows(write: Callable[[_Lines], bytes]) -> None:
    """A row's label may have been taken for another's: what stands elsewhere than the form has it is open."""
    lines = lines_of(list(LABELS), values=OTHERS)
    lines[3], lines[6] = lines[6], lines[3]
    lines.insert(10, ["", *["7"] * 7])
    assert_open(write(lines), list(LABELS)[2], list(LABELS)[5], values=OTHERS)


@pytest.mark.parametrize("separator", [" | ", "\t", "    "])
def test_labels_that_are_torn_from_figures_in_another_order_settle_nothing(separator: str) -> None:
    """Two rows are exchanged, and on the lines of their figures stands a part of their labels at most."""
    first, second = "refused.third_party_rights", "refused.internal_affairs"
    rows = [{first: second, second: first}.get(row, row) for row in LABELS]
    for cut in (0, 2, 6):
        lines: list[list[str]] = []
        for line in lines_of(rows, values=OTHERS):
            if line[0] in (LABELS[first], LABELS[second]):
                lines += [[line[0][:cut]], [line[0][cut:], *line[1:]]] if cut else [[line[0]]]
            else:
                lines.append(line)
        if not cut:
            # All labels first, then the figures, in the order of the form.
            at = lines.index([LABELS[first]]) + 1
            lines[at:at] = [["", *OTHERS[row]] for row in (first, second)]
        body = "".join(f"{separator.join(line)}\n" for line in lines)
        assert settled(document(body)).items() <= by_address(OTHERS).items()


@pytest.mark.parametrize("separator", ["    ", " ", "\t"])
def test_labels_behind_their_figures_in_an_order_of_their_own_name_none_below_them(separator: str) -> None:
    """On the line of each label stand the figures of the row below it."""
    rows = by_groups(2)
    figures_below = [*(OTHERS[row] for row in rows[1:]), []]
    head = [separator.join(NAMES), separator.join(OTHERS[rows[0]])]
    lines = [separator.join([LABELS[row], *texts]) for row, texts in zip(rows, figures_below, strict=True)]
    source = document("".join(f"{line}\n" for line in (*head, *lines)))
    assert settled(source).items() <= by_address(OTHERS).items()
