"""Rows with labels of the page's own: a model says which rows they are, and the page has to bear it out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.gold.cases import load_case
from extractor import Extraction, extract
from extractor.asking.options import WhoReads
from extractor.asking.schemas import LabelsReply
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.result.cells import Basis, Status
from tests.helpers.answering import read
from tests.helpers.phone import GOLD

PAGE = Path("tests/data/messy/reworded.txt").read_text(encoding="utf-8")
# Which rows a person takes the labels of the page for.
MEANT = {
    "全部公开的": "granted",
    "只公开一部分的": "partially_granted",
    "讨论记录、过程稿": "refused.process_information",
    "执法卷宗材料": "refused.enforcement_file",
    "咨询查询类": "refused.administrative_inquiry",
    "本机关没有这份信息": "unavailable.not_held",
    "大量反复，说不出理由": "not_processed.excessive",
}
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
# Changes the row that each label is said to be.
Change = Callable[[list[dict[str, Any]]], None]


class Namer:
    """Says which rows labels are."""

    name = "namer"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, change: Change = lambda _: None) -> None:
        self.asked: list[Request] = []
        self._change = change

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        if not issubclass(request.schema, LabelsReply):
            return Reply('{"rows": [], "zeros": []}', "stop", Traffic(1, 10, 10))
        lines = (line.partition(" ") for line in request.messages[-1].content.split("\n"))
        said = [
            {"line": int(number), "words": words, "row": MEANT[words]}
            for number, _, text in lines
            if (words := text.partition("|")[0]) in MEANT
        ]
        self._change(said)
        return Reply(json.dumps({"labels": said}, ensure_ascii=False), "stop", Traffic(1, 10, 10))


def wrong(extraction: Extraction) -> list[str]:
    return [
        cell.address
        for cell in extraction.cells
        if cell.status in SETTLED and cell.printed != GOLD[cell.address]
    ]


def test_labels_that_are_told_settle_their_rows() -> None:
    (alone,) = extract(PAGE.encode())
    rows = {f"requests.{row}" for row in MEANT.values()}
    assert {cell.address.rpartition(".")[0] for cell in alone.cells if cell.status is Status.ABSENT} == rows
    model = Namer()
    extraction = read(PAGE, model, WhoReads.AUTO)
    assert len(model.asked) == 1
    assert wrong(extraction) == []
    assert {cell.address: cell.printed for cell in extraction.cells} == GOLD
    assert extraction.verdict == "verified"
    cell = extraction.cell("requests.granted.natural_person")
    assert (cell.basis, cell.status, cell.readers) == (Basis.READERS, Status.UNCHECKED, ("layout", "namer"))
    assert extraction.extra == ()


def test_the_rows_are_named_in_no_order_of_the_page() -> None:
    model = Namer()
    read(PAGE, model, WhoReads.AUTO)
    question = model.asked[0].messages[0].content
    named = re.findall(r"^([a-z_.]+) ", question, re.M)
    assert sorted(named) == sorted(MEANT.values())
    assert named not in ([*MEANT.values()], [*MEANT.values()][::-1])


def exchanged(one: int, two: int) -> Change:
    def change(said: list[dict[str, Any]]) -> None:
        said[one]["row"], said[two]["row"] = said[two]["row"], said[one]["row"]

    return change


def by_position(said: list[dict[str, Any]]) -> None:
    for one, row in zip(said, sorted(MEANT.values()), strict=True):
        one["row"] = row


def words_cut(said: list[dict[str, Any]]) -> None:
    said[0]["words"] = said[0]["words"][:-1]


def on_another_line(said: list[dict[str, Any]]) -> None:
    said[0]["line"] -= 1


def named_twice(said: list[dict[str, Any]]) -> None:
    said[1]["row"] = said[0]["row"]


def all_others(said: list[dict[str, Any]]) -> None:
    for one in said:
        one["row"] = "none"


def one_moved(said: list[dict[str, Any]]) -> None:
    """The first is left out, and the second is said to be it: more like the row that nobody named."""
    del said[0]
    said[0]["row"] = "granted"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (exchanged(0, 1), "in the order of the form"),
        (exchanged(2, 4), "in the order of the form"),
        (by_position, "in the order of the form"),
        (words_cut, "don't have these labels, whole"),
        (on_another_line, "don't have these labels, whole"),
        (named_twice, "named twice"),
        (all_others, "none of them is the form's"),
        (one_moved, "more like another row's"),
    ],
)
def test_what_the_page_does_not_bear_out_is_refused(change: Change, told: str) -> None:
    extraction = read(PAGE, Namer(change), WhoReads.AUTO)
    assert any(told in step.message.en for step in extraction.trace)
    assert extraction.cell("requests.granted.total").status is Status.ABSENT
    assert wrong(extraction) == []


def test_labels_more_like_each_others_rows_are_refused_in_order_too() -> None:
    """The page has two rows the other way round, and the model names them by the form's order."""
    first, second = (next(line for line in PAGE.split("\n") if line.startswith(one)) for one in [*MEANT][:2])
    text = PAGE.replace(first, "#").replace(second, first).replace("#", second)

    extraction = read(text, Namer(exchanged(0, 1)), WhoReads.AUTO)
    assert any("more like another row's" in step.message.en for step in extraction.trace)
    assert wrong(extraction) == []


