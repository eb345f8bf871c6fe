"""What stops the reading, what splits a question, what is kept, and what it costs."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import pytest

from cache.mode import Mode
from eval.gold.answers import Answer, as_answer, gold_rows
from eval.gold.cases import Case, all_cases, load_case
from eval.gold.planting import with_figures
from extractor import Extraction, Status
from extractor.asking.numbered_lines import NumberedLines
from extractor.asking.options import Limits, Prices, WhoReads
from extractor.asking.plan import Asking
from extractor.errors import NotCachedError, SettingsError, UnavailableError
from extractor.llm.protocol import Profile, Reply, Traffic
from extractor.llm.scripted import ScriptedModel
from extractor.llm.settings import Settings
from extractor.reports.opening import open_document
from extractor.result.findings import Cause
from extractor.result.steps import Action
from tests.helpers.answering import GoldModel, Memory, is_about_tables, lines_of, names_of, read, row_of
from tests.helpers.torn import TORN

LUOZHUANG = load_case("luozhuang-2023")


def gold_text(case: Case) -> str:
    """The right answer about all tables."""
    return json.dumps(as_answer(list(gold_rows(case).values())), ensure_ascii=False)


def actions(extraction: Extraction) -> list[Action]:
    return [step.action for step in extraction.trace]


# --- budget --------------------------------------------------------------------------------------------


def test_no_question_is_put_that_the_budget_does_not_cover() -> None:
    model = ScriptedModel()
    extraction = read(LUOZHUANG.text, model, WhoReads.BOTH, Limits(tokens=1000))
    assert model.history == []
    assert extraction.verdict == "needs_review"
    assert actions(extraction)[-1] is Action.STOPPED
    assert "--max-tokens" in extraction.trace[-1].message.zh


def test_what_was_read_before_the_limit_of_requests_is_kept() -> None:
    def skipped(answer: Answer, _: int) -> Answer:
        answer["rows"].remove(row_of(answer, "granted"))
        return answer

    model = GoldModel(LUOZHUANG, skipped)
    extraction = read(LUOZHUANG.text, model, WhoReads.BOTH, Limits(requests=1))
    assert len(model.history) == 1
    assert actions(extraction)[-1] is Action.STOPPED
    assert extraction.cell("requests.received.total").printed == "157"
    assert extraction.cell("requests.granted.total").status is Status.DISPUTED


def test_an_answer_may_be_no_longer_than_the_rest_of_the_budget() -> None:
    model = GoldModel(LUOZHUANG)
    read(LUOZHUANG.text, model, limits=Limits(tokens=6000))
    read(LUOZHUANG.text, model, limits=Limits())
    assert [request.max_output for request in model.history][1] == 8192
    assert 256 <= model.history[0].max_output < 6000 - 2000


def test_no_rounds_is_one_question() -> None:
    model = ScriptedModel(['{"rows":[],"zeros":[]}'])
    extraction = read(LUOZHUANG.text, model, WhoReads.BOTH, Limits(rounds=0))
    assert len(model.history) == 1
    assert extraction.verdict == "needs_review"


def test_all_that_was_spent_is_in_the_result() -> None:
    answer = gold_text(LUOZHUANG)
    model = ScriptedModel([Reply(answer, "stop", Traffic(3, 2000, 400, 1500))])
    extraction = read(LUOZHUANG.text, model)
    assert extraction.usage is not None
    spent = extraction.usage
    assert (spent.requests, spent.input_tokens, spent.output_tokens, spent.cached_tokens) == (
        3,
        2000,
        400,
        1500,
    )
    assert (spent.counted_by, spent.cost, spent.model) == ("server", None, "scripted")


def test_failed_attempts_are_counted() -> None:
    model = ScriptedModel([UnavailableError("断了", "gone", requests=5)])
    extraction = read(LUOZHUANG.text, model)
    assert extraction.usage is not None
    assert extraction.usage.requests == 5
    assert actions(extraction) == [Action.ASKED, Action.STOPPED]


def test_tokens_that_the_server_does_not_count_are_counted_here() -> None:
    model = ScriptedModel([Reply(gold_text(LUOZHUANG), "stop", Traffic(1, is_estimated=True))])
    extraction = read(LUOZHUANG.text, model)
    assert extraction.usage is not None
    assert extraction.usage.counted_by in ("estimate", "o200k_base")
    assert 2000 < extraction.usage.input_tokens < 6000
    assert 300 < extraction.usage.output_tokens < 1200


def test_money_comes_from_the_prices_given_and_nothing_else() -> None:
    reply = Reply(gold_text(LUOZHUANG), "stop", Traffic(1, 2_000_000, 500_000))
    asking = Asking(
        Settings("none", "http://127.0.0.1"),
        WhoReads.MODEL,
        prices=Prices(Decimal("0.5"), Decimal(2)),
        text=False,
    )
    reader = asking.with_model(ScriptedModel([reply]), Memory())
    (extraction,) = asyncio.run(reader.extract(LUOZHUANG.text.encode()))
    assert extraction.usage is not None
    assert extraction.usage.cost == 2


# --- four kinds of unusable answers ----------------------------------------------------------------------


def test_a_truncated_answer_is_split_and_never_asked_for_unchanged() -> None:
    model = ScriptedModel([Reply('{"rows":[', "length", Traffic(1)), *['{"rows":[],"zeros":[]}'] * 30])
    read(LUOZHUANG.text, model, limits=Limits(rounds=0))
    whole, first, second = (names_of(request) for request in model.history)
    assert sorted(first + second) == sorted(whole)
    assert abs(len(first) - len(second)) <= 1


def test_what_is_right_in_a_malformed_answer_is_kept_and_only_the_rest_asked_for() -> None:
    answer = json.loads(gold_text(LUOZHUANG))
    row_of(answer, "granted")["cells"] = 103
    row_of(answer, "received")["line"] = "here"
    model = ScriptedModel([json.dumps(answer)])
    extraction = read(LUOZHUANG.text, model, limits=Limits(rounds=0))
    assert extraction.cell("requests.handled_total.total").status is not Status.DISPUTED
    model = ScriptedModel([json.dumps(answer), '{"rows":[],"zeros":[]}'])
    read(LUOZHUANG.text, model, limits=Limits(rounds=1))
    assert sorted(names_of(model.history[1])) == ["granted", "received"]


def test_nothing_is_asked_of_a_model_that_refuses() -> None:
    model = ScriptedModel([Reply("I can't help with that.", "refusal", Traffic(1))])
    extraction = read(LUOZHUANG.text, model, WhoReads.BOTH)
    assert len(model.history) == 1
    assert actions(extraction) == [Action.ASKED, Action.STOPPED]
    assert extraction.verdict == "needs_review"


def test_an_empty_reply_is_asked_for_once_more() -> None:
    empty = Reply("", "empty", Traffic(1))
    model = ScriptedModel([empty, gold_text(LUOZHUANG)])
    extraction = read(LUOZHUANG.text, model)
    assert extraction.verdict == "verified"
    assert model.history[0] == model.history[1]
    model = ScriptedModel([empty, empty])
    extraction = read(LUOZHUANG.text, model)
    assert len(model.history) == 2
    assert actions(extraction)[-1] is Action.STOPPED


def test_wrong_settings_end_the_run() -> None:
    with pytest.raises(SettingsError):
        read(LUOZHUANG.text, ScriptedModel([SettingsError("密钥不对", "wrong key")]))


# --- long documents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_a_document_longer_than_the_window_is_split_between_rows(case: Case) -> None:
    model = GoldModel(case)
    extraction = read(case.text, model, limits=Limits(window=2600))
    assert len(model.history) > 1
    assert all(cell.printed == gold.printed for cell, gold in zip(extraction.cells, case.cells, strict=True))
    parts = [lines_of(request) for request in model.history if is_about_tables(request)]
    whole = [number for part in parts for number in part]
    assert whole == list(range(whole[0], whole[-1] + 1))
    for request in model.history:
        first = request.messages[-1].content.split("\n")[0].partition(" ")[2]
        assert not first[:1].isdigit() or "." in first[:3], first


def test_a_window_too_small_for_anything_is_told() -> None:
    model = ScriptedModel()
    extraction = read(LUOZHUANG.text, model, limits=Limits(window=1024))
    assert model.history == []
    assert "--window" in extraction.trace[-1].message.zh


# --- kept replies ----------------------------------------------------------------------------------------


def test_the_second_run_asks_nothing_and_gives_the_same() -> None:
    memory, model = Memory(), GoldModel(TORN)
    first = read(TORN.text, model, WhoReads.BOTH, memory=memory)
    asked = len(model.history)
    second = read(TORN.text, model, WhoReads.BOTH, memory=memory)
    assert len(model.history) == asked
    assert second.model_dump_json() == first.model_dump_json()


def test_a_kept_reply_that_cannot_be_read_is_asked_for_again() -> None:
    memory, model = Memory(), GoldModel(LUOZHUANG)
    first = read(LUOZHUANG.text, model, memory=memory)
    memory.kept = dict.fromkeys(memory.kept, '{"reply":')
    assert read(LUOZHUANG.text, model, memory=memory) == first
    assert len(model.history) == 2


def test_empty_replies_and_failures_are_not_kept() -> None:
    memory = Memory()
    read(LUOZHUANG.text, ScriptedModel([Reply("", "empty", Traffic(1))] * 2), memory=memory)
    assert memory.kept == {}


def test_replay_asks_nothing() -> None:
    asking = Asking(Settings("none", "http://127.0.0.1"), WhoReads.MODEL, cache=Mode.REPLAY, text=False)
    model = ScriptedModel()
    with pytest.raises(NotCachedError):
        asyncio.run(asking.with_model(model, Memory()).extract(LUOZHUANG.text.encode()))
    assert model.history == []


def test_no_two_different_questions_have_one_key() -> None:
    class Recording(Memory):
        def __init__(self) -> None:
            super().__init__()
            self.asked: set[str] = set()

        def get(self, key: str) -> str | None:
            self.asked.add(key)
            return None

    def keys(
        name: str = "gold",
        profile: Profile = Profile.JSON_SCHEMA,
        text: str = LUOZHUANG.text,
        **extra: object,
    ) -> frozenset[str]:
        memory, model = Recording(), GoldModel(LUOZHUANG)
        model.name, model.profile = name, profile
        read(text, model, memory=memory, extra=extra)
        return frozenset(memory.asked)

    one = keys()
    assert one == keys()
    others = [
        keys(name="none"),
        keys(profile=Profile.TOOLS),
        keys(enable_thinking=False),
        keys(text=LUOZHUANG.text.replace("103 |", "104 |", 1)),
    ]
    for other in others:
        assert one.isdisjoint(other)


# --- a page that contradicts itself ----------------------------------------------------------------------


def test_a_contradiction_among_certain_cells_is_the_page_itself_and_not_read_again() -> None:
    address = "requests.granted.natural_person"
    printed = {address: "130"}
    model = GoldModel(LUOZHUANG, printed=printed)
    extraction = read(with_figures(LUOZHUANG, printed), model)
    assert len(model.history) == 1
    assert extraction.verdict == "source_error"
    assert extraction.cell(address).printed == "130"
    assert extraction.cell(address).status is Status.AS_PRINTED


def test_a_suspect_that_two_readers_placed_is_read_again_and_stands() -> None:
    address = "requests.unavailable.not_held.natural_person"
    printed = {address: "5"}
    model = GoldModel(TORN, printed=printed)
    extraction = read(with_figures(TORN, printed), model, WhoReads.AUTO)
    _, *again = model.history
    assert "unavailable.not_held" in names_of(again[0])
    assert extraction.cell(address).printed == "5"
    assert extraction.cell(address).status is Status.AS_PRINTED
    about = [f for f in extraction.findings if f.place == "requests.unavailable.not_held.total"]
    assert [finding.cause for finding in about] == [Cause.SOURCE_ERROR]
    assert Action.SUSPECTED in actions(extraction)
    assert Action.REREAD in actions(extraction)


def test_a_suspect_that_is_read_otherwise_and_no_better_is_kept() -> None:
    address = "requests.unavailable.not_held.natural_person"
    printed = {address: "5"}

    def elsewhere(answer: Answer, number: int) -> Answer:
        if number:
            row_of(answer, "unavailable.not_held").update(line=62, cells=["0"] * 7)
        return answer

    text = with_figures(TORN, printed)
    extraction = read(text, GoldModel(TORN, elsewhere, printed), WhoReads.AUTO)
    assert actions(extraction)[-1] is Action.KEPT
    assert extraction.cell(address).printed == "5"
    assert extraction.cell(address).status is Status.DISPUTED


def test_reading_again_shows_neither_sums_nor_rules_nor_the_expected_number() -> None:
    printed = {"requests.unavailable.not_held.natural_person": "5"}
    model = GoldModel(TORN, printed=printed)
    read(with_figures(TORN, printed), model, WhoReads.AUTO)
    for request in model.history:
        prompt = request.messages[0].content
        for word in ("合计", "之和", "勾稽", "等于", "相差", "应为", "规则", "错误"):
            assert word not in prompt
        page = NumberedLines(open_document(with_figures(TORN, printed).encode(), "page"))
        shown = {f"{line.number} {line.text}" for line in page}
        assert set(request.messages[1].content.split("\n")) <= shown
