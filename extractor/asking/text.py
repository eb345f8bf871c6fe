"""Reading the free text with a model: which of its numbers are parts, shares, growth, or cells of tables.

The numbers were found without the model, and are marked in what it is shown; it names them by their marks.
The reader that needs no model is the cross-check: both readings are kept, each relation with who read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.asking import steps
from extractor.asking.session import Session
from extractor.asking.steps import OnStep
from extractor.asking.text_schema import RelationsReply, marked, marks, relations_request
from extractor.documents.document import Document
from extractor.errors import ModelError, NotCachedError, SettingsError, TooLongError
from extractor.narrative.claims.quantities import quantities
from extractor.narrative.claims.supplement import supplemented
from extractor.narrative.claims.tables import Tables
from extractor.narrative.claims.two_readings import united
from extractor.narrative.read import NarrativeReading
from extractor.result.extraction import Extraction
from extractor.result.narrative import Claim, Measure, Narrative, Relation, RelationKind
from extractor.result.steps import Step
from rules.wordings import AskedRow

_PERCENTAGES = frozenset({Measure.SHARE, Measure.GROWTH})
# What an answer takes for each number, in cells of a table's answer.
_CELLS_PER_NUMBER = 3


class TextReading:
    """The free text of one report read with a model.

    Args:
        session: through which the model is asked.
        on_step: told of every step as it happens, and what was sent and received so far.
    """

    def __init__(self, session: Session, on_step: OnStep) -> None:
        self._session = session
        self._on_step = on_step
        self._steps: list[Step] = []

    async def read(
        self, document: Document, extraction: Extraction, text: NarrativeReading
    ) -> tuple[Extraction, Narrative]:
        """Ask how the numbers hang together, unless there are no two; without an answer, what was read stays.

        A text that is longer than the model's context is shown in parts.

        Args:
            document: the report.
            extraction: what the tables gave.
            text: as it was read without the model.

        Returns:
            The extraction with what was spent and told; the narrative, its relations undecided.

        Raises:
            SettingsError: if the model can't be asked as it is configured, from the first question on; once
                it has read the tables, that is told as a step.
            NotCachedError: if only kept replies may be used, and this one is missing.
        """
        if len(text.narrative.claims) < 2:
            return extraction, text.narrative
        replies = await self._ask(_shown(text), text.tables.asked_as, is_first=not extraction.trace)
        narrative = self._with_replies(document, text, replies) if replies else text.narrative
        told = {"usage": self._session.spent(), "trace": (*extraction.trace, *self._steps)}
        return extraction.model_copy(update=told), narrative

    async def _ask(
        self, lines: Sequence[str], rows: Sequence[AskedRow], *, is_first: bool
    ) -> list[RelationsReply]:
        """What the model says, part by part, until it gives no answer."""
        replies: list[RelationsReply] = []
        parts = [lines]
        while parts:
            part = parts.pop(0)
            numbers = sum(map(marks, part))
            request = relations_request(part, rows)
            halves = [part[: len(part) // 2], part[len(part) // 2 :]] if len(part) > 1 else []
            if halves and not self._session.fits(request, _CELLS_PER_NUMBER * numbers):
                parts[:0] = halves
                continue
            self._tell(steps.asked_of_text(numbers))
            try:
                replies.append(await self._session.ask(request, RelationsReply))
            except NotCachedError:
                raise
            except TooLongError as error:
                self._tell(steps.failed(0, (), error))
                parts[:0] = halves
            except ModelError as error:
                if isinstance(error, SettingsError) and is_first and not replies:
                    raise
                self._tell(steps.failed(0, (), error))
                break
        return replies

    def _with_replies(
        self, document: Document, text: NarrativeReading, replies: Sequence[RelationsReply]
    ) -> Narrative:
        narrative = text.narrative
        by_model = tuple(
            relation
            for reply in replies
            for relation in proposed(reply, narrative.claims, text.tables, self._session.model_name)
        )
        relations = united(narrative.relations, by_model)
        said = sum(
            len(reply.wholes) + len(reply.shares) + len(reply.growths) + len(reply.cells) for reply in replies
        )
        both = sum(len(relation.readers) > 1 for relation in relations)
        alone = sum(relation.readers == (self._session.model_name,) for relation in relations)
        self._tell(steps.answered_of_text(both, alone, said - len(by_model)))
        missed = [words for reply in replies for words in reply.missed]
        narrative = replace(narrative, relations=relations)
        return supplemented(document, text.stretches, narrative, missed, self._session.model_name)

    def _tell(self, step: Step) -> None:
        self._steps.append(step)
        self._on_step(step, self._session.traffic)


def _shown(text: NarrativeReading) -> list[str]:
    """The sentences that state numbers, each number marked with the index of its claim, counted from 1."""
    lines: list[str] = []
    number = 1
    for stretch in text.stretches:
        starts = [quantity.start for quantity in quantities(stretch.text)]
        lines += marked(stretch, starts, number)
        number += len(starts)
    return lines


def proposed(
    reply: RelationsReply, claims: Sequence[Claim], tables: Tables, reader: str
) -> tuple[Relation, ...]:
    """What a model says, as far as the numbers that it names can stand in such a relation.

    Args:
        reply: with the numbers of claims, counted from 1.
        claims: of the free text.
        tables: of the report.
        reader: what the model is called.
    """
    indexes = range(len(claims))
    return tuple(
        replace(relation, readers=(reader,))
        for relation in _relations(reply, tables)
        if {relation.claim, *relation.others}.issubset(indexes) and _can_be(relation, claims)
    )


def _relations(reply: RelationsReply, tables: Tables) -> Iterator[Relation]:
    for whole in reply.wholes:
        kind = RelationKind.CLOSED if whole.all else RelationKind.OPEN
        yield Relation(kind, whole.whole - 1, tuple(part - 1 for part in whole.parts))
    for share in reply.shares:
        yield Relation(RelationKind.SHARE, share.share - 1, (share.part - 1, share.whole - 1))
    for growth in reply.growths:
        yield Relation(RelationKind.GROWTH, growth.growth - 1, (growth.of - 1,))
    cells_of_row = {row.id: row.cells for row in tables.asked_as}
    for cell in reply.cells:
        addresses = tables.addresses_of([cells for name in cell.rows for cells in cells_of_row[name]])
        if addresses:
            yield Relation(RelationKind.CELL, cell.number - 1, addresses=addresses)


def _can_be(relation: Relation, claims: Sequence[Claim]) -> bool:
    """Whether the numbers are of the kinds that such a relation is between."""
    claim = claims[relation.claim]
    others = [claims[other] for other in relation.others]
    if len({relation.claim, *relation.others}) != len(others) + 1:
        return False
    if relation.kind in (RelationKind.SHARE, RelationKind.GROWTH):
        return claim.measure in _PERCENTAGES and all(other.measure is Measure.COUNT for other in others)
    is_counted = all(counted.measure is Measure.COUNT for counted in (claim, *others))
    return is_counted and (bool(others) or relation.kind is RelationKind.CELL)
