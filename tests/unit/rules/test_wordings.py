"""How texts call the cells of a form: mistakes are told with their line, and words fit as they say."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from rules.loader import FormError, built_in_forms, load_form
from rules.wordings import Circumstance, cells_regex

TEXT = (files("rules") / "forms" / "2021.yaml").read_text(encoding="utf-8")
LICENCES = "cells: [[disclosure.licences.decisions]]"


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("words: '未经复议[^,;]*起诉|直接起诉'", "words: '未经复议[^,;*起诉'", "no regular expression"),
        ("words: '未经复议[^,;]*起诉|直接起诉'", "words: ''", "matches everything"),
        ("named_behind: '", "named_behind: '(", "no regular expression"),
        ("unless: '申请(?!公开)|", "unless: '申请(?!公开|", "no regular expression"),
        (
            LICENCES,
            "cells: [[disclosure.licence.decisions]]",
            "'disclosure.licence.decisions' matches no cell",
        ),
        (LICENCES, "cells: [[disclosure.lic*.decisions]]", "stand for whole parts"),
        (LICENCES, "cell: [[disclosure.licences.decisions]]", "unknown key 'cell'"),
        ("where: around", "where: behind", "'before' or 'around'"),
        (
            "whole: [requests.received.total]}",
            "whole: [requests.got.total]}",
            "'requests.got.total' matches no cell",
        ),
        ("{sentence: '公[示开布]", "{words: '公', sentence: '公[示开布]", "either 'words' or 'sentence'"),
        (
            "id: carried_in, label: 上年结转, cells",
            "id: received, label: 上年结转, cells",
            "two rows are called 'received'",
        ),
        (
            "cells: [disputes.reconsideration.total]",
            "cells: [disputes.total]",
            "'disputes.total' matches no cell",
        ),
        ("columns: [[business]]}", "columns: [[companies]]}", "'companies' is no column"),
    ],
)
def test_one_mistake(old: str, new: str, cause: str) -> None:
    assert old in TEXT
    with pytest.raises(FormError) as caught:
        load_form(TEXT.replace(old, new, 1), "mine.yaml")
    (message,) = str(caught.value).splitlines()
    assert cause in message
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    # Of two keys that don't go together, the line is that of the mapping.
    assert message.startswith(f"mine.yaml:{line}: ")


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("role: carried_in, ", "", "the roles carried_in, carried_out go together"),
        ("role: carried_in", "role: carried_over", "'carried_in' or 'carried_out'"),
        ("id: repealed, role: repealed", "id: repealed, role: issued", "go together, each once"),
        ("sum_of: [natural_person", "sum_of: [natural_people", "sum_of names 'natural_people'"),
        ("sum_of: [natural_person", "sum_of: [total", "sum_of names 'total'"),
    ],
)
def test_roles_and_totals_that_lead_nowhere(old: str, new: str, cause: str) -> None:
    assert old in TEXT
    with pytest.raises(FormError, match=re.escape(cause)):
        load_form(TEXT.replace(old, new, 1), "mine.yaml")


def test_words_must_end_at_the_number_but_for_fillers() -> None:
    told_as = built_in_forms()[0].told_as
    assert told_as is not None
    wordings = {one.statement.words: one for _, topic in told_as.wordings for one in topic}
    refused = wordings["不(?:予|同意)公开"]
    assert refused.fits("不予公开的共", "")
    assert not refused.fits("不予公开的理由", "")
    assert not refused.fits("", "不予公开")
    loose = wordings["(?:结转|转|顺延)(?:至|到|入)?(?:下|次)一?年度?"]
    assert loose.fits("", "结转下年度继续办理")
    assert not loose.fits("结转下年度", "")


def test_a_circumstance_holds_unless_other_words_stand_there() -> None:
    papers = Circumstance(sentence="文件", unless="申请")
    assert papers.holds("", "办理文件")
    assert not papers.holds("办理文件", "")
    assert not papers.holds("", "办理申请公开文件")
    assert Circumstance(words="网上").holds("网上收到", "")


def test_cells_are_named_by_patterns_and_alternatives() -> None:
    regex = cells_regex("requests.other_combined.total | requests.other.*.total")
    assert regex.fullmatch("requests.other_combined.total")
    assert regex.fullmatch("requests.other.fee_unpaid.total")
    assert not regex.fullmatch("requests.other.total")
    assert not regex.fullmatch("requests.other.fee_unpaid.business")
