"""A number about which a sentence says what it is exactly: 约6.8万人（年末统计为68,124人）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.narrative.claims.mentions import Mention
from extractor.narrative.claims.phrases import is_alike
from extractor.result.narrative import Approximation, Relation, RelationKind

_EXACTLY = re.compile(
    r"[,(](?P<name>[^,;()]{0,10}?)(?:[合共总]计|(?:经|后台)?统计|实际|准确|精确|具体|确切)(?:数[量据字]?|[^,;()其中]{0,4}?)(?:为|是|达|共|:)*"
)
# What was planned may come out otherwise, and what is told of by a name of its own is something else.
_PLANNED = re.compile(r"预算|计划|目标|预计|拟|申[请报]|批复|下达|安排|[上去]一?年|应")


def restated(mentions: Sequence[Mention]) -> Iterator[Relation]:
    """The rounded counts behind which the same thing is stated exactly.

    Args:
        mentions: of a stretch of text, in order.
    """
    for one, other in pairwise(mentions):
        if (
            one.is_count
            and other.is_count
            and one.sentence == other.sentence
            and one.quantity.approximation is not Approximation.EXACT
            and other.quantity.approximation is Approximation.EXACT
            and is_alike(one, other)
            and _EXACTLY.fullmatch(other.gap)
            and not _PLANNED.search(one.lead + other.gap)
        ):
            yield Relation(RelationKind.SAME, one.index, (other.index,))
