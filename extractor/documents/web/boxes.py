"""Tables that are made of boxes: grids, and boxes that a style makes parts of a table.

A style says how many columns a grid has and how many of them an item spans, or between which lines it stands.
Its items follow each other from left to right and down the page
(https://www.w3.org/TR/css-grid-1/#auto-placement-algo).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from extractor.documents.web.moved import STILL, Displacement, displacement_of

#: What a box is: a grid, a part of a table, or none, though what is in it is there.
Kind: TypeAlias = Literal["grid", "table", "section", "row", "cell", "contents"]
_KINDS: dict[str, Kind] = {
    "grid": "grid",
    "table": "table",
    "table-row-group": "section",
    "table-header-group": "section",
    "table-footer-group": "section",
    "table-row": "row",
    "table-cell": "cell",
    "contents": "contents",
}
_SECTIONS = {"table-header-group": "thead", "table-footer-group": "tfoot"}
_PLACES = re.compile(r"grid-(?:area|(?:row|column)(?:-start|-end)?)")
# What else arranges a grid, and the values with which it stays as it is written.
_USUAL = {
    "grid": "",
    "grid-template": "",
    "grid-template-areas": "none",
    "grid-auto-flow": "row",
    "grid-auto-columns": "auto",
    "direction": "ltr",
    "writing-mode": "horizontal-tb",
}
_REPEATED = re.compile(r"repeat\(\s*(\d{1,3})\s*,([^()]*(?:\([^()]*\)[^()]*)*)\)")
_NAMES = re.compile(r"\[[^\]]*\]")
_TRACK = re.compile(r"(?:[\w.%+-]+(?:\([^()]*\))?)")
# A column of no width shows nothing; of the others it isn't known how many there are.
_NO_TRACK = re.compile(
    r"(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?|none|subgrid|masonry|(?:repeat|var|env|attr).*|initial|inherit|unset|revert"
)
_LINE = re.compile(r"\d{1,3}")
_AUTO_OR_LINE = re.compile(r"auto|span\s+(?P<span>\d{1,3})|(?P<line>\d{1,3})")
# No grid of a report has more columns, and no item of a table more rows.
_MOST_COLUMNS, _MOST_ROWS, _LONGEST_TEMPLATE = 60, 60, 1000
_LAST = "-1"


class Place(NamedTuple):
    """Where an item stands in its grid.

    Attributes:
        row, column: where it begins, counted from 1; 0 where it follows the item before it.
        rows, columns: how many it covers; 0 columns: all that are left.
    """

    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1


class Box(NamedTuple):
    """What a style makes of an element.

    Attributes:
        kind: what it is; None where it is only an item of a grid.
        columns: of a grid, how many it has.
        section: of a section, its name as a tag.
        place: where it stands as an item of a grid; None if that isn't told.
        still: how it is moved otherwise.
        is_elsewhere: whether its characters aren't shown where, or as, they stand in the text.
    """

    kind: Kind | None = None
    columns: int = 0
    section: str = "tbody"
    place: Place | None = Place()
    still: Displacement = STILL
    is_elsewhere: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether something else than its place in a grid moves it."""
        return self.still.is_moved or self.is_elsewhere


def box_of(said: Mapping[str, str]) -> Box | None:
    """What the winning values make of an element; None if it is no box of a table.

    Args:
        said: the value of each property.
    """
    display = said.get("display", "")
    kind = _KINDS.get(display)
    columns = _columns(said.get("grid-template-columns", "")) if kind == "grid" else 0
    if kind == "grid" and (not columns or not _is_usual(said, _USUAL)):
        kind = None
    places = {name: value for name, value in said.items() if _PLACES.fullmatch(name)}
    if kind is None and not places:
        return None
    still = displacement_of({name: value for name, value in said.items() if name not in places})
    place = _place(places) if said.get("position", "static") in ("static", "relative") else None
    return Box(kind, columns, _SECTIONS.get(display, "tbody"), place, still)


def _is_usual(said: Mapping[str, str], usual: Mapping[str, str]) -> bool:
    return all(said.get(name, value) == value for name, value in usual.items())


