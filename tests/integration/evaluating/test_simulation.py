"""Generated reports read by a model that errs; and that reports and errors are what they say they are."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest

from eval.scoring.totals import upper_bound
from eval.simulation.mapping import LeftRowAnswers
from eval.simulation.model import SimulatedModel
from eval.simulation.readings import SETUPS, extraction_of
from eval.simulation.slips import Answer, Said, Setting, Slip, slipped
from eval.zoo.drawing import APPLICANTS, COLUMNS, FRAME, GROUPS, OUTCOMES
from eval.zoo.generation import GeneratedReport, GoldFigure, Layout, generate
from eval.zoo.tearing import Tear
from extractor import Status, Verdict
from extractor.asking.answers import Answer as Grounded
from extractor.asking.answers import CitedDocument, layout_spans
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.options import WhoReads
from extractor.asking.schemas import MappingReply, Unit, units_of
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.layout.reader import read_layout
from extractor.layout.reading import ReadRow
from extractor.llm.protocol import Reply, Request
from extractor.result.extraction import Extraction
from extractor.result.steps import Action
from rules.loader import built_in_forms
from tests.helpers.simulated import Fate, run
from tests.helpers.sweeps import times

SEEDS = range(15)
layouts = pytest.mark.parametrize("layout", Layout)


def stated(gold: GoldFigure) -> Decimal:
    """A printed figure, read by nothing of the program's."""
    digits = re.sub(r"[^\d.]", "", gold.printed) or "0"
    return Decimal(digits) * (-1 if gold.printed[:1] in ("减", "-") else 1)


# --- the generator -------------------------------------------------------------------------------


@layouts
def test_gold_is_in_the_text(layout: Layout) -> None:
    for seed in SEEDS:
        report = generate(seed, layout)
        taken: set[int] = set()
        for address, gold in report.cells.items():
            if gold.start is None:
                assert gold.printed == "", address
                continue
            end = gold.start + len(gold.printed)
            assert report.text[gold.start : end] == gold.printed, address
            around = report.text[gold.start - 1 : gold.start] + report.text[end : end + 1]
            assert not re.search(r"\d", around), address
            assert report.stands_at(address, gold.start, end)
            assert taken.isdisjoint(range(gold.start, end)), address
            taken.update(range(gold.start, end))


@layouts
def test_what_is_generated_adds_up(layout: Layout) -> None:
    for seed in SEEDS:
        cells = generate(seed, layout).cells
        if any(gold.start is None and gold.is_torn for gold in cells.values()):
            continue
        rows = {
            address.split(".", 1)[1].rpartition(".")[0] for address in cells if address[:9] == "requests."
        }
        table = {row: [stated(cells[f"requests.{row}.{column}"]) for column in COLUMNS] for row in rows}
        for row, figures in table.items():
            assert sum(figures[: len(APPLICANTS)]) == figures[-1], row
        received, carried_in, handled, carried_out = (table[row] for row in FRAME)
        for i in range(len(COLUMNS)):
            assert handled[i] == sum(figures[i] for row, figures in table.items() if row not in FRAME)
            assert received[i] + carried_in[i] == handled[i] + carried_out[i]
        for group in GROUPS:
            results = [stated(cells[f"disputes.{group}.{outcome}"]) for outcome in OUTCOMES]
            assert sum(results) == stated(cells[f"disputes.{group}.total"])


def test_the_same_seed_gives_the_same_report() -> None:
    assert generate(7, Layout.TORN) == generate(7, Layout.TORN)
    assert generate(7, Layout.TORN).text != generate(8, Layout.TORN).text


def test_a_planted_page_differs_from_its_twin_in_what_was_planted() -> None:
    for seed in SEEDS:
        report = generate(seed, Layout.PIPES, contradicts=True)
        assert 1 <= len(report.planted) <= 2
        assert set(report.planted) <= report.cells.keys()


@layouts
def test_reports_are_of_every_kind(layout: Layout) -> None:
    reports = [generate(seed, layout) for seed in range(80)]
    texts = "".join(report.text for report in reports)
    assert {report.form.edition for report in reports} == {"2019", "2021"}
    assert any("requests.other_combined.total" in r.cells for r in reports if r.form.edition == "2021")
    assert any("requests.other.other.total" in report.cells for report in reports)
    assert re.search(r"\d,\d{3}", texts)
    assert "忽略以上要求" in texts
    assert re.search("[增减]\\d", texts)
    printed = {gold.printed for report in reports for gold in report.cells.values()}
    assert {"0", "/"} <= printed
    assert ("" in printed) or layout in (Layout.PLAIN, Layout.PARAGRAPHS, Layout.BLANKS)


