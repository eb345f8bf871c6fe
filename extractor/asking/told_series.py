"""Grounding what a model says of a table without rows and columns on the page: where its figures stand.

The model names labels and figures; that they are a table is for the page to show. Each series must be printed
behind its label: all of its figures, whole and in order, and nothing between them but what parts figures. The
labels across must stand before all series in the order of their figures, or each before its own figure in
every series. All labels must be the form's, or more like their own than like any other. So who exchanges two
rows or two columns is found out; that the sums of the form bear out the rest is for the rules to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

from extractor.asking.cited_text import CitedText
from extractor.asking.labels_across import LabelsAcross
from extractor.asking.labels_with_figures import LabelsWithFigures
from extractor.asking.likeness import likeness
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import NONE, MappingReply, NamedWords, SeriesReply
from extractor.asking.series import Series, end_of_gap, first_number, is_ordinal_at
from extractor.asking.side_by_side import SideBySide
from extractor.documents.document import Document, Span
from extractor.layout.reading import ReadBlock
from extractor.layout.scope.disowned import is_disowned_around, is_disowned_before
from extractor.layout.scope.statements import is_disowned_elsewhere
from extractor.layout.words.labels import LabelIndex
from extractor.layout.words.ordinals import ordinal
from extractor.layout.words.other_year import groups_of, is_of_another_year, says_another_year
from extractor.text.figures import is_figure, numbers_in
from extractor.text.folding import fold_figure, fold_label, label_key
from rules.form import Block, Column, Form, Row

_EXPLANATION = re.compile(r"\s*[（(][^（）()\d]*[）)]")
_SENTENCE_END = re.compile(r"[。；;！\n]")
# What parts the words between two series, and a label from what follows it.
_PIECES, _COLON = re.compile(r"[\n|｜。；;！]"), re.compile("[:：]")
# Of so many series one may have other figures behind it: a row's that has lost its label.
_FEW = 10
# A shorter label without its ordinal says nothing by itself: 总计 stands everywhere.
_SHORTEST = 3

_Element: TypeAlias = Row | Column


class SeriesRefusal(StrEnum):
    """Why what was said of the lines of a table isn't taken."""

    EMPTY = "nothing_said"
    INCOMPLETE = "columns_missing"
    TWICE = "said_twice"
    WIDTH = "other_number_of_figures"
    NOT_PRINTED = "not_printed"
    ACROSS = "labels_in_another_order"
    OTHER_LABEL = "other_label"
    ORDER = "out_of_order"
    SEVERAL = "several_tables"
    DISOWNED = "disowned"
    SUMS = "sums_say_otherwise"


class ToldTable(NamedTuple):
    """A table as a model says and the page bears out.

    Attributes:
        by_rows: whether its series are rows; else they are columns.
        across: by the name of each column, or row, where its label stands, if it does, in the order of the
            figures.
        series: in page order.
        is_whole: whether all labels are those of the form, as it has them.
        labelled: the names of the series whose labels stand whole with their figures.
        are_beside: whether its rows stand side by side, with their figures in the order of their labels.
    """

    by_rows: bool
    across: tuple[tuple[str, Span | None], ...]
    series: tuple[Series, ...]
    is_whole: bool
    labelled: frozenset[str]
    are_beside: bool


