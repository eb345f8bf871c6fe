"""A seeded handful of what ``python -m eval.sentences.measure`` reads thousands of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from eval.sentences.measure import generated, score
from eval.sentences.prose import paragraphs
from eval.sentences.writing import Sentences

_SEED = 7
_KINDS = ("claim", "closed", "open", "share", "growth")


def test_what_sentences_state_is_read() -> None:
    found = score(generated(_SEED, 400), is_stated=True)
    assert found.alarms == ()
    assert [(kind, found.precision(kind)) for kind in _KINDS if found.precision(kind) < 0.99] == []
    assert [(kind, found.recall(kind)) for kind in _KINDS if found.recall(kind) < 0.95] == []
    assert all(found.right[kind] > 30 for kind in _KINDS)


def test_ordinary_prose_raises_no_alarm() -> None:
    found = score(islice(paragraphs(_SEED), 120), is_stated=False)
    assert found.alarms == ()
    assert found.precision("claim") >= 0.99
    assert found.right["claim"] > 100


def _with_errors() -> Iterator[Sentences]:
    """Sentences with one digit more in their first number."""
    for one in generated(_SEED, 60):
        figure = one.figures[0]
        if figure.printed.isascii() and figure.printed.isdigit():
            at = figure.start + len(figure.printed)
            yield one._replace(text=f"{one.text[:at]}7{one.text[at:]}", figures=(), links=frozenset())


def test_an_alarm_is_counted() -> None:
    assert len(score(_with_errors(), is_stated=True).alarms) > 5


@pytest.mark.parametrize("make", [lambda: generated(_SEED, 20), lambda: paragraphs(_SEED)])
def test_the_same_seed_gives_the_same_texts(make: object) -> None:
    assert callable(make)
    assert [one.text for one in make()] == [one.text for one in make()]
