"""Reports of the zoo before they are written in any format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import NamedTuple, TypeAlias

from eval.zoo.damage import Damage, damaged
from eval.zoo.drawing import Number, Style, draw_left_out, draw_numbers, draw_style, printed_as
from eval.zoo.generation import CLOSING, HEADINGS, ORGANS, PREAMBLE, YEARS, draw_narrative
from eval.zoo.gold import GoldCell, without
from eval.zoo.tables import Beside, Content, Rows, Shape, places_of, tables_of
from rules.form import Form, Table
from rules.loader import built_in_forms


class Zero(StrEnum):
    """How zeros are printed."""

    ANY = "any"
    """As :func:`eval.zoo.drawing.draw_style` has it: as 0 mostly."""
    PRINTED = "printed"
    """As 0."""
    BLANK = "blank"
    """Not at all, all of them or most."""
    MARK = "mark"
    """By a mark, all of them or most."""


_MARKS = ("/", "-", "—", "无")


class Recipe(NamedTuple):
    """What a layout asks of its reports; one of each is drawn.

    Attributes:
        shapes: of the tables.
        zeros: how zeros are printed.
        damage: what happens to the tables.
    """

    shapes: Sequence[Shape] = (Shape.MERGED,)
    zeros: Sequence[Zero] = (Zero.ANY,)
    damage: Damage = Damage.NONE


class Section(NamedTuple):
    """A heading, and the tables below it.

    Attributes:
        heading: as printed.
        tables: its tables.
        above, below: lines between the heading and the first table, and behind the last one.
        beside: what else stands in the heading's line; a file that is nothing but text has none of it.
    """

    heading: str
    tables: list[Rows]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    beside: Sequence[Beside] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report to be written.

    Attributes:
        before, after: the paragraphs before the tables and after them; the first is the title.
        lost: the rows, as ``requests.granted``, of which the page tells too little.
        beside: what else stands in the title's line.
        on_pages: what stands on each page besides the text.
    """

    form: Form
    before: list[str]
    sections: list[Section]
    after: list[str]
    lost: frozenset[str]
    beside: Sequence[Beside] = ()
    on_pages: Sequence[Beside] = ()

    def gold(self) -> dict[str, GoldCell]:
        """What the tables say, with row and column in their table."""
        cells = {
            cell.address: GoldCell(cell.text, place)
            for section in self.sections
            for table in section.tables
            for cell, place in places_of(table)
            if cell.address is not None
        }
        return without(cells, self.lost)


# Draws a number for every cell of a form, but those of the rows that are left out.
DrawsNumbers: TypeAlias = Callable[[Random, Form, frozenset[str]], Mapping[str, Number]]


def draw(rng: Random, recipe: Recipe, numbers_of: DrawsNumbers = draw_numbers) -> Report:
    """A report of random figures.

    Args:
        rng: where chance comes from.
        recipe: what it looks like.
        numbers_of: draws the figures; they satisfy the form, unless given.
    """
    form = rng.choice(built_in_forms())
    shape = rng.choice(recipe.shapes)
    style = _style(rng, rng.choice(recipe.zeros))
    numbers = numbers_of(rng, form, draw_left_out(rng, form))
    printed = {address: printed_as(rng, number, style, address) for address, number in numbers.items()}
    stated = frozenset(address for address, (*_, column) in form.places.items() if column.unit)
    content = Content(form, printed, stated)
    low, high = YEARS[form.edition]
    year = rng.randint(low, high)
    sections, lost = [], frozenset[str]()
    for table in form.tables:
        tables, rows = damaged(rng, _tables(rng, content, table, shape), recipe.damage)
        sections.append(Section(HEADINGS[table.id], tables))
        lost |= rows
    before = PREAMBLE.format(organ=rng.choice(ORGANS), year=year).splitlines()
    before += draw_narrative(rng, year, numbers["requests.received.total"])
    return Report(form, before, sections, CLOSING.splitlines(), lost)


def _style(rng: Random, zero: Zero) -> Style:
    style = draw_style(rng)
    match zero:
        case Zero.PRINTED:
            return style._replace(zero="0")
        case Zero.BLANK:
            return style._replace(zero="", share=rng.choice((1.0, 1.0, 0.6)))
        case Zero.MARK:
            return style._replace(zero=rng.choice(_MARKS), share=rng.choice((1.0, 1.0, 0.6)))
        case Zero.ANY:
            return style


def _tables(rng: Random, content: Content, table: Table, shape: Shape) -> list[Rows]:
    """The blocks of a table; those of table 2 may be one table on the page, as in the official form."""
    blocks = tables_of(content, table, shape)
    if len(blocks) > 1 and shape in (Shape.MERGED, Shape.LEFT) and rng.random() < 0.5:
        return [[row for block in blocks for row in block]]
    return blocks


def lines_of(report: Report) -> Iterator[str]:
    """What the report says, a paragraph or a cell a line, without blank cells."""
    yield from report.before
    for section in report.sections:
        yield section.heading
        yield from section.above
        for table in section.tables:
            yield from (cell.text for row in table for cell in row if cell.text)
        yield from section.below
    yield from report.after
