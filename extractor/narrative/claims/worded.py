"""Relations that the words of a sentence state, where the numbers decide between several readings of them.

What the numbers bear out is taken; else the likeliest reading, which they then contradict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from extractor.narrative.claims.all_of_them import sums_of_all
from extractor.narrative.claims.amounts import amounts
from extractor.narrative.claims.averages import averages
from extractor.narrative.claims.balances import balances
from extractor.narrative.claims.bracketed import beside_counts, bracketed, in_tenths
from extractor.narrative.claims.cell_shares import cell_shares
from extractor.narrative.claims.comparisons import comparisons
from extractor.narrative.claims.doubt import overlap_is_told
from extractor.narrative.claims.in_turn import counted_in_turn
from extractor.narrative.claims.mentions import Mention
from extractor.narrative.claims.phrases import phrases, with_other_counts
from extractor.narrative.claims.ranks import moved
from extractor.narrative.claims.rates import rates
from extractor.narrative.claims.ratios import ratios
from extractor.narrative.claims.series import growth_series
from extractor.narrative.claims.shares import shares_of
from extractor.narrative.claims.skeleton import skeletons
from extractor.narrative.claims.stocks import stocks
from extractor.narrative.claims.sums import sums
from extractor.narrative.claims.tables import Tables
from extractor.narrative.claims.together import shares_together
from extractor.result.header import Header
from extractor.result.narrative import Claim, Relation, RelationKind

# Whether the numbers bear a relation out.
Holds: TypeAlias = Callable[[Relation], bool]
# What reads wholes, and all of their parts.
_SUMS = (sums, sums_of_all, counted_in_turn, balances, stocks, shares_together, amounts)
# What is counted in less than a year, or shared out already.
_OF_ANOTHER_TIME = re.compile(r"半年|季度|[\d一二三四五六七八九十]月|[日天周月季]均|平均")
_PERCENTAGES = frozenset({RelationKind.SHARE, RelationKind.GROWTH, RelationKind.CHANGE_RATE})


def worded_relations(mentions: Sequence[Mention], text: str, year: str | None) -> tuple[Relation, ...]:
    """What phrases and comparisons say in a stretch of text; several readings of one number are possible.

    Args:
        mentions: its mentions, in order.
        text: the stretch, folded.
        year: of the report, if that is known.
    """
    return tuple(
        relation
        for sentence in skeletons(mentions, text)
        for relation in chain(growth_series(sentence, year), phrases(sentence), comparisons(sentence, year))
        if not _is_of_another_time(relation, mentions)
    )


def _is_of_another_time(found: Relation, mentions: Sequence[Mention]) -> bool:
    """Whether an average over the months or days of a year is told of a part of it, or of another average.

    上半年新收48件,月均8件 is over six months; of 月均新收10件,月均办结9.9件 neither is of the other.
    """
    if found.kind is not RelationKind.AVERAGE or len(found.others) > 1:
        return False
    return _OF_ANOTHER_TIME.search(mentions[found.others[0]].lead) is not None


def with_worded(
    known: Iterable[Relation],
    worded: Sequence[Relation],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    header: Header,
    holds: Holds,
    tables: Tables,
) -> Iterator[Relation]:
    """The relations of a stretch of text, with those that phrases, rates, sums and brackets state.

    Args:
        known: those that are read without these.
        worded: what phrases say.
        mentions: of the stretch, in order.
        claims: the claim of each of them.
        header: what the report says about itself.
        holds: whether the stretch's numbers bear a relation out.
        tables: of the report.
    """
    relations = list(known)
    by_phrase = {one.claim: one for one in _chosen(_by_claim(worded, mentions), holds)}
    relations = [one for one in relations if not _is_told_better(one, by_phrase, holds)]
    relations += by_phrase.values()
    relations = _with_sums(relations, [*_lists(worded), *_chosen(_sums(mentions), holds)])
    shares = {one.claim for one in relations if one.kind is RelationKind.SHARE}
    relations += bracketed(mentions, shares_of(mentions), tables, shares)
    shares = {one.claim for one in relations if one.kind is RelationKind.SHARE}
    told = {one.claim for one in relations if one.kind in _PERCENTAGES}
    of_cells = {same[0].claim: same for same in cell_shares(mentions, claims, header, tables, told)}
    readings = (
        *rates(mentions),
        *beside_counts(mentions),
        *in_tenths(mentions),
        *averages(mentions),
        *ratios(mentions),
        *moved(mentions),
    )
    # 收到120件,办结119件,办结率95.2% is of what was carried in, too: what the cells bear out is no error.
    both = [
        [*same, *_of_no_less(of_cells.pop(same[0].claim, ()), same, mentions, tables)] for same in readings
    ]
    relations += (one for one in _chosen([*both, *of_cells.values()], holds) if one.claim not in shares)
    yield from relations


def _may_overlap(mentions: Sequence[Mention], found: Relation) -> bool:
    """Whether the parts of a list don't make up their whole, and the sentence says why they needn't."""
    whole, *parts = (mentions[index] for index in (found.claim, *found.others))
    total = sum(part.quantity.value for part in parts)
    is_first = whole.index < parts[0].index
    is_other = total > whole.quantity.value or (is_first and total < whole.quantity.value)
    is_list = found.kind is RelationKind.CLOSED and is_other
    return is_list and overlap_is_told(mentions, whole if is_first else parts[0])


def _sums(mentions: Sequence[Mention]) -> Iterator[Sequence[Relation]]:
    """The readings of wholes and all of their parts, but where these exceed them and may."""
    for read in _SUMS:
        yield from (same for same in read(mentions) if not _may_overlap(mentions, same[0]))


def _lists(worded: Sequence[Relation]) -> Iterator[Relation]:
    """The wholes of which phrases say that their parts leave nothing out."""
    return (one for one in worded if one.kind is RelationKind.CLOSED)


def _of_no_less(
    of_cells: Sequence[Relation], same: Sequence[Relation], mentions: Sequence[Mention], tables: Tables
) -> Iterator[Relation]:
    """The readings of a rate by the cells whose whole is no less than the one that the text states.

    新收和上年结转的申请共125件,办结119件,办结率99.2% isn't of the 120 that came.
    """
    stated = sum(mentions[other].quantity.value for other in same[0].others[1:])
    for one in of_cells:
        whole = tables.sum_of(one.addresses)
        if whole is None or whole >= stated:
            yield one


def _with_sums(known: Sequence[Relation], found: Sequence[Relation]) -> list[Relation]:
    """Relations with sums of which none is known yet.

    An open list that turns out to be one of all parts is, and one of numbers that are balanced is none.
    """
    new = {(one.claim, one.others): one for one in found}
    kept = [
        one
        for one in known
        if one.kind is not RelationKind.OPEN or not any(_holds_all(other, one) for other in found)
    ]
    listed = _listed(kept)
    return [*kept, *(one for one in new.values() if listed.isdisjoint(_pairs(one)))]


def _holds_all(found: Relation, known: Relation) -> bool:
    """Whether a sum is of the same whole as an open list and its parts, or balances all of them.

    11场、915人次,其中区级4场、386人次,镇街7场: what is open breaks off where another unit begins.
    """
    if found.kind is RelationKind.BALANCE:
        return found.claim == known.claim and set(known.others) <= set(found.others)
    return found.claim == known.claim and found.others[: len(known.others)] == known.others


def _listed(relations: Sequence[Relation]) -> set[tuple[int, int | None]]:
    """The wholes that are closed, and of open ones the parts that are known.

    125件(含上年结转5件),办结119件,剩余6件: what some of a whole are bars no other list of it.
    """
    listed: set[tuple[int, int | None]] = set()
    for one in relations:
        if one.kind in (RelationKind.CLOSED, RelationKind.OPEN):
            listed.update(_pairs(one))
    return listed


def _pairs(relation: Relation) -> Iterator[tuple[int, int | None]]:
    """A whole with each of its parts."""
    yield from ((relation.claim, other) for other in relation.others)


def _is_told_better(relation: Relation, by_phrase: Mapping[int, Relation], holds: Holds) -> bool:
    """Whether a phrase says more of a growth: against what it is, or that its rate is wrong."""
    worded = by_phrase.get(relation.claim)
    if relation.kind is not RelationKind.GROWTH or worded is None:
        return False
    # 较上年的75件增加45件,增幅60%: what it has changed by hasn't grown.
    is_of_difference = relation.others == worded.others[1:]
    return worded.kind is RelationKind.GROWTH or is_of_difference or not holds(worded)


def _by_claim(worded: Sequence[Relation], mentions: Sequence[Mention]) -> Iterable[Sequence[Relation]]:
    readings: dict[int, list[Relation]] = {}
    for relation in worded:
        if relation.kind is RelationKind.CLOSED:
            continue
        readings.setdefault(relation.claim, []).append(relation)
    return (
        [*same, *(other for one in same for other in with_other_counts(one, mentions))]
        for same in readings.values()
    )


def _chosen(readings: Iterable[Sequence[Relation]], holds: Holds) -> Iterator[Relation]:
    """Of each number the reading that holds, else the first."""
    for same in readings:
        yield next((one for one in same if holds(one)), same[0])
