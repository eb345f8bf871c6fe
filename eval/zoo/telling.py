"""What a run of the zoo found, as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from eval.zoo.layouts import LAYOUTS, Layout
from eval.zoo.score import Score
from extractor.extraction import Status

Language: TypeAlias = Literal["en", "zh"]
READMES: Mapping[str, Language] = {"README.md": "en", "README.zh-CN.md": "zh"}
LEAST_RIGHT = 0.999
_HEADS = {
    "en": ("layout", "documents", "right", "verified", "left open", "wrong, `confirmed`", "wrong, otherwise"),
    "zh": ("版式", "份数", "正确", "`verified`", "存疑", "错且 `confirmed`", "错且为其他状态"),
}
_BLOCK = re.compile(r"(<!-- zoo -->\n).*?(<!-- /zoo -->)", re.S)
_MOST_SHOWN = 5


def is_good(score: Score) -> bool:
    """Whether a layout is read as well as it must be, and no wrong cell is confirmed."""
    return score.share_right >= LEAST_RIGHT and not score.wrong[Status.CONFIRMED]


def row(layout: Layout, score: Score, language: Language) -> tuple[str, ...]:
    """A row of the table."""
    about = LAYOUTS[layout]
    confirmed = score.wrong[Status.CONFIRMED]
    return (
        f"{about.kind}: {about.title[language == 'zh']}",
        f"{score.documents:,}",
        _share(score.right, score.on_page),
        _share(score.verified, score.documents),
        _share(score.disputed, score.cells),
        str(confirmed),
        str(score.wrong.total() - confirmed),
    )


def _share(part: int, whole: int) -> str:
    """A percentage that says 100 only where nothing is missing."""
    if not whole or part == whole:
        return "100 %"
    return f"{min(part / whole, 0.99999):.3%}".replace("%", " %")


def markdown(scores: Mapping[Layout, Score], language: Language) -> str:
    """The table, for a README."""
    heads = _HEADS[language]
    lines = [heads, ("---", *["--:"] * (len(heads) - 1))]
    lines += [row(layout, score, language) for layout, score in scores.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def with_table(readme: str, scores: Mapping[Layout, Score], language: Language) -> str:
    """A README with the table in its place."""
    return _BLOCK.sub(lambda match: f"{match[1]}{markdown(scores, language)}{match[2]}", readme)


def told(scores: Mapping[Layout, Score]) -> Iterator[str]:
    """The table for a terminal, and the first of what went wrong in each layout."""
    widths = (48, 10, 10, 10, 10, 19, 17)
    for line in (_HEADS["en"], *(row(layout, score, "en") for layout, score in scores.items())):
        first, *others = line
        yield first.ljust(widths[0]) + "".join(
            text.replace("`", "").rjust(width) for text, width in zip(others, widths[1:], strict=True)
        )
    for layout, score in scores.items():
        wrong = [one for one in score.mistakes if one.status in (Status.CONFIRMED, Status.UNCHECKED)]
        if wrong or not is_good(score):
            yield f"\n{layout}:"
        for one in [*wrong, *(score.mistakes if not is_good(score) else ())][:_MOST_SHOWN]:
            yield f"  {one.document} {one.address} {one.status}: {one.printed!r} for {one.gold!r}"
