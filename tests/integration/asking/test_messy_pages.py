"""Messy pages: what a model that reads them right settles, and what one that doesn't can't.

The pages in tests/data/messy print the same report. The one that was pasted from a phone has labels broken
over lines, and figures behind or below them; others have the table as sentences, turned round, in one
paragraph, or with columns in words of their own. Beside them is what a language model replied.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import Extraction, extract
from extractor.asking.options import WhoReads
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.result.cells import Basis, Status
from extractor.result.steps import Action
from tests.helpers.answering import names_of, read
from tests.helpers.phone import GOLD, PHONE, PhoneRows

PAGES = Path("tests/data/messy")
REPLIED = sorted(path.name.removesuffix(".reply.json") for path in PAGES.glob("*.reply.json"))
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
# Changes the rows of an answer.
Change = Callable[[list[dict[str, Any]]], None]


class PhoneModel:
    """Reads the page that was pasted from a phone."""

    name = "reader"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, change: Change | None = None, text: str = PHONE) -> None:
        self._rows = PhoneRows(text)
        self._change = change
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        rows = self._rows.answer(names_of(request), request.messages[-1].content)
        if self._change is not None:
            self._change(rows)
        return Reply(json.dumps({"rows": rows, "zeros": []}), "stop", Traffic(1, 10, 10))


def cells_of_table_3(extraction: Extraction) -> list[Any]:
    return [cell for cell in extraction.cells if cell.address.startswith("requests.")]


def wrong(extraction: Extraction) -> list[str]:
    return [
        cell.address
        for cell in extraction.cells
        if cell.status in SETTLED and cell.printed != GOLD[cell.address]
    ]


def test_a_page_pasted_from_a_phone_is_read_whole_with_a_model() -> None:
    model = PhoneModel()
    extraction = read(PHONE, model, WhoReads.AUTO)
    assert len(model.asked) == 1
    assert extraction.verdict == "verified"
    assert {cell.address: cell.printed for cell in extraction.cells} == GOLD
    assert Action.REFUSED not in {step.action for step in extraction.trace}
    read_by_model = extraction.cell("requests.handled_total.total")
    assert (read_by_model.basis, read_by_model.status) == (Basis.READERS, Status.UNCHECKED)
    assert read_by_model.readers == ("reader",)
    # Of one row alone all figures stand right behind its label.
    confirmed = {cell.address for cell in cells_of_table_3(extraction) if cell.status is Status.CONFIRMED}
    assert {address.rpartition(".")[0] for address in confirmed} == {"requests.received"}


def exchange_rows(rows: list[dict[str, Any]]) -> None:
    names = {"refused.prohibited_by_law": "refused.process_information"}
    names |= {two: one for one, two in names.items()}
    for row in rows:
        row["row"] = names.get(row["row"], row["row"])


def says(*cells: str) -> Change:
    """Gives these cells for the row of what was granted in part: 12 3 1 0 0 0 16."""

    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["row"] == "partially_granted":
                row["cells"] = list(cells)

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (exchange_rows, "the label of these figures is another row's"),
        (says("1", "2", "3", "1", "0", "0", "0"), "the line cited doesn't print these figures"),
        (says("123", "1", "0", "0", "0", "16", ""), "the line cited doesn't print these figures"),
        (says("12", "3", "1", "0", "0", "16", ""), "other figures stand among these"),
    ],
    ids=["rows exchanged", "number split", "numbers joined", "figure left out"],
)
def test_what_is_not_printed_so_is_refused_and_told(change: Change, told: str) -> None:
    extraction = read(PHONE, PhoneModel(change), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert any(told in step.message.en for step in extraction.trace)
    assert extraction.verdict == "needs_review"


def test_figures_beside_a_row_are_told_as_such() -> None:
    """A row with a figure more than there are columns: which of them are its, no model has to say."""
    text = PHONE.replace("12 3 1 0 0 0 16", "12 3 1 0 0 0 16 33")
    extraction = read(text, PhoneModel(text=text), WhoReads.AUTO)
    assert any("other figures stand among these" in step.message.en for step in extraction.trace)
    assert wrong(extraction) == []


class Replayed:
    """A language model's replies, kept: it was given the question's messages and schema, and nothing else."""

    name = "kept"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, page: str) -> None:
        self._reply = (PAGES / f"{page}.reply.json").read_text(encoding="utf-8")
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        return Reply(self._reply, "stop", Traffic(1, 10, 10))


@pytest.mark.parametrize("page", REPLIED)
def test_what_a_language_model_replied_settles_the_page(page: str) -> None:
    model = Replayed(page)
    text = (PAGES / f"{page}.txt").read_text(encoding="utf-8")
    extraction = read(text, model, WhoReads.AUTO)
    assert len(model.asked) == 1
    assert wrong(extraction) == []
    assert {cell.address for cell in extraction.cells if cell.status in SETTLED} == set(GOLD)
    assert Action.REFUSED not in {step.action for step in extraction.trace}


@pytest.mark.parametrize("page", REPLIED)
def test_without_it_the_page_is_open(page: str) -> None:
    text = (PAGES / f"{page}.txt").read_text(encoding="utf-8")
    (extraction,) = extract(text.encode())
    settled = [cell for cell in extraction.cells if cell.status in SETTLED]
    assert len(settled) < len(GOLD)
    assert wrong(extraction) == []
