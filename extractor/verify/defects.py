"""What can be wrong with a reading besides violated rules: told once for a cause and a table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby

from extractor.documents.document import Document, Span
from extractor.layout.reading import Doubt, ReadBlock, Reading, ReadRow
from extractor.result.cells import Basis, Grounding, Status
from extractor.result.findings import Finding
from extractor.text.figures import is_word
from extractor.verify.cells import CheckedCell
from extractor.verify.defect_words import (
    DEFECTS,
    NOT_BORNE_OUT,
    NOT_GROUNDED,
    OF_SEVERAL,
    REASONS,
    SEVERAL_PLACEMENTS,
    SOFT_DEFECTS,
    UNREAD_KINDS,
    UNREAD_OTHERWISE,
)
from extractor.verify.findings import finding_at
from extractor.verify.outcomes import Cells
from extractor.verify.unknown_form import unknown_form_findings
from extractor.verify.words import (
    Words,
    element_name,
    filled,
    in_both,
    in_each,
    name_of,
    row_name,
    text_in,
)
from rules.confront import State
from rules.form import Column, Form, Table
from rules.words import Bilingual

# What settles cells without confirming them, and what tells it.
_WEAK_BASES = {Basis.CONVENTION: "by-convention", Basis.SUMS: "by-sums"}
# Of many figures so many are named.
_MOST_SHOWN = 20
# What cells hold that state no number.
_EMPTY = frozenset({State.BLANK, State.MARK})


def defects_of(
    document: Document, reading: Reading, unsettled: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """Everything that the reading lacks or doubts, except single cells.

    Args:
        document: where it was read.
        reading: what was read.
        unsettled: the addresses of rows that two readers don't settle after all.
    """
    yield from _of_document(document, lacks_table=reading.lacks_table)
    yield from _of_standing(document, reading)
    if reading.statistics is not None and reading.statistics.tables:
        yield from unknown_form_findings(document, reading.statistics)
    elif reading.form is None:
        yield _defect(document, "no-table", None, in_both())
    yield from _of_tables(document, reading, unsettled)
    yield from _of_editions(document, reading)
    if rows := reading.local_rows:
        words = in_both(name=document.text[rows[0].label.start : rows[0].label.end])
        yield _of_all(document, "local-rows", [""] * len(rows), words, rows[0].label)
    if strays := reading.strays:
        printed = [text for stray in strays for text in document.texts(stray.figures)]
        words = in_both(printed=_shortened(printed, " "))
        yield _of_all(document, "stray-figures", [""] * len(strays), words, strays[0].span)


def cell_defects_of(
    document: Document,
    reading: Reading,
    cells: Cells,
    unsettled: Container[tuple[str, ...]],
    statuses: Mapping[str, Status],
) -> Iterator[Finding]:
    """What is doubtful about single cells, and tables whose cells state no number.

    Args:
        document: where they were read.
        reading: what was read.
        cells: by address.
        unsettled: the addresses of rows that the sums don't bear out after all.
        statuses: of the cells, by address.
    """
    if recognised := sum(cell.is_ocr for cell in cells.values()):
        yield _defect(document, "recognised", None, in_both(count=str(recognised)))
    for blocks in _by_table(reading):
        addresses = {address: block.form for block in blocks for address in _addresses(block)}
        guessed = {a for a in addresses if _is_guessed(cells[a], statuses[a])}
        yield from _unreadable(document, addresses, cells, guessed)
        yield from _unread(document, addresses, cells)
        yield from _ungrounded(document, blocks[0].table.id, addresses, cells, statuses, unsettled)
        settled = (cells[address] for address in addresses if cells[address].row.addresses not in unsettled)
        bases = {cell.basis for cell in settled}
        for basis, rule in _WEAK_BASES.items():
            if basis in bases:
                yield _defect(document, rule, None, _title(blocks[-1].table))
        if all(cells[address].state in _EMPTY for address in addresses):
            yield _defect(document, "empty-table", None, _title(blocks[-1].table))


def _ungrounded(
    document: Document,
    table: str,
    addresses: Iterable[str],
    cells: Cells,
    statuses: Mapping[str, Status],
    unsettled: Container[tuple[str, ...]],
) -> Iterator[Finding]:
    """The rows without any other doubt whose labels, as they stand there, aren't the form's.

    Args:
        document: where they were read.
        table: the table's id.
        addresses: of the table's cells.
        cells: by address.
        statuses: of the cells, by address.
        unsettled: the addresses of rows that are told of otherwise.
    """
    rows: dict[tuple[str, ...], ReadRow] = {}
    for address in addresses:
        cell, row = cells[address], cells[address].row
        is_told = bool(row.doubts or row.open or row.differing) or row.addresses in unsettled
        is_open = cell.span is not None and statuses[address] is Status.DISPUTED
        if is_open and not is_told and cell.grounding is Grounding.NONE:
            rows.setdefault(row.addresses, row)
    if rows:
        yield _of_these(document, "disputed", table, [*rows.values()], NOT_GROUNDED)


def _is_guessed(cell: CheckedCell, status: Status) -> bool:
    """Whether what was recognised there is a guess, or one reader's answer that sums don't bear out."""
    return cell.is_guess or (cell.is_one_reader and status is Status.DISPUTED)


def _unreadable(
    document: Document, addresses: Mapping[str, Form], cells: Cells, guessed: Set[str]
) -> Iterator[Finding]:
    """The cells of a table that hold no number of the kind that the form has there, or a guess of one.

    Args:
        document: where they were read.
        addresses: of the table's cells, with the form that has them.
        cells: by address.
        guessed: the addresses of those that are guesses.
    """
    told: dict[str, list[str]] = {}
    for address in addresses:
        cell = cells[address]
        rule = "unreadable" if not cell.is_parsable else "guessed" if address in guessed else None
        if rule is not None and not _is_unread(cell):
            told.setdefault(rule, []).append(address)
    for rule, places in told.items():
        printed = _shortened(list(dict.fromkeys(cells[address].printed for address in places)), "、")
        words = _cell_words(addresses[places[0]], places[0], printed)
        yield _of_all(document, rule, places, words, cells[places[0]].span)


def _unread(document: Document, addresses: Mapping[str, Form], cells: Cells) -> Iterator[Finding]:
    """That cells of a table hold something that can't be read, once for each kind of it.

    Args:
        document: where they were read.
        addresses: of the table's cells, with the form that has them.
        cells: by address.
    """
    kinds: dict[Bilingual, list[str]] = {}
    for address in addresses:
        if _is_unread(cells[address]):
            kinds.setdefault(_kind_of(cells[address].remarks), []).append(address)
    for kind, places in kinds.items():
        words = _unread_words(kind, addresses[places[0]], places[0])
        yield _of_all(document, "unread", places, words, cells[places[0]].span)


def _is_unread(cell: CheckedCell) -> bool:
    """Whether a cell holds what can't be read, rather than a word that is read and is no figure."""
    return cell.state is State.UNREAD and not is_word(cell.printed)


