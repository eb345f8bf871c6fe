"""Tables that have lost their rows and columns: what a model that reads them settles, and what none can."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from eval.simulation.model import SimulatedModel
from eval.simulation.readings import extraction_of
from eval.zoo.flattened import flattened
from eval.zoo.generation import FlatLayout, GeneratedReport
from extractor import extract
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.asking.schemas import MappingReply
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.llm.settings import Settings
from extractor.result.cells import Basis, Status
from extractor.result.steps import Action
from tests.helpers.answering import read
from tests.helpers.loopback import Answer, Loopback, Seen, completion
from tests.helpers.mapped import Change, Mapper, right_answer, with_figures, wrong
from tests.helpers.sweeps import times

layouts = pytest.mark.parametrize("layout", FlatLayout)
# Each figure stands with both of its labels.
LABELLED = (FlatLayout.SENTENCES, FlatLayout.TRANSPOSED)


@layouts
def test_a_flattened_table_is_read_through_a_server(
    layout: FlatLayout, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_CACHE_DIR", str(tmp_path))
    report = with_figures(layout)

    def answered(seen: Seen) -> Answer:
        answer = right_answer(report, seen.body["messages"][-1]["content"])
        return completion(json.dumps(answer, ensure_ascii=False))

    with Loopback(script=answered) as server:
        plan = Asking(Settings("mapper", server.url), text=False)
        (extraction,) = extract(report.text.encode(), asking=plan)
    assert extraction.verdict == "verified"
    assert {cell.address: cell.printed for cell in extraction.cells} == {
        address: cell.printed for address, cell in report.cells.items()
    }
    assert wrong(extraction, report) == []
    cell = extraction.cell("requests.received.total")
    assert cell.readers == ("mapper",)
    assert (cell.basis, cell.status) == (
        (Basis.LABELS, Status.CONFIRMED) if layout in LABELLED else (Basis.READERS, Status.UNCHECKED)
    )
    assert [step.action for step in extraction.trace] == [Action.ASKED, Action.TAKEN]
    assert "the layout doesn't find" in extraction.trace[0].message.en
    assert len(server.seen) == 1


def test_without_a_model_none_of_them_is_read() -> None:
    for layout in FlatLayout:
        (extraction,) = extract(with_figures(layout).text.encode())
        assert extraction.verdict == "needs_review"
        assert not any(cell.printed for cell in extraction.cells if cell.address.startswith("requests."))


@layouts
def test_a_model_that_errs_settles_nothing_wrong(layout: FlatLayout) -> None:
    refused = 0
    for seed in range(times(5, 24)):
        report = flattened(seed, layout)
        document = read_text(Source(report.text.encode(), "page"))
        extraction = asyncio.run(
            extraction_of(document, SimulatedModel(report, document, seed), WhoReads.AUTO)
        )
        assert wrong(extraction, report) == [], seed
        refused += sum(step.action in (Action.REFUSED, Action.FAILED) for step in extraction.trace)
    assert refused


def exchanged(members: str, key: str) -> Change:
    """Two of the members say each other's."""

    def change(answer: dict[str, Any]) -> None:
        for first, second in [answer[members][:2]] if len(answer[members]) > 1 else []:
            first[key], second[key] = second[key], first[key]

    return change


def digit_lost(answer: dict[str, Any]) -> None:
    for one in answer["series"]:
        one["cells"] = [cell[:-1] if len(cell) > 1 else cell for cell in one["cells"]]


def one_figure_less(answer: dict[str, Any]) -> None:
    for one in answer["series"]:
        one["cells"] = one["cells"][:-1]
    answer["across"] = answer["across"][:-1]


def elsewhere(answer: dict[str, Any]) -> None:
    for one in answer["series"]:
        one["line"] -= 3


@layouts
@pytest.mark.parametrize(
    "change",
    [
        exchanged("across", "name"),
        exchanged("series", "name"),
        exchanged("across", "words"),
        exchanged("series", "cells"),
        digit_lost,
        one_figure_less,
        elsewhere,
        lambda answer: answer["across"].pop(),
        lambda answer: answer["series"].clear(),
    ],
    ids=[
        "names across",
        "names",
        "words across",
        "figures",
        "a digit less",
        "a figure less",
        "elsewhere",
        "a label less",
        "nothing",
    ],
)
def test_what_the_page_does_not_say_is_refused(layout: FlatLayout, change: Change) -> None:
    report = with_figures(layout)
    extraction = read(report.text, Mapper(report, change), WhoReads.AUTO)
    assert wrong(extraction, report) == []
    assert extraction.verdict == "needs_review"


def test_a_name_that_the_form_does_not_have_voids_its_own_row_alone() -> None:
    report = with_figures(FlatLayout.SENTENCES)
    change: Change = lambda answer: answer["series"][2].update(name="granted_or_so")  # noqa: E731
    extraction = read(report.text, Mapper(report, change), WhoReads.AUTO)
    assert wrong(extraction, report) == []
    assert {cell.address for cell in extraction.cells if not cell.printed} == {
        address for address in report.cells if address.startswith("requests.granted.")
    }


