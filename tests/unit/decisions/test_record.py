"""A record of decisions only grows, and tells what holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.decisions.record import Decision, Record, record_in
from extractor.errors import UnreadableError
from tests.helpers.deciding import SOURCE, decision

FIRST = decision("t.a.x")
SECOND = decision("t.a.x", "rejected")
OTHER = decision("t.b.x", "note", note="看过")
UNDONE = decision("t.a.x", "undone", undoes=SECOND.id)
ALL = (FIRST, SECOND, OTHER, UNDONE)


def record(*decisions: object) -> Record:
    return Record.model_validate({"name": "report.txt", "decisions": decisions})


def test_the_last_choice_on_a_cell_holds() -> None:
    assert record(FIRST, SECOND, OTHER).on(SOURCE, 1) == {"t.a.x": SECOND}


def test_what_is_undone_gives_way_to_what_was_decided_before() -> None:
    assert record(*ALL).on(SOURCE, 1) == {"t.a.x": FIRST}


def test_decisions_on_other_bytes_or_another_report_do_not_hold_and_are_counted() -> None:
    known = record(*ALL)
    assert known.on("b" * 64, 1) == {}
    assert known.on(SOURCE, 2) == {}
    assert known.void("b" * 64) == 2
    assert known.void(SOURCE) == 0


@given(st.lists(st.sampled_from(ALL)), st.lists(st.sampled_from(ALL)))
def test_nothing_is_lost_or_doubled_when_two_lists_become_one(
    one: list[Decision], two: list[Decision]
) -> None:
    together = record().with_more(one).with_more(two)
    assert len(together.decisions) == len({id(each) for each in [*one, *two]})
    assert together.with_more(one) is together


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"more": 1},
        {"decisions": [{**json.loads(FIRST.model_dump_json()), "kind": "confirmed"}]},
        {"decisions": [{**json.loads(FIRST.model_dump_json()), "at": "2026-11-29T08:00:00"}]},
        {"decisions": [{**json.loads(FIRST.model_dump_json()), "by": ""}]},
    ],
)
def test_a_file_that_is_none_says_what_to_do(change: dict[str, object]) -> None:
    data = {**json.loads(record(*ALL).model_dump_json()), **change}
    with pytest.raises(UnreadableError, match="move it away") as error:
        record_in(json.dumps(data).encode(), "report.txt.gongkai.json")
    assert "移走" in error.value.message.zh
    assert record_in(record(*ALL).model_dump_json().encode(), "x") == record(*ALL)