class SeriesPage:
    """A document as answers about the lines of a table cite it.

    Args:
        document: the document.
        lines: of it, as a model is shown them.
        index: the labels of the forms that it is read by.
    """

    def __init__(self, document: Document, lines: NumberedLines, index: LabelIndex) -> None:
        self._document = document
        self._text = document.text
        self._lines = lines
        self._index = index
        cited = CitedText(document.text, lines)
        self._words = cited.words
        self._rows_beside = SideBySide(cited)
        self._labels_across = LabelsAcross(cited)

    def told_table(
        self, block: ReadBlock, reply: MappingReply, known: Sequence[tuple[str, Span | None]] = ()
    ) -> ToldTable | SeriesRefusal:
        """A table as a model says, if the page bears it out; without the series that it doesn't.

        Args:
            block: of which the layout lacks rows.
            reply: what the model says.
            known: the columns in the order of the page, and where their labels stand, if it settles that.
        """
        by_rows = reply.by == "rows"
        if by_rows and known:
            return self._told_rows(block, reply, known)
        refusal = _incomplete(block.block, reply)
        if refusal is not None:
            return refusal
        if self._is_mislabelled(block, reply.across, of_rows=not by_rows):
            return SeriesRefusal.OTHER_LABEL
        beside = self._side_by_side(block, reply)
        series = self._series(block, reply) if beside is None else beside
        if isinstance(series, SeriesRefusal):
            return series
        if _lacks_columns(block.block, series, by_rows=by_rows):
            return SeriesRefusal.NOT_PRINTED
        first = series[0]
        across = first.heads or self._labels_across.before(first.label.start, reply.across, block.block)
        if across is None:
            return SeriesRefusal.ACROSS
        if self._is_disowned(block.form, min(across[0].start, series[0].label.start), series):
            return SeriesRefusal.DISOWNED
        names = [one.name for one in reply.across]
        are_rows = self._are_the_forms(block, series, of_rows=by_rows)
        is_whole = are_rows and self._are_the_forms(block, reply.across, of_rows=not by_rows)
        labelled = self._labelled(block, reply, across, series) if beside is None else frozenset[str]()
        named = tuple(zip(names, across, strict=True))
        return ToldTable(by_rows, named, tuple(series), is_whole, labelled, are_beside=beside is not None)

    def _are_the_forms(
        self, block: ReadBlock, said: Sequence[NamedWords] | Sequence[Series], *, of_rows: bool
    ) -> bool:
        """Whether all of some labels are those of the form, as it has them."""
        return all(self._named(block, one.words, of_rows=of_rows) for one in said)

    def _told_rows(
        self, block: ReadBlock, reply: MappingReply, known: Sequence[tuple[str, Span | None]]
    ) -> ToldTable | SeriesRefusal:
        """Some rows of a table, the columns of which are known."""
        named = tuple(NamedWords(name=name, line=0, words=name) for name, _ in known)
        said = [one.name for one in reply.across]
        if len(said) == len(named) and said != [one.name for one in named]:
            return SeriesRefusal.ACROSS
        reply = reply.model_copy(update={"across": named})
        refusal = _incomplete(block.block, reply)
        series = self._series(block, reply) if refusal is None else refusal
        if isinstance(series, SeriesRefusal):
            return series
        if self._is_disowned(block.form, series[0].label.start, series):
            return SeriesRefusal.DISOWNED
        is_whole = self._are_the_forms(block, series, of_rows=True)
        return ToldTable(
            by_rows=True,
            across=tuple(known),
            series=tuple(series),
            is_whole=is_whole,
            labelled=frozenset(),
            are_beside=False,
        )

    def _side_by_side(self, block: ReadBlock, reply: MappingReply) -> list[Series] | None:
        """The rows of a wide table if they stand side by side, and are told right."""
        is_whole = len(reply.series) == len(block.block.rows)
        if block.block.orientation != "wide" or reply.by != "rows" or not is_whole:
            return None
        series = self._rows_beside.series(reply)
        return None if series is None or self._is_mislabelled(block, series, of_rows=True) else series

    def _labelled(
        self, block: ReadBlock, reply: MappingReply, across: Sequence[Span], series: Sequence[Series]
    ) -> frozenset[str]:
        """The series whose labels stand whole with their figures, once on the page.

        Behind words that are no label of the form, such as whose figures follow, none does: nothing says how
        far they go.
        """
        named = {one.name: span for one, span in zip(reply.across, across, strict=True)}
        if len(named) < len(across) or NONE in named:
            return frozenset()
        labels = LabelsWithFigures(self._document, self._index, block)
        by_rows = reply.by == "rows"
        notes = (b.label.start for a, b in pairwise(series) if self._has_note(a.cells[-1].end, b.label.start))
        end = next(notes, len(self._text))
        return frozenset(
            one.name
            for one in series
            if one.label.start < end
            and labels.are_whole(one, named, of_row=by_rows)
            and not self._stands_again(one, reply.across)
        )

    def _has_note(self, start: int, end: int) -> bool:
        """Whether there are words between two series that no label of the form begins."""
        start = self._behind_sentence(start)
        pieces = (piece.strip() for piece in _PIECES.split(self._text[start:end]) if start < end)
        return any(piece and self._index.find(_COLON.split(piece)[0]) is None for piece in pieces)

    def _is_disowned(self, form: Form, start: int, series: Sequence[Series]) -> bool:
        """Whether the page says of a table that begins somewhere that its figures aren't the report's."""
        end = max(one.cells[-1].end for one in series)
        between = [
            (self._behind_sentence(a.cells[-1].end), b.label.start)
            for a, b in pairwise(series)
            if a.cells[-1].end < b.label.start
        ]
        return (
            any(is_of_another_year(self._text, begin, after) for after, begin in ((0, start), *between))
            or any(is_disowned_before(self._text, begin, after) for after, begin in between)
            or says_another_year(self._text, start, end, groups_of((form,)))
            or is_disowned_around(self._text, start, end)
            or is_disowned_elsewhere(self._text, start, end, (form,))
        )

    def _behind_sentence(self, position: int) -> int:
        """Where the sentence ends in which a series does: what it goes on with is said of that series."""
        end = _SENTENCE_END.search(self._text, position)
        return len(self._text) if end is None else end.end()

    # --- the series ----------------------------------------------------------------------------------

    def _series(self, block: ReadBlock, reply: MappingReply) -> list[Series] | SeriesRefusal:
        """The series that are printed as they were said, in page order; none has any of another's."""
        by_rows = reply.by == "rows"
        found: list[Series] = []
        again = 0
        for said in reply.series:
            one = self._printed(said, reply.across)
            if one is not None and one not in found and not self._is_anothers(block, one, of_rows=by_rows):
                found.append(one)
                again += self._stands_again(one, reply.across)
        found = _told_apart(found)
        if 2 * len(found) <= len({said.name for said in reply.series}):
            return SeriesRefusal.NOT_PRINTED
        if 2 * again >= len(found):
            return SeriesRefusal.SEVERAL
        if len({bool(one.heads) for one in found}) > 1 or self._go_on(found, reply.series):
            return SeriesRefusal.WIDTH
        return SeriesRefusal.OTHER_LABEL if self._is_mislabelled(block, found, of_rows=by_rows) else found

    def _printed(self, said: SeriesReply, across: Sequence[NamedWords]) -> Series | None:
        """A series as the line that is cited prints it, if it does so at one place."""
        labels = self._words.everywhere(said.words)
        cited = [label for label in labels if self._lines.at(label.start).number == said.line]
        printed = [one for label in cited if (one := self._behind(label, said, across)) is not None]
        return printed[0] if len(printed) == 1 else None

    def _stands_again(self, series: Series, across: Sequence[NamedWords]) -> bool:
        """Whether as many figures stand behind the same label elsewhere, too, whatever its ordinal there."""
        bare = ordinal(fold_label(series.words))[1]
        labels = self._words.everywhere(bare if len(bare) >= _SHORTEST else series.words)
        elsewhere = (one for one in labels if not series.label.start <= one.start < series.cells[-1].end)
        return any(self._has_figures(label.end, across) for label in elsewhere)

    def _behind(self, label: Span, said: SeriesReply, across: Sequence[NamedWords]) -> Series | None:
        """The series behind a label, if all of its figures are printed there."""
        if len(said.cells) != len(across):
            return None
        position = self._end_of_label(label)
        cells: list[Span] = []
        heads: list[Span] = []
        for cell, head in zip(said.cells, across, strict=True):
            position = end_of_gap(self._text, position)
            words = self._words.at(position, head.words)
            if words is not None:
                heads.append(words)
                position = end_of_gap(self._text, words.end)
            end = self._end_of_figure(position, cell)
            if end is None:
                return None
            cells.append(Span(position, end))
            position = end
        is_regular = bool(cells) and len(heads) in (0, len(cells))
        return Series(said.name, said.words, label, tuple(cells), tuple(heads)) if is_regular else None

    def _has_figures(self, position: int, across: Sequence[NamedWords]) -> bool:
        """Whether as many figures stand somewhere as a series has, whatever they are."""
        for head in across:
            position = end_of_gap(self._text, position)
            words = self._words.at(position, head.words)
            position = position if words is None else end_of_gap(self._text, words.end)
            number = first_number(self._text, position)
            if number is None or number.start > position:
                return False
            position = number.end
        return True

    def _go_on(self, series: Sequence[Series], said: Iterable[NamedWords]) -> bool:
        """Whether other figures follow more than one in ten series, that aren't the ordinal of a label."""
        labels = {label.start for one in said for label in self._words.everywhere(one.words)}
        ends = (end_of_gap(self._text, one.cells[-1].end) for one in series)
        longer = sum(
            self._text[end : end + 1].isdigit() and end not in labels and not is_ordinal_at(self._text, end)
            for end in ends
        )
        return _FEW * longer > len(series)

    def _end_of_label(self, label: Span) -> int:
        """Where a label ends, with the explanation in brackets behind it."""
        explanation = _EXPLANATION.match(self._text, label.end)
        return label.end if explanation is None else explanation.end()

    def _end_of_figure(self, position: int, cell: str) -> int | None:
        """Where a figure that stands at a position ends; None if it doesn't stand there, whole."""
        end = position + len(cell)
        printed = self._text[position:end]
        if not printed or not is_figure(cell) or fold_figure(printed).strip() != fold_figure(cell).strip():
            return None
        own = next(numbers_in(printed), None)
        # Words before a figure don't keep its thousands from being grouped: 自然人12,324件.
        whole = first_number(self._text, position)
        if own is None:
            # A mark: nothing of its kind goes on behind it.
            return None if self._text[end : end + 1] == printed[-1] else end
        is_cut = self._text[position - 1 : position].isdigit()
        is_whole = whole == Span(position + own[0], position + own[1])
        return end if is_whole and not is_cut else None

    # --- the labels ----------------------------------------------------------------------------------

    def _is_anothers(self, block: ReadBlock, said: NamedWords | Series, *, of_rows: bool) -> bool:
        """Whether words are the label of another row, or column, than they are said to be."""
        named = self._named(block, said.words, of_rows=of_rows)
        return bool(named) and said.name not in named

    def _is_mislabelled(
        self, block: ReadBlock, said: Sequence[NamedWords] | Sequence[Series], *, of_rows: bool
    ) -> bool:
        """Whether words are another label than they are said to be, or more like another one.

        Args:
            block: that they are said to be of.
            said: what was said of rows, or of columns, in page order.
            of_rows: which of the two.
        """
        if any(self._is_anothers(block, one, of_rows=of_rows) for one in said):
            return True
        elements = {one.id: one for one in _elements(block.block, of_rows=of_rows)}
        order = list(elements)
        named = {one.name: self._named(block, one.words, of_rows=of_rows) for one in said}
        known = [one for one in said if one.name != NONE]
        for a, b in combinations(known, 2):
            if b.name in named[a.name] and a.name in named[b.name]:
                # Labels that are the same are told apart by the order of the form.
                if order.index(a.name) > order.index(b.name):
                    return True
            elif not (named[a.name] and named[b.name]) and _are_exchanged(elements, a, b):
                return True
        alike = sum(likeness(_key(one), elements[one.name]) > 0 for one in known)
        return 2 * alike <= len(known)

    def _named(self, block: ReadBlock, words: str, *, of_rows: bool) -> frozenset[str]:
        """The rows, or the columns, of a block that words can name as a whole label."""
        label, key = self._index.find(words), (block.table.id, block.block.id)
        if label is None:
            return frozenset()
        if not of_rows:
            return label.columns.get(key, frozenset())
        rows = label.rows.get(key, frozenset()) | label.wide_rows.get(key, frozenset())
        # 2.其他 is what figures have left of 2.其他法律行政法规禁止公开, and not the label of 3.其他.
        number = ordinal(fold_label(words))[0]
        numbers = {row.id: row.number and label_key(row.number) for row in block.block.rows}
        return frozenset(row for row in rows if None in (number, numbers[row]) or numbers[row] == number)


