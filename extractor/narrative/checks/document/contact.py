"""Whom to ask about a report: that it says so, that it is its own organ, that numbers are well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.documents.document import Span
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told
from extractor.reports.organs import is_elsewhere, is_other_department
from extractor.verify.words import in_both
from rules.document import HeaderRule, IllFormedRule

# A telephone that a text only tells of (监督举报电话长期公布) says whom to ask as little as none.
_CONTACT = re.compile(
    r"联系方式|(?:联系人|电话|热线|传真|邮箱|邮编|邮政编码|地址)(?:号码)?[ ]?(?:为|是|见|[:(\d])"
    r"|\d{5}[^,。;\n\d]{0,8}热线"
)
_ORGAN = re.compile(
    r"(?:请|欢迎|可以?)(?:直接|及时)?(?:与|同|和|向|致电|联系|咨询)(?P<organ>[\u4e00-\u9fff]{4,30}?)"
    r"(?:进行|直接)?(?:联系|咨询|反映|提出|[(,。:])"
    r"|(?:联系单位|咨询单位|联系部门|受理单位)[ ]?[:][ ]*(?P<unit>[\u4e00-\u9fff]{4,30})"
)
# What a report says about itself before its first section; whom to ask stands there, too.
_ON_ITSELF = re.compile(r"统计期限|(?:期限|数据)[^。]{0,12}20\d\d年|编制")
_ITSELF = re.compile(r"^[本我该]")


def missing(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    """That nothing in a report says whom to ask, though it begins with words on itself.

    Args:
        report: to judge.
        _rule: that it is put to.
    """
    header = report.extraction.header
    facts = (header.address, header.postcode, header.telephone, header.email)
    preamble = report.section("preamble")
    if preamble is None or _ON_ITSELF.search(report.text, *preamble.span) is None:
        return
    if all(fact is None for fact in facts) and _CONTACT.search(report.text) is None:
        yield Told(None, in_both())


def of_another_organ(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    """That the organ to ask lies in another area than the one whose report it is, or is another department.

    Args:
        report: to judge.
        _rule: that it is put to.
    """
    for match in _ORGAN.finditer(report.text):
        group = "organ" if match["organ"] else "unit"
        organ = match[group]
        is_another = is_elsewhere(organ, report.organ) or is_other_department(organ, report.organ)
        if report.organ and not _ITSELF.match(organ) and is_another:
            words = in_both(text=organ, organ=report.organ)
            yield Told(Span(*match.span(group)), words)
            return


def _ill_formed(report: CheckedReport, rule: IllFormedRule) -> Iterator[Told]:
    formed = re.compile(rule.formed)
    for match in re.finditer(rule.read, report.text):
        value = match["value"].strip()
        if value and not formed.fullmatch("".join(value.split())):
            start = match.start("value")
            yield Told(Span(start, start + len(match["value"].rstrip())), in_both(text=value))
            return


CHECKS = (Check(IllFormedRule, ("ill-formed",), _ill_formed),)
