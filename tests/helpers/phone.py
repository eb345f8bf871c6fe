"""The report in tests/data/messy as it was pasted from a phone: labels are broken, figures behind them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractor.asking.numbered_lines import NumberedLine, NumberedLines
from extractor.reports.opening import open_document

FOLDER = Path(__file__).parents[1] / "data" / "messy"
GOLD = {
    row["address"]: row["printed"]
    for row in csv.DictReader((FOLDER / "cells.csv").read_text(encoding="utf-8").splitlines())
}
ROWS = [
    address.removeprefix("requests.").removesuffix(".total")
    for address in GOLD
    if address.startswith("requests.") and address.endswith(".total")
]
PHONE = (FOLDER / "phone.txt").read_text(encoding="utf-8")


def figures_of(row: str) -> list[str]:
    """The figures of a row of table 3, in the order of the form."""
    return [printed for address, printed in GOLD.items() if address.startswith(f"requests.{row}.")]


class PhoneRows:
    """The rows of such a page as a model that reads it right has them: a row's figures come behind its label.

    Args:
        text: of the page.
    """

    def __init__(self, text: str = PHONE) -> None:
        lines = NumberedLines(open_document(text.encode(), "phone"))
        first = next(line.number for line in lines if line.text.startswith("三、收到"))
        self._line_of = _lines_of_rows(lines[first:])

    def answer(self, names: Iterable[str], question: str) -> list[dict[str, Any]]:
        """What is answered.

        Args:
            names: of the rows that are asked for.
            question: that shows numbered lines; rows on others aren't answered.
        """
        shown = {int(number) for number in re.findall(r"^\d+(?= )", question, re.M)}
        return [
            {"row": name, "line": self._line_of[name], "cells": figures_of(name)}
            for name in names
            if self._line_of[name] in shown
        ]


def _lines_of_rows(lines: Sequence[NumberedLine]) -> dict[str, int]:
    """The number of the line on which the figures of each row begin; all rows have figures of their own."""
    numbers: dict[str, int] = {}
    left = iter(lines)
    for row in ROWS:
        figures = figures_of(row)
        for line in left:
            printed = re.findall(r"(?<![\d（(])\d+(?![\d.、])", line.text)
            if printed and printed[:7] == figures[: len(printed)]:
                numbers[row] = line.number
                break
    return numbers
