"""How rows of a table of no known form hang together: a model's word, where the page bears it out."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cache.mode import Mode
from extractor import Extraction, extract
from extractor.asking.options import Limits, WhoReads
from extractor.asking.plan import Asking
from extractor.llm.scripted import ScriptedModel
from extractor.llm.settings import Settings
from extractor.result.cells import Basis
from extractor.result.steps import Action
from tests.helpers.answering import read
from tests.helpers.loopback import Loopback, completion

FOLDER = Path(__file__).parents[2] / "data" / "structure"
KEPT = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def asked(page: str, reply: Any, reader: WhoReads = WhoReads.AUTO) -> tuple[Extraction, ScriptedModel]:
    model = ScriptedModel([json.dumps(reply, ensure_ascii=False)])
    return read(page, model, reader), model


def rows_of(extraction: Extraction) -> dict[str, list[str]]:
    """What each row prints, by its path, without the number of its table and its columns."""
    rows: dict[str, list[str]] = {}
    for cell in extraction.extra:
        rows.setdefault(".".join(cell.address.split(".")[2:-1]), []).append(cell.printed)
    return rows


@pytest.mark.parametrize("name", KEPT)
def test_a_language_models_replies_give_every_row_its_path(name: str) -> None:
    kept = KEPT[name]
    extraction, model = asked(kept["page"], kept["reply"])
    assert model.left == 0
    assert rows_of(extraction) == kept["rows"]
    assert {str(cell.status) for cell in extraction.extra} == {"unchecked"}
    assert [step.action for step in extraction.trace] == [Action.ASKED, Action.TAKEN]
    moved = [cell for cell in extraction.extra if cell.basis is Basis.READERS]
    assert moved
    assert all(cell.readers == ("layout", "scripted") for cell in moved)


@pytest.mark.parametrize("reader", WhoReads)
@pytest.mark.parametrize("name", KEPT)
def test_a_model_that_errs_changes_no_figure_and_confirms_none(name: str, reader: WhoReads) -> None:
    kept = KEPT[name]
    printed = [figure for row in kept["rows"].values() for figure in row]
    lines = len(kept["page"].splitlines())
    rng = Random(18)  # noqa: S311  # no secret
    for _ in range(12):
        quoted = ("总数", "其中", "合计", "公开", kept["page"][rng.randrange(60) :][:9], "", "之和")
        reply = {
            "rows": [
                {"line": rng.randint(-1, lines), "above": rng.randint(-1, lines), "words": rng.choice(quoted)}
                for _ in range(6)
            ],
            "sums": [
                {
                    "whole": rng.randint(0, lines),
                    "parts": [rng.randint(0, lines) for _ in range(3)],
                    "words": rng.choice(quoted),
                }
            ],
        }
        extraction, _ = asked(kept["page"], reply, reader)
        assert [cell.printed for cell in extraction.extra] == printed
        assert {str(cell.status) for cell in extraction.extra} <= {"unchecked", "disputed"}
        assert extraction.cells == ()


PAGE = KEPT["university"]["page"]


@pytest.mark.parametrize(
    ("line", "above", "words"),
    [
        (7, 6, "网站公开总数"),  # isn't on the page
        (7, 6, "信息"),  # no word of a whole
        (7, 16, "总数"),  # the whole stands below its part
        (11, 13, "总数"),  # the same, with a word of a whole in it
        (11, 6, "总数"),  # another unit
        (12, 10, "总数"),  # a row between them stands below something else
        (14, 10, "总数"),  # the same, and the words may be those of another row
        (99, 6, "总数"),  # no such line
        (7, 6, "主动公开信息总数包括学校网站"),  # a note would say so, but the page has none
    ],
)
def test_what_the_page_does_not_bear_out_is_refused(line: int, above: int, words: str) -> None:
    reply = {"rows": [{"line": line, "above": above, "words": words}], "sums": []}
    extraction, _ = asked(PAGE, reply)
    assert all(cell.basis is Basis.LABELS for cell in extraction.extra)
    assert extraction.trace[-1].action is Action.REFUSED


@pytest.mark.parametrize(
    ("behind", "words"),
    [
        ("其中教师培训次数最少。\n", "其中"),  # isn't between the two rows
        (
            "另有说明。\n" * 9 + "主动公开信息总数包括学校网站。\n",
            "主动公开信息总数包括学校网站",
        ),  # wasn't shown
    ],
)
def test_words_elsewhere_on_the_page_say_nothing_of_a_row(behind: str, words: str) -> None:
    reply = {"rows": [{"line": 7, "above": 6, "words": words}], "sums": []}
    extraction, _ = asked(PAGE + behind, reply)
    assert all(cell.basis is Basis.LABELS for cell in extraction.extra)
    assert extraction.trace[-1].action is Action.REFUSED


@pytest.mark.parametrize(
    ("whole", "parts", "words"),
    [
        (10, [7, 8, 9], "总数"),  # another unit
        (6, [7, 8, 9], "信息"),  # no word of a sum
        (6, [7, 8, 9], "主动公开信息总数为学校网站、微信公众号、公告栏之和"),  # isn't on the page
        (6, [7, 8, 9], "总数"),  # the rows are said to stand neither below it nor before it
        (6, [6, 7, 8], "总数"),  # is a part of itself
        (6, [7, 7], "总数"),  # only one part
        (6, [7, 99], "总数"),  # no such line
    ],
)
def test_a_sum_that_no_words_of_the_page_state_is_refused(whole: int, parts: list[int], words: str) -> None:
    reply = {"rows": [], "sums": [{"whole": whole, "parts": parts, "words": words}]}
    extraction, _ = asked(PAGE, reply)
    assert extraction.trace[-1].action is Action.REFUSED


def test_a_part_that_exceeds_its_whole_is_none() -> None:
    reply = {"rows": [{"line": 7, "above": 6, "words": "总数"}], "sums": []}
    page = PAGE.replace("| 1800 | 1650 |", "| 1800 | 2650 |")
    assert "学校网站" in rows_of(asked(page, reply)[0])


NUMBERED = (
    "海门中学2023年度校务公开工作报告\n统计表\n| 项目 | 数量 |\n"
    "| 一、公开总数 | 9 |\n| 1.网站 | 4 |\n| 2.报纸 | 3 |\n"
)


def test_what_the_page_itself_tells_stays_and_is_disputed_only_where_both_read() -> None:
    reply = {"rows": [{"line": 6, "above": 5, "words": "总数"}], "sums": []}
    for reader, statuses in ((WhoReads.MODEL, {"unchecked"}), (WhoReads.BOTH, {"unchecked", "disputed"})):
        extraction, _ = asked(NUMBERED, reply, reader)
        assert list(rows_of(extraction)) == ["公开总数", "公开总数.网站", "公开总数.报纸"]
        assert {str(cell.status) for cell in extraction.extra} == statuses


def test_nothing_is_asked_where_the_page_tells_all_or_nothing_can_be_spent() -> None:
    extraction, model = asked(NUMBERED, {})
    assert (model.left, extraction.trace) == (1, ())
    model = ScriptedModel(["{}"])
    stopped = read(PAGE, model, WhoReads.AUTO, Limits(requests=0))
    assert (model.left, stopped.trace[-1].action) == (1, Action.STOPPED)


def test_a_sum_in_words_is_a_rule_only_where_it_holds_often() -> None:
    """In four quarters the calls add up in three: the fourth is told; in two columns nothing is."""
    kept = KEPT["enterprise"]
    wrong = kept["page"].replace("| 340 | 300 | 300 | 330 |", "| 340 | 300 | 300 | 329 |")
    (told,) = [one for one in asked(wrong, kept["reply"])[0].findings if one.rule == "stated-sum"]
    assert (told.place, told.severity) == ("extra.1.用户来电总数.四季度", "soft")
    few = PAGE.replace("| 130 | 120 |", "| 130 | 121 |")
    findings = asked(few, KEPT["university"]["reply"])[0].findings
    assert "stated-sum" not in {one.rule for one in findings}


def test_a_server_is_asked_once_a_table_and_shown_no_sum() -> None:
    kept = KEPT["customs"]
    with Loopback(completion(json.dumps(kept["reply"], ensure_ascii=False))) as server:
        plan = Asking(Settings("served", server.url), cache=Mode.OFF, text=False)
        (extraction,) = extract(kept["page"].encode(), asking=plan)
    assert rows_of(extraction) == kept["rows"]
    (seen,) = server.seen
    assert "办结申请,件,15" in seen.body["messages"][-1]["content"]
    assert extraction.usage is not None
    assert extraction.usage.requests == 1
