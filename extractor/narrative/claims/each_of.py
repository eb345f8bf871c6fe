"""A number that is told of each of some columns of the tables: 科研机构、公益组织、法律服务机构均为0件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.narrative.claims.mentions import Mention, earlier
from extractor.narrative.claims.partial import frame_of, is_of_other_time, names_another_body
from extractor.narrative.claims.tables import Tables
from extractor.result.header import Header
from rules.wordings import ToldAs

_EACH = re.compile(
    r"(?P<names>[^,;:()]{4,60}?)(?:提[出交])?(?:的)?(?:申请)?(?:件?数量?)?(?:均|都|各)(?:为|是|有)?"
)
_JOINED = re.compile("、|和|及|与|以及")
# What came in is meant where the sentence speaks of nothing that was done with it.
_OF_WHAT_CAME = "新收申请"
_APPLIED = re.compile("申请|新收|收到|受理")
_OF_ANOTHER = re.compile("办结|答复|公开[的\\d]|提供|处理|结转|复议|诉讼|网络|网上|信函|当面|类|领域|涉及")
_FEWEST = 2


def each_of(
    mentions: Sequence[Mention], mention: Mention, header: Header, tables: Tables
) -> Iterator[tuple[str, ...]]:
    """The cells each of which a count repeats, one after the other; none if it isn't told of each.

    Args:
        mentions: those of its stretch of text.
        mention: the count.
        header: what the report says about itself.
        tables: of the report.
    """
    told = _EACH.fullmatch(mention.lead) if "件" in (mention.unit or "") else None
    if told is None or names_another_body(mention.before, header) or not _is_of_all(mention.before):
        return
    if _is_beside_figures(mentions, mention, tables):
        addresses = _cells_of(_JOINED.split(told["names"]), tables)
        yield from ((one,) for one in addresses)


def _is_beside_figures(mentions: Sequence[Mention], mention: Mention, tables: Tables) -> bool:
    """Whether all counts before another are the tables': 公安局13件,其中科研机构、法律服务机构均为2件."""
    beside = [one for one in earlier(mentions, mention) if one.sentence == mention.sentence]
    figures = {cell.value for cell in tables.cells.values()}
    return all(one.quantity.value in figures for one in beside if one.unit == mention.unit)


def _cells_of(names: Sequence[str], tables: Tables) -> Sequence[str]:
    """The cell of each named applicant in the row of what came in; none if one of them has none."""
    told_as = tables.told_as
    row = next((one[0].rpartition(".")[0] for one in tables.totals_named(_OF_WHAT_CAME)), None)
    if told_as is None or row is None or len(names) < _FEWEST:
        return ()
    addresses = [f"{row}.{_column(name, told_as)}" for name in names]
    return addresses if tables.cells.keys() >= set(addresses) else ()


def _is_of_all(words: str) -> bool:
    """Whether words speak of what came in, in the whole year, and of no part of it."""
    is_other = _OF_ANOTHER.search(words) or is_of_other_time(words)
    frame = frame_of(words)
    is_framed = frame is None or _APPLIED.search(frame) is not None
    return _APPLIED.search(words) is not None and not is_other and is_framed


def _column(name: str, told_as: ToldAs) -> str | None:
    """The one column that a name means; None if it means several, or none."""
    for one in told_as.columns:
        if re.fullmatch(one.words, name) is not None:
            first: Sequence[str] = one.columns[0]
            return first[0] if len(first) == 1 else None
    return None
