"""Every rule that ships with gongkai is explained, and its example is one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractor import Extraction, extract, read_previous
from extractor.checking.catalogue import listed_rules
from rules.explanations import Explanation, explanations
from rules.loader import all_built_in_forms

DATA = Path(__file__).parents[2] / "data"
PAGE = (DATA / "explained.txt").read_text(encoding="utf-8")
ORGAN, LAST_OF_OVERVIEW = "临江县人民政府", "组织培训2次。"
EXAMPLES = {rule: one for rule, one in explanations().items() if one.cases is None}


@cache
def last_year() -> Extraction:
    return read_previous(DATA / "checks" / "00-prev.html")


def told(rule: str, text: str, one: Explanation) -> set[str]:
    page = PAGE.replace(ORGAN, one.organ or ORGAN)
    if str(one.right) in page:
        page = page.replace(str(one.right), text, 1)
    else:
        page = page.replace(LAST_OF_OVERVIEW, LAST_OF_OVERVIEW + text, 1)
    previous = last_year() if rule.startswith("previous-") else None
    (extraction,) = extract(page.encode(), name="page.txt", previous=previous)
    return {finding.rule for finding in (*extraction.findings, *extraction.remarks)}


def test_every_rule_is_explained_once_and_has_a_name_of_its_own() -> None:
    known = {rule.id for rule in listed_rules(all_built_in_forms())}
    assert explanations().keys() == known
    names = [one.name for one in explanations().values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_wrong_example_is_told_and_of_the_right_one_nothing(rule: str) -> None:
    one = EXAMPLES[rule]
    assert rule in told(rule, str(one.wrong), one)
    assert told(rule, str(one.right), one) == set()


def test_titles_hold_by_themselves() -> None:
    """No title is a message with places for numbers."""
    listed = listed_rules(all_built_in_forms())
    assert [rule.id for rule in listed if "{" in rule.text.zh + rule.text.en] == []
