"""Reports in a batch whose own text is largely another's (内容雷同): last year's, or another organ's.

Candidates are found by their signatures, in time that grows with the number of reports and not with its
square; then their sentences are compared. What every report may say counts for nothing, nor does what many
organs of the batch say in the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, TypeAlias

from extractor.batch.outcome import ReportFacts
from extractor.batch.wording import (
    HASH_BYTES,
    HASHES,
    agreement,
    folded_sentence,
    hashes_of,
    share_in,
    shingles_of,
)
from extractor.organs.organ_list import OrganList
from extractor.output.tables.rows import AlikeReport

# Two reports are compared if they agree in three following numbers of their signatures, at one of 32 places:
# of those that have half of their shingles in common this finds 99 in 100, of those with a third 70.
_BAND = 3
# So many with the same numbers, the last ones, and so many of the likest are compared with a report: more
# have the same words from one source, and are told of one another.
_MOST_IN_BUCKET = 20
_MOST_COMPARED = 6
# What signatures must have in common to be worth a look.
_LIKELY = 0.15
# A sentence is another's if as large a part of it stands there; the rest is numbers, names and places.
_COPIED = 0.6
# Reports are alike if as large a part of the one's text stands in the other, and so many characters.
_ALIKE = 0.5
_FEWEST = 120
# A sentence is standard in a batch if so many organs have it, and as large a part of those looked at.
_ORGANS_WITH_STANDARD = 10
_PART_WITH_STANDARD = 0.1
_LOOKED_AT = 1000
# Sentences of so many reports are kept in memory.
_KEPT = 256


class AlikeKind(StrEnum):
    """Whose text it is.

    ``earlier_year``: the organ's own report on a year before · ``other_organ``: another organ's.
    """

    EARLIER_YEAR = "earlier_year"
    OTHER_ORGAN = "other_organ"


# The sentences that are a report's own, as they are printed.
Sentences: TypeAlias = Sequence[str]


class WordedReport(NamedTuple):
    """A report whose wording is compared.

    Attributes:
        report: what results call it.
        facts: what is known of it.
        read: gives the sentences that are its own.
    """

    report: str
    facts: ReportFacts
    read: Callable[[], Sentences]


class _Compared(NamedTuple):
    """A report among those that are compared, in the order of their years."""

    worded: WordedReport
    organ: str
    year: str
    hashes: bytes

    def is_version_of(self, other: _Compared) -> bool:
        """Whether both are on one organ's year: then they are versions, told elsewhere."""
        return (self.organ, self.year) == (other.organ, other.year)


def alike_among(reports: Iterable[WordedReport], organs: OrganList) -> list[AlikeReport]:
    """The reports of which at least half of the own text stands in one on an earlier year, or before it.

    Args:
        reports: in their order; no copies of others.
        organs: who says which names are one organ's.

    Returns:
        In the order of the reports' names, of each the likest of its own organ and the likest of another.

    Raises:
        UnreadableError: if what the journal kept can't be read.
    """
    compared = sorted(_compared(reports, organs), key=lambda one: one.year)
    candidates = _candidates(compared)
    if not candidates:
        return []
    texts = _Texts(compared)
    alike = [one for later, earlier in sorted(candidates.items()) for one in texts.likest(later, earlier)]
    return sorted(alike, key=lambda one: (one.report, one.kind))


def _compared(reports: Iterable[WordedReport], organs: OrganList) -> Iterator[_Compared]:
    for worded in reports:
        facts = worded.facts
        if facts.wording is None:
            continue
        identity = organs.identify_name(facts.organ, facts.year)
        organ = identity.key or facts.organ or worded.report
        yield _Compared(worded, organ, facts.year or "", hashes_of(facts.wording))


