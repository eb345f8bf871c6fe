"""A report that something else carries is read as if it stood alone: quoted, numbered, in a feed."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from eval.gold.cases import load_case
from extractor import extract

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
