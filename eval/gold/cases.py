"""Cases: real reports with what they say, written down by reading them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "cases"
# Cases that are made, since no real report of such a form can be kept here.
MADE = FOLDER / "made"
# Reports of no known form: made, too, with the address that each figure has by the words of its table.
FOREIGN = FOLDER / "foreign"


@dataclass(frozen=True)
class GoldCell:
    """A cell as the page has it; ``line`` and ``column`` count from 1, and are 0 in what isn't a text.

    ``torn`` tells that the row's label doesn't stand on the line of its figures.
    """

    address: str
    printed: str
    value: int | Decimal | None
    unit: str | None
    state: str
    line: int
    column: int
    torn: bool

    @property
    def row(self) -> str:
        """The address of its row."""
        return self.address.rpartition(".")[0]


@dataclass(frozen=True)
class GoldLabel:
    """The label of a row as the page has it."""

    row: str
    printed: str
    line: int
    column: int


@dataclass(frozen=True)
class GoldFact:
    """A header fact as the page has it."""

    fact: str
    printed: str
    value: str
    line: int
    column: int


@dataclass(frozen=True)
class GoldSection:
    """A section of the report: its number by meaning, its title, its first words after it, its last ones."""

    number: str
    title: str
    first: str
    last: str


@dataclass(frozen=True)
class GoldItem:
    """A problem, an improvement or the fee statement: its kind, its first words, its last ones."""

    kind: str
    first: str
    last: str


@dataclass(frozen=True)
class Case:
    """One report and its gold; ``text`` and ``lines`` are those of a report that is a text.

    ``is_reviewed`` tells whether a person has compared the gold with the page.
    """

    name: str
    path: Path
    edition: str
    verdict: str
    is_reviewed: bool

    @cached_property
    def text(self) -> str:
        """The report."""
        return self.path.read_bytes().decode("utf-8")

    @cached_property
    def lines(self) -> list[str]:
        """The report's lines without their ends."""
        return self.text.split("\n")

    @cached_property
    def cells(self) -> tuple[GoldCell, ...]:
        """Every cell, in the order of the form."""
        return tuple(_gold_cell(row) for row in self._rows("cells"))

    @cached_property
    def labels(self) -> tuple[GoldLabel, ...]:
        """The labels of rows that have one of their own."""
        return tuple(
            GoldLabel(row["row"], row["printed"], _place(row["line"]), _place(row["column"]))
            for row in self._rows("labels")
        )

    @cached_property
    def facts(self) -> dict[str, GoldFact]:
        """The header facts that the page states."""
        return {
            row["fact"]: GoldFact(
                row["fact"], row["printed"], row["value"], _place(row["line"]), _place(row["column"])
            )
            for row in self._rows("facts")
        }

    @cached_property
    def findings(self) -> tuple[dict[str, str], ...]:
        """The contradictions of the page: rule, and the address or the number that it is about."""
        return tuple(self._rows("findings"))

    @cached_property
    def sections(self) -> tuple[GoldSection, ...]:
        """The sections of the report, in the order of the page."""
        return tuple(GoldSection(**row) for row in self._rows("sections"))

    @cached_property
    def items(self) -> tuple[GoldItem, ...]:
        """Problems, improvements and the fee statement, each kind in the order of the page."""
        return tuple(GoldItem(**row) for row in self._rows("items"))

    @property
    def is_text(self) -> bool:
        """Whether the report is a text, rather than a file of another format."""
        return self.path.suffix == ".txt"

    def offset(self, line: int, column: int) -> int:
        """The offset in ``text`` of a place counted from 1."""
        if not self.is_text:
            raise ValueError(f"{self.name} has no lines")
        return sum(len(before) + 1 for before in self.lines[: line - 1]) + column - 1

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self.path.parent / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


def _place(number: str) -> int:
    return int(number) if number else 0


def foreign_cases() -> list[Case]:
    """Every report of no known form, by name."""
    found: list[Case] = []
    for folder in sorted(FOREIGN.iterdir()):
        about: dict[str, Any] = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
        found.append(Case(folder.name, folder / about["source"], "", "needs_review", is_reviewed=True))
    return found


def _gold_cell(row: dict[str, str]) -> GoldCell:
    value: int | Decimal | None = None
    if row["value"]:
        value = Decimal(row["value"]) if "." in row["value"] else int(row["value"])
    return GoldCell(
        row["address"],
        row["printed"],
        value,
        row["unit"] or None,
        row["state"],
        _place(row.get("line", "")),
        _place(row.get("column", "")),
        row.get("torn") == "yes",
    )


@cache
def load_case(name: str, cases: Path | None = None) -> Case:
    """The case of this name.

    Args:
        name: of its folder.
        cases: the folder of all cases of its kind; by default, that of real reports.
    """
    folder = (cases or FOLDER) / name
    about: dict[str, Any] = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    return Case(name, folder / about["source"], about["edition"], about["verdict"], about["reviewed"])


def all_cases() -> list[Case]:
    """Every case that is a text, by name."""
    return [case for case in reviewed_cases() if case.is_text]


def file_cases() -> list[Case]:
    """Every case that is a file of another format, by name."""
    return [case for case in reviewed_cases() if not case.is_text]


def reviewed_cases() -> list[Case]:
    """Every case whose gold a person has compared with the page, by name."""
    folders = [
        folder for folder in sorted(FOLDER.iterdir()) if folder.is_dir() and folder not in (MADE, FOREIGN)
    ]
    return [case for case in map(load_case, [folder.name for folder in folders]) if case.is_reviewed]


def made_cases() -> list[Case]:
    """Every case that is made of a real list of indicators and drawn figures, by name."""
    return [load_case(folder.name, MADE) for folder in sorted(MADE.iterdir())]