def _kind_of(remarks: Iterable[str]) -> Bilingual:
    """What can't be read, as the remarks of a cell have it."""
    told = {remark.partition(":")[0] for remark in remarks}
    return next((words for kind, words in UNREAD_KINDS.items() if kind in told), UNREAD_OTHERWISE)


def _unread_words(kind: Bilingual, form: Form, address: str) -> Words:
    return in_each(
        lambda language: {"name": name_of(form, address, language), "what": text_in(kind, language)}
    )


def _defect(
    document: Document, rule: str, span: Span | None, words: Words, place: str | None = None
) -> Finding:
    message = filled(DEFECTS[rule], words)
    if rule in SOFT_DEFECTS:
        return finding_at(document, rule, message, span, place=place, severity="soft", cause=None)
    return finding_at(document, rule, message, span, place=place)


def _of_all(document: Document, rule: str, places: Sequence[str], words: Words, span: Span | None) -> Finding:
    """A defect of one or several rows or cells of a table.

    Args:
        document: where they were read.
        rule: the kind of defect.
        places: their addresses.
        words: for the message; how many they are needn't be among them.
        span: where the first of them stands.
    """
    template = OF_SEVERAL.get(rule, DEFECTS[rule]) if len(places) > 1 else DEFECTS[rule]
    counted = {language: {**texts, "count": str(len(places))} for language, texts in words.items()}
    message = filled(template, counted)
    named = tuple(place for place in places if place)
    where = {"place": named[0]} if len(named) == 1 else {"places": named}
    if rule in SOFT_DEFECTS:
        return finding_at(document, rule, message, span, **where, severity="soft", cause=None)
    return finding_at(document, rule, message, span, **where)


def _shortened(printed: Sequence[str], between: str) -> str:
    """Figures as they are printed, the first of many only."""
    return between.join(printed[:_MOST_SHOWN]) + ("…" if len(printed) > _MOST_SHOWN else "")


def _by_table(reading: Reading) -> Iterator[list[ReadBlock]]:
    """The blocks of each table."""
    for _, blocks in groupby(reading.blocks, key=lambda block: block.table.id):
        yield list(blocks)


def _addresses(block: ReadBlock) -> Iterator[str]:
    for row in block.found:
        yield from row.addresses


def _title(table: Table) -> Words:
    return in_each(lambda language: {"name": text_in(table.title, language)})


def _cell_words(form: Form, address: str, printed: str) -> Words:
    return in_each(lambda language: {"name": name_of(form, address, language), "printed": printed})


