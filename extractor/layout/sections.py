"""Sections of a document: each header of a table, what it can be, and the rows below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.layout.headers.header import HeaderMatch
from extractor.layout.headers.told_headers import ToldHeader, with_told
from extractor.layout.items.columns_apart import with_columns_together
from extractor.layout.items.items import Item
from extractor.layout.items.named_cells import with_names_of_cells
from extractor.layout.items.page_numbers import without_page_numbers
from extractor.layout.items.pairs_of_years import without_other_years_beside
from extractor.layout.items.repeated_cells import without_repeated_cells
from extractor.layout.items.row_numbers import without_column_numbers, without_row_numbers
from extractor.layout.items.rows_of_years import without_rows_of_other_years
from extractor.layout.items.section_numbers import without_section_numbers
from extractor.layout.items.turned_tables import with_turned_tables
from extractor.layout.items.whole_labels import items_of
from extractor.layout.items.wrapped_labels import with_wrapped_labels
from extractor.layout.items.year_columns import with_years_as_columns
from extractor.layout.rows.blank_lines import with_blank_lines
from extractor.layout.rows.blanks_in_place import with_blanks_in_place
from extractor.layout.rows.laid_out import headers_of
from extractor.layout.rows.mistyped import with_mistyped_labels
from extractor.layout.rows.names_behind import without_names_behind
from extractor.layout.rows.own_totals import take_totals_as_own
from extractor.layout.rows.rows import PageRow, start_of, with_slots_of_foreign_columns, with_word_slots
from extractor.layout.rows.segments import Segment, segments_of
from extractor.layout.rows.wholes import tell_apart_by_wholes
from extractor.layout.scope.captions import TablePlace, are_side_by_side, may_stand_below
from extractor.layout.scope.disowned import (
    HEADING,
    is_correction,
    is_disowned,
    is_disowned_above,
    is_spoken_of_beside_another,
    start_of_header,
)
from extractor.layout.scope.headed import disowned_by_heads
from extractor.layout.scope.leftovers import leftovers_of
from extractor.layout.scope.notes import Note, disowned_by_notes, disowning_notes
from extractor.layout.scope.parts_of_tables import PartOfTable, whole_tables
from extractor.layout.scope.statements import told_wrong
from extractor.layout.scope.table_places import is_rest_of_header, places_of
from extractor.layout.scope.words_in_rows import rows_disowned_by_words
from extractor.layout.words.glosses import contradicted_tables
from extractor.layout.words.label_index import label_index
from extractor.layout.words.other_year import years_above
from rules.form import Form


class Section(NamedTuple):
    """A segment and what its header and its rows can be.

    Attributes:
        segment: a header and the rows below it.
        headers: what its header can be, by form and block.
        names: by block, the form rows that each of its rows can be, if it can be any.
        is_unclear: words disown it that may be said of another table.
        years: whether the year that the caption right above its table names is the report's own; both if it
            contradicts itself, nothing if it names none.
        is_clear_but_for_year: nothing but that caption may be said of another table.
    """

    segment: Segment
    headers: dict[tuple[Form, tuple[str, str]], HeaderMatch]
    names: dict[tuple[str, str], list[frozenset[str]]]
    is_unclear: bool = False
    years: frozenset[bool] = frozenset()
    is_clear_but_for_year: bool = False


class Stretch(NamedTuple):
    """A header and the rows of one table below it.

    Attributes:
        table: the table's id.
        rows: the ids of the rows that the labels name, in page order; none for a wide table.
        start, end: from the header's first label to the last figure.
    """

    table: str
    rows: tuple[str, ...]
    start: int
    end: int


def sections_of(
    document: Document, forms: tuple[Form, ...], told: Sequence[ToldHeader] = ()
) -> list[Section]:
    """The headers of a document and the rows below each, as what the labels of the forms say.

    Args:
        document: the input.
        forms: editions of one family.
        told: what another reader says of headers.
    """
    index = label_index(forms, is_ocr=document.is_ocr)
    items = with_mistyped_labels(items_of(document, index), document.text, index, forms)
    items = with_years_as_columns(items, document.text, forms, index)
    items = with_columns_together(with_turned_tables(items), document.text, forms)
    items = without_other_years_beside(items, document.text, index)
    items = without_rows_of_other_years(items, document.text)
    items = with_names_of_cells(items, document.text)
    items = without_section_numbers(items, document.text, forms)
    items = without_row_numbers(items, document.text)
    items = without_column_numbers(without_page_numbers(items, document.text), document.text)
    items = with_word_slots(with_wrapped_labels(items, document.text, index), document.text)
    items = with_blank_lines(without_repeated_cells(items, document.text), document.text, forms)
    sections = _cut(items, document, forms, told)
    marked = with_blanks_in_place(items, list(_ordered(sections)), document.text)
    for section in sections:
        foreign, is_first = foreign_columns(section), _begins_with_foreign(section)
        if (foreign or is_first) and section.segment.rows:
            start, last = section.segment.header[-1].end, section.segment.rows[-1].slots[-1]
            # What stands in such a column of the last row is behind its last figure.
            end = max(item.end for item in marked if item.row == last.row) + 1
            marked = with_slots_of_foreign_columns(marked, foreign, start, end, is_first=is_first)
    return sections if marked == items else _cut(marked, document, forms, told)


class _Told(NamedTuple):
    """A segment and what words above it say.

    Attributes:
        segment: a header and the rows below it.
        after: where what stands before it ends: figures of another table, or the text's beginning.
        corrects: whether they say that it stands in place of a table before it.
        is_disowned: whether they say that its figures aren't the report's.
    """

    segment: Segment
    after: int
    corrects: bool
    is_disowned: bool


def _with_words_above(segments: Sequence[Segment], text: str, forms: tuple[Form, ...]) -> Iterator[_Told]:
    """Segments with what is said above them; what stands above a header is said of all of it."""
    corrects = disowned = False
    last, end = Segment(), 0
    for segment in segments:
        goes_on, has_header = is_rest_of_header(last, segment, text), bool(segment.header)
        corrects = (goes_on and corrects) or (
            has_header and is_correction(text, start_of_header(segment, text), end)
        )
        disowned = (goes_on and disowned) or (has_header and is_disowned(segment, text, end, forms))
        yield _Told(segment, end, corrects, disowned and not corrects)
        last, end = segment, max((row.slots[-1].end for row in segment.rows), default=end)


def _ordered(sections: Sequence[Section]) -> Iterator[tuple[Segment, HeaderMatch]]:
    """The segments of text whose header tells the order of a block's columns, one row a line."""
    for section in sections:
        for header in section.headers.values():
            if header.complete and header.block.orientation == "rows" and not header.columns_at:
                yield section.segment, header
                break


