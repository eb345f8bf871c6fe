"""Tables without rows and columns on made pages, and models that say where their figures are."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from eval.simulation.mapping import MappingAnswers
from eval.zoo.flattened import flattened
from eval.zoo.generation import FlatLayout, GeneratedReport
from extractor import Extraction
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.schemas import MappingReply
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.reports.opening import open_document
from extractor.result.cells import Status

SETTLED = (Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED)
# What is done to an answer.
Change = Callable[[dict[str, Any]], None]


def right_answer(report: GeneratedReport, shown: str) -> dict[str, Any]:
    """What a page says of the lines that are shown with a question."""
    lines = NumberedLines(open_document(report.text.encode(), "page"))
    numbers = frozenset(int(line.partition(" ")[0]) for line in shown.split("\n"))
    rng = Random(0)  # noqa: S311  # no secret
    answer: dict[str, Any] = json.loads(MappingAnswers(report, lines).answer(numbers, rng, (), 0))
    return answer


class Mapper:
    """Says where the figures of a flattened report are.

    Args:
        report: that it is asked about.
        change: what is done to each of its answers.
    """

    name = "mapper"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, report: GeneratedReport, change: Change = lambda _: None) -> None:
        self.asked: list[Request] = []
        self._report = report
        self._change = change

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        if not issubclass(request.schema, MappingReply):
            return Reply('{"rows": [], "zeros": []}', "stop", Traffic(1, 10, 10))
        answer = right_answer(self._report, request.messages[-1].content)
        self._change(answer)
        return Reply(json.dumps(answer, ensure_ascii=False), "stop", Traffic(1, 10, 10))


@cache
def with_figures(layout: FlatLayout) -> GeneratedReport:
    """A report of this layout, whose columns hold different figures and whose total is some hundreds."""
    reports = (flattened(seed, layout) for seed in range(100))
    return next(one for one in reports if _is_telling(one))


def _is_telling(report: GeneratedReport) -> bool:
    figures = [cell.printed for address, cell in report.cells.items() if ".received." in address]
    return len(set(figures)) > 4 and report.text.count(figures[-1]) < 9


def wrong(extraction: Extraction, report: GeneratedReport) -> list[str]:
    """The settled cells that aren't what the page prints, or not where it does."""
    return [
        cell.address
        for cell in extraction.cells
        if cell.status in SETTLED
        and (
            cell.printed != report.cells[cell.address].printed
            or (cell.span is not None and cell.span.start != report.cells[cell.address].start)
        )
    ]