def _candidates(compared: Sequence[_Compared]) -> dict[int, list[int]]:
    """For the index of each report those of the likest before it, by their signatures."""
    estimates: dict[int, dict[int, float]] = {}

    def look_at(later: int, earlier: int) -> None:
        own, other = compared[later], compared[earlier]
        found = estimates.setdefault(later, {})
        if earlier in found or own.is_version_of(other):
            return
        share = agreement(own.hashes, other.hashes)
        if share >= _LIKELY:
            found[earlier] = share

    last: dict[str, int] = {}
    for index, one in enumerate(compared):
        if one.organ in last:
            look_at(index, last[one.organ])
        last[one.organ] = index
    width = _BAND * HASH_BYTES
    for start in range(0, HASHES * HASH_BYTES, width):
        buckets: dict[bytes, list[int]] = {}
        for index, one in enumerate(compared):
            bucket = buckets.setdefault(one.hashes[start : start + width], [])
            for earlier in bucket[-_MOST_IN_BUCKET:]:
                look_at(index, earlier)
            bucket.append(index)
    return {
        later: sorted(found, key=lambda earlier: (-found[earlier], earlier))[:_MOST_COMPARED]
        for later, found in estimates.items()
        if found
    }


class _Texts:
    """The sentences of reports, compared as they are asked for."""

    def __init__(self, compared: Sequence[_Compared]) -> None:
        self._compared = compared
        self._standard = _standard_among(compared)
        self._own = lru_cache(maxsize=_KEPT)(self._own_of)
        self._shingles = lru_cache(maxsize=_KEPT)(self._shingles_of)

    def likest(self, later: int, candidates: Sequence[int]) -> Iterator[AlikeReport]:
        """Of the reports that a report is alike, the likest of its own organ and the likest of others."""
        found: dict[AlikeKind, AlikeReport] = {}
        for earlier in candidates:
            is_own = self._compared[later].organ == self._compared[earlier].organ
            kind = AlikeKind.EARLIER_YEAR if is_own else AlikeKind.OTHER_ORGAN
            alike = self._alike(later, earlier, kind)
            if alike is not None and (kind not in found or alike.share > found[kind].share):
                found[kind] = alike
        yield from found.values()

    def _alike(self, later: int, earlier: int, kind: AlikeKind) -> AlikeReport | None:
        own, there = self._own(later), self._shingles(earlier)
        copied = {sentence for sentence, folded in own.items() if share_in(folded, there) >= _COPIED}
        characters = sum(len(own[sentence]) for sentence in copied)
        total = sum(map(len, own.values()))
        if characters < _FEWEST or characters < _ALIKE * total:
            return None
        passages = [
            "".join(some)
            for is_copied, some in groupby(own, lambda sentence: sentence in copied)
            if is_copied
        ]
        one, other = self._compared[later].worded, self._compared[earlier].worded
        return AlikeReport(
            report=one.report,
            like=other.report,
            kind=kind,
            share=characters / total,
            characters=sum(map(len, passages)),
            organ=one.facts.organ,
            year=one.facts.year,
            like_organ=other.facts.organ,
            like_year=other.facts.year,
            passages=tuple(passages),
        )

    def _own_of(self, index: int) -> Mapping[str, str]:
        """The sentences that are a report's own in this batch, folded by how they are printed."""
        return {
            sentence: folded
            for sentence, folded in _folded(self._compared[index])
            if folded not in self._standard
        }

    def _shingles_of(self, index: int) -> frozenset[str]:
        return frozenset().union(*map(shingles_of, self._own(index).values()))


def _standard_among(compared: Sequence[_Compared]) -> frozenset[str]:
    """The folded sentences that many organs of a batch have: one above them gave them the words."""
    step = -(-len(compared) // _LOOKED_AT)
    some = compared[::step]
    organs = {one.organ for one in some}
    fewest = max(_ORGANS_WITH_STANDARD, _PART_WITH_STANDARD * len(organs))
    if len(organs) < fewest:
        return frozenset()
    known = {(folded, one.organ) for one in some for _, folded in _folded(one)}
    counts = Counter(folded for folded, _ in known)
    return frozenset(folded for folded, count in counts.items() if count >= fewest)


def _folded(one: _Compared) -> Iterator[tuple[str, str]]:
    for sentence in one.worded.read():
        yield sentence, folded_sentence(sentence, one.worded.facts.organ)
