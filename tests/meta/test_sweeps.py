"""What is dealt out to tests leaves none of them, and none of what it is dealt out of, out."""

from __future__ import annotations

from itertools import product

import pytest

from tests.helpers import sweeps

WORDS, WRITERS = ("更正", "作废", "初稿", "样本"), ("web", "text")


@pytest.mark.dealt_out("write")
@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("words", WORDS)
def test_every_word_is_met_once_and_every_writer_as_often(
    words: str, write: str, request: pytest.FixtureRequest
) -> None:
    own = [item for item in request.session.items if item.location[0] == request.node.location[0]]
    met = [
        (item.callspec.params["words"], item.callspec.params["write"])
        for item in own
        if hasattr(item, "callspec")
    ]
    assert (words, write) in met
    if sweeps.IS_WHOLE:
        assert sorted(met) == sorted(product(WORDS, WRITERS))
    else:
        assert sorted(word for word, _ in met) == sorted(WORDS)
        assert sorted(writer for _, writer in met) == sorted(WRITERS * 2)


def test_what_is_not_marked_is_left(request: pytest.FixtureRequest) -> None:
    assert request.node in request.session.items
