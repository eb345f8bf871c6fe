"""Errors come out of another process as they went in: who reads many files there hears what was wrong."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from cache.problems import DamagedReplyError
from extractor.errors import GongkaiError, MalformedReplyError, Misfit, ModelError
from rules.expression import ExpressionError
from rules.loader import FormError
from rules.model import MistakeInsideError


def _tree(error: type[GongkaiError]) -> Iterator[type[GongkaiError]]:
    yield error
    for kind in error.__subclasses__():
        yield from _tree(kind)


@pytest.mark.parametrize("kind", list(_tree(GongkaiError)))
def test_an_error_of_the_tree_survives_pickling(kind: type[GongkaiError]) -> None:
    error = kind("读不了。", "can't be read")
    if isinstance(error, ModelError):
        error.requests = 3
    if isinstance(error, MalformedReplyError):
        error.misfits, error.answer = (Misfit(("rows", 1), "no number"),), "{}"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(again) is kind
    assert str(again) == "can't be read"
    assert again.message == error.message
    assert vars(again) == vars(error)


@pytest.mark.parametrize(
    "error",
    [
        MistakeInsideError(("rules", 1), "no sum"),
        FormError("a.yaml:1: empty"),
        ExpressionError("no expression"),
        DamagedReplyError("torn"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_so_does_an_error_of_the_packages_below(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
