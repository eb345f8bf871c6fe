"""Mutations of words around a table that say of what time, part or version its figures are.

Each has a twin, the same words in the same places with the report's own scope: what stands there is no reason
to doubt a figure.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from eval.adversary.page import Page
from eval.adversary.registry import mutation
from eval.adversary.wording import other_scope, own_scope, spelled

# Draws the name of a scope for a report of a year.
_Scope: TypeAlias = Callable[[Random, int], str]
_ABOVE = (
    *("以下为{}数据", "以下为{}数据。", "以下数据为{}数据。", "下表为{}数据：", "下列数据均为{}数据。"),
    *("本表为{}数据", "本表数据均为{}数据。", "（本表为{}数据）", "注：本表为{}数据。", "表中数据为{}数据"),
    *("说明：本表所列数据为{}数据。", "{}数据", "（{}）", "{}情况如下：", "统计口径：{}数据", "数据范围：{}"),
)
_BELOW = (
    *("以上为{}数据", "以上为{}数据。", "以上数据为{}数据。", "上表为{}数据。", "以上各项数据均为{}数据"),
    *(
        "本表为{}数据。",
        "注：本表数据为{}数据。",
        "备注：上表所列为{}数据。",
        "（以上为{}数据）",
        "此表为{}数据",
    ),
)
_NEXT = ("以下为{}数据", "以下为{}数据：", "下表为{}数据。", "以下数据为{}数据")
_TABLES = ("requests", "requests", "disputes")


def _say(page: Page, rng: Random, scope: _Scope) -> str:
    """Say of what a table's figures are: above it, below it, in its heading, or above that.

    Returns:
        The id of the table.
    """
    part = page.part(rng.choice(_TABLES))

    def sentence(templates: tuple[str, ...]) -> str:
        return spelled(rng, rng.choice(templates).format(scope(rng, page.year)))

    match rng.choice(("above", "above", "below", "below", "heading", "before")):
        case "above":
            part.above.append(sentence(_ABOVE))
        case "below":
            part.below.insert(0, sentence(_BELOW))
        case "heading":
            part.heading += f"（{scope(rng, page.year)}）"
        case _:
            page.parts[page.parts.index(part) - 1].below.append(sentence(_NEXT))
    return part.table


@mutation("scope-line")
def say_another_scope(page: Page, rng: Random) -> bool:
    """A line above or below a table, or its heading, says that its figures are of another scope."""
    page.disown(_say(page, rng, other_scope))
    return True


@mutation("scope-line-own")
def say_own_scope(page: Page, rng: Random) -> bool:
    """A line above or below a table, or its heading, says that its figures are of the report's own scope."""
    _say(page, rng, own_scope)
    return True
