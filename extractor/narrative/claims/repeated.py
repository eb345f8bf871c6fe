"""Two sentences that count one thing: what was published on a site of that name.

Only what names the same site, verb and object is one thing; counts of other times and scopes are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Approximation, Claim, Relation, RelationKind

_PUBLISHED = re.compile(
    r"(?:通过|在|利用|依托)(?P<site>[\u4e00-\u9fff]{2,14}?(?:网站|平台|公众号|微博|客户端|专栏))上?"
    r"(?:共|累计|全年|主动)*(?P<verb>公开|发布)(?:各类)?(?P<object>(?:政府|政务)?信息)(?:总?数量?)?(?:为|达|共|共计)?"
)
_OTHER_TIME = re.compile(r"半年|季度|\d月|[上去]一?年|往年|同期|以来|每[年月]|截[至止]")
_OTHER_SCOPE = re.compile(r"各(?:部门|单位|乡镇|街道|镇)|下属|直属|其他(?:部门|单位)")


def repeated(mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Relation]:
    """The counts that another sentence before them states, too.

    Args:
        mentions: the mentions of a stretch of text, in order.
        claims: the claim of each of them.
    """
    known: dict[tuple[str, ...], Mention] = {}
    for mention, claim in zip(mentions, claims, strict=True):
        match = _PUBLISHED.fullmatch(mention.lead) if mention.is_count and not mention.depth else None
        if (
            match is None
            or claim.period is not None
            or claim.approximation is not Approximation.EXACT
            or _OTHER_TIME.search(mention.before)
            or _OTHER_SCOPE.search(mention.before)
        ):
            continue
        first = known.setdefault((*match.group("site", "verb", "object"), mention.unit or ""), mention)
        if first.sentence != mention.sentence:
            yield Relation(RelationKind.SAME, mention.index, (first.index,))
