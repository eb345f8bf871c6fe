"""Placing page rows on form rows: certain where independent anchors agree, else inferred."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from extractor.documents.document import Span
from extractor.layout.fitting import (
    Fit,
    aligned,
    are_apart,
    fit,
    has_figure_beside,
    is_settled,
    margins_of,
    windows,
)
from extractor.layout.header import HeaderMatch
from extractor.layout.items import Item, Kind
from extractor.layout.labels import Role, is_bare_ordinal, is_misprint
from extractor.layout.order import in_order
from extractor.layout.reading import Doubt
from extractor.layout.rows import PageRow
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Row

# So many characters of a label, behind its ordinal, show that it stands on the page torn.
_TORN_PROBE = 4
# So many rows whose label stands twice are no slip: there are two reports in the document.
_TWO_REPORTS = 3
# The first column of a grid: those of texts are counted from 0, those of tables from 1.
_LEFTMOST = (0, 1)


class Candidate(NamedTuple):
    """A page row that may be a row of the block.

    Attributes:
        ids: the form rows that its label can name; empty without a label of the form.
        header: the header that it stands under, read as this block's, if it can be.
    """

    row: PageRow
    ids: frozenset[str]
    header: HeaderMatch | None


class Placed(NamedTuple):
    """A form row as found on the page.

    ``slots`` is empty if no figures can be tied to it, and None where the page has no such column;
    ``offers`` are the placements among which nothing on the page decides.
    """

    slots: tuple[Item | None, ...]
    label: Span | None
    header: HeaderMatch | None
    doubts: frozenset[Doubt]
    offers: tuple[tuple[Item, ...], ...] = ()


class Placement(NamedTuple):
    """A block as placed.

    Attributes:
        placed: by row id; a row that isn't on the page isn't there.
        expected: the rows that the page can be expected to have.
        twice: how the block seems to be there twice: ``TWO_REPORTS``, ``SIDE_BY_SIDE``; None if once.
    """

    placed: dict[str, Placed]
    expected: frozenset[str]
    twice: Doubt | None


def place(
    block: Block, candidates: Sequence[Candidate], loose: Sequence[Item], text: str, *, padded: bool
) -> Placement:
    """Place the page rows of a block.

    Args:
        block: the block, in the edition that the page follows.
        candidates: page rows in page order.
        loose: labels and short words near the table that no figures are tied to.
        text: the document's text.
        padded: whether a header of the block shows that merged cells leave blank slots.
    """
    placer = _Placer(block, candidates, loose, text, padded=padded)
    return Placement(placer.placed, placer.expected, placer.twice)


class _Placer:
    """The work of :func:`place`."""

    def __init__(
        self, block: Block, candidates: Sequence[Candidate], loose: Sequence[Item], text: str, *, padded: bool
    ) -> None:
        self._text = text
        self._candidates = candidates
        self._loose = loose
        self._block = block
        self._columns = len(block.columns)
        self._rows = self._expected(block, candidates)
        self._index = {row.id: i for i, row in enumerate(self._rows)}
        self._margins = margins_of((c.row for c in candidates if c.ids), self._columns, padded=padded)
        self._fits: dict[int, Fit | None] = {}
        # By the columns of a header, whether no row has a figure outside of them.
        self._are_aligned: dict[tuple[int, ...], bool] = {}
        self.placed: dict[str, Placed] = {}
        self.expected = frozenset(self._index)
        self.twice = self._twice()
        if self._values_come_first() or self._labels_stand_apart():
            self._place_in_order(range(len(self._rows)), list(candidates), Doubt.VALUES_FIRST)
        else:
            self._place()
        self._mark_rival_alternatives(block)

    # --- which rows the page can be expected to have ------------------------------------------------

    @staticmethod
    def _expected(block: Block, candidates: Sequence[Candidate]) -> list[Row]:
        """The rows of the block without the alternatives that the page didn't choose."""
        shown = {row_id for c in candidates if len(c.ids) == 1 for row_id in c.ids}
        dropped: set[str] = set()
        for alternatives in block.one_of:
            chosen = max(alternatives, key=lambda ids: sum(row_id in shown for row_id in ids))
            dropped |= {row_id for ids in alternatives if ids is not chosen for row_id in ids}
        return [row for row in block.rows if row.id not in dropped]

    def _twice(self) -> Doubt | None:
        """How the rows stand twice, if they do."""
        named = [candidate for candidate in self._candidates if candidate.ids]
        times = Counter(row_id for candidate in named for row_id in candidate.ids)
        on_line = Counter((c.row.head.row, row_id) for c in named if c.row.head for row_id in c.ids)
        doubled = sum(len(candidate.row.figures) == 2 * self._columns for candidate in named)
        if max(doubled, sum(count > 1 for count in on_line.values())) >= _TWO_REPORTS:
            return Doubt.SIDE_BY_SIDE
        return Doubt.TWO_REPORTS if sum(count > 1 for count in times.values()) >= _TWO_REPORTS else None

    def _mark_rival_alternatives(self, block: Block) -> None:
        """If rows of two alternatives hold figures, one label was misread: trust none of them."""
        shown = {row_id for c in self._candidates if c.row.figures for row_id in c.ids}
        for alternatives in block.one_of:
            if sum(not shown.isdisjoint(ids) for ids in alternatives) > 1:
                for row_id in {row_id for ids in alternatives for row_id in ids} & self.placed.keys():
                    self._doubt(row_id, Doubt.ALTERNATIVES)

    def _doubt(self, row_id: str, doubt: Doubt) -> None:
        was = self.placed[row_id]
        self.placed[row_id] = was._replace(doubts=was.doubts | {doubt})

    # --- certain places ------------------------------------------------------------------------------

    def _fit(self, candidate: Candidate) -> Fit | None:
        position = candidate.row.position
        if position not in self._fits:
            found = fit(candidate.row, self._columns, self._margins)
            if found is None or not found.sure:
                found = self._aligned(candidate) or found
            self._fits[position] = found
        return self._fits[position]

    def _aligned(self, candidate: Candidate) -> Fit | None:
        """The slots below the header's labels, if the page has a grid and no figure stands outside of it."""
        header = candidate.header
        if header is None or not header.places or not candidate.row.on_line:
            return None
        slots = aligned(candidate.row, header.places)
        if slots is None:
            return None
        rows = [other.row for other in self._candidates if other.ids and other.header is header]
        if header.places not in self._are_aligned:
            self._are_aligned[header.places] = not any(has_figure_beside(row, header.places) for row in rows)
        is_sure = self._are_aligned[header.places] and is_settled(candidate.row, header.places, rows)
        return Fit(slots, sure=True) if is_sure else None

    def _place(self) -> None:
        known = [self._named(candidate) for candidate in self._candidates]
        times = Counter(known)
        single = [i for i, row_id in enumerate(known) if row_id is not None and times[row_id] == 1]
        ordered = in_order([self._index[str(known[i])] for i in single])
        anchors = [i for i, right in zip(single, ordered, strict=True) if right]
        anchors = self._with_misprints(known, anchors)
        certain = set(anchors)
        for i in single:
            doubts = set() if i in certain else {Doubt.OUT_OF_ORDER}
            if self._has_wrong_ordinal(self._candidates[i], str(known[i])):
                doubts.add(Doubt.ORDINAL)
            if self._follows_a_bare_label(i):
                doubts.add(Doubt.BARE_LABEL)
            self._put(str(known[i]), self._candidates[i], doubts)
        self._fill_gaps(known, [i for i in anchors if self._fit(self._candidates[i])])
        for i in single:
            if any(self._is_taken_from(i, beside, known, anchors) for beside in (i - 1, i + 1)):
                self._doubt(str(known[i]), Doubt.BESIDE_STRAYS)

    def _is_taken_from(
        self, position: int, beside: int, known: Sequence[str | None], anchors: Sequence[int]
    ) -> bool:
        """Whether the figures of a row may stand, in whole or in part, on the line above or below it.

        They may if that line has figures, but no label of a row, and the row lacks some, or the line
        has no words at all and too few to be a whole row: then digits of the row's may stand there. They
        don't if the line is another row of the form, and what both print can't be one row's.
        """
        row = self._candidates[position].row
        if not (row.on_line and 0 <= beside < len(self._candidates)):
            return False
        header, other = self._candidates[position].header, self._candidates[beside]
        is_below_it = other.header is header or (other.header is not None and other.header.complete)
        if other.ids or not other.row.figures or not is_below_it:
            return False
        is_part = other.row.head is None and len(other.row.figures) < self._columns
        if not is_part and len(row.figures) == self._columns:
            return False
        return not (self._are_apart(position, beside) and self._has_lost_its_label(beside, known, anchors))

    def _are_apart(self, position: int, beside: int) -> bool:
        """Whether a row and the whole line above or below it print what can't be one row's.

        Then both have figures in most columns, and not all of these may be broken numbers.
        """
        above, below = (self._fit(self._candidates[i]) for i in sorted((position, beside)))
        if above is None or below is None:
            return False
        others = [self._fit(one) for i, one in enumerate(self._candidates) if i not in (position, beside)]
        return are_apart(above.slots, below.slots, [one.slots for one in others if one], self._text)

    def _has_lost_its_label(self, position: int, known: Sequence[str | None], anchors: Sequence[int]) -> bool:
        """Whether a line without a label is a whole row of the form, and not part of one beside it.

        It begins its line of a grid and has a place for every column and for no label, so that it goes on
        with no row above it; and between the certain rows around it there are as many rows of the form, at
        least, that have no line of their own, as there are such lines.
        """
        row = self._candidates[position].row
        first = row.slots[0]
        is_whole = row.head is None and len(row.slots) == self._columns and row.slots[-1].row == first.row
        if not is_whole or first.column or first.place not in _LEFTMOST:
            return False
        before = max((i for i in anchors if i < position), default=-1)
        after = min((i for i in anchors if i > position), default=len(self._candidates))
        start = self._index[str(known[before])] + 1 if before >= 0 else 0
        end = self._index[str(known[after])] if after < len(known) else len(self._rows)
        missing = sum(row.id not in known for row in self._rows[start:end])
        between = self._candidates[before + 1 : after]
        return sum(not one.ids and bool(one.row.figures) for one in between) <= missing

    def _named(self, candidate: Candidate) -> str | None:
        ids = candidate.ids & self._index.keys()
        return next(iter(ids)) if len(ids) == 1 else None

    def _put(self, row_id: str, candidate: Candidate, doubts: set[Doubt]) -> None:
        fitted = self._fit(candidate)
        offers: tuple[tuple[Item, ...], ...] = ()
        if fitted is None or not fitted.sure:
            doubts = doubts | {Doubt.SLOTS}
            offers = windows(candidate.row, self._columns)
        if candidate.header is None or not candidate.header.complete:
            doubts = doubts | {Doubt.HEADER}
        head = candidate.row.head
        label = Span(head.start, head.end) if head is not None else None
        slots: tuple[Item | None, ...] = fitted.slots if fitted is not None else ()
        if not slots and candidate.header is not None and candidate.header.lacks:
            slots = self._without_columns(candidate.row, candidate.header.lacks)
        self.placed[row_id] = Placed(slots, label, candidate.header, frozenset(doubts), offers)

    def _without_columns(self, row: PageRow, lacks: frozenset[str]) -> tuple[Item | None, ...]:
        """The slots of a row that has as many as the header has columns, though the form has more."""
        own = [candidate.row for candidate in self._candidates if candidate.ids]
        width = self._columns - len(lacks)
        fitted = fit(row, width, margins_of(own, width, padded=self._margins.below))
        if fitted is None:
            return ()
        slots = iter(fitted.slots)
        return tuple(None if column.id in lacks else next(slots) for column in self._block.columns)

    def _with_misprints(self, known: list[str | None], anchors: list[int]) -> list[int]:
        """Rows whose label is misprinted but whose ordinal stands between two certain neighbours.

        The ordinal alone will do where its figures stand on its line, and the words nowhere else: they
        are lost, and not torn from figures of their own.
        """
        by_row = {self._index[str(known[i])]: i for i in anchors}
        result, named = list(anchors), set(known)
        for place, row in enumerate(self._rows):
            before, after = by_row.get(place - 1), by_row.get(place + 1)
            if place in by_row or row.id in named or before is None or after is None:
                continue
            between = [i for i in range(before + 1, after) if self._candidates[i].row.figures]
            head = self._candidates[between[0]].row.head if len(between) == 1 else None
            if head is None or head.kind is not Kind.TEXT:
                continue
            words, on_line = self._text[head.start : head.end], self._candidates[between[0]].row.on_line
            is_alone = on_line and is_bare_ordinal(words, row) and self._loose_label(row) is None
            if is_alone or is_misprint(words, row):
                known[between[0]] = row.id
                result.append(between[0])
                self._put(row.id, self._candidates[between[0]], set())
        return sorted(result)

    def _has_wrong_ordinal(self, candidate: Candidate, row_id: str) -> bool:
        """Whether a label that can also name a column lacks its ordinal or has another row's."""
        number = self._rows[self._index[row_id]].number
        label = candidate.row.head.label if candidate.row.head is not None else None
        if label is None or number is None or Role.COLUMN not in label.roles:
            return False
        return label.number != label_key(number) and (label.number is not None or self._has_ordinals())

    def _follows_a_bare_label(self, position: int) -> bool:
        """Whether, a cell a line, another row's label without figures stands right before this row.

        Then the figures may be that row's.
        """
        row = self._candidates[position].row
        head = row.head
        if row.on_line or head is None or not self._bare_labels:
            return False
        before = self._candidates[position - 1].row.slots[-1].end if position else 0
        return any(before <= start < head.start for start in self._bare_labels)

    @cached_property
    def _bare_labels(self) -> list[int]:
        """Where labels of expected rows stand that have no figures anywhere.

        A label that ends the document has lost them with the rest of the page, and tells nothing.
        """
        placed = {row_id for candidate in self._candidates for row_id in candidate.ids}
        missing, end = self._index.keys() - placed, len(self._text.rstrip())
        labels = [(item, item.label) for item in self._loose if item.label is not None and item.end < end]
        return [item.start for item, label in labels if not label.all_rows.isdisjoint(missing)]

    def _has_ordinals(self) -> bool:
        """Whether any row label of the page has its ordinal."""
        heads = [candidate.row.head for candidate in self._candidates if candidate.ids]
        return any(head is not None and head.label is not None and head.label.number for head in heads)

    # --- inferred places -----------------------------------------------------------------------------

    def _values_come_first(self) -> bool:
        """Whether the figures, a cell a line, stand before their labels.

        Then figures without any label follow the header, or more rows without a label of the form
        stand before the first one that has one than the form has there. Where labels and figures stand on
        one line, a figure above has lost its label.
        """
        first = self._candidates[0] if self._candidates else None
        if first is None or first.ids or first.row.on_line or not first.row.figures:
            return False
        named = [candidate.row for candidate in self._candidates if candidate.ids]
        if all(row.on_line for row in named) and any(row.figures for row in named):
            return False
        if first.row.head is None or first.row.head.kind is Kind.LABEL:
            return True
        leading = 0
        for candidate in self._candidates:
            places = [self._index[row_id] for row_id in candidate.ids & self._index.keys()]
            if places:
                return leading > min(places)
            leading += bool(candidate.row.figures) and not candidate.row.on_line
        return False

    def _labels_stand_apart(self) -> bool:
        """Whether, a cell a line, labels without figures and figures without a label are both there.

        Then a label that happens to stand before figures needn't be theirs.
        """
        return bool(self._bare_labels) and any(
            not candidate.ids and candidate.row.figures and not candidate.row.on_line
            for candidate in self._candidates
        )

    def _fill_gaps(self, known: list[str | None], anchors: list[int]) -> None:
        """Between two anchors, as many rows without a label as rows without figures: by order."""
        times = Counter(known)
        borders = [(-1, -1), *((i, self._index[str(known[i])]) for i in anchors)]
        borders.append((len(self._candidates), len(self._rows)))
        for (before, row_before), (after, row_after) in itertools.pairwise(borders):
            missing = range(row_before + 1, row_after)
            if not missing:
                continue
            between = [
                self._candidates[i]
                for i in range(before + 1, after)
                if self._is_loose(known[i], times, self._candidates[i].row.head)
                and self._fit(self._candidates[i]) is not None
            ]
            repeated = any(candidate.ids for candidate in between)
            self._place_in_order(missing, between, Doubt.LABEL_TWICE if repeated else Doubt.TORN)
        self._mark_disorder()

    def _mark_disorder(self) -> None:
        """If torn labels aren't in the form's order, the figures torn from them needn't be."""
        torn = [row.id for row in self._rows if row.id in self.placed and self._is_torn(row.id)]
        labels = [label.start for row_id in torn if (label := self.placed[row_id].label) is not None]
        if labels != sorted(labels):
            for row_id in torn:
                self._doubt(row_id, Doubt.OUT_OF_ORDER)

    def _is_torn(self, row_id: str) -> bool:
        return Doubt.TORN in self.placed[row_id].doubts

    @staticmethod
    def _is_loose(row_id: str | None, times: Counter[str | None], head: Item | None) -> bool:
        """A row without any label, or with one that stands on the page twice.

        A label that names no row, as a group's, isn't torn from its figures: they may be its own.
        """
        return head is None if row_id is None else times[row_id] > 1

    def _place_in_order(self, places: Sequence[int], candidates: list[Candidate], doubt: Doubt) -> None:
        """Give figures to rows by order alone, if there are as many of the one as of the other."""
        rows = [self._rows[place] for place in places]
        labelled = [row for row in rows if doubt is Doubt.LABEL_TWICE or self._is_on_page(row)]
        fitted = [(candidate, self._fit(candidate)) for candidate in candidates]
        if len(labelled) == len(candidates):
            # Where a label is lost, there may be as many figures only because another row's are lost too.
            doubts = {doubt} if len(labelled) == len(rows) else {doubt, Doubt.LABEL_LOST}
            for row, (candidate, slots) in zip(labelled, fitted, strict=True):
                found: tuple[Item | None, ...] = slots.slots if slots is not None else ()
                self._put_in_order(row, found, candidate.header, doubts)
            return
        if not labelled and len(rows) == len(candidates):
            # Nothing but the order of rows says whose they are: a proposal.
            for row, (candidate, slots) in zip(rows, fitted, strict=True):
                if slots is not None:
                    self._put_in_order(row, slots.slots, candidate.header, {Doubt.UNLABELLED})
            return
        for row in labelled:
            if row.id not in self.placed and self._is_on_page(row):
                self._put_in_order(row, (), None, {doubt})

    def _put_in_order(
        self, row: Row, slots: tuple[Item | None, ...], header: HeaderMatch | None, doubts: set[Doubt]
    ) -> None:
        item = self._loose_label(row)
        label = Span(item.start, item.end) if item is not None else None
        in_pieces = {Doubt.LABEL_IN_PIECES} if item is not None and item.label is None else set()
        self.placed[row.id] = Placed(slots, label, header, frozenset(doubts | in_pieces))

    def _is_on_page(self, row: Row) -> bool:
        return (
            any(row.id in candidate.ids for candidate in self._candidates)
            or self._loose_label(row) is not None
        )

    def _loose_label(self, row: Row) -> Item | None:
        """Where the label of a row stands, whole or torn, apart from figures of its own."""
        probe = label_key(row.number or "") + label_key(fold_label(row.label))[:_TORN_PROBE]
        for item, key in self._loose_keys:
            is_there = probe in key if item.label is None else row.id in item.label.all_rows
            if is_there:
                return item
        return None

    @cached_property
    def _loose_keys(self) -> list[tuple[Item, str]]:
        """The labels and words that no figures are tied to, and the keys of their texts."""
        return [(item, label_key(fold_label(self._text[item.start : item.end]))) for item in self._loose]
