"""A report that something else carries is read as if it stood alone: quoted, in a feed, in one paragraph."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from eval.gold.cases import load_case
from eval.zoo.generation import Layout, generate
from extractor import Status, extract
from tests.helpers.phone import GOLD

CASE = load_case("luozhuang-2023")
LINES = CASE.text.split("\n")


def quoted() -> str:
    return "\n".join(f"> {line}" for line in LINES)


def numbered() -> str:
    return "\n".join(f"{number:6}\t{line}" for number, line in enumerate(LINES, 1))


def in_a_feed() -> str:
    page = escape("".join(f"<p>{escape(line)}</p>" for line in LINES))
    item = f"<item><title>年报</title><description>{page}</description></item>"
    return f"<rss><channel>{item}</channel></rss>"


@pytest.mark.parametrize("carried", [quoted, numbered, in_a_feed])
def test_it_is_read_as_if_it_stood_alone(carried: Callable[[], str]) -> None:
    (extraction,) = extract(carried().encode())
    assert {cell.address: cell.printed for cell in extraction.cells} == {
        cell.address: cell.printed for cell in CASE.cells
    }
    assert extraction.verdict == extract(CASE.text.encode())[0].verdict


def test_rows_that_python_printed_as_dictionaries() -> None:
    page = Path("tests/data/records.txt").read_bytes()
    (extraction,) = extract(page)
    assert {cell.address: cell.printed for cell in extraction.cells} == GOLD
    assert extraction.verdict == "verified"


SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
IN_ONE = [line.strip() for line in generate(5, Layout.PLAIN).text.split("\n") if line.strip()]


@pytest.mark.parametrize("mark", ["、", "，", "；", "/"])
def test_a_whole_report_in_one_paragraph(mark: str) -> None:
    (extraction,) = extract(mark.join(IN_ONE).encode())
    assert {cell.address: cell.printed for cell in extraction.cells if cell.status in SETTLED} == {
        address: cell.printed for address, cell in generate(5, Layout.PLAIN).cells.items()
    }


@pytest.mark.parametrize("mark", ["、", "/"])
def test_columns_of_a_paragraph_that_its_header_exchanges(mark: str) -> None:
    """商业企业 and 科研机构 change their labels, and not their figures."""
    first, second = IN_ONE.index("商业企业"), IN_ONE.index("科研机构")
    cells = list(IN_ONE)
    cells[first], cells[second] = cells[second], cells[first]
    (extraction,) = extract(mark.join(cells).encode())
    gold = generate(5, Layout.PLAIN).cells
    other = {"business": "research", "research": "business"}
    for cell in extraction.cells:
        *path, column = cell.address.split(".")
        if cell.status in SETTLED:
            assert cell.printed == gold[".".join([*path, other.get(column, column)])].printed, cell.address
