"""Labels some characters of which were misread in a picture, told from all others by a margin.

No two labels of a form that name different things differ by one character only, so that a label with one
misread character is nearer to itself than to any other; a longer one may have more of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping

# Characters that are read for each other in small print: they count as the same ones.
_ALIKE = str.maketrans("教敎米釆甲止見埋草券外目", "数数采采申正息理章卷处自")
#: A shorter label with another character may be any other.
SHORTEST = 4
# One character in so many may be misread; the next label of another meaning differs by so many more.
_A_MISREADING, _MARGIN = 6, 2
# An ordinal in brackets of which no numeral is left: (化)总计, 比)总计. Other characters say something.
_MISREAD_ORDINAL = re.compile(r"\(?([^\W\d_])\)(?=.)")
_SAYS_SOMETHING = frozenset("注原含计共另其本上下新旧前后内外不无未非中")
# A speck, or a part of a character; no label has such, and more of them are a word.
_LATIN = re.compile("(?<![a-z])[a-z](?![a-z])")


def without_ordinal(folded: str) -> str | None:
    """What stands behind the ordinal of a folded label of which no numeral is left; None if it has no such.

    Args:
        folded: the text of a cell.
    """
    match = _MISREAD_ORDINAL.match(folded)
    return folded[match.end() :] if match is not None and match[1] not in _SAYS_SOMETHING else None


def as_seen(key: str) -> str:
    """A key in which characters that small print shows alike are the same."""
    return key.translate(_ALIKE)


def nearest(key: str, known: Mapping[str, Hashable]) -> str | None:
    """The label that a text is with some characters misread; None if it is none, or may be two.

    Args:
        key: of the text.
        known: the keys of all labels, with what they mean.
    """
    read = as_seen(_LATIN.sub("", key))
    alike = next((label for label in known if as_seen(label) == read), None)
    if alike is not None or len(read) < SHORTEST:
        return alike
    return _apart_from_others(read, known)


def _apart_from_others(read: str, known: Mapping[str, Hashable]) -> str | None:
    """The label that a text is nearest to by a margin, where characters that look alike are the same."""
    reach = _most_misread(read) + 1 + _MARGIN
    distances = ((_distance(read, as_seen(label), reach), label) for label in known)
    near = [(distance, label) for distance, label in distances if distance <= reach]
    if not near:
        return None
    least, _, chosen = min((distance, -len(label), label) for distance, label in near)
    most = max(_most_misread(read), _most_misread(chosen))
    # A short label has others of its kind beside it: 行政许可, 行政处罚, 行政强制.
    margin = _MARGIN if least > 1 else 1
    others = (distance for distance, label in near if known[label] != known[chosen])
    is_apart = min(others, default=reach + 1) >= least + margin
    return chosen if len(chosen) >= SHORTEST and least <= most and is_apart else None


def only_with_a_slip(key: str, known: Collection[str]) -> str | None:
    """The only one of some labels that a text of as many characters is with one of them misread.

    Args:
        key: of the text, two characters at least.
        known: the keys of labels that are too short to be told from all others by a margin.
    """
    alike = [label for label in known if len(label) == len(key) > 1 and _has_one_slip(key, label)]
    return alike[0] if len(alike) == 1 else None


def _has_one_slip(key: str, label: str) -> bool:
    slips = [{one, other} for one, other in zip(key, label, strict=True) if one != other]
    return len(slips) == 1 and _SAYS_SOMETHING.isdisjoint(slips[0])


def _most_misread(label: str) -> int:
    return 1 + len(label) // _A_MISREADING


def _distance(one: str, other: str, most: int) -> int:
    """How many characters have to be changed, put in or left out; if more than ``most``, more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, character in enumerate(one, 1):
        before, row = row, [i]
        for j, match in enumerate(other):
            row.append(min(before[j] + (character != match), before[j + 1] + 1, row[j] + 1))
        if min(row) > most:
            return most + 1
    return row[-1]
