"""Pairs of sentences, a right one and one with a wrong number: what is told of the wrong one only."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from extractor.pipeline import extract

DATA = Path(__file__).parents[2] / "data"
# False sentences of which nothing is told; this list only shrinks.
NOT_TOLD = ["截至年底，现行有效的行政规范性文件23件。", "办理行政许可事项1,550件。"]


@cache
def _report() -> str:
    return (DATA / "sentences-report.txt").read_text(encoding="utf-8")


def _told(sentence: str) -> list[str]:
    (extraction,) = extract(_report().replace("SENTENCE", sentence).encode(), name="report.txt")
    return [finding.rule for finding in extraction.findings]


def _pairs() -> list[tuple[str, str]]:
    with (DATA / "sentences.csv").open(encoding="utf-8", newline="") as file:
        return [(right, wrong) for right, wrong in list(csv.reader(file))[1:]]


def test_nothing_is_told_of_right_sentences() -> None:
    assert {right: told for right, _ in _pairs() if (told := _told(right))} == {}


def test_a_wrong_number_is_told_in_all_but_these_sentences() -> None:
    assert [wrong for _, wrong in _pairs() if not _told(wrong)] == NOT_TOLD


def test_parts_have_the_scope_of_their_whole() -> None:
    sentence = "区政府办公室收到政府信息公开申请18件，其中自然人16件。"
    assert _told(sentence) == []


def test_what_was_done_is_no_part_of_what_came() -> None:
    sentence = "区政府办公室收到政府信息公开申请45件，其中自然人39件；当年办结42件，结转上年办结3件。"
    assert _told(sentence) == []


def test_a_rate_of_what_was_due_is_no_rate_of_all() -> None:
    assert _told("全年受理群众来信56件，办结50件，按期办结率100%，满意率98.2%。") == []
    assert _told("受理群众来信56件，处理区长信箱信件5件，办结率90%。") == []


def test_a_difference_is_not_last_years_number() -> None:
    assert _told("办理建议提案300件，比2022年增加148件，增长97.4%。") == []


def test_shares_in_brackets_need_others_that_agree() -> None:
    assert _told("涉及征地拆迁46件（31.5%）、城市规划30件（22.2%），未列明总数。") == []


def test_accounts_are_counted_once() -> None:
    assert _told("政务新媒体共12个，其中微信公众号7个、微博3个、抖音号3个。") == ["narrative-open-over"]
