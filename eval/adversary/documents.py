"""Pages of the adversary, drawn, mutated and written from a seed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from eval.adversary.mutations import mutations_named
from eval.adversary.page import TRACELESS, Medium, Page, Part, grid_of
from eval.adversary.registry import Mutation, Stage
from eval.gold.expected import Expected
from eval.zoo import pages, printing, texts, word
from eval.zoo.drawing import (
    APPLICANTS,
    COLUMNS,
    FRAME,
    GROUPS,
    OUTCOMES,
    Number,
    draw_numbers,
    plant,
    rows_of,
)
from eval.zoo.printing import Paper
from eval.zoo.reports import Recipe, Report, Zero, draw
from eval.zoo.tables import Look, Shape
from rules.form import Form

# So many are made in one go: those that a browser prints, by one browser.
BATCH = 100
UNCHANGED = "unchanged"
_SEEDS = 1_000_000
_MEDIA = {
    Medium.ROWS: 30,
    Medium.BLANKS: 8,
    Medium.LINES: 14,
    Medium.HTML: 26,
    Medium.DOCX: 18,
    Medium.PDF: 4,
}
# How many mutations a page has, each with its weight; a few have none.
_COUNTS = {0: 2, 1: 40, 2: 33, 3: 25}
_DENSE, _PLANTED = 0.7, 0.15
_ATTEMPTS = 40
_ENDINGS = {Medium.HTML: "html", Medium.DOCX: "docx", Medium.PDF: "pdf"}
_STYLE = (
    "body {font-size: 10.5pt} table {border-collapse: collapse; width: 100%} "
    "td {border: 1px solid black; padding: 3px; text-align: center; font-size: 9pt} "
    + pages.HIDING
    + pages.SAYING
)


@dataclass(frozen=True, slots=True)
class Adversarial:
    """A file of the adversary, and what it shows.

    Attributes:
        name: unique.
        medium: how it arrives.
        mutations: what was done to it, by name.
        edition: of the form that its report follows.
        gold: what it shows, by address.
    """

    name: str
    data: bytes
    medium: Medium
    mutations: tuple[str, ...]
    edition: str
    gold: Mapping[str, Expected]

    @property
    def layout(self) -> str:
        """The medium and the mutations."""
        return f"{self.medium}: {' + '.join(self.mutations) or UNCHANGED}"


def number_of(seed: int, place: int) -> int:
    """The number by which a document is drawn again.

    Args:
        seed: of the run.
        place: of the document in the run, from 0.
    """
    return seed * _SEEDS + place


def adversarial(numbers: Sequence[int], only: Sequence[str] = ()) -> Iterator[Adversarial]:
    """Documents, drawn and mutated.

    Args:
        numbers: of the documents; the same number and the same mutations to choose from give the same.
        only: names of the mutations to choose from; all, if there are none.

    Raises:
        SelectionError: if there is no such mutation.
        OSError, selenium.common.WebDriverException: if the browser that prints PDFs fails.
    """
    drawn = [(number, *drawn_page(number, only)) for number in numbers]
    sheets = {n: page for n, page, _ in drawn if page.medium is Medium.PDF}
    printed = dict(zip(sheets, _printed(list(sheets.values())), strict=True)) if sheets else {}
    for number, page, mutations in drawn:
        data = printed[number] if number in printed else file_of(page, _random(number, "written"))
        yield Adversarial(f"adversary-{number}", data, page.medium, mutations, page.form.edition, page.gold())


def written(number: int, only: Sequence[str], folder: Path) -> Path:
    """Write a document into a folder, and beside it, as JSON, what was done to it and what it shows.

    Args:
        number: of the document.
        only: names of the mutations to choose from; all, if there are none.
        folder: made if it isn't there.

    Returns:
        The document's path.

    Raises:
        SelectionError: if there is no such mutation.
        OSError: if they can't be written.
    """
    (page,) = adversarial([number], only)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{page.name}.{_ENDINGS.get(page.medium, 'txt')}"
    path.write_bytes(page.data)
    cells = {
        address: {"printed": cell.printed, "state": cell.state, "told": cell.is_on_page}
        for address, cell in page.gold.items()
    }
    content = {"layout": page.layout, "edition": page.edition, "cells": cells}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.with_suffix(".gold.json").write_text(text + "\n", encoding="utf-8")
    return path


def _random(number: int, purpose: str) -> Random:
    return Random(f"adversary {number} {purpose}")  # noqa: S311  # no secret


def drawn_page(number: int, only: Sequence[str] = ()) -> tuple[Page, tuple[str, ...]]:
    """A page, and the names of what was done to it.

    Args:
        number: of the document.
        only: names of the mutations to choose from; all, if there are none.

    Raises:
        SelectionError: if there is no such mutation.
    """
    known = mutations_named(only)
    rng = _random(number, "drawn")
    for _ in range(_ATTEMPTS):
        count = min(rng.choices(list(_COUNTS), list(_COUNTS.values()))[0], len(known))
        names = {one.name for one in rng.sample(known, count)}
        chosen = [one for one in known if one.name in names]
        media = [medium for medium in Medium if all(medium in one.media for one in chosen)]
        if not media:
            continue
        medium = rng.choices(media, [_MEDIA[medium] for medium in media])[0]
        page = unchanged_page(rng, medium)
        if mutated(page, chosen, rng):
            return page, tuple(one.name for one in chosen)
    return unchanged_page(rng, Medium.ROWS), ()


def mutated(page: Page, mutations: Sequence[Mutation], rng: Random) -> bool:
    """Do all of these to a page, and put it in shape; whether each had something to change.

    Args:
        page: that is changed, while its merged cells are merged.
        mutations: in the order of their stages.
        rng: where chance comes from.
    """
    done = all(one.change(page, rng) for one in mutations if one.stage is Stage.GRID)
    page.put_in_shape()
    return done and all(one.change(page, rng) for one in mutations if one.stage is not Stage.GRID)


def unchanged_page(rng: Random, medium: Medium) -> Page:
    """A page that nothing has been done to; its merged cells are merged.

    Args:
        rng: where chance comes from.
        medium: how it arrives.
    """
    is_text = medium in (*TRACELESS, Medium.ROWS)
    zeros = (Zero.PRINTED,) if medium in TRACELESS else (Zero.PRINTED, Zero.PRINTED, Zero.BLANK, Zero.MARK)
    recipe = Recipe((Shape.MERGED, Shape.MERGED, Shape.MERGED, Shape.FLAT), zeros)
    report = draw(rng, recipe, _numbers)
    shapes = (Shape.LEFT, Shape.REPEATED, Shape.DROPPED)
    shape = rng.choice(shapes if is_text else (Shape.MERGED, Shape.MERGED, *shapes))
    parts = [
        Part(section.heading, table.id, [grid_of(rows) for rows in section.tables])
        for section, table in zip(report.sections, report.form.tables, strict=True)
    ]
    return Page(report, medium, shape, parts, [*report.before], [*report.after])


def file_of(page: Page, rng: Random) -> bytes:
    """A page as a file; for a PDF, the web page that a browser is to print.

    Args:
        page: in its shape.
        rng: where chance comes from.
    """
    report = page.result()
    match page.medium:
        case Medium.ROWS:
            return texts.table_text(report, rng)[0].encode()
        case Medium.BLANKS:
            return texts.table_text(_without_blanks(report), rng, ("    ",))[0].encode()
        case Medium.LINES:
            return texts.line_text(report, rng)[0].encode()
        case Medium.DOCX:
            return word.word_file(report)
        case _:
            return pages.printable_page(report, _STYLE).encode()


def _without_blanks(report: Report) -> Report:
    for section in report.sections:
        section.tables[:] = [[[c for c in row if c.text] for row in table] for table in section.tables]
    return report


def _printed(sheets: Sequence[Page]) -> list[bytes]:
    return printing.printed_pages([(_printable(one), Paper(head=_head(one))) for one in sheets])


def _printable(page: Page) -> str:
    return pages.printable_page(page.result(), _STYLE)


def _head(page: Page) -> str:
    return "　".join(one.text for one in page.on_pages if one.look is Look.PAGE_HEAD)


# --- figures -------------------------------------------------------------------------------------


def _numbers(rng: Random, form: Form, left_out: frozenset[str]) -> dict[str, Number]:
    """Figures that tell wrong places: mostly many different ones; at times contradicting each other."""
    numbers = draw_numbers(rng, form, left_out)
    if rng.random() < _DENSE:
        numbers |= _dense(rng, [row for row in rows_of(form, "requests") if row not in left_out])
    if rng.random() < _PLANTED:
        numbers |= {address: number for address, number in plant(rng, numbers).items() if number is not None}
    return numbers


def _dense(rng: Random, rows: Sequence[str]) -> dict[str, Number]:
    """Tables 3 and 4 with few zeros; the balances hold."""
    share = rng.choice((1.0, 0.8, 0.5))

    def count(largest: int) -> int:
        return rng.randint(1, largest) if rng.random() < share else 0

    columns: dict[str, list[int]] = {}
    for column in APPLICANTS:
        counts = {row: count(400) for row in rows if row not in FRAME}
        handled, carried_out = sum(counts.values()), count(300)
        carried_in = min(count(300), handled + carried_out)
        frame = (handled + carried_out - carried_in, carried_in, handled, carried_out)
        counts |= dict(zip(FRAME, frame, strict=True))
        columns[column] = [counts[row] for row in rows]
    columns["total"] = [sum(line) for line in zip(*columns.values(), strict=True)]
    numbers: dict[str, Number] = {
        f"requests.{row}.{column}": columns[column][i] for i, row in enumerate(rows) for column in COLUMNS
    }
    for group in GROUPS:
        own = [count(300) for _ in OUTCOMES]
        cells = zip((*OUTCOMES, "total"), (*own, sum(own)), strict=True)
        numbers |= {f"disputes.{group}.{column}": number for column, number in cells}
    return numbers
