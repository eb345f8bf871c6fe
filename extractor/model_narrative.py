"""Reading the free text with a model: which of its numbers are parts, shares, growth, or cells of tables.

The numbers were found without the model, and are marked in what it is shown; it names them by their marks.
The reader that needs no model is the cross-check: both readings are kept, each relation with who read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor import trace
from extractor.documents.document import Document
from extractor.errors import ModelError, NotCachedError, SettingsError
from extractor.extraction import Cell, Extraction, Step
from extractor.llm.protocol import Usage
from extractor.llm.relations import ROWS, RelationsReply, marked, relations_request
from extractor.llm.session import Session
from extractor.narrative.agreement import united
from extractor.narrative.cells import addresses_of
from extractor.narrative.claims import Claim, Measure, Narrative, Relation, RelationKind
from extractor.narrative.narrative import NarrativeReading
from extractor.narrative.quantities import quantities
from extractor.narrative.supplement import supplemented

_PERCENTAGES = frozenset({Measure.SHARE, Measure.GROWTH})
# What an answer takes for each number, in cells of a table's answer.
_CELLS_PER_NUMBER = 3


class TextReading:
    """The free text of one report read with a model.

    Args:
        session: through which the model is asked.
        on_step: told of every step as it happens, and what was spent so far.
    """

    def __init__(self, session: Session, on_step: Callable[[Step, Usage], None]) -> None:
        self._session = session
        self._on_step = on_step
        self._steps: list[Step] = []

    async def read(
        self, document: Document, extraction: Extraction, text: NarrativeReading
    ) -> tuple[Extraction, Narrative]:
        """Ask one question, unless the text states no two numbers; without an answer, what was read stays.

        Args:
            document: the report.
            extraction: what the tables gave.
            text: as it was read without the model.

        Returns:
            The extraction with what was spent and told; the narrative, its relations undecided.

        Raises:
            SettingsError: if the model can't be asked as it is configured, from the first question on.
            NotCachedError: if only kept replies may be used, and this one is missing.
        """
        narrative, claims = text.narrative, text.narrative.claims
        request = relations_request(_shown(text))
        if len(claims) < 2 or not self._session.fits(request, _CELLS_PER_NUMBER * len(claims)):
            return extraction, narrative
        self._tell(trace.asked_of_text(len(claims)))
        try:
            reply = await self._session.ask(request, RelationsReply)
        except (SettingsError, NotCachedError):
            raise
        except ModelError as error:
            self._tell(trace.failed(0, (), error))
        else:
            narrative = self._with_reply(document, text, extraction, reply)
        told = {"usage": self._session.spent(), "trace": (*extraction.trace, *self._steps)}
        return extraction.model_copy(update=told), narrative

    def _with_reply(
        self, document: Document, text: NarrativeReading, extraction: Extraction, reply: RelationsReply
    ) -> Narrative:
        narrative = text.narrative
        cells = {cell.address: cell for cell in extraction.cells}
        own = proposed(reply, narrative.claims, cells, self._session.model_name)
        relations = united(narrative.relations, own)
        said = len(reply.wholes) + len(reply.shares) + len(reply.growths) + len(reply.cells)
        both = sum(len(one.readers) > 1 for one in relations)
        alone = sum(one.readers == (self._session.model_name,) for one in relations)
        self._tell(trace.answered_of_text(both, alone, said - len(own)))
        narrative = replace(narrative, relations=relations)
        return supplemented(document, text.stretches, narrative, reply.missed, self._session.model_name)

    def _tell(self, step: Step) -> None:
        self._steps.append(step)
        self._on_step(step, self._session.usage)


def _shown(text: NarrativeReading) -> list[str]:
    """The sentences that state numbers, each number marked with the place of its claim, counted from 1."""
    shown: list[str] = []
    number = 1
    for stretch in text.stretches:
        starts = [one.start for one in quantities(stretch.text)]
        if starts:
            shown.append(marked(stretch, starts, number))
            number += len(starts)
    return shown


def proposed(
    reply: RelationsReply, claims: Sequence[Claim], cells: Mapping[str, Cell], reader: str
) -> tuple[Relation, ...]:
    """What a model says, as far as the numbers that it names can stand in such a relation.

    Args:
        reply: with the numbers of claims, counted from 1.
        claims: of the free text.
        cells: of the tables, by address.
        reader: what the model is called.
    """
    indexes = range(len(claims))
    return tuple(
        replace(relation, readers=(reader,))
        for relation in _relations(reply, cells)
        if {relation.claim, *relation.others}.issubset(indexes) and _can_be(relation, claims)
    )


def _relations(reply: RelationsReply, cells: Mapping[str, Cell]) -> Iterator[Relation]:
    for one in reply.wholes:
        kind = RelationKind.CLOSED if one.all else RelationKind.OPEN
        yield Relation(kind, one.whole - 1, tuple(part - 1 for part in one.parts))
    for share in reply.shares:
        yield Relation(RelationKind.SHARE, share.share - 1, (share.part - 1, share.whole - 1))
    for growth in reply.growths:
        yield Relation(RelationKind.GROWTH, growth.growth - 1, (growth.of - 1,))
    for cell in reply.cells:
        rows = [row for name in cell.rows for row in ROWS[name][1]]
        addresses = addresses_of(rows, cells)
        if addresses:
            yield Relation(RelationKind.CELL, cell.number - 1, addresses=addresses)


def _can_be(relation: Relation, claims: Sequence[Claim]) -> bool:
    """Whether the numbers are of the kinds that such a relation is between."""
    own = claims[relation.claim]
    others = [claims[other] for other in relation.others]
    if len({relation.claim, *relation.others}) != len(others) + 1:
        return False
    if relation.kind in (RelationKind.SHARE, RelationKind.GROWTH):
        return own.measure in _PERCENTAGES and all(one.measure is Measure.COUNT for one in others)
    is_counted = all(one.measure is Measure.COUNT for one in (own, *others))
    return is_counted and (bool(others) or relation.kind is RelationKind.CELL)
