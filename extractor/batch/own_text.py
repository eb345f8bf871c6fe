"""What a report says in words of its own: its free text without the sentences that any report may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.batch.wording import folded_sentence, share_in, shingles_of
from extractor.layout.reading import Reading
from extractor.narrative.text.free_text import free_text
from extractor.pipeline import ReadReport
from rules.form import Form
from rules.loader import all_built_in_forms
from rules.standard_wording import standard_wording

# A sentence of which as large a part stands in the standard wording is none of the report's own.
_STANDARD = 0.6
# Folded characters; a shorter sentence is a heading or a phrase.
_SHORTEST = 10
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]*")


def own_sentences(report: ReadReport) -> tuple[str, ...]:
    """The sentences of a report that are its own, as they are printed, without line breaks.

    Args:
        report: as it was read. What stands in tables isn't looked at.
    """
    document, header = report.document, report.extraction.header
    organ = header.organ.value if header.organ else None
    no_tables = Reading(None, (), ())
    stretches = free_text(document, report.extraction.narrative.sections, no_tables)
    standard = _standard()
    own = []
    for _, span in stretches:
        text = "".join(document.text[span.start : span.end].split())
        for sentence in _SENTENCE.findall(text):
            folded = folded_sentence(sentence, organ)
            if len(folded) >= _SHORTEST and share_in(folded, standard) < _STANDARD:
                own.append(sentence)
    return tuple(own)


@cache
def _standard() -> frozenset[str]:
    """Shingles of what all reports may say, and of tables that nobody could tell from free text."""
    sentences = (sentence for text in standard_wording() for sentence in _SENTENCE.findall(text))
    labels = (label for form in all_built_in_forms() for label in _labels_of(form))
    said = (*sentences, *dict.fromkeys(labels))
    return frozenset().union(*(shingles_of(folded_sentence(text, None)) for text in said))


def _labels_of(form: Form) -> Iterator[str]:
    """What stands in the tables of a form beside figures."""
    for block in (block for table in form.tables for block in table.blocks):
        yield from (*block.captions, *block.corner, *block.spanning)
        for element in (*block.columns, *block.rows):
            yield from (element.label, *element.variants, *((element.under,) if element.under else ()))