def test_labels_that_say_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE
    for character, (label, row) in zip("甲乙丙丁戊己庚", [*MEANT.items()], strict=True):
        text = text.replace(f"{label}\t", f"{3 * character}\t")
        monkeypatch.setitem(MEANT, 3 * character, row)
    extraction = read(text, Namer(), WhoReads.AUTO)
    assert any("most have nothing in common" in step.message.en for step in extraction.trace)
    assert extraction.cell("requests.granted.total").status is Status.ABSENT


def test_a_row_that_no_sum_beyond_it_bears_out_is_left_open() -> None:
    """Without the total of what was handled, no sum goes beyond its own."""
    text = "\n".join(line for line in PAGE.split("\n") if not line.startswith("（七）总计"))
    extraction = read(text, Namer(), WhoReads.AUTO)
    assert {cell.status for cell in extraction.cells if ".granted." in cell.address} == {Status.DISPUTED}


def test_totals_that_do_not_hold_refuse_it() -> None:
    text = PAGE.replace("全部公开的\t41\t3", "全部公开的\t42\t3")
    extraction = read(text, Namer(), WhoReads.AUTO)
    assert any("the totals don't hold" in step.message.en for step in extraction.trace)
    assert extraction.cell("requests.granted.total").status is Status.ABSENT


def test_an_added_row_stays_one() -> None:
    """The last is no row of the form: what the others are settles them, and it is kept apart."""

    def no_row_of_the_form(said: list[dict[str, Any]]) -> None:
        said[-1]["row"] = "none"

    extraction = read(PAGE, Namer(no_row_of_the_form), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert extraction.cell("requests.not_processed.excessive.total").status is Status.ABSENT
    assert extraction.cell("requests.granted.total").printed == "53"
    assert len(extraction.extra) == 7


def test_a_page_that_lacks_no_row_costs_nothing() -> None:
    model = Namer()
    read(load_case("luozhuang-2023").text, model, WhoReads.AUTO)
    assert model.asked == []


def test_who_asks_two_readers_takes_no_label_of_one() -> None:
    model = Namer()
    extraction = read(PAGE, model, WhoReads.BOTH)
    assert not any(issubclass(request.schema, LabelsReply) for request in model.asked)
    assert extraction.cell("requests.granted.total").status is Status.ABSENT


def test_an_answer_that_is_cut_off_leaves_the_rows_to_be_asked_for() -> None:
    class CutOff(Namer):
        async def ask(self, request: Request) -> Reply:
            reply = await super().ask(request)
            is_of_labels = issubclass(request.schema, LabelsReply)
            return Reply('{"labels": [', "length", reply.traffic) if is_of_labels else reply

    model = CutOff()
    read(PAGE, model, WhoReads.MODEL)
    assert issubclass(model.asked[0].schema, LabelsReply)
    assert any(not issubclass(request.schema, LabelsReply) for request in model.asked[1:])