def _cut(
    items: Sequence[Item], document: Document, forms: tuple[Form, ...], told: Sequence[ToldHeader]
) -> list[Section]:
    """The headers among items and the rows below each."""
    text = document.text
    sections: list[Section] = []
    segments = segments_of(items, text)
    tell_apart_by_wholes(segments, forms)
    for segment, end, corrects, disowned in _with_words_above(segments, text, forms):
        section = _section(segment, text, forms, end, is_disowned=disowned)
        if not disowned:
            above = _right_above(sections[-1].segment, end) if sections else None
            section = _without_leftovers(section, document, forms, above)
            section = _without_rows(
                section, rows_disowned_by_words(segment, list(section.headers.values()), items, text)
            )
        if segment.header:
            section = section._replace(years=years_above(text, start_of_header(segment, text), end))
        if disowned:
            section = _with_clearness(section, text, end)
        if corrects:
            sections = [_without_those_of(before, section) for before in sections]
        if told:
            starts = [start_of(row) for row in segment.rows]
            section = section._replace(headers=with_told(section.headers, starts, forms, told))
        sections.append(section)
    sections = _with_unclear_captions(_with_whole_tables(sections, text), text)
    return _with_words_elsewhere(sections, document, forms)


def _with_clearness(section: Section, text: str, after: int) -> Section:
    """A section that words disown, with whether these may be said of another one."""
    segment, contradicts = section.segment, len(section.years) > 1
    return section._replace(
        is_unclear=contradicts or is_spoken_of_beside_another(segment, text, after),
        is_clear_but_for_year=not contradicts
        and not is_spoken_of_beside_another(segment, text, after, but_for_year=True),
    )


