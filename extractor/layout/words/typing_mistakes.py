"""Labels of tables with mistakes of typing, told from all other labels by a margin.

A mistake leaves characters out, exchanges one for another, or two words for each other. It puts none in,
and leaves what would make another label of it as it is: 上年 for 本年, 三类 for 四类, 人数 for 数量. What is
as near to two labels is none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from extractor.layout.words.labels import CHANGES_MEANING, Label, LabelIndex, unit_of
from extractor.layout.words.meanings import Meaning, Role
from extractor.layout.words.ordinals import ordinal
from extractor.text.folding import fold_label

# Besides what changes the meaning of any label: numerals, times, measures, what was done.
_TELLS_APART = CHANGES_MEANING | frozenset(
    "一二三四五六七八九十两年月季日周旬人次率比额元退应实拟撤缴欠罚免补批转0123456789"
)
# Characters that are typed for each other, as they look the same.
_ALIKE = str.maketrans("末己巳", "未已已")
# A shorter label with another character may be any other, where no ordinal tells: 行政处分 for 行政处罚.
_SHORTEST, _SHORTEST_BARE = 4, 6
# One character in so many may be another, in so many left out; the next label differs by so many more.
_EXCHANGED, _LEFT_OUT, _MARGIN = 5, 4, 2
# Two words of a label that stand in each other's place, of so many characters together at most.
_LEAST_WITH_WORDS_EXCHANGED, _WORDS_EXCHANGED = 10, 4


@lru_cache(maxsize=1024)
def mistyped_label(text: str, index: LabelIndex) -> Label | None:
    """The label that a cell's text is with mistakes of typing, behind the ordinal that its form gives it.

    Args:
        text: of a cell, that is no label as it stands.
        index: the labels that are looked for.

    Returns:
        What can name a row or a column only; None if the text is no label, or may be two.
    """
    folded = fold_label(text)
    number, rest = ordinal(folded)
    for key in index.keys_behind_ordinal(rest):
        chosen = _meant_by(key, index.known)
        meanings = [one for one in index.known.get(chosen or "", ()) if _is_numbered(one, number, key, index)]
        meanings = meanings or _short_total(key, number, index)
        if meanings:
            return Label(tuple(meanings), number, unit_of(folded))
    return None


def _is_numbered(meaning: Meaning, number: str | None, key: str, index: LabelIndex) -> bool:
    """Whether what a text may name has the ordinal before it; without any, the text must be long enough."""
    if meaning.role is Role.ROW:
        return index.number_of(meaning) == number and (number is not None or len(key) >= _SHORTEST_BARE)
    return meaning.role in (Role.COLUMN, Role.WIDE_ROW) and number is None


def _short_total(key: str, number: str | None, index: LabelIndex) -> list[Meaning]:
    """The row that a text of two characters names behind an ordinal that no other row has: (七)总记."""
    if number is None or number.isdigit():
        return []
    named = {
        meaning
        for label, meanings in index.known.items()
        for meaning in meanings
        if meaning.role is Role.ROW and index.number_of(meaning) == number and _is_short_one(key, label)
    }
    return list(named) if len(named) == 1 else []


def _meant_by(key: str, known: Mapping[str, tuple[Meaning, ...]]) -> str | None:
    """The label that a text is nearest to by a margin, if a mistake can have made the one of the other."""
    printed = key.translate(_ALIKE)
    if len(printed) < _SHORTEST:
        return None
    reach = max(1, len(printed) // (_LEFT_OUT - 1)) + 1 + _MARGIN
    near = sorted(
        (distance, label) for label in known if (distance := _distance(printed, label, reach)) <= reach
    )
    chosen = next(((far, label) for far, label in near if _is_mistake(printed, label)), None)
    if chosen is None:
        return None
    far, label = chosen
    others = (distance for distance, other in near if set(known[other]).isdisjoint(known[label]))
    return label if min(others, default=reach + 1) >= far + (_MARGIN if far > 1 else 1) else None


def _is_short_one(key: str, label: str) -> bool:
    """Whether a text of two characters is a label with one of them another."""
    pairs = [{one, other} for one, other in zip(key, label, strict=False) if one != other]
    return len(key) == len(label) == 2 and len(pairs) == 1 and _TELLS_APART.isdisjoint(pairs[0])


def _is_mistake(printed: str, label: str) -> bool:
    """Whether a text is a label with few characters left out or others, none of which tells labels apart."""
    lacking, added = Counter(label) - Counter(printed), Counter(printed) - Counter(label)
    if not _TELLS_APART.isdisjoint(lacking) or not _TELLS_APART.isdisjoint(added):
        return False
    if not lacking and not added:
        return printed == label or _has_words_exchanged(printed, label)
    if len(printed) == len(label):
        places = [i for i, (one, other) in enumerate(zip(printed, label, strict=True)) if one != other]
        # Two side by side make another word: 允许公开 for 禁止公开.
        is_word = any(after - before == 1 for before, after in pairwise(places))
        return len(places) <= max(1, len(label) // _EXCHANGED) and not is_word
    characters = iter(label)
    is_part = all(character in characters for character in printed)
    return is_part and len(label) - len(printed) <= len(label) // _LEFT_OUT


def _has_words_exchanged(printed: str, label: str) -> bool:
    """Whether a text has two words of a label that stand side by side in each other's place: 申请公开."""
    if len(label) < _LEAST_WITH_WORDS_EXCHANGED:
        return False
    differing = [place for place, (one, other) in enumerate(zip(printed, label, strict=True)) if one != other]
    first, last = differing[0], differing[-1] + 1
    wrong, right = printed[first:last], label[first:last]
    is_turned = any(right == wrong[cut:] + wrong[:cut] for cut in range(1, len(wrong)))
    return last - first <= _WORDS_EXCHANGED and is_turned


def _distance(one: str, other: str, most: int) -> int:
    """How many characters have to be changed, put in or left out; if more than ``most``, more than that."""
    in_common = sum((Counter(one) & Counter(other)).values())
    if max(len(one), len(other)) - in_common > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, character in enumerate(one, 1):
        before, row = row, [i]
        for j, match in enumerate(other):
            row.append(min(before[j] + (character != match), before[j + 1] + 1, row[j] + 1))
    return row[-1]
