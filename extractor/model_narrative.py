"""Reading the free text with a model: which of its numbers are parts, shares, growth, or cells of tables.

The numbers were found without the model, and are marked in what it is shown; it names them by their marks.
The reader that needs no model is the cross-check: both readings are kept, each relation with who read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.extraction import Extraction
from extractor.llm.protocol import Request
from extractor.llm.relations import RelationsReply, marked, relations_request
from extractor.narrative.agreement import proposed, united
from extractor.narrative.claims import Narrative
from extractor.narrative.prose import Prose
from extractor.narrative.quantities import quantities


def narrative_request(stretches: Sequence[Prose]) -> Request | None:
    """The question; None where the free text states no two numbers that could say anything of each other.

    Args:
        stretches: of free text, folded, in order.
    """
    shown: list[str] = []
    number = 1
    for stretch in stretches:
        starts = [one.start for one in quantities(stretch.text)]
        if starts:
            shown.append(marked(stretch, starts, number))
            number += len(starts)
    return relations_request(shown) if shown else None


def with_reply(narrative: Narrative, extraction: Extraction, reply: RelationsReply, model: str) -> Narrative:
    """What both readers say.

    Args:
        narrative: as it was read without the model.
        extraction: what the tables gave.
        reply: the model's.
        model: its name.
    """
    cells = {cell.address: cell for cell in extraction.cells}
    relations = united(narrative.relations, proposed(reply, narrative.claims, cells, model))
    return replace(narrative, relations=relations)