# --- the errors ----------------------------------------------------------------------------------


RIGHT = Answer(
    [
        Said("received", 3, ("12", "0", "", "/", "0", "1", "13")),
        Said("granted", 4, ("0",) * 7, as_zeros=True),
        Said("partially_granted", 5, ("10", "0", "0", "0", "0", "1", "11")),
        Said("handled_total", 6, ("10", "0", "0", "2", "0", "1", "13")),
        Said("licences", 7, ("44",)),
    ]
)


@pytest.mark.parametrize("slip", Slip)
def test_every_error_changes_the_answer(slip: Slip) -> None:
    for seed in range(30):
        rng = Random(seed)  # noqa: S311  # no secret
        setting = Setting(rng, {"received": ("7",) * 7}, range(1, 10), is_instructed=True)
        changed = slipped(RIGHT, slip, setting)
        assert changed is not None
        assert changed.text() != RIGHT.text()
        assert (changed.said == RIGHT.said) == (slip in (Slip.MALFORMED, Slip.TRUNCATED, Slip.PROSE))


def test_no_text_that_demands_zeros_no_obedience() -> None:
    setting = Setting(Random(0), {}, range(1, 10), is_instructed=False)  # noqa: S311  # no secret
    assert slipped(RIGHT, Slip.INJECTED, setting) is None


def reading(seed: int, layout: Layout, reader: WhoReads, *kinds: Slip) -> tuple[GeneratedReport, Extraction]:
    report = generate(seed, layout)
    document = read_text(Source(report.text.encode(), "report"))
    model = SimulatedModel(report, document, seed, kinds=kinds)
    return report, asyncio.run(extraction_of(document, model, reader))


@pytest.mark.parametrize("reader", WhoReads)
@layouts
def test_a_perfect_model_is_believed(layout: Layout, reader: WhoReads) -> None:
    """What stops a reading then is the page: what it has lost, and a second year beside the first."""
    verdicts = [reading(seed, layout, reader)[1].verdict for seed in range(times(2, 4))]
    assert verdicts.count(Verdict.VERIFIED) >= 1
    assert Verdict.SOURCE_ERROR not in verdicts


def test_open_rows_are_told_as_the_page_has_them() -> None:
    report = generate(11, Layout.PIPES)
    lines = NumberedLines(read_text(Source(report.text.encode(), "page")))
    table = report.form.blocks["requests", "applications"][1]
    names = frozenset({"granted", "carried_out", *(column.id for column in table.columns)})
    shown = frozenset(range(1, len(lines) + 1))
    rng = Random(0)  # noqa: S311  # no secret
    answer = LeftRowAnswers(report, lines).answer(names, shown, rng, (), 0)
    reply = MappingReply.model_validate_json(answer)
    assert [one.name for one in reply.series] == ["granted", "carried_out"]
    for one in reply.series:
        cells = [report.cells[f"requests.{one.name}.{column.name}"] for column in reply.across]
        assert list(one.cells) == [cell.printed for cell in cells]
        assert f"{one.words} | {one.cells[0]}" in report.text.split("\n")[one.line - 1]


def test_the_same_question_is_answered_alike() -> None:
    first, second = (reading(5, Layout.TORN, WhoReads.AUTO, *Slip)[1] for _ in range(2))
    assert first == second


# --- the promise ---------------------------------------------------------------------------------


def test_nothing_wrong_is_confirmed() -> None:
    tally = run(range(len(SETUPS) * times(2, 6)), contradicts=False)
    assert tally.mistakes == []
    assert (tally.findings.missed, tally.findings.false) == (0, 0)
    assert set(tally.slips) == set(Slip)
    repaired = sum(tally.fates[slip, Fate.REPAIRED] for slip in Slip)
    assert repaired > 0.8 * tally.fates.total()
    assert tally.statuses[Status.CONFIRMED] > 0.6 * tally.statuses.total()


def test_a_page_that_contradicts_itself_is_reported_and_not_altered() -> None:
    tally = run(range(len(SETUPS) * times(1, 4)), contradicts=True)
    assert tally.mistakes == []
    assert (tally.findings.missed, tally.findings.false) == (0, 0)
    assert tally.findings.recall > 0.8


