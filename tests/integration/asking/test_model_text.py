"""The free text read with a model: its answer is grounded, cross-checked, and never accuses a page alone."""

from __future__ import annotations

import asyncio
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from eval.gold.cases import Case, load_case
from eval.gold.claims import gold_claims, gold_relations
from eval.scoring.claims import read_relations
from extractor import Extraction, Verdict
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.asking.text_schema import relations_request
from extractor.errors import (
    EmptyReplyError,
    ModelError,
    RefusalError,
    SettingsError,
    TooLongError,
    UnavailableError,
)
from extractor.llm.scripted import ScriptedModel
from extractor.llm.settings import Settings
from extractor.llm.tightening import schema_text
from extractor.result.steps import Action
from rules.confront import Outcome
from rules.form import Form
from rules.loader import built_in_forms, load_form
from tests.helpers.answering import Memory

CASE = load_case("luozhuang-2023")
MODEL = "scripted"
NOTHING: dict[str, Any] = {"wholes": [], "shares": [], "growths": [], "cells": [], "missed": []}
MARK = re.compile(r"【(\d+)】")


def read(
    model: ScriptedModel, case: Case = CASE, text: str | None = None, limits: Limits | None = None
) -> Extraction:
    asking = Asking(Settings(MODEL, "http://127.0.0.1"), limits=limits or Limits())
    data = text.encode() if text is not None else case.path.read_bytes()
    (extraction,) = asyncio.run(asking.with_model(model, Memory()).extract(data, name="report"))
    return extraction


def answer(**members: Any) -> str:
    return json.dumps({**NOTHING, **members}, ensure_ascii=False)


def without_model(case: Case = CASE) -> Extraction:
    return read(ScriptedModel([EmptyReplyError("无", "empty")]), case)


def number_of(extraction: Extraction, words: str) -> int:
    """The number of the claim whose printed number follows these words."""
    text = CASE.text
    start = text.index(words) + len(words)
    (found,) = [i for i, claim in enumerate(extraction.narrative.claims, 1) if claim.span.start == start]
    return found


def test_a_clear_report_costs_one_question_that_shows_sentences_with_numbers_only() -> None:
    model = ScriptedModel([answer()])
    extraction = read(model)
    (request,) = model.history
    shown = request.messages[-1].content
    assert [int(number) for number in MARK.findall(shown)] == [*range(1, 69)]
    assert "主动公开政府信息【1】8727条,概况类信息【2】492条" in shown
    assert "习近平" not in shown
    assert "276017" not in shown
    assert extraction.usage is not None
    assert extraction.usage.requests == 1
    assert extraction.verdict is Verdict.VERIFIED


def test_what_both_read_names_both_readers() -> None:
    known = without_model()
    share, part = number_of(known, "占比"), number_of(known, "其中予以公开")
    whole = number_of(known, "全区共收到政府信息公开申请")
    said = answer(shares=[{"share": share, "part": part, "whole": whole}])
    relations = read(ScriptedModel([said])).narrative.relations
    both = [one for one in relations if len(one.readers) == 2]
    assert [(one.kind, one.claim, one.others, one.outcome) for one in both] == [
        ("share", share - 1, (part - 1, whole - 1), Outcome.SATISFIED)
    ]
    assert both[0].readers == ("layout", MODEL)


def test_what_the_model_alone_reads_is_kept_and_accuses_nobody() -> None:
    known = without_model()
    # 41 accounts are no whole of the 6 that were closed down and of 3 circulars.
    whole = number_of(known, "全区运营有效的政务新媒体账号共")
    parts = [number_of(known, "共注销政务新媒体账号"), number_of(known, "全年共印发情况通报")]
    said = answer(wholes=[{"whole": whole, "parts": parts, "all": True}])
    extraction = read(ScriptedModel([said]))
    (own,) = [one for one in extraction.narrative.relations if one.readers == (MODEL,)]
    assert own.outcome is Outcome.VIOLATED
    (finding,) = extraction.findings
    assert (finding.rule, finding.severity, finding.cause) == ("narrative-closed", "soft", None)
    assert extraction.verdict is Verdict.VERIFIED


