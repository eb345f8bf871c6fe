"""The index of the labels of forms, for text that was printed and for what was recognised from pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.layout.words.labels import Label, LabelIndex, unit_of
from extractor.layout.words.meanings import Role
from extractor.layout.words.misread import SHORTEST, nearest, only_with_a_slip, without_ordinal
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label, label_key
from rules.form import Form


@lru_cache(maxsize=8)
def label_index(forms: tuple[Form, ...], *, is_ocr: bool = False) -> LabelIndex:
    """The index of these forms, built once.

    Args:
        forms: whose labels it has.
        is_ocr: whether the text that is looked up was recognised from pictures, so that characters of a label
            may be misread.
    """
    return RecognisedLabelIndex(forms) if is_ocr else LabelIndex(forms)


class RecognisedLabelIndex(LabelIndex):
    """Every label of some forms by its key, for text of which characters may be misread."""

    def __init__(self, forms: Sequence[Form]) -> None:
        super().__init__(forms)
        # Those of so few characters are told from others by standing where only rows do.
        self._short_rows = {
            key
            for key, meanings in self._by_key.items()
            if len(key) < SHORTEST and all(meaning.role is Role.ROW for meaning in meanings)
        }

    def _find_uncached(self, text: str) -> Label | None:
        label = super()._find_uncached(text)
        return self._with_its_ordinal(label) if label is not None else self._find_misread(text)

    def _find_misread(self, text: str) -> Label | None:
        """The label that a text is with characters of it, or its ordinal, misread."""
        folded = fold_label(text)
        behind = without_ordinal(folded)
        if behind is not None and label_key(behind) in self._by_key:
            misread_ordinal = folded[: -len(behind)]
            return self._with_its_ordinal(Label(self._by_key[label_key(behind)], misread_ordinal, None))
        key = label_key(folded)
        known = nearest(key, self._by_key)
        if known is None and key not in self.starts:
            known = only_with_a_slip(key, self._short_rows)
        return None if known is None else Label(self._by_key[known], ordinal(folded)[0], unit_of(folded))

    def _with_its_ordinal(self, label: Label) -> Label:
        """A label with the ordinal of its row in place of one that no row of its table has.

        Numerals are misread for each other (十 for 七); digits are those of a row that the form hasn't.
        """
        if label.number is None or label.number.isdigit():
            return label
        rows = [meaning for meaning in label.meanings if meaning.role is Role.ROW]
        blocks = {meaning[1:3] for meaning in rows}
        known = {number for meaning, number in self._numbers.items() if meaning[1:3] in blocks}
        own = {self._numbers.get(meaning) for meaning in rows}
        if label.number in known or len(own) != 1:
            return label
        return replace(label, number=own.pop())
