"""Rows with the same label, told apart by the whole that they are parts of.

被依法纠错数 stands below 行政复议数量 and below 行政诉讼数量.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from extractor.layout.items.items import Item
from extractor.layout.rows.rows import PageRow
from extractor.layout.rows.segments import Segment
from rules.form import Form

# The ids of a table and a block.
_BlockIds: TypeAlias = tuple[str, str]
# By block, the rows of which each row may be a part, in any edition.
_Wholes: TypeAlias = Mapping[_BlockIds, Mapping[str, frozenset[str]]]


def tell_apart_by_wholes(segments: Iterable[Segment], forms: tuple[Form, ...]) -> None:
    """Leave each page row only the names whose whole is the last one above it on the page.

    A row that no label of a whole stands above keeps all its names.

    Args:
        segments: of a document, in reading order; their rows are changed.
        forms: editions of one family.
    """
    wholes = _wholes(forms)
    if not wholes:
        return
    above: dict[_BlockIds, list[str]] = {}
    for segment in segments:
        for item, row in _labels(segment):
            if item.label is None:
                continue
            names = dict(item.label.rows if row is None else row.names)
            for key, ids in names.items():
                if len(ids) > 1 and key in wholes:
                    names[key] = _of_last_whole(ids, wholes[key], above.get(key, ()))
                above.setdefault(key, []).extend(names[key])
            if row is not None:
                row.names = names


def _labels(segment: Segment) -> list[tuple[Item, PageRow | None]]:
    """The labels of a segment, each with the page row whose head it is, if it is one's."""
    loose: list[tuple[Item, PageRow | None]] = [(item, None) for item in segment.loose]
    heads: list[tuple[Item, PageRow | None]] = [
        (row.head, row) for row in segment.rows if row.head is not None
    ]
    return sorted(loose + heads, key=lambda label: label[0].start)


def _of_last_whole(
    ids: frozenset[str], wholes: Mapping[str, frozenset[str]], above: Sequence[str]
) -> frozenset[str]:
    """Those of some rows that are parts of the last of their wholes above them; all if there is none."""
    wanted = frozenset().union(*(wholes.get(row, frozenset()) for row in ids))
    last = next((row for row in reversed(above) if row in wanted), None)
    return ids if last is None else frozenset(row for row in ids if last in wholes.get(row, frozenset()))


@lru_cache(maxsize=8)
def _wholes(forms: tuple[Form, ...]) -> _Wholes:
    wholes: dict[_BlockIds, dict[str, frozenset[str]]] = {}
    for form in forms:
        for key, (_, block) in form.blocks.items():
            for row in block.rows:
                if row.within is not None:
                    known = wholes.setdefault(key, {})
                    known[row.id] = known.get(row.id, frozenset()) | {row.within}
    return wholes