def test_a_contradiction_that_the_model_reads_otherwise_is_left_to_a_person() -> None:
    text = CASE.text.replace("予以公开106件,占比67.5%", "予以公开106件,占比33.5%")
    accused = read(ScriptedModel([answer()]), text=text)
    assert [(f.rule, f.cause) for f in accused.findings if f.severity == "hard"] == [
        ("narrative-share", "source_error")
    ]
    known = without_model()
    share, part = number_of(known, "占比"), number_of(known, "其中予以公开")
    whole = number_of(known, "收到群众留言")
    said = answer(shares=[{"share": share, "part": part, "whole": whole}])
    extraction = read(ScriptedModel([said]), text=text)
    (finding,) = [one for one in extraction.findings if one.severity == "hard"]
    assert (finding.rule, finding.cause) == ("narrative-share", "unresolved")
    assert extraction.verdict is Verdict.NEEDS_REVIEW


@pytest.mark.parametrize(
    "members",
    [
        {"shares": [{"share": 0, "part": 1, "whole": 2}]},
        {"shares": [{"share": 999, "part": 1, "whole": 2}]},
        {"shares": [{"share": -1, "part": 1, "whole": 2}]},
        {"shares": [{"share": 1, "part": 2, "whole": 3}]},
        {"growths": [{"growth": 15, "of": 15}]},
        {"wholes": [{"whole": 1, "parts": [1, 2], "all": True}]},
        {"wholes": [{"whole": 1, "parts": [2, 2], "all": True}]},
        {"wholes": [{"whole": 1, "parts": [], "all": True}]},
        {"wholes": [{"whole": 1, "parts": [15], "all": True}]},
        {"cells": [{"number": 15, "rows": ["received"]}]},
        {"cells": [{"number": 1, "rows": []}]},
        {"missed": ["9999件", "8727条", "2023年", "727条", "37件", "", "件", "第一批", "无"]},
    ],
)
def test_what_cannot_be_so_is_refused(members: dict[str, Any]) -> None:
    known, extraction = without_model(), read(ScriptedModel([answer(**members)]))
    assert extraction.narrative == known.narrative
    assert extraction.findings == ()


def test_a_number_that_only_the_model_sees_is_taken_where_the_text_prints_it() -> None:
    known = without_model()
    text = CASE.text.replace("加强培训指导。", "加强培训指导。统筹三块牌子。")
    extraction = read(ScriptedModel([answer(missed=["三块"])]), text=text)
    (own,) = [claim for claim in extraction.narrative.claims if claim.readers == (MODEL,)]
    assert (own.printed, own.value, own.unit) == ("三", 3, "块")
    assert text[own.span.start : own.span.end] == "三"
    starts = [claim.span.start for claim in extraction.narrative.claims]
    assert starts == sorted(starts)
    assert len(starts) == len(known.narrative.claims) + 1
    outcomes = [one.outcome for one in known.narrative.relations]
    assert sorted(one.outcome for one in extraction.narrative.relations) == sorted(outcomes)


@pytest.mark.parametrize(
    "error", [EmptyReplyError("无", "empty"), RefusalError("拒", "refused"), UnavailableError("断", "gone")]
)
def test_without_an_answer_the_other_reading_stays(error: ModelError) -> None:
    extraction = read(ScriptedModel([error]))
    assert len(extraction.narrative.relations) == 32
    assert extraction.verdict is Verdict.VERIFIED
    assert [step.action for step in extraction.trace] == [Action.ASKED, Action.FAILED]


def test_what_is_no_answer_is_told_and_costs_nothing_else() -> None:
    extraction = read(ScriptedModel(["not JSON at all", "nor this"]))
    assert len(extraction.narrative.relations) == 32
    assert Action.FAILED in {step.action for step in extraction.trace}


