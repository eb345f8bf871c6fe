"""Rows that an organ has added to the form: kept under their own words, no row of the form suffers."""

from __future__ import annotations

import pytest

from extractor import Extraction, extract
from extractor.result.cells import Status
from tests.helpers.pages import BLOCK, COLUMNS, CORNER, LABELS, document, figures, with_added_row

TWO = ["2", "0", "0", "0", "0", "0", "2"]
ONLINE = ["30", "0", "0", "3", "2", "1", "36"]


def read(source: bytes) -> Extraction:
    (extraction,) = extract(source)
    return extraction


@pytest.mark.parametrize("separator", [" | ", "\t", "    "])
def test_a_row_of_its_own_words_is_kept_beside_the_form_s(separator: str) -> None:
    extraction = read(with_added_row("received", "其中：网上申请", ONLINE, separator))
    assert [cell.printed for cell in extraction.extra] == ONLINE
    assert [cell.value for cell in extraction.extra] == [30, 0, 0, 3, 2, 1, 36]
    addresses = [f"extra.requests.其中：网上申请.{column}" for column in COLUMNS]
    assert [cell.address for cell in extraction.extra] == addresses
    assert {cell.status for cell in extraction.extra} == {Status.UNCHECKED}
    for row, texts in figures().items():
        cells = [extraction.cell(f"requests.{row}.{column}") for column in COLUMNS]
        assert [cell.printed for cell in cells] == texts
        assert {cell.status for cell in cells} == {Status.CONFIRMED}


def test_it_is_told_and_no_stray() -> None:
    rules = [finding.rule for finding in read(with_added_row("received", "其中：网上申请", ONLINE)).findings]
    assert "local-rows" in rules
    assert "stray-figures" not in rules


def test_it_is_in_the_records_behind_the_form_s_cells() -> None:
    extraction = read(with_added_row("received", "其中：网上申请", ONLINE))
    records = list(extraction.records())
    assert [record["address"] for record in records[-7:]] == [cell.address for cell in extraction.extra]
    assert len(records) == len(extraction.cells) + 7


def test_two_rows_of_the_same_words_have_addresses_of_their_own() -> None:
    lines = with_added_row("received", "其中：网上申请", ONLINE).decode().split("\n")
    position = next(i for i, line in enumerate(lines) if line.startswith("其中：网上"))
    extraction = read("\n".join([*lines[: position + 1], *lines[position:]]).encode())
    names = dict.fromkeys(cell.address.split(".")[2] for cell in extraction.extra)
    assert list(names) == ["其中：网上申请", "其中：网上申请(2)"]


@pytest.mark.parametrize("separator", [" | ", "\t", "    ", "\n"])
@pytest.mark.parametrize("words", ["{}（更正）", "{}（更正后）", "【更正】{}", "更正：{}", "{}（新）"])
def test_a_row_that_stands_once_more_as_another_version_leaves_both_open(words: str, separator: str) -> None:
    again = words.format(LABELS["carried_out"])
    extraction = read(with_added_row("carried_out", again, ["7", "0", "0", "0", "0", "0", "7"], separator))
    for row, texts in figures().items():
        cells = [extraction.cell(f"requests.{row}.{column}") for column in COLUMNS]
        if row == "carried_out":
            assert {cell.status for cell in cells} <= {Status.DISPUTED, Status.ABSENT}
        else:
            assert [cell.printed for cell in cells] == texts


def test_without_words_figures_are_nobody_s() -> None:
    extraction = read(with_added_row("received", "", ONLINE))
    assert extraction.extra == ()


def test_with_figures_missing_it_is_told_as_before() -> None:
    extraction = read(with_added_row("received", "其中：网上申请", ONLINE[:3], "    "))
    assert extraction.extra == ()
    assert "stray-figures" in [finding.rule for finding in extraction.findings]


def test_a_page_without_such_rows_has_none() -> None:
    assert read(with_added_row("", "", [])).extra == ()


def handled(words: str, added: list[str], counted: list[str]) -> Extraction:
    """A table with a row added among the outcomes, and totals that count so much more than the others."""
    lines = [[CORNER, *(column.label for column in BLOCK.columns)]]
    for row, texts in figures().items():
        more = counted if row in ("received", "handled_total") else ["0"] * 7
        lines.append(
            [LABELS[row], *(str(int(text) + int(one)) for text, one in zip(texts, more, strict=True))]
        )
        if row == "refused.administrative_inquiry":
            lines.append([words, *added])
    return read(document("".join(f"{' | '.join(line)}\n" for line in lines)))


def accused(extraction: Extraction) -> bool:
    return "requests-handled-total" in {finding.rule for finding in extraction.findings}


def test_totals_that_count_an_added_row_are_not_accused_for_it() -> None:
    extraction = handled("9.其他不予公开情形", TWO, TWO)
    assert not accused(extraction)
    settled = {cell.status for cell in extraction.cells if cell.address.startswith("requests.")}
    assert settled <= {Status.CONFIRMED, Status.UNCHECKED}


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        # More than the row prints; another column than the row's; a part of the row above it, counted there.
        ("9.其他不予公开情形", ["3", *["0"] * 5, "3"]),
        ("9.其他不予公开情形", ["0", "2", *["0"] * 4, "2"]),
        ("其中：网上申请", ["2", *["0"] * 5, "2"]),
    ],
)
def test_what_an_added_row_does_not_explain_is_told(words: str, counted: list[str]) -> None:
    assert accused(handled(words, TWO, counted))


def test_a_row_that_goes_on_counting_with_another_row_s_words_is_the_organ_s_own() -> None:
    extraction = handled("9.其他", TWO, TWO)
    assert [cell.printed for cell in extraction.extra] == TWO
    others = [extraction.cell(f"requests.other.other.{column}") for column in COLUMNS]
    assert [cell.printed for cell in others] == figures()["other.other"]
    assert {cell.status for cell in others} == {Status.CONFIRMED}


@pytest.mark.parametrize("words", ["其他", "3.其他", "8.其他"])
def test_the_same_words_without_the_next_ordinal_may_be_either_row(words: str) -> None:
    extraction = handled(words, TWO, TWO)
    assert extraction.extra == ()
    others = {extraction.cell(f"requests.other.other.{column}").status for column in COLUMNS}
    assert others == {Status.DISPUTED}


def test_nor_is_it_where_no_row_has_these_words_with_the_forms_ordinal() -> None:
    lines = [[CORNER, *(column.label for column in BLOCK.columns)]]
    for row, texts in figures().items():
        words = LABELS[row].replace("3.其他", "其他") if row == "other.other" else LABELS[row]
        lines.append([words, *texts])
        if row == "refused.administrative_inquiry":
            lines.append(["9.其他", *TWO])
    extraction = read(document("".join(f"{' | '.join(line)}\n" for line in lines)))
    assert extraction.extra == ()
    others = {extraction.cell(f"requests.other.other.{column}").status for column in COLUMNS}
    assert others == {Status.DISPUTED}
