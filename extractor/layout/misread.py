"""Labels some characters of which were misread in a picture, told from all others by a margin.

No two labels of a form that name different things differ by one character only, so that a label with one
misread character is nearer to itself than to any other; a longer one may have more of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

# A shorter label with another character may be any other; one character in so many may be misread; the next
# label of another meaning differs by so many more.
_SHORTEST, _A_MISREADING, _MARGIN = 4, 6, 2


def nearest(key: str, known: Mapping[str, Hashable]) -> str | None:
    """The label that a text is with some characters misread; None if it is none, or may be two.

    Args:
        key: of the text.
        known: the keys of all labels, with what they mean.
    """
    if len(key) < _SHORTEST:
        return None
    most = 1 + len(key) // _A_MISREADING
    reach = most + _MARGIN
    near = [(distance, label) for label in known if (distance := _distance(key, label, reach)) <= reach]
    if not near:
        return None
    least, chosen = min(near)
    # A short label has others of its kind beside it: 行政许可, 行政处罚, 行政强制.
    margin = _MARGIN if least > 1 else 1
    others = (distance for distance, label in near if known[label] != known[chosen])
    is_apart = min(others, default=reach + 1) >= least + margin
    return chosen if len(chosen) >= _SHORTEST and least <= most and is_apart else None


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
