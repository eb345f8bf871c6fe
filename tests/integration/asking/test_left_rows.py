"""Rows of a table that the layout finds and can't settle: what a model settles, and what none can.

The page in tests/data/messy/photo.txt has characters that were misread: twelve rows of table 3 are open.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import Extraction
from extractor.asking.options import WhoReads
from extractor.asking.schemas import MappingReply
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.result.cells import Basis, Status
from tests.helpers.answering import read
from tests.helpers.phone import GOLD

PAGES = Path("tests/data/messy")
PHOTO = (PAGES / "photo.txt").read_text(encoding="utf-8")
KEPT = (PAGES / "photo.reply.json").read_text(encoding="utf-8")
SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
Change = Callable[[dict[str, Any]], None]


class Photo:
    """Says of the open rows what a language model said; ``change`` is done to its answer."""

    name = "reader"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, change: Change = lambda _: None) -> None:
        self.asked: list[Request] = []
        self._change = change

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        answer = json.loads(KEPT)
        if issubclass(request.schema, MappingReply):
            self._change(answer)
        else:
            answer = {"rows": [], "zeros": []}
        return Reply(json.dumps(answer, ensure_ascii=False), "stop", Traffic(1, 10, 10))


def named(answer: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["series"] if one["name"] == name)
    return found


def open_rows(extraction: Extraction) -> set[str]:
    return {
        cell.address.split(".", 1)[1].rpartition(".")[0]
        for cell in extraction.cells
        if cell.address.startswith("requests.") and cell.status not in SETTLED
    }


def wrong(extraction: Extraction) -> list[str]:
    return [
        cell.address
        for cell in extraction.cells
        if cell.status in SETTLED and cell.printed != GOLD[cell.address]
    ]


def test_only_open_rows_are_asked_for_and_settled() -> None:
    model = Photo()
    extraction = read(PHOTO, model, WhoReads.AUTO)
    (request,) = model.asked
    names = request.schema.model_json_schema()["$defs"]["Series"]["properties"]["name"]["enum"]
    assert "received" in names
    assert "granted" not in names
    assert open_rows(extraction) == set()
    assert wrong(extraction) == []
    told, known = extraction.cell("requests.received.total"), extraction.cell("requests.granted.total")
    assert (told.basis, told.status, told.readers) == (Basis.READERS, Status.UNCHECKED, ("reader",))
    assert known.readers == ("layout",)


def exchanged(first: str, second: str, *keys: str) -> Change:
    def change(answer: dict[str, Any]) -> None:
        a, b = named(answer, first), named(answer, second)
        for key in keys:
            a[key], b[key] = b[key], a[key]

    return change


def of_a_settled_row(answer: dict[str, Any]) -> None:
    """The figures of 其他, on line 45, which the page settles."""
    named(answer, "not_processed.excessive").update(line=45, words="3.其他", cells=["1", *"00000", "1"])


def in_other_columns(answer: dict[str, Any]) -> None:
    names = ["business", "natural_person", "research", "public_welfare", "legal_service"]
    names += ["other_organization", "total"]
    answer["across"] = [{"name": name, "line": 22, "words": name} for name in names]


def one_left_out(answer: dict[str, Any]) -> None:
    answer["series"].remove(named(answer, "refused.prohibited_by_law"))


@pytest.mark.parametrize(
    "change",
    [
        exchanged("not_processed.repeated", "not_processed.excessive", "name"),
        exchanged("not_processed.repeated", "not_processed.excessive", "cells"),
        exchanged("not_processed.repeated", "not_processed.excessive", "words", "line"),
        of_a_settled_row,
        in_other_columns,
        one_left_out,
    ],
    ids=["names", "figures", "labels", "a settled row's", "other columns", "one left out"],
)
def test_what_does_not_fit_beside_the_settled_rows_is_refused(change: Change) -> None:
    extraction = read(PHOTO, Photo(change), WhoReads.AUTO)
    assert wrong(extraction) == []
    assert open_rows(extraction)


def test_rows_without_a_figure_are_not_asked_for() -> None:
    """A label alone on its line, in a table that leaves its zeros out: no answer could settle it."""
    lines = PHOTO.split("\n")
    (line,) = [i for i, one in enumerate(lines) if one.startswith("2.重复申靖")]
    lines[line] = "2.重复申请"
    rest = [one.replace("靖", "请").replace("法觃", "法规").replace("岀", "出") for one in lines]
    text = "\n".join(rest).replace("总让", "总计").replace("杌构", "机构").replace("属子", "属于")
    model = Photo()
    extraction = read(text, model, WhoReads.AUTO)
    assert model.asked == []
    assert open_rows(extraction) == {"not_processed.repeated"}
