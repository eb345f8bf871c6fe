"""That a report's own text is largely another's, told as a remark of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.output.tables.rows import AlikeReport
from extractor.result.extraction import Extraction
from extractor.result.findings import Finding
from rules.words import Bilingual

SAME_TEXT = "same-text"
# Of the passage that is quoted.
_QUOTED = 60
_SAME = Bilingual(
    zh="正文自有内容的 {share}（{characters} 字）与{other}雷同，如“{passage}”。"
    "请核对是否照抄，并写出本机关当年的情况。",
    en="{share} of its own text ({characters} characters) is the same as in {other}, such as “{passage}”; "
    "see whether it was copied, and tell what the organ did in the year",
)
_OTHER = Bilingual(zh="{organ}{year}报告（{report}）", en="the report of {organ}{year} ({report})")
_YEAR = Bilingual(zh=" {year} 年", en=" on {year}")
_NOBODY = Bilingual(zh="另一机关", en="another organ")


def with_alike(extraction: Extraction, alike: Sequence[AlikeReport]) -> Extraction:
    """A result with a remark for each report that it is like; it says nothing of figures.

    Args:
        extraction: of the report.
        alike: those of others in which much of its text stands.
    """
    if not alike:
        return extraction
    told = (*extraction.remarks, *map(_remark, alike))
    return extraction.model_copy(update={"remarks": told})


def _remark(alike: AlikeReport) -> Finding:
    zh, en = (_message(alike, number) for number in (0, 1))
    return Finding(rule=SAME_TEXT, severity="soft", cause=None, message=Bilingual(zh=zh, en=en))


def _message(alike: AlikeReport, number: int) -> str:
    """What is told in Chinese (0) or English (1)."""
    same, other, of_year, nobody = ((words.zh, words.en)[number] for words in (_SAME, _OTHER, _YEAR, _NOBODY))
    year = of_year.format(year=alike.like_year) if alike.like_year is not None else ""
    longest = max(alike.passages, key=len)
    return same.format(
        share=f"{alike.share:.0%}",
        characters=alike.characters,
        other=other.format(organ=alike.like_organ or nobody, year=year, report=alike.like),
        passage=longest if len(longest) <= _QUOTED else longest[:_QUOTED] + "…",
    )