def _columns(template: str) -> int:
    """How many columns a grid has; 0 if that isn't known, or one may show nothing."""
    if len(template) > _LONGEST_TEMPLATE:
        return 0
    written = _REPEATED.sub(lambda match: f" {match[2]} " * min(int(match[1]), _MOST_COLUMNS + 1), template)
    tracks = _TRACK.findall(_NAMES.sub(" ", written))
    is_known = not _TRACK.sub("", _NAMES.sub("", written)).strip()
    if not is_known or len(tracks) > _MOST_COLUMNS or any(map(_NO_TRACK.fullmatch, tracks)):
        return 0
    return len(tracks)


def _place(said: Mapping[str, str]) -> Place | None:
    """Where an item stands that says so; None if it does so in another way than by numbers of lines."""
    area = said.get("grid-area")
    lines = dict.fromkeys(("row-start", "column-start", "row-end", "column-end"), "auto")
    if area is not None:
        if len(said) > 1:
            return None
        lines |= zip(lines, (value.strip() for value in area.split("/")), strict=False)
    for axis in ("row", "column"):
        both = said.get(f"grid-{axis}")
        start, end = said.get(f"grid-{axis}-start"), said.get(f"grid-{axis}-end")
        if both is not None and (start or end):
            return None
        if both is not None:
            start, _, end = both.partition("/")
        lines[f"{axis}-start"] = (start or lines[f"{axis}-start"]).strip()
        lines[f"{axis}-end"] = (end or lines[f"{axis}-end"]).strip()
    row = _range(lines["row-start"], lines["row-end"])
    column = _range(lines["column-start"], lines["column-end"])
    if row is None or column is None or row[1] == 0:
        return None
    return Place(row[0], column[0], row[1], column[1])


def _range(start: str, end: str) -> tuple[int, int] | None:
    """The first row or column between two lines, and how many there are, 0 for all that are left.

    Of two spans the second counts for nothing (https://www.w3.org/TR/css-grid-1/#grid-placement-errors).
    """
    if _LINE.fullmatch(start) and end == _LAST:
        return int(start), 0
    read = [match for value in (start, end) if (match := _AUTO_OR_LINE.fullmatch(value)) is not None]
    return _between(*read) if len(read) > 1 else None


def _between(start: re.Match[str], end: re.Match[str]) -> tuple[int, int] | None:
    """The first row or column between two lines, or spans, and how many there are; None if there are none."""
    first, last = (int(match["line"] or 0) for match in (start, end))
    size = last - first if first and last else int(start["span"] or end["span"] or 1)
    begins = first or max(last - size, 0)
    # What ends at the first line begins outside of the grid.
    return (begins, size) if size > 0 and begins >= min(last, 1) else None


# --- the items of a grid -------------------------------------------------------------------------------


def placed_in_grid(places: Sequence[Place | None], columns: int) -> list[Place] | None:
    """Where the items of a grid stand; None if that isn't told for all of them.

    Args:
        places: what each says of it, in the order of the source.
        columns: how many columns the grid has.
    """
    known = [_within(place, columns) for place in places if place is not None]
    told = [place for place in known if place is not None]
    if len(told) < len(places) or any(place.rows > _MOST_ROWS for place in told):
        return None
    if all(place.row and place.column for place in told):
        return told if _are_apart(told) else None
    if any(place.row for place in told):
        return None
    return list(_in_turn(told, columns))


def _within(place: Place, columns: int) -> Place | None:
    """A place whose columns are counted; None if it reaches out of the grid."""
    size = place.columns or columns + 1 - place.column
    end = max(place.column, 1) + size - 1
    return place._replace(columns=size) if size > 0 and end <= columns else None


def _are_apart(places: Sequence[Place]) -> bool:
    """Whether no item lies over another one."""
    covered = [
        (place.row + row, place.column + column)
        for place in places
        for row in range(place.rows)
        for column in range(place.columns)
    ]
    return len(covered) == len(set(covered))


def _in_turn(places: Sequence[Place], columns: int) -> Iterator[Place]:
    """Items that follow each other: each stands behind the one before it where there is room."""
    # The row from which on each column is free.
    free = [1] * columns
    row, column = 1, 1
    for place in places:
        starts = [place.column] if place.column else range(1, columns + 2 - place.columns)
        row, column = min(
            (max(row + (start < column), *free[start - 1 : start - 1 + place.columns]), start)
            for start in starts
        )
        yield Place(row, column, place.rows, place.columns)
        free[column - 1 : column - 1 + place.columns] = [row + place.rows] * place.columns
