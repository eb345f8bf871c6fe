"""The layout of a page is read once, however many tests ask something of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest

from eval.gold import answers
from extractor import pipeline
from extractor.asking import reader
from extractor.documents.document import Document
from extractor.forms import AnyForms, FormSet
from extractor.reports.by_layout import read_by_layout
from extractor.reports.reading import ReportReading

# A reading takes about a megabyte.
_KEPT = 64


class _Asked:
    """What is to be read, and by which forms.

    Documents have no hash of their own, and to compare what is in two forms takes as long as to read by one.
    """

    def __init__(self, document: Document, forms: FormSet) -> None:
        self.document = document
        self.forms = forms

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Asked)
            and [*map(id, self.forms)] == [*map(id, other.forms)]
            and self.document == other.document
        )

    def __hash__(self) -> int:
        return hash((self.document.text, self.document.name))


@lru_cache(_KEPT)
def _read(asked: _Asked) -> tuple[ReportReading, ...]:
    return read_by_layout(asked.document, asked.forms)


def _read_once(document: Document, forms: AnyForms = ()) -> tuple[ReportReading, ...]:
    return _read(_Asked(document, FormSet.of(forms)))


@contextmanager
def layouts_read_once() -> Iterator[None]:
    """As long as it lasts, whoever reads a document that was read before gets that reading: the same input
    gives the same, and readings don't change.
    """
    with pytest.MonkeyPatch.context() as patched:
        for module in (pipeline, reader, answers):
            patched.setattr(module, "read_by_layout", _read_once)
        yield