def _with_words_elsewhere(
    sections: Sequence[Section], document: Document, forms: tuple[Form, ...]
) -> list[Section]:
    """Sections of which those are disowned that words disown which don't stand right beside them.

    Lines that head all tables below them, sentences anywhere that correct one, notes, the English of labels.
    """
    tables = [frozenset(table for table, _ in _blocks_with_figures(one)) for one in sections]
    text = document.text
    places = places_of([section.segment for section in sections], text)
    notes = disowned_by_notes(text, places, disowning_notes(document))
    words = zip(disowned_by_heads(text, places, tables), told_wrong(text, places, forms), strict=True)
    contradicted = contradicted_tables(document, label_index(forms, is_ocr=document.is_ocr))
    disowned = [
        head or sentence or any(table.start < place.end and place.start < table.end for table in contradicted)
        for (head, sentence), place in zip(words, places, strict=True)
    ]
    said = [
        _disowned(section) if is_not else _with_notes(section, own)
        for section, is_not, own in zip(sections, disowned, notes, strict=True)
    ]
    return _with_parts(said, places, text)


def _with_parts(sections: list[Section], places: Sequence[TablePlace], text: str) -> list[Section]:
    """Sections of which all parts of a table are disowned where one is."""
    parts = [
        PartOfTable(place, _rows_told(section), bool(section.years))
        for section, place in zip(sections, places, strict=True)
    ]
    for table in whole_tables(parts, text):
        if any(header.is_disowned for one in table for header in sections[one].headers.values()):
            for one in table:
                sections[one] = _disowned(sections[one])
    return sections


def _rows_told(section: Section) -> dict[tuple[str, str], frozenset[str]]:
    """The rows of each block, of whatever form, that a section's labels tell."""
    blocks = {block for _, block in _complete(section)}
    named = {block: section.names[block] for block in blocks & section.names.keys()}
    return {
        block: frozenset().union(*(ids for ids in rows if len(ids) == 1)) for block, rows in named.items()
    }


def _with_notes(section: Section, notes: Sequence[Note]) -> Section:
    """A section of which notes disown what they are on: rows with figures that they stand at, or all."""
    rows: dict[tuple[str, str], frozenset[str]] = {}
    for start, end, _ in notes:
        noted = [
            row
            for row in section.segment.rows
            if any(slot.start <= start <= end <= slot.end for slot in row.slots)
        ]
        if not noted or not noted[0].names:
            return _disowned(section)
        for key, ids in noted[0].names.items():
            rows[key] = rows.get(key, frozenset()) | ids
    return _without_rows(section, rows)


def _without_rows(section: Section, rows: Mapping[tuple[str, str], frozenset[str]]) -> Section:
    """A section of which those rows are disowned, too."""
    headers = {
        key: header._replace(disowned=header.disowned | rows.get(key[1], frozenset()))
        for key, header in section.headers.items()
    }
    return section._replace(headers=headers)


def _disowned(section: Section) -> Section:
    headers = {key: header._replace(is_disowned=True) for key, header in section.headers.items()}
    return section._replace(headers=headers)


def _with_whole_tables(sections: Sequence[Section], text: str) -> list[Section]:
    """Sections of which what stands above a table is said of all its blocks, each with its own header."""
    result: list[Section] = []
    is_above = False
    for section, place in zip(
        sections, places_of([section.segment for section in sections], text), strict=True
    ):
        goes_on = bool(result) and not section.years and _are_of_one_table(result[-1], section)
        if goes_on and HEADING.search(text, place.after, place.start) is None:
            result.append(_going_on(section, result[-1], is_disowned=is_above))
            if is_above:
                continue
        else:
            result.append(section)
        disowned = any(header.is_disowned for header in section.headers.values())
        is_above = disowned and is_disowned_above(text, place.start, place.after)
    return result


