"""How like a form's own label the words are that a model says are one."""

from __future__ import annotations

from collections import Counter

from extractor.text.folding import fold_label, label_key
from rules.form import Element


def likeness(key: str, element: Element) -> int:
    """How many characters words have in common with the label of a row or a column.

    Args:
        key: the words, folded, without punctuation (:func:`extractor.text.folding.label_key`).
        element: the row or column.
    """
    keys = [label_key(fold_label(label)) for label in (element.label, *element.variants)]
    return max((Counter(key) & Counter(one)).total() for one in keys)
