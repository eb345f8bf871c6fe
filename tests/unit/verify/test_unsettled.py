"""Rows that rest on two readers are settled only if what stands around them bears them out."""

from __future__ import annotations

from dataclasses import replace

from extractor.documents.document import Span, Sureness
from extractor.layout.reading import Doubt, ReadRow
from extractor.result.cells import Basis, Grounding, Status
from extractor.verify.cells import CheckedCell
from extractor.verify.outcomes import RuleEvidence
from extractor.verify.status import statuses_of, unsettled_rows
from rules.confront import State
from rules.loader import built_in_forms

ROWS = {row.id: row for row in built_in_forms()[0].tables[1].blocks[0].rows}
COLUMNS = ("natural_person", "business", "total")


def addresses(row: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}.{column}" for column in COLUMNS)


RECEIVED, GRANTED, REFUSED = (addresses(row) for row in ("received", "granted", "partially_granted"))
# Along each row: natural_person + business = total.
ALONG = [GRANTED, REFUSED]
# In each column: granted + refused = received.
DOWN = [tuple(column) for column in zip(GRANTED, REFUSED, RECEIVED, strict=True)]


def cells(*, agreed: bool = True) -> dict[str, CheckedCell]:
    """What was received is certain; two readers agree on the rows that are torn from their labels."""
    found = {}
    for name in ("received", "granted", "partially_granted"):
        is_torn = name != "received"
        row = ReadRow(
            ROWS[name],
            addresses(name),
            (Span(1, 2),) * 3,
            Span(0, 1),
            (),
            frozenset({Doubt.TORN}) if is_torn else frozenset(),
            is_agreed=agreed and is_torn,
        )
        for address in row.addresses:
            found[address] = CheckedCell(
                row=row,
                span=Span(1, 2),
                column_label=None,
                printed="4",
                value=4,
                unit=None,
                state=State.NUMBER,
                grounding=Grounding.EXACT,
                basis=Basis.LABELS if not is_torn else Basis.READERS if agreed else Basis.PROPOSAL,
                is_parsable=True,
            )
    return found


def rules(*satisfied: tuple[str, ...], suspects: tuple[str, ...] = ()) -> RuleEvidence:
    return RuleEvidence(list(satisfied), set(suspects), set(), set(), set(suspects))


def test_balances_that_go_beyond_the_rows_bear_them_out() -> None:
    assert unsettled_rows(cells(), rules(*ALONG, *DOWN)) == frozenset()


def test_a_row_s_own_total_bears_nothing_out() -> None:
    """It holds wherever the row is put: two readers may both be off by a row."""
    assert unsettled_rows(cells(), rules(*ALONG)) == {GRANTED, REFUSED}
    statuses = statuses_of(cells(), rules(*ALONG), unsettled_rows(cells(), rules(*ALONG)))
    assert {statuses[address] for address in (*GRANTED, *REFUSED)} == {Status.DISPUTED}


def test_every_cell_of_a_row_must_be_borne_out() -> None:
    assert unsettled_rows(cells(), rules(*ALONG, DOWN[0], DOWN[2])) == {GRANTED, REFUSED}


def of_marks(columns: dict[str, str]) -> dict[str, CheckedCell]:
    """The cells, with a mark in the column of firms of the rows that are named, or what is given for it."""
    marked = {f"requests.{row}.business": printed for row, printed in columns.items()}
    return {
        address: replace(cell, printed=marked[address], value=None, state=State.MARK)
        if address in marked
        else cell
        for address, cell in cells().items()
    }


def test_a_column_of_one_mark_is_the_same_wherever_rows_are_put() -> None:
    """No balance of it has a number, so none holds; the other columns bear the rows out."""
    marks = of_marks({"received": "/", "granted": "/", "partially_granted": "/"})
    assert unsettled_rows(marks, rules(*ALONG, DOWN[0], DOWN[2])) == frozenset()


def test_a_column_of_marks_that_differ_bears_nothing_out() -> None:
    differing = of_marks({"received": "/", "granted": "/", "partially_granted": "-"})
    assert unsettled_rows(differing, rules(*ALONG, DOWN[0], DOWN[2])) == {GRANTED, REFUSED}
    with_number = of_marks({"granted": "/", "partially_granted": "/"})
    assert unsettled_rows(with_number, rules(*ALONG, DOWN[0], DOWN[2])) == {GRANTED, REFUSED}


def test_where_one_row_of_a_table_is_suspected_all_may_have_been_moved() -> None:
    suspected = rules(*ALONG, *DOWN, suspects=GRANTED[:1])
    assert unsettled_rows(cells(), suspected) == {GRANTED, REFUSED}


def test_rows_that_nobody_agreed_on_are_none_of_them() -> None:
    assert unsettled_rows(cells(agreed=False), rules(*ALONG)) == frozenset()


def test_what_two_readers_settled_is_unchecked_and_no_more() -> None:
    evidence = rules(*ALONG, *DOWN)
    statuses = statuses_of(cells(), evidence, unsettled_rows(cells(), evidence))
    assert {statuses[address] for address in (*GRANTED, *REFUSED)} == {Status.UNCHECKED}
    assert {statuses[address] for address in RECEIVED} == {Status.CONFIRMED}


def read_from_a_picture(read_once: set[str], *, zeros: bool = False) -> dict[str, Status]:
    """Statuses of figures of a picture on which two readers agree, but for some, where all balances hold."""
    found = {
        address: replace(
            cell,
            row=cell.row._replace(doubts=frozenset(), is_agreed=False),
            basis=Basis.LABELS,
            sureness=Sureness(0.99, is_agreed=address not in read_once),
            value=0 if zeros else 4,
        )
        for address, cell in cells().items()
    }
    return statuses_of(found, RuleEvidence([*ALONG, *DOWN], set(), set(), set(), set()), frozenset())


def test_a_figure_that_one_reader_reads_is_borne_out_by_figures_that_two_agree_on() -> None:
    own, total = GRANTED[0], GRANTED[2]
    assert read_from_a_picture({own})[own] is Status.CONFIRMED
    # The same digit may be misread in the total of its row.
    assert read_from_a_picture({own, total})[own] is Status.DISPUTED
    assert read_from_a_picture(set())[own] is Status.CONFIRMED


def test_balances_tell_a_zero_from_no_mark() -> None:
    own = GRANTED[0]
    assert read_from_a_picture({own}, zeros=True)[own] is Status.DISPUTED
    assert read_from_a_picture(set(), zeros=True)[own] is Status.CONFIRMED
