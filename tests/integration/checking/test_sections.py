"""Sections, problems, improvements and fee statements of every real report are those of its gold."""

from __future__ import annotations

from itertools import pairwise

import pytest

from eval.gold.cases import Case, all_cases, file_cases
from extractor import extract
from extractor.documents.document import Document
from extractor.narrative.text.sections import read_sections
from extractor.reports.opening import open_document

CASES = (*all_cases(), *file_cases())


def opened(case: Case) -> Document:
    return open_document(case.path.read_bytes(), case.name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_sections_are_those_that_the_page_has(case: Case) -> None:
    document = opened(case)
    sections = read_sections(document)
    assert [(section.number, section.title) for section in sections] == [
        (gold.number, gold.title) for gold in case.sections
    ]
    for section, gold in zip(sections, case.sections, strict=True):
        words = document.text[section.span.start : section.span.end].replace("\r", "").strip()
        assert words.startswith(gold.title), gold
        assert words[len(gold.title) :].lstrip().startswith(gold.first), gold
        assert words.endswith(gold.last), gold


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_lies_between_the_sections(case: Case) -> None:
    sections = read_sections(opened(case))
    for one, following in pairwise(sections):
        assert one.span.end == following.span.start


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_problems_improvements_and_fees_are_those_that_the_page_states(case: Case) -> None:
    text = opened(case).text
    (extraction,) = extract(case.path.read_bytes(), name=case.name)
    narrative = extraction.narrative
    found = [("problem", one) for one in narrative.problems]
    found += [("improvement", one) for one in narrative.improvements]
    found += [("fee", narrative.fee_statement)] if narrative.fee_statement is not None else []
    assert [kind for kind, _ in found] == [gold.kind for gold in case.items]
    for (_, passage), gold in zip(found, case.items, strict=True):
        assert text[passage.span.start : passage.span.end] == passage.printed
        assert passage.printed.startswith(gold.first), gold
        assert passage.printed.endswith(gold.last), gold
