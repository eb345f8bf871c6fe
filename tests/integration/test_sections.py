"""The sections of every real report are those that its gold lists."""

from __future__ import annotations

from itertools import pairwise

import pytest

from eval.cases import Case, all_cases, file_cases
from extractor.documents.document import Document
from extractor.narrative.sections import read_sections
from extractor.pipeline import open_document

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