def believed(_: Unit, row: ReadRow, answer: Grounded | None, columns: slice, *__: object) -> ReadRow:
    """Taken wherever the model says, whatever the page's labels say."""
    spans = answer.spans[columns] if answer is not None else ()
    return row._replace(spans=spans, doubts=frozenset()) if spans else row


def test_a_pipeline_that_believes_the_model_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without grounding on labels, errors must come through: else this simulation would show nothing."""
    monkeypatch.setattr(CitedDocument, "_is_of_another", lambda *_: False)
    monkeypatch.setattr("extractor.asking.judging.action_on", lambda *_: Action.TAKEN)
    monkeypatch.setattr("extractor.asking.two_readings._agreed", believed)
    tally = run(range(len(SETUPS)), contradicts=False, kinds=[Slip.ROWS_EXCHANGED])
    assert tally.silent > 0
    assert tally.fates[Slip.ROWS_EXCHANGED, Fate.SILENT] > 0


@pytest.mark.parametrize("tear", [Tear.BOTH_LOST, Tear.LABELS_EXCHANGED, Tear.ROWS_EXCHANGED])
def test_two_readers_that_guess_by_order_confirm_nothing_where_the_order_tells_nothing(
    tear: Tear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that errs exactly as the layout reader would have to."""
    monkeypatch.setattr("eval.zoo.generation.VISIBLE_TEARS", [tear])
    for seed in range(8):
        report = generate(seed, Layout.TORN)
        document = read_text(Source(report.text.encode(), "report"))
        model = ByOrder(report, document, seed, kinds=())
        for cell in asyncio.run(extraction_of(document, model, WhoReads.AUTO)).cells:
            if cell.status not in (Status.DISPUTED, Status.ABSENT):
                assert cell.span is not None
                assert report.stands_at(cell.address, *cell.span), (seed, cell.address)


def test_what_nothing_on_the_page_shows_is_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Torn figures exchanged behind labels in order: two readers can't know, so no sum may confirm them."""
    monkeypatch.setattr("eval.zoo.generation.VISIBLE_TEARS", [Tear.FIGURES_EXCHANGED])
    unknowable = 0
    for seed in range(12):
        report = generate(seed, Layout.TORN)
        document = read_text(Source(report.text.encode(), "report"))
        model = ByOrder(report, document, seed, kinds=())
        for cell in asyncio.run(extraction_of(document, model, WhoReads.AUTO)).cells:
            is_right = cell.span is not None and report.stands_at(cell.address, *cell.span)
            if cell.status is Status.CONFIRMED:
                assert is_right, (seed, cell.address)
            unknowable += cell.status is Status.UNCHECKED and not is_right
    assert unknowable


def test_nothing_is_asked_about_rows_of_which_no_place_is_known() -> None:
    """Blanks dropped from a page of a cell a line: labels and figures can't be told apart any more."""
    report = generate(95, Layout.PARAGRAPHS)
    document = read_text(Source(report.text.encode(), "report"))
    model = Recording(report, document, 95)
    asyncio.run(extraction_of(document, model, WhoReads.BOTH))
    assert all(model.questions)
    assert len(model.questions) > 1


class Recording(SimulatedModel):
    """Keeps what it is shown."""

    questions: list[str]

    async def ask(self, request: Request) -> Reply:
        self.questions = [*getattr(self, "questions", []), request.messages[-1].content]
        return await super().ask(request)


class ByOrder(SimulatedModel):
    """Says what the layout reader says."""

    def _right(self, names: Sequence[str], *_: object, **__: object) -> Answer:
        units = {unit.name: unit for unit in units_of(read_layout(self.document, built_in_forms()))}
        said = []
        for name in names:
            spans = layout_spans(units[name])
            if spans:
                line = self.lines.at(spans[0].start)
                said.append(
                    Said(name, line.number, tuple(self.document.text[s.start : s.end] for s in spans))
                )
        return Answer(said)


def test_the_bound_is_clopper_and_pearsons() -> None:
    assert upper_bound(0, 300) == pytest.approx(1 - 0.05 ** (1 / 300))
    assert upper_bound(0, 3_000_000) == pytest.approx(3 / 3_000_000, rel=0.01)
    assert upper_bound(1, 10) == pytest.approx(0.394, abs=0.001)
    assert upper_bound(5, 5) == 1