def _going_on(section: Section, above: Section, *, is_disowned: bool) -> Section:
    """A section with what the words above the first block of its table say of all of them."""
    section = section._replace(years=above.years)
    if not is_disowned:
        return section
    return _disowned(section)._replace(
        is_unclear=above.is_unclear, is_clear_but_for_year=above.is_clear_but_for_year
    )


def _are_of_one_table(section: Section, following: Section) -> bool:
    """Whether two sections are different blocks of one table."""
    before, after = ({ids for _, ids in one.headers} for one in (section, following))
    tables = {table for table, _ in before | after}
    return len(tables) == 1 and bool(before) and bool(after) and before != after


def _with_unclear_captions(sections: list[Section], text: str) -> list[Section]:
    """Sections of which both of a kind are disowned, where a caption disowns one and may be the other's.

    Each is compared with the one before it that has the same table. Where captions may stand below the first
    of several, they may below all of them.
    """
    disowned = [any(header.is_disowned for header in section.headers.values()) for section in sections]
    if not any(disowned):
        return sections
    places = places_of([section.segment for section in sections], text)
    result = list(sections)
    before: dict[tuple[Form, tuple[str, str]], int] = {}
    unclear: set[int] = set()
    for later, second in enumerate(sections):
        keys = _complete(second)
        for earlier in sorted({before[key] for key in keys if key in before}):
            upper, lower = places[earlier]._replace(end=places[later].after), places[later]
            is_unclear = may_stand_below(text, upper, lower) or are_side_by_side(text, upper, lower)
            is_unclear = earlier in unclear or (is_unclear and not _are_of_two_years(result[earlier], second))
            unclear |= {later} if is_unclear else set()
            if disowned[earlier] != disowned[later] and is_unclear:
                result[earlier] = _without_those_of(result[earlier], second)
                result[later] = _without_those_of(result[later], sections[earlier])
        before |= dict.fromkeys(keys, later)
    return result


def _complete(section: Section) -> set[tuple[Form, tuple[str, str]]]:
    """The blocks that a section's header is a complete one of, by form."""
    return {key for key, header in section.headers.items() if header.complete}


def _blocks_with_figures(section: Section) -> set[tuple[str, str]]:
    """The blocks, of whatever form, that a section has figures of."""
    if not section.segment.rows:
        return set()
    return {*(block for _, block in _complete(section)), *section.names}


def foreign_columns(section: Section) -> frozenset[int]:
    """The columns of the grid that a section's header has a label for which is none of the form.

    Args:
        section: with its header as it is read.
    """
    return frozenset().union(*(header.foreign_at for header in section.headers.values()))


def _begins_with_foreign(section: Section) -> bool:
    """Whether the first column below a section's header is none of the form."""
    orders = [order for header in section.headers.values() for order in header.orders]
    return bool(orders) and all(order[0] is None for order in orders)


def of_the_report(sections: Sequence[Section]) -> list[Section]:
    """Without the tables that the page disowns, where the report's own are there, too.

    Where it is unclear which of two it disowns, both stay, and both are disowned.

    Args:
        sections: of a document, in page order.
    """
    sections = _with_unclear(sections)
    complete = [_complete(section) for section in sections]
    disowned = [any(header.is_disowned for header in section.headers.values()) for section in sections]
    own = {key for keys, is_not in zip(complete, disowned, strict=True) if not is_not for key in keys}
    return [
        section
        for section, keys, is_not in zip(sections, complete, disowned, strict=True)
        if not is_not or own.isdisjoint(keys)
    ]


