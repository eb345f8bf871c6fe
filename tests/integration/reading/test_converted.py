"""Tables as converters and offices write them down: what a person reads there at a glance is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, LABELS, document, figures

COLUMNS = [column.label for column in BLOCK.columns]
ROWS = figures()
BY_ADDRESS = {
    f"requests.{row}.{column.id}": figure
    for row, texts in ROWS.items()
    for column, figure in zip(BLOCK.columns, texts, strict=True)
}
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)


def joined(separator: str, label: Callable[[str], str] = str, figure: Callable[[str], str] = str) -> str:
    lines = [["", *COLUMNS]]
    lines += [[label(LABELS[row]), *map(figure, texts)] for row, texts in ROWS.items()]
    return "".join(f"{separator.join(line)}\n" for line in lines)


def ruled(ruler: str, separator: str) -> str:
    """A table with a line drawn below every row."""
    return "".join(
        f"{separator} {line} {separator}\n{ruler}\n" for line in joined(f" {separator} ").splitlines()
    )


def wrapped(width: int, level: Callable[[int], int]) -> str:
    """Labels of so many characters a line, the figures level with one of the lines, or between two."""
    lines = ["    ".join(["", *COLUMNS])]
    for row, texts in ROWS.items():
        label = LABELS[row]
        parts = [label[i : i + width] for i in range(0, len(label), width)]
        at = level(len(parts))
        printed = "    ".join(texts)
        if at < 0:
            middle = (len(parts) + 1) // 2
            lines += [*parts[:middle], f"{' ' * 16}{printed}", *parts[middle:]]
        else:
            lines += [*parts[:at], f"{parts[at]}    {printed}", *parts[at + 1 :]]
    return "".join(f"{line}\n" for line in lines)


def numbered(first: Sequence[int], separator: str) -> str:
    """A table with a first column of numbers."""
    lines = [separator.join(["序号", "项目", *COLUMNS])]
    for number, (row, texts) in zip(first, ROWS.items(), strict=True):
        lines.append(separator.join([str(number), LABELS[row], *texts]))
    return "".join(f"{line}\n" for line in lines)


def web_page(table: str) -> bytes:
    rows = "".join(f"<tr><td>{line.replace('|', '<td>')}</tr>" for line in table.splitlines())
    return document("TABLE").decode().replace("TABLE", f"<table>{rows}</table>").encode()


READ_AT_A_GLANCE = {
    "commas": document(joined(",")),
    "wide commas": document(joined("，")),
    "semicolons": document(joined(";")),
    "a spreadsheet's commas": document(joined(",", lambda label: f'"{label}"', lambda figure: figure)),
    "a spreadsheet's tabs": document(joined("\t", lambda label: f'"{label}"', lambda figure: f'"{figure}"')),
    "a drawn table": document(ruled(f"+{'-' * 30}+", "|")),
    "a box": document(ruled(f"├{'─' * 30}┤", "│")),
    "double lines": document(joined("  ").replace("\n", f"\n{'=====  ' * 8}\n", 1)),
    "strong figures": document(joined(" | ", lambda label: f"**{label}**", lambda figure: f"**{figure}**")),
    "broken labels": document(joined(" | ", lambda label: f"{label[:8]}<br>{label[8:]}")),
    "figures level with the first line": document(wrapped(6, lambda _: 0)),
    "figures level with the middle": document(wrapped(8, lambda lines: lines // 2)),
    "figures between the lines": document(wrapped(12, lambda lines: -1 if lines > 1 else 0)),
    "numbered rows": document(numbered(range(1, 26), "\t")),
    "numbered rows of a web page": web_page(numbered(range(1, 26), "|")),
}


def settled(extraction: Extraction) -> dict[str, str]:
    return {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}


@pytest.mark.parametrize("name", READ_AT_A_GLANCE)
def test_what_is_read_at_a_glance_is_confirmed(name: str) -> None:
    (extraction,) = extract(READ_AT_A_GLANCE[name])
    requests = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    # A row of 2024's form is not on this page.
    assert {cell.address: cell.printed for cell in requests} == BY_ADDRESS
    assert {cell.status for cell in requests} == {Status.CONFIRMED}


# --- the same, where the easy guess is wrong ---------------------------------------------------------


def with_rests_exchanged() -> bytes:
    """The second lines of two labels around figures exchanged: neither is a label any more."""
    page = wrapped(8, lambda _: 0)
    first, second = (
        LABELS[row][8:16] for row in ("refused.prohibited_by_law", "unavailable.must_be_created")
    )
    assert page.count(f"\n{first}\n") == page.count(f"\n{second}\n") == 1
    return document(
        page.replace(f"\n{first}\n", "\n\0\n").replace(f"\n{second}\n", f"\n{first}\n").replace("\0", second)
    )


def test_an_ordinal_alone_is_no_beginning_of_the_next_rows_label() -> None:
    lines = ["申请人情况", *COLUMNS]
    for row, texts in ROWS.items():
        label = LABELS[row]
        # Of the rows in groups only their numbers are left, and the label of the last group.
        numbered = "." in label[:2]
        group = ["（六）其他处理"] if row == "other.not_corrected" else []
        lines += [*group, label[:2] if numbered else label, *texts]
    (extraction,) = extract(document("\n".join(lines) + "\n"))
    settled = {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED}
    assert not [address for address in settled if address.startswith("requests.other_combined.")]
    assert (
        settled.items()
        >= {address: printed for address, printed in BY_ADDRESS.items() if ".granted." in address}.items()
    )


def with_a_grouped_number() -> bytes:
    """5,100 is one number or two: nobody can tell."""
    return document(joined(",").replace(f"{LABELS['granted']},5,1,0,", f"{LABELS['granted']},5,100,"))


def test_blanks_between_commas_stay_where_they_are() -> None:
    (extraction,) = extract(document(joined(",", figure=lambda figure: "" if figure == "0" else figure)))
    printed = {address: "" if figure == "0" else figure for address, figure in BY_ADDRESS.items()}
    requests = [cell for cell in extraction.cells if cell.address.startswith("requests.")]
    assert {cell.address: cell.printed for cell in requests} == printed
    assert {cell.status for cell in requests} <= set(SETTLED)


def test_numbers_that_count_nothing_are_not_taken_for_a_count() -> None:
    (extraction,) = extract(document(numbered([1, 2, 3, 5, *range(6, 27)], "\t")))
    assert settled(extraction).items() <= BY_ADDRESS.items()
    assert len(settled(extraction)) < len(BY_ADDRESS)


def test_a_number_that_may_be_two_is_not_settled() -> None:
    (extraction,) = extract(with_a_grouped_number())
    assert not [
        address
        for address in settled(extraction)
        if ".granted." in f".{address}" and "partially" not in address
    ]


def test_parts_of_two_labels_are_none() -> None:
    (extraction,) = extract(with_rests_exchanged())
    assert settled(extraction).items() <= BY_ADDRESS.items()
    for row in ("refused.prohibited_by_law", "unavailable.must_be_created"):
        assert f"requests.{row}.total" not in settled(extraction)


GROUP_FIRST = [*COLUMNS[1:6], COLUMNS[0], COLUMNS[6]]


def with_group_first(broken: str | None = None) -> bytes:
    """自然人 behind the five, as labels on one line tell; in one row two figures may be in one cell."""
    lines = ["\t".join(["法人或其他组织", COLUMNS[0], COLUMNS[6]]), "\t".join(COLUMNS[1:6])]
    for row, texts in ROWS.items():
        figure = dict(zip(COLUMNS, texts, strict=True))
        line = "\t".join([LABELS[row], *(figure[column] for column in GROUP_FIRST)])
        lines.append(
            "\t".join(line.rsplit("\t", 2)[:-2]) + f"\t{texts[0]} {texts[6]}" if row == broken else line
        )
    return document("".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("broken", [None, "unavailable.not_held", "granted"])
def test_labels_of_a_group_and_a_column_on_one_line_tell_which_stands_left(broken: str | None) -> None:
    (extraction,) = extract(with_group_first(broken))
    assert settled(extraction).items() <= BY_ADDRESS.items()
    assert broken is not None or settled(extraction) == BY_ADDRESS
