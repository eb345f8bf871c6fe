"""Numbers of the free text that only a model reads as such: taken where the text prints them, once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.documents.document import Document
from extractor.narrative.text.prose import Prose
from extractor.result.narrative import Approximation, Claim, Measure, Narrative, Relation
from extractor.text.folding import fold_label
from extractor.text.numerals import CHINESE, value_of

_NUMBER = re.compile(
    rf"(?P<number>\d[\d,]*(?:\.\d+)?[十百千万亿]{{0,2}}|[{CHINESE}]+)(?P<more>[余多])?(?P<unit>[^\d\W]{{1,4}})"
)
_DIGIT = re.compile(rf"[\d.{CHINESE}]")
# Dates, ordinals and numbers of documents count nothing, whoever says so.
_NO_UNIT = frozenset("年月日号届")


def supplemented(
    document: Document, stretches: Sequence[Prose], narrative: Narrative, missed: Sequence[str], reader: str
) -> Narrative:
    """The narrative with the numbers that a model names, each where the text prints it.

    A number is refused if the text doesn't print it with its unit, or more than once, if it is a part of
    another number, or if it is no number with a unit.

    Args:
        document: the report.
        stretches: of its free text, folded.
        narrative: as it was read without the model.
        missed: numbers with their units, as the model gives them.
        reader: what the model is called.
    """
    taken = {offset for claim in narrative.claims for offset in range(*claim.span)}
    own = list(_claims(document, stretches, missed, reader))
    added = [claim for claim in own if taken.isdisjoint(range(*claim.span))]
    together = sorted([*narrative.claims, *added], key=lambda claim: claim.span)
    place = {claim.span: index for index, claim in enumerate(together)}
    moved = [place[claim.span] for claim in narrative.claims]
    relations = tuple(_moved(relation, moved) for relation in narrative.relations)
    return replace(narrative, claims=tuple(together), relations=relations)


def _moved(relation: Relation, places: Sequence[int]) -> Relation:
    others = tuple(places[other] for other in relation.others)
    return replace(relation, claim=places[relation.claim], others=others)


def _claims(
    document: Document, stretches: Sequence[Prose], missed: Sequence[str], reader: str
) -> Iterator[Claim]:
    for said in dict.fromkeys(map(fold_label, missed)):
        match = _NUMBER.fullmatch(said)
        value = value_of(match["number"]) if match is not None else None
        places = [(one, start) for one in stretches for start in _places(one.text, said)]
        if match is None or value is None or len(places) != 1 or match["unit"][0] in _NO_UNIT:
            continue
        stretch, start = places[0]
        span = stretch.span(start, start + len(match["number"]))
        if document.text[span.start - 1 : span.start] == "第":
            continue
        yield Claim(
            what="",
            scope=None,
            printed=document.text[span.start : span.end],
            value=value,
            unit=match["unit"],
            approximation=Approximation.AT_LEAST if match["more"] else Approximation.EXACT,
            measure=Measure.COUNT,
            period=None,
            section=stretch.section,
            span=span,
            readers=(reader,),
        )


def _places(text: str, words: str) -> Iterator[int]:
    """Where these words stand and are no part of a longer number."""
    start = text.find(words)
    while start >= 0:
        if start == 0 or _DIGIT.match(text, start - 1) is None:
            yield start
        start = text.find(words, start + 1)