def _section(report: GeneratedReport) -> tuple[int, int]:
    return report.text.index("三、收到和处理"), report.text.index("四、政府信息公开行政复议")


def summed_wrongly(report: GeneratedReport) -> str:
    """The page has other totals than its figures come to."""
    totals = [cell for address, cell in report.cells.items() if address.endswith(".total")]
    text = report.text
    for cell in totals:
        if cell.start is not None and cell.printed.isdigit():
            other = str((int(cell.printed[0]) + 1) % 10) + cell.printed[1:]
            text = text[: cell.start] + other + text[cell.start + len(cell.printed) :]
    return text


def inserted(report: GeneratedReport, position: int, words: str) -> GeneratedReport:
    """The report with more words in it."""
    text = report.text[:position] + words + report.text[position:]
    cells = {
        address: replace(cell, start=cell.start + len(words))
        if cell.start is not None and cell.start >= position
        else cell
        for address, cell in report.cells.items()
    }
    return replace(report, text=text, cells=cells)


@pytest.mark.parametrize("layout", [FlatLayout.SENTENCES, FlatLayout.COLUMNS])
def test_a_table_that_is_there_twice_is_left_open(layout: FlatLayout) -> None:
    report = with_figures(layout)
    start, end = _section(report)
    table = report.text[start:end].partition("\n")[2]
    others = re.sub(r"[1-4](?!\.)", lambda digit: str(int(digit[0]) + 4), table)
    twice = inserted(report, end, f"全区汇总：\n{others}")
    extraction = read(twice.text, Mapper(twice), WhoReads.AUTO)
    assert "once more" in " ".join(step.message.en for step in extraction.trace)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


@pytest.mark.parametrize("note", ["上年度情况如下：", "（统计时间：1月至6月）", "填表示例", "本表作废。"])
def test_a_table_that_the_page_disowns_is_left_open(note: str) -> None:
    report = with_figures(FlatLayout.SENTENCES)
    start = report.text.index("\n", _section(report)[0]) + 1
    disowned = inserted(report, start, f"{note}\n")
    extraction = read(disowned.text, Mapper(disowned), WhoReads.AUTO)
    assert "of another year, period" in " ".join(step.message.en for step in extraction.trace)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


def test_a_figure_is_a_whole_number() -> None:
    """15.5 stands there: who says 15 has cut it."""
    report = with_figures(FlatLayout.SENTENCES)
    total = report.cells["requests.received.total"]
    page = inserted(report, (total.start or 0) + len(total.printed), ".5")
    extraction = read(page.text, Mapper(page), WhoReads.AUTO)
    assert extraction.cell("requests.received.total").printed == ""
    assert extraction.cell("requests.granted.total").printed


def test_totals_that_do_not_hold_are_no_table() -> None:
    report = with_figures(FlatLayout.PARAGRAPH)
    text = summed_wrongly(report)

    def as_printed(answer: dict[str, Any]) -> None:
        for one in answer["series"]:
            cell = report.cells[f"requests.{one['name']}.total"]
            start = cell.start or 0
            one["cells"][-1] = text[start : start + len(cell.printed)]

    extraction = read(text, Mapper(report, as_printed), WhoReads.AUTO)
    assert "the totals don't hold" in " ".join(step.message.en for step in extraction.trace)
    assert not any(cell.basis is Basis.READERS for cell in extraction.cells)


@pytest.mark.parametrize("layout", [FlatLayout.SENTENCES, FlatLayout.COLUMNS])
def test_a_small_window_is_given_pieces(layout: FlatLayout) -> None:
    report = with_figures(layout)
    model = Mapper(report)
    whole = read(report.text, Mapper(report), WhoReads.AUTO)
    extraction = read(report.text, model, WhoReads.AUTO, Limits(window=4300))
    assert len(model.asked) > 1
    assert extraction.verdict == "verified"
    assert [cell.printed for cell in extraction.cells] == [cell.printed for cell in whole.cells]


def test_sentences_of_a_table_are_no_claims() -> None:
    """自然人0件 in the line of a row doesn't repeat the cell of another one."""
    report = with_figures(FlatLayout.SENTENCES)
    extraction = read(report.text, Mapper(report), WhoReads.AUTO)
    assert [finding.rule for finding in extraction.findings if finding.severity == "hard"] == []


def test_who_asks_two_readers_takes_no_table_of_one() -> None:
    report = with_figures(FlatLayout.TRANSPOSED)
    model = Mapper(report)
    assert read(report.text, model, WhoReads.BOTH).verdict == "needs_review"
    assert not any(issubclass(request.schema, MappingReply) for request in model.asked)


def test_a_page_without_the_words_of_the_table_costs_nothing() -> None:
    report = with_figures(FlatLayout.SENTENCES)
    start, end = _section(report)
    model = Mapper(report)
    read(f"{report.text[:start]}本年未收到申请。\n{report.text[end:]}", model, WhoReads.AUTO)
    assert model.asked == []
