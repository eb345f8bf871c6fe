"""Units that count the same things: 件 and 项 in a sum, 个 and 家 of bodies, 人 and 名."""

from __future__ import annotations

from itertools import combinations

# In which one thing is counted: 12场次 are 12场, 1件 is 1项.
_SUMMED = dict.fromkeys("件项条份宗例", "件") | {"场次": "场", "批次": "批", "条次": "件", "件次": "件"}
# Units in which one thing is counted, though not in one sum: cases, bodies, places.
_SAME = (
    frozenset({"件", "起"}),
    frozenset({"个", "家"}),
    frozenset({"个", "处"}),
    *map(frozenset, combinations("人名位", 2)),
)
# Amounts of money in yuan.
MONEY = {"元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "亿元": 10**8}


def summed_unit(printed: str | None) -> str | None:
    """The unit that numbers are summed up in: 人次 and 人 are two, 件 and 项 are one.

    Args:
        printed: the unit; None if there is none.
    """
    return _SUMMED.get(printed or "", printed)


def are_alike(one: str | None, other: str | None) -> bool:
    """Whether two units, as :func:`summed_unit` has them, count one thing.

    Args:
        one: a unit; None if there is none.
        other: another.
    """
    return one == other or any({one, other} <= same for same in _SAME)
