"""Pages and answers that once led somewhere wrong."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from cache.mode import Mode
from eval.gold.cases import load_case
from extractor import Extraction, Status
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.asking.schemas import MappingReply
from extractor.errors import SettingsError, TooLongError
from extractor.llm.client import OpenAIModel
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.llm.scripted import ScriptedModel
from extractor.llm.settings import Settings
from extractor.result.findings import Cause
from extractor.result.steps import Action
from tests.helpers.answering import GoldModel, Memory, lines_of, names_of, read, row_of
from tests.helpers.loopback import Loopback, error
from tests.helpers.pages import BLOCK, CORNER, GROUPS, LABELS, document, figures
from tests.helpers.torn import TORN

CASE = load_case("luozhuang-2023")
ROWS = figures()
# Two torn rows; the figures of another row are printed again, those of the second are lost.
DOUBLED_AND_LOST = [
    ("label", "granted"),
    ("label", "partially_granted"),
    ("figures", "received"),
    ("figures", "granted"),
]
READERS = pytest.mark.parametrize("reader", WhoReads)


class ByOrder:
    """Says of each row what stands on the line with these figures, or nothing; of other questions nothing.

    Args:
        said: the figures by row; of a list, the first for the first question, and so on.
    """

    name = "by order"
    profile: Profile | None = Profile.PLAIN

    def __init__(self, said: dict[str, list[list[str]]]) -> None:
        self.history: list[Request] = []
        self._said = said

    async def ask(self, request: Request) -> Reply:
        number = len(self.history)
        self.history.append(request)
        if issubclass(request.schema, MappingReply):
            # It knows lines, and nothing of how a table is made.
            empty = {"by": "rows", "across": [], "series": []}
            return Reply(json.dumps(empty), "stop", Traffic(1, 10, 10))
        lines = [line.partition(" ") for line in request.messages[-1].content.split("\n")]
        rows = []
        for name in names_of(request):
            told = self._said.get(name, [ROWS.get(name, [])])
            cells = told[min(number, len(told) - 1)]
            found = [int(n) for n, _, text in lines if cells and text.split("|")[-7:] == cells]
            rows += [{"row": name, "line": found[0], "cells": cells}] if found else []
        return Reply(json.dumps({"rows": rows, "zeros": []}), "stop", Traffic(1, 10, 10))


def page(*pieces: tuple[str, str]) -> str:
    """A row a line; of each piece the label, the figures, or both (``"=", row``)."""
    lines = [[CORNER, *(column.label for column in BLOCK.columns)]]
    for kind, row in pieces:
        label = [] if kind == "figures" else [LABELS[row]]
        lines.append([*label, *([] if kind == "label" else ROWS[row])])
    return document("\n".join(" | ".join(line) for line in lines) + "\n").decode()


def whole(rows: dict[str, list[tuple[str, str]]]) -> str:
    """All rows, some of them in pieces."""
    return page(*(piece for row in LABELS for piece in rows.get(row, [("=", row)])))


def cells(extraction: Extraction, row: str) -> list[tuple[str, Status]]:
    own = [cell for cell in extraction.cells if cell.address.startswith(f"requests.{row}.")]
    return [(cell.printed, cell.status) for cell in own]


@READERS
@pytest.mark.parametrize("zeros", [True, False])
def test_the_subtotal_of_a_group_is_not_its_blank_first_row(zeros: bool, reader: WhoReads) -> None:  # noqa: FBT001
    row = "refused.state_secret" if zeros else "unavailable.not_held"
    text = whole({row: [("label", row)]})
    subtotal = " | ".join([GROUPS[row], *ROWS[row]])
    text = text.replace(f"\n{LABELS[row]}\n", f"\n{subtotal}\n{LABELS[row]}\n")
    assert subtotal in text
    extraction = read(text, ByOrder({}), reader)
    trusted = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
    assert all(status not in trusted for _, status in cells(extraction, row))


@READERS
def test_no_cell_of_a_suspected_row_is_trusted(reader: WhoReads) -> None:
    text = whole({"granted": DOUBLED_AND_LOST, "partially_granted": []})
    said = {"granted": [ROWS["received"]], "partially_granted": [ROWS["granted"]]}
    extraction = read(text, ByOrder(said), reader)
    for row in ("granted", "partially_granted"):
        for printed, status in cells(extraction, row):
            assert status in (Status.DISPUTED, Status.ABSENT, Status.AS_PRINTED), (row, printed)


def test_a_reader_that_wavers_is_no_second_reader() -> None:
    text = whole({"granted": DOUBLED_AND_LOST, "partially_granted": []})
    said = {
        "granted": [ROWS["received"], ROWS["granted"]],
        "partially_granted": [ROWS["granted"], []],
    }
    extraction = read(text, ByOrder(said), WhoReads.AUTO)
    assert all(status is Status.DISPUTED for _, status in cells(extraction, "granted"))


@READERS
def test_repeating_a_doubtful_label_does_not_accuse_the_page(reader: WhoReads) -> None:
    order = [row for row in LABELS if row not in ("handled_total", "carried_out")]
    text = page(*(("=", row) for row in [*order, "carried_out", "handled_total"]))
    text = text.replace(LABELS["carried_out"], LABELS["handled_total"])
    said = {"handled_total": [ROWS["carried_out"]], "carried_out": [ROWS["handled_total"]]}
    extraction = read(text, ByOrder(said), reader)
    causes = {finding.cause for finding in extraction.findings}
    assert Cause.SOURCE_ERROR not in causes
    assert Cause.UNRESOLVED in causes


def test_labels_without_a_place_are_nothing_to_ask_about() -> None:
    model = ScriptedModel()
    text = "49\n一、本年新收政府信息公开申请数量\n1\n2\n3\n4\n5\n6\n7"
    extraction = read(text, model, WhoReads.MODEL)
    assert model.history == []
    assert extraction.verdict == "needs_review"


def test_one_row_after_the_other_on_one_line_is_shown_in_lines() -> None:
    text = whole({}).replace("\n", " | ")
    model = ByOrder({})
    read(text, model, WhoReads.BOTH)
    assert len(lines_of(model.history[0])) >= len(LABELS)


# --- answers ---------------------------------------------------------------------------------------------


def test_thoughts_alone_are_not_kept() -> None:
    memory = Memory()
    thoughts = Reply("<think>嗯</think>", "stop", Traffic(1))
    model = ScriptedModel([thoughts, thoughts])
    read(CASE.text, model, memory=memory)
    assert len(model.history) == 2
    assert memory.kept == {}


def test_what_was_read_survives_the_end_of_the_balance() -> None:
    def skipped(answer: dict[str, Any], _: int) -> dict[str, Any]:
        answer["rows"].remove(row_of(answer, "granted"))
        return answer

    class Broke(GoldModel):
        async def ask(self, request: Request) -> Reply:
            if self.history:
                raise SettingsError("余额不足", "no balance", requests=1)
            return await super().ask(request)

    extraction = read(CASE.text, Broke(CASE, skipped))
    assert extraction.cell("requests.received.total").printed == "157"
    assert extraction.trace[-1].action is Action.STOPPED


def test_a_question_longer_than_the_context_is_split() -> None:
    class Small(GoldModel):
        async def ask(self, request: Request) -> Reply:
            if len(lines_of(request)) > 40:
                self.history.append(request)
                raise TooLongError("太长", "too long", requests=1)
            return await super().ask(request)

    model = Small(CASE)
    extraction = read(CASE.text, model)
    assert extraction.verdict == "verified"
    assert len(model.history) == 3


@pytest.mark.parametrize(("text", "reader"), [(CASE.text, WhoReads.MODEL), (TORN.text, WhoReads.AUTO)])
def test_answers_that_are_always_cut_off_end_the_asking(text: str, reader: WhoReads) -> None:
    model = ScriptedModel([Reply('{"rows":[', "length", Traffic(1))] * 10)
    extraction = read(text, model, reader)
    assert len(model.history) == 3
    assert extraction.trace[-1].action is Action.STOPPED


def test_a_model_cannot_write_on_the_terminal() -> None:
    def forged(answer: dict[str, Any], _: int) -> dict[str, Any]:
        row_of(answer, "granted")["cells"] = ["\x1b[2J\n0  all is well", *["9" * 5000] * 6]
        return answer

    extraction = read(CASE.text, GoldModel(CASE, forged))
    for step in extraction.trace:
        assert step.message.zh.isprintable()
        assert len(step.message.zh) < 600


# --- counting --------------------------------------------------------------------------------------------


def test_a_limit_of_requests_holds_for_transport_too() -> None:
    async def go(settings: Settings) -> Extraction:
        async with OpenAIModel(settings) as model:
            asking = Asking(settings, WhoReads.MODEL, Limits(requests=2), text=False)
            (extraction,) = await asking.with_model(model, Memory()).extract(CASE.path)
            return extraction

    with Loopback(error(500)) as server:
        extraction = asyncio.run(go(Settings("m", server.url, profile=Profile.PLAIN, backoff=0.0)))
    assert len(server.seen) == 2
    assert extraction.usage is not None
    assert extraction.usage.requests == 2


@pytest.mark.parametrize(
    "usage", [Traffic(1, 3000, 0, is_estimated=True), Traffic(1, 0, 400, is_estimated=True)]
)
def test_what_the_server_counted_is_not_counted_again(usage: Traffic) -> None:
    reply = Reply('{"rows":[],"zeros":[]}', "stop", usage)
    extraction = read(CASE.text, ScriptedModel([reply]), limits=Limits(rounds=0))
    assert extraction.usage is not None
    assert extraction.usage.input_tokens == (usage.input_tokens or extraction.usage.input_tokens)
    assert extraction.usage.output_tokens == (usage.output_tokens or extraction.usage.output_tokens)


def test_a_cut_off_answer_is_kept_as_long_as_there_is_no_more_room() -> None:
    memory = Memory()
    limits = Limits(rounds=0, window=8000)
    cut = Reply('{"rows":[', "length", Traffic(1))
    nothing = '{"rows":[],"zeros":[]}'
    model = ScriptedModel([cut, nothing, nothing])
    first = read(CASE.text, model, limits=limits, memory=memory)
    again = read(CASE.text, model, limits=limits, memory=memory)
    assert len(model.history) == 3
    assert again == first


def test_a_running_event_loop_is_told_what_to_use() -> None:
    from extractor import extract

    async def go() -> None:
        asking = Asking(Settings("m", "http://127.0.0.1:9"), WhoReads.MODEL, cache=Mode.OFF, text=False)
        extract(CASE.path, asking=asking)

    with pytest.raises(SettingsError, match="opened"):
        asyncio.run(go())