def _of_document(document: Document, *, lacks_table: bool) -> Iterator[Finding]:
    """What became of the file before anything was read."""
    if lacks_table and document.unread_pictures:
        yield _defect(document, "pictures-unread", None, in_both(count=str(document.unread_pictures)))
    if lacks_table and document.pictures_elsewhere:
        yield _defect(document, "pictures-elsewhere", None, in_both(count=str(document.pictures_elsewhere)))
    if document.carried_in is not None:
        yield _defect(document, "carried-content", None, in_both(element=document.carried_in))
    if document.undecodable:
        words = in_both(count=str(document.undecodable), name=document.encoding)
        yield _defect(document, "undecodable", None, words)
    if document.lost:
        words = in_both(count=str(len(document.lost)), printed=_shortened(document.lost, "、"))
        yield _defect(document, "lost-figures", None, words)


def _of_standing(document: Document, reading: Reading) -> Iterator[Finding]:
    """That the file holds more than this report, or holds it more than once."""
    standing = reading.standing
    if standing is None:
        return
    words = in_both(count=str(standing.total), number=str(standing.number))
    if standing.total > 1:
        yield _defect(document, "several-reports", standing.start, words)
    if standing.is_copied:
        yield _defect(document, "printed-twice", standing.start, words)


def _of_tables(
    document: Document, reading: Reading, unsettled: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """Tables, columns and rows that are missing, and rows that are in doubt."""
    for blocks in _by_table(reading):
        rows = [row for block in blocks for row in block.found]
        if all(row.is_absent for row in rows):
            yield _defect(document, "missing-table", None, _title(blocks[0].table))
            continue
        for block in blocks:
            yield from _missing_columns(document, block)
        yield from _of_rows(document, blocks[0].table.id, rows, unsettled)


def _missing_columns(document: Document, block: ReadBlock) -> Iterator[Finding]:
    torn = [row.spans for row in block.found if None in row.spans]
    for i, column in enumerate(block.block.columns):
        if any(spans[i] is None for spans in torn):
            yield _defect(document, "missing-column", None, _column_name(column))


def _column_name(column: Column) -> Words:
    return in_each(lambda language: {"name": element_name(column, language)})


def _of_rows(
    document: Document, table: str, rows: Sequence[ReadRow], unsettled: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """The rows of a table that are missing or in doubt, those of one cause together."""
    missing = [row for row in rows if row.is_absent]
    if missing:
        yield _of_these(document, "missing-row", table, missing)
    causes: dict[Bilingual, list[ReadRow]] = {}
    for row in rows:
        if reasons := _reasons(row, unsettled):
            why = Bilingual(
                zh="；".join(reason.zh for reason in reasons), en="; ".join(reason.en for reason in reasons)
            )
            causes.setdefault(why, []).append(row)
    for why, doubtful in causes.items():
        yield _of_these(document, "disputed", table, doubtful, why)


def _reasons(row: ReadRow, unsettled: Container[tuple[str, ...]]) -> list[Bilingual]:
    """Why cells of a row are open; two readers may have settled what was in doubt."""
    is_settled = row.is_agreed and row.addresses not in unsettled
    reasons = [REASONS[doubt] for doubt in sorted(() if is_settled else row.doubts)]
    if row.differing:
        reasons.append(REASONS[Doubt.READERS_DIFFER])
    if row.open and not row.doubts:
        reasons.append(SEVERAL_PLACEMENTS)
    if row.addresses in unsettled and not reasons:
        reasons.append(NOT_BORNE_OUT)
    return reasons


def _of_these(
    document: Document,
    rule: str,
    table: str,
    rows: Sequence[ReadRow],
    why: Bilingual | None = None,
) -> Finding:
    """A defect of rows of a table.

    Args:
        document: where they were read.
        rule: the kind of defect.
        table: the table's id.
        rows: those that have it.
        why: the cause, where the message tells it.
    """
    first = rows[0]
    words = in_each(
        lambda language: {
            "name": row_name(first.row, language),
            "reason": text_in(why, language) if why is not None else "",
        }
    )
    span = first.label or next((span for span in first.spans if span), None)
    return _of_all(document, rule, [f"{table}.{row.row.id}" for row in rows], words, span)


def _of_editions(document: Document, reading: Reading) -> Iterator[Finding]:
    """Tables that follow another edition than the report in some block."""
    deviating = {
        (block.table.id, block.form.edition): block.table
        for block in reading.blocks
        if block.is_on_page and block.form is not reading.form
    }
    for (_, edition), table in deviating.items():
        yield _defect(document, "other-edition", None, _title_and_edition(table, edition))


def _title_and_edition(table: Table, edition: str) -> Words:
    return in_each(lambda language: {"name": text_in(table.title, language), "edition": edition})
