"""Growth and decrease against another year, as sentences state them: 同比增加63.5%, 较上年减少3件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.narrative.claims.mentions import Mention
from extractor.result.narrative import Measure

_CHANGE = re.compile(
    r"(?P<less>负增长|减少|下[降浮滑调跌]|降低|[回滑跌]落|缩[减短小水]|收窄|萎缩|精[简减]|压[减缩降]|减|少(?=了?$))|"
    r"(?P<more>增加|增长|上升|上浮|提高|提升|升高|增|上涨|翻|多(?=了?$))"
)
_AGAINST = re.compile(r"同比|[较比与和](?:20\d\d年|[上去前]一?年|往年|年初|期初|此前|原来)|环比|相比")
# Words that a growth has around it, which name nothing.
_NAMELESS = re.compile(
    r"同比|环比|[较比与和]?(?:20\d\d年|[上去前]一?年|往年)(?:度|同期)?(?:相比|比)?|增加|增长|上升|提高|提升|升高|上涨|减少|下降|降低|"
    r"回落|下滑|缩减|幅度?|分别|总体|整体|大幅|明显|显著|约|近|超过?|逾|有所|了|为|达到?|均|共|也|又|其|数量|总数|[增减量数各的()、,;:]|百分之"
)
_MEASURED = re.compile(r"[量率数额度](?:$|[,、持不])")


def changes(found: Sequence[Mention]) -> list[str | None]:
    """Whether each percentage or multiple states an increase (``more``) or a decrease (``less``).

    Args:
        found: the mentions of a stretch of text.

    Returns:
        For each mention; None if it states neither, or doesn't say against what.
    """
    result: list[str | None] = []
    before: Mention | None = None
    for mention in found:
        if before is not None and before.sentence != mention.sentence:
            before = None
        if before is not None and is_next(mention) and before.quantity.measure is mention.quantity.measure:
            # 同比分别增长5%、6%
            result.append(result[-1])
        else:
            result.append(_change(mention, before))
        before = mention
    return result


def _change(mention: Mention, before: Mention | None) -> str | None:
    if mention.quantity.measure not in (Measure.SHARE, Measure.POINTS, Measure.MULTIPLE):
        return None
    words = list(_CHANGE.finditer(mention.lead))
    against = _AGAINST.search(mention.gap) is not None
    if not against and before is not None:
        against = is_difference(before) or is_compared(mention, before)
    if not words or not against:
        return None
    return "less" if words[-1]["less"] else "more"


_COMPARED = re.compile(r"[较比与和](?:20\d\d年|[上去前]一?年)(?:度|同期)?的?[(]?(?:为)?$")


def is_compared(mention: Mention, before: Mention) -> bool:
    """Whether the number before a change is what it is compared with: 比2022年(31起)下降29%.

    Args:
        mention: the change.
        before: the number before it.
    """
    return (
        before.is_count
        and mention.sentence == before.sentence
        and _COMPARED.search(before.gap) is not None
        and (before.depth == mention.depth or (before.depth > mention.depth and mention.gap[:1] == ")"))
    )


_BEGINS_NEXT = frozenset("、,和及与以")
_NEXT = re.compile(r"(?:[、,]|和|及|与|以及)(?:百分之)?")


def is_next(mention: Mention) -> bool:
    """Whether nothing but a mark parts it from the number before it."""
    return mention.gap[:1] in _BEGINS_NEXT and _NEXT.fullmatch(mention.gap) is not None


_CLAUSE_BEFORE = re.compile(r".*[,;]", re.DOTALL)
_DIFFERENCE = re.compile(r"(?:增加|增长|减少|下降|提升|高出|(?<!新)增|减|[多少][\u4e00-\u9fff]{0,3})了?$")


def is_difference(mention: Mention) -> bool:
    """Whether a count is what there are more or fewer of: 较上年增加61件."""
    return (
        mention.is_count
        and _DIFFERENCE.search(mention.lead) is not None
        and _AGAINST.search(mention.gap + _CLAUSE_BEFORE.sub("", mention.before)) is not None
    )


def is_growth_of(counted: Mention, between: str) -> bool:
    """Whether a growth is that of a count in front of it, as far as the words tell.

    Args:
        counted: the count.
        between: the text from it to the growth.
    """
    clauses = re.split(r"[,;()]", between)
    own = clauses[-1]
    name = _NAMELESS.sub("", own)
    words = counted.lead + counted.behind
    if len(name) > 1 and not repeats(name, words):
        return False
    others = (clause for clause in clauses[:-1] if _MEASURED.search(clause))
    return all(repeats(clause, words) for clause in others)


def repeats(name: str, words: str) -> bool:
    """Whether a name says nothing that the words don't: 信息公开, of 主动公开政府信息."""
    return set(name) <= set(words)
