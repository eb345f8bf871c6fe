"""What a report says of its own scope: whether its figures are its own office's alone, or of all below it."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from extractor.documents.document import Span
from extractor.result.header import Fact

Scope: TypeAlias = Literal["own", "whole"]

_SENTENCE = re.compile(r"[^。；;！!\n|]+")
# 《关于做好各单位年度报告编制工作的通知》 says nothing of this report's figures.
_TITLE = re.compile(r"《[^》]*》")
# Of a longer one nobody can say what it is about.
_LONGEST = 200
# What a sentence on the figures of the report itself speaks of; others speak of work, sites and rules.
_ON_THE_REPORT = re.compile(
    r"(?:统计|数据|报告|年报)的?(?:范围|口径)|报告内容"
    r"|(?:本|该|年度)(?:年度)?(?:报告|年报)[^，,]{0,16}(?:数据|内容|情况)"
    r"|(?:以上|上述|以下|所列|表中|报告中|年报中|本年度|统计)(?:各项|所有|有关|相关|的|统计)*数据"
    r"|(?:本|该)(?:年度)?(?:报告|年报)(?:所列|中)?(?:的?数据)?[，,]?"
    r"(?:仅|只|不含|不包|未包|涵盖|包括|包含|汇总|根据|依据|系|是由|由)"
)
# What lies below an organ.
_UNITS = r"(?:部门|单位|机构|乡镇|乡|镇街|镇|街道|街镇|县|区|市|委办局|委办|局|处室|科室)"
# Offices of a line of command from above lie below no organ of the place.
_NOT_BELOW = r"(?!(?:实行)?(?:中央|省|国家)?(?:垂直|垂管|双重|双管))"
_OWN = re.compile(
    # 仅在本机关网站公布 is said of the page, and 期限内与本局联系 of its readers.
    r"(?:仅|只|(?<!期)限于?)(?:指|限于?|为|是|包括|包含|含|统计|反映|涉及|计入|涵盖|有)*"
    r"[^，,在与和向由需供请]{0,12}?(?:本级|本(?:机关|单位|部门|局|委|办|室|厅|镇|街道|乡)|机关(?:自身|本身)|办公[室厅])"
    r"|(?:数据|口径|范围)[^，,]{0,8}?(?:为|是|系)[^，,]{0,16}?(?:本级|机关本身|机关自身)(?:的?数据)?$"
)
_LEAVES_OUT = re.compile(
    rf"(?:不|未)(?:再)?(?:包括|包含|含|涵盖|涉及|计入|统计){_NOT_BELOW}[^，,]{{0,12}}?"
    rf"(?:各[^，,]{{0,6}}?{_UNITS}|(?:下属|所属|下级|直属|下辖|派出)[^，,]{{0,6}}?{_UNITS}|(?:县|区|市)直)"
    r"[^，,]*"
)
_ALL_BELOW = (
    rf"(?:各[^，,]{{0,6}}?{_UNITS}|(?:下属|所属|下级|直属|下辖|派出)[^，,]{{0,6}}?{_UNITS}"
    r"|全[省市县区旗州盟](?!性|国)|及其(?:部门|工作部门))"
)
# A report is made by rules and by somebody, too: only what those below have handed in is theirs.
_TAKES_IN = re.compile(
    r"(?<![不未])(?:包括|包含|涵盖|覆盖|汇总|综合|反映|含|为|是|系)"
    rf"(?:(?!根据|依据|按照?|由).){{0,30}}?{_ALL_BELOW}"
    rf"|(?:根据|依据|由).{{0,30}}?{_ALL_BELOW}.{{0,20}}?(?:报送|上报|填报|提供|汇总|数据)"
)


def read_scope(text: str) -> Fact | None:
    """What a report says of whose figures it has.

    Args:
        text: of its document.

    Returns:
        The sentence, with the value ``own``: those of the organ's own office alone; or ``whole``: those of
        the departments and places below it, too. None if it doesn't say, or says both.
    """
    found: dict[Scope, Fact] = {}
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0].strip()
        scope = _scope_of(words) if 0 < len(words) <= _LONGEST else None
        if scope is not None and scope not in found:
            start = sentence.start() + sentence[0].index(words)
            found[scope] = Fact(printed=words, value=scope, span=Span(start, start + len(words)))
    return next(iter(found.values())) if len(found) == 1 else None


def _scope_of(sentence: str) -> Scope | None:
    """Of which scope a sentence tells; None if of none, or of both."""
    sentence = _TITLE.sub("", sentence)
    if not _ON_THE_REPORT.search(sentence):
        return None
    is_own = _OWN.search(sentence) is not None
    leaves_out = _LEAVES_OUT.search(sentence)
    # What is left out is named like what is taken in.
    rest = sentence if leaves_out is None else sentence[: leaves_out.start()] + sentence[leaves_out.end() :]
    if _TAKES_IN.search(rest) is None:
        return "own" if is_own or leaves_out is not None else None
    return None if is_own or leaves_out is not None else "whole"
