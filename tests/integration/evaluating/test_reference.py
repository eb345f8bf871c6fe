"""The reference reading: instructor with one nested schema, on a model that is perfect, errs, or is real."""

from __future__ import annotations

import asyncio
import json

import pytest

from eval.runs.folder import read_run
from eval.scoring.score import Fit, is_silent, score
from eval.simulation.model import SimulatedModel, number_of
from eval.simulation.readings import Simulated, reference_of, simulated
from eval.simulation.reference import gold_by_value, reference_reading, schema_of
from eval.simulation.slips import Slip
from eval.zoo.generation import Layout, generate
from extractor.asking.options import WhoReads
from extractor.documents.plain.text import read_text
from extractor.documents.source import Source
from extractor.llm.protocol import Finish, Profile, Reply, Request, Traffic
from extractor.llm.tokens import ESTIMATE, Counter
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from extractor.result.verdict import Verdict
from rules.loader import built_in_forms
from tests.helpers.loopback import Loopback, completion

FORM = built_in_forms()[0]
COUNTER = Counter(ESTIMATE, len)


def nested(**counts: int) -> str:
    """A reply in which only these cells of the row `granted` aren't zero, nor those that follow from them."""
    total = sum(counts.values())
    row = {**counts, "total": total}
    return json.dumps({"requests": {"received": row, "handled_total": row, "granted": row}})


class Scripted:
    """Gives these answers, the last again and again."""

    name = "scripted"
    profile: Profile | None = Profile.PLAIN

    def __init__(self, *answers: str, finish: Finish = "stop") -> None:
        self.asked: list[Request] = []
        self._answers = answers
        self._finish: Finish = finish

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        text = self._answers[min(len(self.asked), len(self._answers)) - 1]
        return Reply(text, self._finish, Traffic(1, 100, 10))


def read(model: Scripted) -> Extraction:
    document = read_text(Source("年度报告".encode(), "page"))
    return asyncio.run(reference_reading(document, FORM, model, COUNTER))


def test_what_the_validators_accept_is_confirmed() -> None:
    model = Scripted(nested(natural_person=3, business=2))
    extraction = read(model)
    assert extraction.verdict is Verdict.VERIFIED
    assert {cell.status for cell in extraction.cells} == {Status.CONFIRMED}
    assert extraction.cell("requests.granted.total").value == 5
    assert extraction.cell("requests.granted.total").readers == ("reference",)
    assert len(extraction.cells) == len(FORM.places)
    assert extraction.usage is not None
    assert (extraction.usage.requests, extraction.usage.input_tokens) == (1, 100)
    # All of the report is sent, and the schema in words.
    assert "年度报告" in model.asked[0].messages[-1].content
    assert "natural_person" in model.asked[0].messages[0].content


def test_what_they_refuse_is_asked_again_with_the_reason_twice_at_most() -> None:
    wrong = nested(natural_person=3).replace('"total": 3', '"total": 4')
    model = Scripted(wrong)
    extraction = read(model)
    assert (extraction.cells, extraction.verdict) == ((), Verdict.NEEDS_REVIEW)
    assert len(model.asked) == 3
    assert "requests.granted.total (requests-row-total)" in model.asked[1].messages[-1].content
    mended = Scripted(wrong, nested(natural_person=4))
    assert read(mended).cell("requests.granted.total").value == 4
    assert len(mended.asked) == 2


@pytest.mark.parametrize(
    "answer", ["", "no JSON", '{"requests": 5}', '{"requests": {"granted": {"total": "x"}}}']
)
def test_no_answer_is_no_reading(answer: str) -> None:
    assert read(Scripted(answer)).cells == ()


def test_a_truncated_answer_is_no_reading() -> None:
    assert read(Scripted(nested(business=1)[:-9], finish="length")).cells == ()


def test_a_real_server_is_asked_the_same_way() -> None:
    """Through our client, so that both ways of reading have the same transport."""
    from extractor.llm.client import OpenAIModel
    from extractor.llm.settings import Settings

    async def go(url: str) -> Extraction:
        async with OpenAIModel(Settings("m", url, "k", profile=Profile.JSON_OBJECT)) as model:
            document = read_text(Source("年度报告".encode(), "page"))
            return await reference_reading(document, FORM, model, COUNTER)

    with Loopback(completion(nested(business=1))) as server:
        extraction = asyncio.run(go(server.url))
    assert extraction.cell("requests.received.business").value == 1
    assert extraction.usage is not None
    assert (extraction.usage.input_tokens, extraction.usage.output_tokens) == (11, 7)


@pytest.mark.parametrize("layout", Layout)
def test_a_perfect_model_is_read_rightly(layout: Layout) -> None:
    for seed in range(3):
        report = generate(seed, layout)
        document = read_text(Source(report.text.encode(), "page"))
        model = SimulatedModel(report, document, seed, kinds=())
        extraction = asyncio.run(reference_of(document, model, report.form))
        gold = gold_by_value(Simulated(report, seed, WhoReads.MODEL).gold(document), report.form)
        if extraction.cells:
            assert not [miss for miss in score(document, extraction, gold).misses if miss.gold != "0"]
    assert extraction.cells or layout is Layout.TORN


def test_sums_cannot_see_an_exchange_and_so_it_is_silent() -> None:
    """The error that the pipeline finds by labels: two rows of one group have each other's figures."""
    silent = 0
    for seed in range(12):
        report = generate(seed, Layout.PIPES)
        document = read_text(Source(report.text.encode(), "page"))
        model = SimulatedModel(report, document, seed, kinds=[Slip.ROWS_EXCHANGED], again=0)
        extraction = asyncio.run(reference_of(document, model, report.form))
        gold = gold_by_value(Simulated(report, seed, WhoReads.MODEL).gold(document), report.form)
        silent += sum(map(is_silent, score(document, extraction, gold).rated))
    assert silent > 0


def test_values_are_compared_alone() -> None:
    assert [number_of(one) for one in ("", "/", "0", "1,234", "251000元", "减3", "增 4", "8.50")] == [
        *(0, 0, 0, 1234, 251000, -3, 4),
        number_of("8.5"),
    ]
    one = simulated(0, 3)
    document = read_text(Source(one.data, "page"))
    gold = gold_by_value(one.gold(document), one.report.form)
    assert all(cell.place is None for cell in gold.cells.values())
    assert set(gold.cells) == set(one.report.form.places)
    nothing = score(document, None, gold)
    assert {rated.fit for rated in nothing.rated} == {Fit.OMITTED}


def test_the_schema_is_one_nested_object_of_the_whole_form() -> None:
    schema = schema_of(FORM).model_json_schema()
    assert list(schema["properties"]) == ["disclosure", "requests", "disputes"]
    assert schema_of(FORM) is schema_of(FORM)


def test_it_stands_beside_the_pipeline_in_one_run(tmp_path: object) -> None:
    from tests.integration.commands.test_eval_commands import gongkai_eval

    own = gongkai_eval("simulation", "--limit", 18, "--reference", "--jobs", 1, "-o", tmp_path)
    assert own.exit_code == 0
    run = read_run(tmp_path)  # type: ignore[arg-type]
    assert [one.setup for one in run.results] == ["simulated"] * 18 + ["simulated reference"] * 18
    assert len(run.own.results) == 18
    assert "simulated reference" in own.stdout