def test_a_wrong_key_is_told_as_such() -> None:
    with pytest.raises(SettingsError):
        read(ScriptedModel([SettingsError("密钥不对", "the key is wrong")]))


def test_what_the_model_has_read_of_the_tables_outlives_its_key() -> None:
    error = SettingsError("密钥不对", "the key is wrong")
    model = ScriptedModel(['{"rows": [], "zeros": []}', error])
    asking = Asking(Settings(MODEL, "http://127.0.0.1"), who_reads=WhoReads.MODEL, limits=Limits(rounds=0))
    reader = asking.with_model(model, Memory())
    (extraction,) = asyncio.run(reader.extract(CASE.path.read_bytes(), name="report"))
    assert [step.action for step in extraction.trace] == [Action.ASKED, Action.ASKED, Action.FAILED]
    assert len(extraction.narrative.relations) == 32


def test_a_text_that_is_longer_than_the_window_is_asked_about_in_parts() -> None:
    known = without_model()
    share, part = number_of(known, "占比"), number_of(known, "其中予以公开")
    whole = number_of(known, "全区共收到政府信息公开申请")
    said = answer(shares=[{"share": share, "part": part, "whole": whole}])
    model = ScriptedModel([answer(), said, *[answer()] * 9])
    extraction = read(model, limits=Limits(window=3500))
    shown = [MARK.findall(request.messages[-1].content) for request in model.history]
    assert len(shown) > 2
    assert [int(number) for numbers in shown for number in numbers] == [*range(1, 69)]
    both = [one for one in extraction.narrative.relations if len(one.readers) == 2]
    assert [(one.claim, one.others) for one in both] == [(share - 1, (part - 1, whole - 1))]


def test_a_text_that_the_server_finds_too_long_is_asked_about_in_parts() -> None:
    model = ScriptedModel([TooLongError("太长", "too long"), answer(), RefusalError("拒", "refused")])
    extraction = read(model)
    first, *parts = (MARK.findall(request.messages[-1].content) for request in model.history)
    assert [number for numbers in parts for number in numbers] == first
    actions = [step.action for step in extraction.trace]
    asked, failed = Action.ASKED, Action.FAILED
    assert actions == [asked, failed, asked, asked, failed, Action.TAKEN]


def test_a_text_without_numbers_is_not_asked_about() -> None:
    head, _, tables = CASE.text.partition("二、主动公开政府信息情况")
    title = head[: head.index("本年度报告根据")]
    tables = tables[: tables.index("五、存在的主要问题")]
    model = ScriptedModel([])
    read(model, text=f"{title}一、总体情况\n工作平稳有序。\n二、主动公开政府信息情况{tables}")
    assert model.history == []


def test_nothing_is_asked_beyond_the_limit() -> None:
    extraction = read(ScriptedModel([]), limits=Limits(tokens=100))
    assert [step.action for step in extraction.trace] == [Action.ASKED, Action.FAILED]
    assert len(extraction.narrative.relations) == 32


# --- what is asked comes from the form -------------------------------------------------------------------

# SHA-256 of the schema and the words of the question about the rows of the national forms: kept replies are
# found by them, so a change here throws all of them away.
NATIONAL_QUESTION = "6c8ff6f728982596d0b9ee885e8df7ec6aff369c3cfe0b05e2ee003b84e8c73a"
LIBRARY_REPORT = """某馆图书馆年度统计
一、总体情况
全年读者使用馆藏160册，购置设备7台。
二、图书借阅情况
项目 | 图书册数 | 期刊册数 | 总册数 | 增减 | 费用 | 占比
一、借出 | 120 | 40 | 160 | 3 | 1.5 | 60
二、归还 | 80 | 10 | 90 | 4 | 0.5 | 40
年初借出未还 | 5 | 1 | 6 | 0 | 0 | 0
年末借出未还 | 45 | 31 | 76 | 0 | 0 | 0
"""


