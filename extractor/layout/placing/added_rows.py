"""Rows that a page has beside those of the form: added behind the last of a group, or said once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.layout.items.items import Kind
from extractor.layout.placing.page_table import Candidate
from extractor.text.folding import fold_label, label_key
from rules.form import Block

# What a label has more that stands once more, with other figures.
_OF_A_VERSION = re.compile(
    r"[（(【\[〔]?(?:以此为准|[更订修改]正|修订|修改|更新|原表?|[新旧])(?:[前后为]|数据?|版本?)*[)）】\]〕:：]+"
)


def without_labels_of_added_rows(candidates: Sequence[Candidate], block: Block) -> list[Candidate]:
    """Labels that go on counting where the form's group ends name no row of the form.

    Their words are another row's, which is there with the ordinal that the form gives it; their own ordinal
    follows that of the row above.

    Args:
        candidates: page rows in page order.
        block: whose rows they may be.
    """
    number_of = {row.id: label_key(row.number) for row in block.rows if row.number is not None}
    in_place = {
        row_id
        for candidate in candidates
        for row_id in candidate.ids
        if _number(candidate) is not None and _number(candidate) == number_of.get(row_id)
    }
    told = list(candidates)
    for position, (above, candidate) in enumerate(pairwise(candidates), 1):
        number = _number(candidate)
        is_another = candidate.ids <= in_place and number not in {number_of.get(one) for one in candidate.ids}
        if candidate.ids and is_another and _follows(number, _number(above)):
            told[position] = _with_words_of_its_own(candidate)
    return told


def with_labels_of_other_versions(candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """Labels that are another row's but for a word of its version, （更正）, name that row, too.

    Args:
        candidates: page rows in page order.
        text: the document's text.
    """
    named = {_key(candidate, text): candidate.ids for candidate in candidates if candidate.ids}
    return [
        candidate
        if candidate.ids or (words := _key(candidate, text)) is None
        else candidate._replace(ids=named.get(words, frozenset()))
        for candidate in candidates
    ]


def _key(candidate: Candidate, text: str) -> str | None:
    """The words of a page row's label by which labels are compared, without those of its version."""
    head = candidate.row.head
    return (
        label_key(fold_label(_OF_A_VERSION.sub("", text[head.start : head.end])))
        if head is not None
        else None
    )


def _number(candidate: Candidate) -> str | None:
    """The ordinal that is printed before a page row's label."""
    head = candidate.row.head
    return head.label.number if head is not None and head.label is not None else None


def _follows(number: str | None, above: str | None) -> bool:
    """Whether an ordinal in digits is the next one after that of the row above."""
    if number is None or above is None or not (number.isdecimal() and above.isdecimal()):
        return False
    return int(number) == int(above) + 1


def _with_words_of_its_own(candidate: Candidate) -> Candidate:
    """A page row whose label is none of the form's."""
    head = candidate.row.head
    words = None if head is None else replace(head, kind=Kind.TEXT, label=None)
    return candidate._replace(row=replace(candidate.row, head=words), ids=frozenset())