def _told_apart(series: Iterable[Series]) -> list[Series]:
    """Series in page order, without those that have a name or a character in common with another one."""
    ordered = sorted(series, key=lambda one: one.label)
    names = Counter(one.name for one in ordered if one.name != NONE)
    overlapping = [
        one for pair in pairwise(ordered) if pair[0].cells[-1].end > pair[1].label.start for one in pair
    ]
    return [one for one in ordered if names[one.name] < 2 and one not in overlapping]


def _key(said: NamedWords | Series) -> str:
    return label_key(fold_label(said.words))


def _are_exchanged(elements: dict[str, _Element], a: NamedWords | Series, b: NamedWords | Series) -> bool:
    """Whether the words for two rows, or columns, are more like each other's labels."""
    first, second = elements[a.name], elements[b.name]
    exchanged = likeness(_key(b), first) + likeness(_key(a), second)
    return exchanged > likeness(_key(a), first) + likeness(_key(b), second)


def _lacks_columns(block: Block, series: Sequence[Series], *, by_rows: bool) -> bool:
    """Whether series that are columns are fewer than a block has."""
    return not by_rows and len({one.name for one in series}) < len(block.columns)


def _elements(block: Block, *, of_rows: bool) -> Sequence[_Element]:
    return block.rows if of_rows else block.columns


def _incomplete(block: Block, reply: MappingReply) -> SeriesRefusal | None:
    """Why an answer is none by its form: it lacks columns, or names rows where columns are."""
    by_rows = reply.by == "rows"
    if not reply.series or not reply.across:
        return SeriesRefusal.EMPTY
    across = _names(reply.across)
    if len(set(across)) < len(across):
        return SeriesRefusal.TWICE
    for names, of_rows in ((_names(reply.series), by_rows), (across, not by_rows)):
        expected = {one.id for one in _elements(block, of_rows=of_rows)}
        if not expected.issuperset(names) or (not of_rows and not expected.issubset(names)):
            return SeriesRefusal.INCOMPLETE
    return None


def _names(said: Iterable[NamedWords]) -> list[str]:
    return [one.name for one in said if one.name != NONE]