def library_form(leave_out: str = "") -> Form:
    """The form of the README of form files, without one of its keys."""
    path = Path(__file__).parents[3] / "rules/forms/README.md"
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", path.read_text(encoding="utf-8"), re.M | re.S)
    if leave_out:
        example = re.sub(rf"^{leave_out}:.*?(?=^\w)", "", example, flags=re.M | re.S)
    return load_form(example, "library")


def read_library(model: ScriptedModel, form: Form) -> Extraction:
    reader = Asking(Settings(MODEL, "http://127.0.0.1")).with_model(model, Memory())
    (extraction,) = asyncio.run(reader.extract(LIBRARY_REPORT.encode(), forms=[form], name="report"))
    return extraction


def test_the_question_about_the_national_forms_is_the_same_to_the_byte() -> None:
    rows = next(form.asked_as for form in built_in_forms() if form.asked_as)
    request = relations_request(["甲【1】1"], rows)
    asked = f"{schema_text(request.schema)}\n{request.messages!r}"
    assert sha256(asked.encode()).hexdigest() == NATIONAL_QUESTION


def test_a_form_of_another_field_is_asked_about_by_its_file_alone() -> None:
    said = answer(cells=[{"number": 1, "rows": ["lent"]}, {"number": 2, "rows": ["lent"]}])
    model = ScriptedModel([said])
    extraction = read_library(model, library_form())
    (request,) = model.history
    system, user = (message.content for message in request.messages)
    assert "\n行名：\nlent 借出总册数\n" in system
    assert user == "全年读者使用馆藏【1】160册,购置设备【2】7台。"
    assert json.loads(schema_text(request.schema))["$defs"]["CellReply"]["properties"]["rows"] == {
        "items": {"const": "lent", "type": "string"},
        "maxItems": 1,
        "type": "array",
    }
    relations = [(one.claim, one.addresses, one.outcome) for one in extraction.narrative.relations]
    # What the page doesn't bear out is kept, and accuses nobody: only the model reads it so.
    assert relations == [
        (0, ("lending.lent.all",), Outcome.SATISFIED),
        (1, ("lending.lent.all",), Outcome.VIOLATED),
    ]
    assert {finding.severity for finding in extraction.findings} <= {"soft"}


def test_a_row_that_was_not_asked_about_makes_no_answer() -> None:
    extraction = read_library(
        ScriptedModel([answer(cells=[{"number": 1, "rows": ["received"]}])]), library_form()
    )
    assert extraction.narrative.relations == ()
    assert Action.FAILED in {step.action for step in extraction.trace}


def test_a_form_that_names_no_rows_is_asked_about_none() -> None:
    model = ScriptedModel([answer()])
    read_library(model, library_form(leave_out="asked_as"))
    (request,) = model.history
    assert json.loads(schema_text(request.schema))["properties"]["cells"]["maxItems"] == 0


# --- what a language model really answered ---------------------------------------------------------------

FOLDER = Path(__file__).parents[2] / "data" / "text_replies"
KEPT = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_a_real_answer_accuses_no_page_that_is_right(path: Path) -> None:
    """The replies in the folder are a language model's; the expected relations are the gold's."""
    case = load_case(path.stem)
    extraction = read(ScriptedModel([path.read_text(encoding="utf-8")]), case)
    assert Action.FAILED not in {step.action for step in extraction.trace}
    alone = without_model(case)
    hard = [finding.rule for finding in extraction.findings if finding.severity == "hard"]
    assert hard == [finding.rule for finding in alone.findings if finding.severity == "hard"]
    assert extraction.verdict is alone.verdict
    both = [one for one in extraction.narrative.relations if len(one.readers) == 2]
    # One growth was left out.
    assert len(both) >= len(alone.narrative.relations) - 1


def test_the_gold_answered_is_read_as_the_gold() -> None:
    known = without_model()
    gold = gold_claims(CASE.path.parent / "claims.csv", CASE.text)
    assert read_relations(known.narrative) == gold_relations(gold)
