"""What a rule on the free text has to offer: whose claims it reads, how it judges them, how it tells.

A module beside this one holds a rule, or the rules on one kind of relation; ``registry`` lists them. What
each says to the reader stands in ``rules/claims.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.narrative.checks.messages import Words, by_language, joined, quoted, told
from extractor.narrative.checks.numbers import settled
from extractor.result.cells import Cell
from extractor.result.findings import Cause, Finding
from extractor.result.header import Header
from extractor.result.narrative import Claim, Relation, RelationKind
from rules.claims import Judgement
from rules.form import Form


@dataclass(frozen=True)
class ReportText:
    """What the rules read of one report.

    Attributes:
        document: where its claims were read.
        claims: in the order of the page.
        cells: of its tables, by address.
        forms: the forms that these may be of.
        header: what the report says about itself.
        is_ocr: whether the text was recognised from pictures: what contradicts itself may be misread.
    """

    document: Document
    claims: Sequence[Claim]
    cells: Mapping[str, Cell]
    forms: Sequence[Form]
    header: Header
    is_ocr: bool

    def claim(self, relation: Relation) -> Claim:
        """The claim that a relation is about."""
        return self.claims[relation.claim]

    def others(self, relation: Relation) -> list[Claim]:
        """The claims that it is related to."""
        return [self.claims[other] for other in relation.others]

    def cause(self, addresses: Sequence[str] = ()) -> Cause:
        """Why a rule is violated: by the page, if that is as sure as these cells are."""
        is_certain = not self.is_ocr and settled(addresses, self.cells)
        return Cause.SOURCE_ERROR if is_certain else Cause.UNRESOLVED


class Judged(NamedTuple):
    """A relation and whether it holds."""

    relation: Relation
    judgement: Judgement


class RelationCheck(NamedTuple):
    """The rules on one kind of relation, or on kinds that are judged alike.

    Attributes:
        kinds: the relations that are put to them.
        rules: the ids of those that can be violated.
        judge: whether a relation holds; None if its numbers don't decide it.
        words: of a violated one, the judgement with its numbers as they are to be told, and the words for
            the placeholders of the message, besides the ``text`` itself.
    """

    kinds: frozenset[RelationKind]
    rules: tuple[str, ...]
    judge: Callable[[ReportText, Relation], Judgement | None]
    words: Callable[[ReportText, Relation, Judgement], tuple[Judgement, Words]]

    def finding(self, text: ReportText, violated: Judged) -> Finding:
        """What to tell of a violated relation.

        Args:
            text: of the report.
            violated: the relation.
        """
        relation = violated.relation
        claim, addresses = text.claim(relation), relation.addresses
        cells = (*addresses, *relation.part_addresses)
        judgement, words = self.words(text, relation, violated.judgement)
        words = joined(by_language(text=quoted(text.document, claim)), words)
        place = addresses[0] if len(addresses) == 1 else None
        return told(text.document, judgement, claim.span, words, text.cause(cells), place)


class TextCheck(NamedTuple):
    """Rules that aren't about one relation.

    Attributes:
        rules: their ids.
        findings: what violates them, once all relations of a report are judged.
    """

    rules: tuple[str, ...]
    findings: Callable[[ReportText, Sequence[Judged]], Iterator[Finding]]