def _with_unclear(sections: Sequence[Section]) -> Sequence[Section]:
    """Sections of which those are disowned, too, that have the tables of one that may not be meant."""
    for unclear in [section for section in sections if section.is_unclear]:
        sections = [
            section
            if section is unclear or _are_told_apart(section, unclear)
            else _without_those_of(section, unclear)
            for section in sections
        ]
    return sections


def _are_told_apart(section: Section, other: Section) -> bool:
    """Whether captions say that a section is of the report's own year, and a disowned one isn't."""
    return other.is_clear_but_for_year and other.years == {False} and _are_of_two_years(section, other)


def _are_of_two_years(section: Section, other: Section) -> bool:
    """Whether the captions of two tables say that one is of the report's own year, and the other isn't."""
    return sorted(map(sorted, (section.years, other.years))) == [[False], [True]]


def _section(
    segment: Segment, text: str, forms: tuple[Form, ...], after: int, *, is_disowned: bool
) -> Section:
    headers = {
        (header.form, (header.table.id, header.block.id)): without_names_behind(
            header._replace(is_disowned=is_disowned), segment, text, after
        )
        for header in headers_of(segment, text, forms)
    }
    take_totals_as_own(segment.rows, {key[0] for (_, key), header in headers.items() if header.complete})
    names: dict[tuple[str, str], list[frozenset[str]]] = {}
    for row in segment.rows:
        for key, ids in row.names.items():
            names.setdefault(key, []).append(ids)
    return Section(segment, headers, names)


def _right_above(segment: Segment, end: int) -> Item | None:
    """The last words behind a segment's last figure: they stand right above the next one's header."""
    return next((item for item in segment.loose[-1:] if item.start >= end and item.label is None), None)


def _without_leftovers(
    section: Section, document: Document, forms: tuple[Form, ...], above: Item | None
) -> Section:
    """A section of which those rows are disowned that its own cells say to be of another scope."""
    headers = list(section.headers.values())
    leftovers = leftovers_of(
        section.segment, headers, document.text, forms, above=above, is_ocr=document.is_ocr
    )
    changed = {
        key: header._replace(
            is_disowned=leftovers.is_disowning, disowned=leftovers.rows.get(key[1], frozenset())
        )
        for key, header in section.headers.items()
    }
    return section._replace(headers=changed)


def _without_those_of(section: Section, other: Section) -> Section:
    """A section whose tables are disowned that another one has, too."""
    common = _complete(other)
    headers = {
        key: header._replace(is_disowned=header.is_disowned or key in common)
        for key, header in section.headers.items()
    }
    return section._replace(headers=headers)


def stretches_of(document: Document, forms: tuple[Form, ...]) -> list[Stretch]:
    """Where the tables of a document stand, in page order.

    Args:
        document: the input.
        forms: editions of one family, newest first.
    """
    return [stretch for section in sections_of(document, forms) if (stretch := _stretch(section)) is not None]


def _stretch(section: Section) -> Stretch | None:
    """The table that most rows below a header are of, or that the header is of; None if it is of no table."""
    segment = section.segment
    named = [row for row in segment.rows if row.names]
    tables = Counter(table for row in named for table in {table for table, _ in row.names})
    wide = [table for (_, (table, _)), header in section.headers.items() if header.rows]
    if tables:
        table, rows = tables.most_common(1)[0][0], named
    elif wide:
        table, rows = wide[0], [*segment.rows, *segment.blank][:1]
    else:
        return None
    heads = [row.head for row in named if row.head is not None]
    beginning = segment.header or heads or rows[0].slots
    end = max((row.slots[-1].end for row in rows), default=beginning[-1].end)
    return Stretch(table, _names_of(table, named), beginning[0].start, end)


def _names_of(table: str, rows: Sequence[PageRow]) -> tuple[str, ...]:
    """The rows of a table that page rows are, of those whose label names one only."""
    ids = [frozenset().union(*(ids for key, ids in row.names.items() if key[0] == table)) for row in rows]
    return tuple([next(iter(names)) for names in ids if len(names) == 1])
