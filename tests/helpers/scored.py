"""Small pages, readings and results made by hand, to score and compare."""

from __future__ import annotations

from eval.gold.expected import Expected, Gold
from eval.runs.folder import manifest_of
from eval.scoring.metrics import Tried
from eval.scoring.run import Result, Run, Setup, marks_of, order_key
from eval.scoring.score import Score, score
from extractor.documents.document import Document, Span
from extractor.result.cells import Cell, Grounding, Status
from extractor.result.extraction import Extraction
from extractor.result.findings import Finding
from extractor.result.header import Header
from extractor.result.narrative import Narrative
from extractor.result.verdict import Verdict
from rules.confront import State
from rules.words import Bilingual

TEXT = "甲 12 0\n乙 7 \n丙 / 12\n"
PAGE = Document(TEXT, "page", "utf-8", ())
TWELVE, ZERO, SEVEN, BLANK, MARK, OTHER_TWELVE = 2, 5, 9, 11, 14, 16
GOLD = Gold(
    {
        "t.a.x": Expected("12", State.NUMBER, 12, TWELVE),
        "t.a.y": Expected("0", State.NUMBER, 0, ZERO),
        "t.b.x": Expected("7", State.NUMBER, 7, SEVEN),
        "t.b.y": Expected("", State.BLANK, None, BLANK),
        "t.c.x": Expected("/", State.MARK, None, MARK),
        "t.c.y": Expected("12", State.NUMBER, 12, OTHER_TWELVE),
    }
)


def cell(
    address: str,
    printed: str,
    start: int | None,
    status: Status = Status.CONFIRMED,
    state: State = State.NUMBER,
    value: int | None = None,
) -> Cell:
    """A cell as read; its value is what is printed, unless given."""
    number = int(printed) if value is None and printed.isdecimal() else value
    span = Span(start, start + len(printed)) if start is not None else None
    return Cell(
        address, printed, number, None, state, status, "certain", Grounding.EXACT, span, None, None, ()
    )


RIGHT = {
    "t.a.x": cell("t.a.x", "12", TWELVE),
    "t.a.y": cell("t.a.y", "0", ZERO),
    "t.b.x": cell("t.b.x", "7", SEVEN),
    "t.b.y": cell("t.b.y", "", BLANK, Status.UNCHECKED, State.BLANK),
    "t.c.x": cell("t.c.x", "/", MARK, Status.UNCHECKED, State.MARK),
    "t.c.y": cell("t.c.y", "12", OTHER_TWELVE),
}


def extraction(
    *changed: Cell,
    verdict: Verdict = Verdict.VERIFIED,
    findings: tuple[Finding, ...] = (),
    narrative: Narrative = Narrative(),  # noqa: B008 - immutable
) -> Extraction:
    """The right reading, but for these cells."""
    cells = {**RIGHT, **{one.address: one for one in changed}}
    return Extraction(
        report="page",
        encoding="utf-8",
        undecodable=0,
        family="f",
        edition="2021",
        block_editions={},
        verdict=verdict,
        header=Header(),
        cells=tuple(cells.values()),
        findings=findings,
        narrative=narrative,
    )


def finding(rule: str, place: str | None, *, left: int | None = 1, hard: bool = True) -> Finding:
    """A finding about an address."""
    return Finding(
        rule=rule,
        severity="hard" if hard else "soft",
        cause=None,
        place=place,
        left=left,
        message=Bilingual(zh="错", en="wrong"),
    )


def scored(*changed: Cell, gold: Gold = GOLD) -> Score:
    """The score of the right reading with these changes."""
    return score(PAGE, extraction(*changed), gold)


def result(
    item: str,
    own: Score,
    verdict: str = "verified",
    findings: Tried | None = None,
    **more: object,
) -> tuple[Result, tuple[str, ...]]:
    """A result, and the addresses that it follows."""
    order = tuple(one.address for one in own.rated)
    fields: dict[str, object] = {
        "suite": "made",
        "layout": "page",
        "edition": "2021",
        "setup": "layout",
        "lost": tuple(one.address for one in own.rated if not one.is_on_page),
        "error": "",
        "tried": {"findings": findings, "claims": None, "relations": None},
        "requests": 0,
        "input_tokens": 0,
        "output_tokens": 0,
        "cost": None,
        "kept_replies": 0,
        "seconds": 0.5,
    } | more
    made = Result(
        item=item,
        order=order_key(order),
        marks=marks_of(own),
        misses=own.misses,
        ungrounded=own.ungrounded,
        verdict=verdict,
        **fields,  # type: ignore[arg-type]
    )
    return made, order


def manifest(seed: int = 0) -> dict[str, object]:
    """Of a run of a suite that isn't there."""
    return manifest_of(["made"], [Setup()], seed=seed, limit=None, is_full=False)


def run_of(*results: tuple[Result, tuple[str, ...]]) -> Run:
    """A run with these results."""
    return Run(manifest(), {one.order: order for one, order in results}, [one for one, _ in results])
