"""Labels of columns with a slip of the pen, told from all others by what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from extractor.layout.headers.header_words import MOST_STRANGERS, HeaderWord
from extractor.layout.words.labels import CHANGES_MEANING
from extractor.text.folding import fold_label, label_key
from rules.form import Block, Column

# A label of which another character is printed is told from all others by so many characters in common.
_LEAST_LIKENESS = 0.5
# In shorter labels another character makes another word: 累计 for 总计.
_LEAST_WITH_SLIP = 3
# 上年制发 is no slip for 本年制发.
_TELLS_YEARS_APART = frozenset("本今当")


def with_misprints(
    words: Sequence[HeaderWord],
    missing: Sequence[Column],
    block: Block,
    text: str,
    least: float = _LEAST_LIKENESS,
) -> list[HeaderWord] | None:
    """The words with those read as labels that are misprints of the missing ones; None if any is none.

    A misprint has most characters of its label in order, and of every other label fewer.

    Args:
        words: of a header, in reading order.
        missing: the columns that none of them names.
        block: whose columns they may name.
        text: the document's text.
        least: how much of a label a misprint must have in common with it, from 0 to 1.
    """
    strangers = [i for i, word in enumerate(words) if word.is_stranger]
    if len(strangers) != len(missing) or len(strangers) > MOST_STRANGERS:
        return None
    keys = [label_key(fold_label(text[words[i].item.start : words[i].item.end])) for i in strangers]
    likeness = [[_likeness(key, column) for column in missing] for key in keys]
    chosen = _most_like(likeness)
    # A column that has its label needs no other.
    labelled = [column for column in block.columns if column not in missing]
    repaired = list(words)
    for i, column in enumerate(chosen):
        to_named = max((_likeness(keys[i], other) for other in labelled), default=0.0)
        is_told = likeness[i][column] >= least and _is_told_apart(likeness[i], column, to_named)
        if not is_told or _is_no_slip(keys[i], missing[column], block):
            return None
        repaired[strangers[i]] = HeaderWord(words[strangers[i]].item, frozenset({missing[column].id}))
    return repaired


def _most_like(likeness: Sequence[Sequence[float]]) -> tuple[int, ...]:
    """The column of each word by which all together are most like their labels."""
    return max(
        permutations(range(len(likeness))),
        key=lambda columns: sum(likeness[i][column] for i, column in enumerate(columns)),
    )


def _is_told_apart(likeness: Sequence[float], chosen: int, to_named: float) -> bool:
    """Whether a word is like the label chosen for it, and less like every other.

    Args:
        likeness: how like it is to the label of each column that lacks one, from 0 to 1.
        chosen: which of these is chosen.
        to_named: how like it is, at most, to the label of a column that has one.
    """
    others = max((like for column, like in enumerate(likeness) if column != chosen), default=0.0)
    return likeness[chosen] > others and likeness[chosen] >= to_named


def _says_more(key: str, column: Column) -> bool:
    """Whether a word holds a label and more, or what no slip puts in: 上年总计, 本年未废止, 2022年制发."""
    wordings = [label_key(fold_label(label)) for label in (column.label, *column.variants)]
    if any(wording in key for wording in wordings):
        return True
    slips = [_slip(key, wording) for wording in wordings]
    if any(slip is not None and slip not in _TELLS_YEARS_APART for slip in slips):
        return False
    return any(_changes_meaning(character) for character in frozenset(key).difference(*wordings))


def _is_no_slip(key: str, column: Column, block: Block) -> bool:
    return _says_more(key, column) or _is_another(key, column, block)


def _is_another(key: str, column: Column, block: Block) -> bool:
    """Whether a word is no slip of a label, but another: 商业银行 for 商业企业, 统计 for 总计.

    One character may be any other; more are of the header's other labels, as 企业 in 科研企业.
    """
    wordings = [label_key(fold_label(label)) for label in (column.label, *column.variants)]
    if any(
        _slips(key, wording) <= 1 for wording in wordings if min(len(key), len(wording)) >= _LEAST_WITH_SLIP
    ):
        return False
    labels = [label for other in block.columns for label in (other.label, *other.variants, other.under or "")]
    return not frozenset(key) <= frozenset("".join(label_key(fold_label(label)) for label in labels))


def _slips(key: str, wording: str) -> int:
    """How many characters of a word or a label aren't of the other."""
    return max(len(key), len(wording)) - _in_common(key, wording)


def _slip(key: str, wording: str) -> str | None:
    """The one character of a label that is printed as another; None if more is different.

    A character that changes the meaning by itself is none that slips: 现行无效 isn't 现行有效.
    """
    if len(key) != len(wording) or len(key) < _LEAST_WITH_SLIP:
        return None
    wrong = [label for printed, label in zip(key, wording, strict=True) if printed != label]
    return wrong[0] if len(wrong) == 1 and wrong[0] not in CHANGES_MEANING else None


def _changes_meaning(character: str) -> bool:
    return character in CHANGES_MEANING or character.isdigit()


def _likeness(key: str, column: Column) -> float:
    """How much of a label a word has in common with it, in order, from 0 to 1."""
    wordings = (label_key(fold_label(label)) for label in (column.label, *column.variants))
    return max(_in_common(key, wording) / max(len(key), len(wording)) for wording in wordings)


def _in_common(printed: str, label: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(label) + 1)
    for character in printed:
        before = row
        row = [0]
        for i, match in enumerate(label):
            row.append(before[i] + 1 if match == character else max(before[i + 1], row[i]))
    return row[-1]
