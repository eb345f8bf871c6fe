"""What a report says about itself: the period that it covers, its title, its dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from extractor.documents.document import Span
from extractor.narrative.checks.document import contact
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told, date_of
from extractor.reports.organs import is_another
from extractor.result.header import Fact
from extractor.text.folding import fold_label, label_key
from extractor.verify.words import in_both
from rules.document import HeaderRule, LateRule

# What announces the period of the whole report, a few words before it.
_COVERS = re.compile(r"统计|期限|时限|数据|起止|所列|涵盖|期间|时段")
_BEFORE = 40
# A title, or words that announce the report by it, above its first section.
_TITLE = re.compile(r"(?:信息|政务)公开[^。,;:《》]{0,14}?(?:报告|年报|总结)")
# A page on which fewer sections were found may be a piece of a report.
_ENOUGH_SECTIONS = 3
# A line with more characters is no title.
_LONGEST_TITLE = 60
# A report that is dated in the last days of its year may be on all of it.
_LAST_DAYS = (12, 31)
# A signature stands among so many last characters.
_FOOT = 200
# A signature with its date, on one line or two.
_SIGNED = re.compile(
    r"^[ \t\u3000]*(?P<organ>[\u4e00-\u9fff]{2,30}?(?:政府|[局厅委]|委员会|办公[室厅]|办事处|中心))"
    r"[ \t\u3000]*\n?"
    r"[ \t\u3000]*(?=20\d\d[ ]*[年.\-/]|二[〇○零])",
    re.M,
)
# The year that a report says it is on, in place of a period.
_WHOLE_YEAR = re.compile(
    r"(?:统计|数据)[^。\n]{0,14}?(?:期限|时限|时间|范围)[^。\n\d]{0,6}"
    r"(?P<year>20\d\d)[ ]*年度?"
    # 从2025年1月起到2025年12月止
    r"(?:(?![ ]*\d|以来)|(?=[ ]*1[ ]*月份?(?:起|开始)?[ ]*[至到—~-]"
    r"[ ]*(?:(?P=year)[ ]*年)?[ ]*12[ ]*月(?!份?[ ]*\d)))"
)
_YEAR = re.compile(r"20\d\d|二[〇○零]")
# A year that a sentence of the overview begins with: what follows happened then.
_YEAR_FIRST = re.compile(
    r"(?:^|[。;\n)\]])[ \t\u3000]*(?P<year>20\d\d)[ ]*年(?:度)?"
    r"(?=[ ]*(?:[,]|全年|我|本|通过|共|主动|政府|新收|收到|受理|公开|发布|度|[省市县区镇乡局委厅]))"
    r"(?!以来|起|至|前|底)"
)


# What such a sentence counts, and what holds the two years against each other.
_COUNTED = re.compile(r"(?:新收|收到|受理|办结|答复|公开|发布|制发)[^,。;\n]{0,16}?\d")
_COMPARED = re.compile(r"比|较(?![好为])|同期|增|减|升|降|结转|持平|分别|累计")
# What an overview says of its whole year, counting nothing.
_OF_WHOLE_YEAR = re.compile(
    r"高度重视|认真(?:贯彻|落实|执行|学习)|全年(?:工作|各项|目标)?任务|(?:扎实|深入|稳步|持续|有序|积极|全面)推进"
    r"|严格(?:按照|落实|执行|遵守)|紧紧?围绕|以习近平"
)
_SENTENCE_END = re.compile(r"[。;\n]")
_PLANNED = (
    r"{year}[ ]*年度?,?[^,。;\n\d]{{0,8}}?"
    r"(?:将(?:进一步|继续|着力|持续|重点|不断|认真|切实|从|围绕|加大|加强|深入)|计划|拟|打算)"
    r"|下一步[^。;\n\d]{{0,10}}{year}[ ]*年"
)


def _period_order(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    start, end = report.extraction.header.period_start, report.extraction.header.period_end
    first, last = date_of(start), date_of(end)
    if start is not None and end is not None and first is not None and last is not None and last < first:
        yield Told(end.span, in_both(text=_period_text(report, start, end)))


def _period_year(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    start, end = report.extraction.header.period_start, report.extraction.header.period_end
    first, last = date_of(start), date_of(end)
    if start is None and end is None:
        yield from _whole_year(report)
    if start is None or end is None or first is None or last is None or last < first:
        return
    wrong = [day for day in (first, last) if report.year is not None and day.year != report.year]
    if wrong and _is_of_report(report, start):
        words = in_both(text=_period_text(report, start, end), year=str(report.year))
        yield Told(start.span if wrong[0] == first else end.span, words)


def _whole_year(report: CheckedReport) -> Iterator[Told]:
    """That a report which states a year in place of a period states another than its own."""
    first = min((section.span.start for section in report.sections), default=len(report.text))
    match = _WHOLE_YEAR.search(report.text, 0, first)
    if match is not None and report.year is not None and int(match["year"]) != report.year:
        yield Told(Span(*match.span()), in_both(text=match["year"], year=str(report.year)))


def _is_of_report(report: CheckedReport, start: Fact) -> bool:
    """Whether a period is the one that the report covers, not one that its text tells of."""
    before = report.text[max(0, start.span.start - _BEFORE) : start.span.start]
    first = min((section.span.start for section in report.sections), default=len(report.text))
    return start.span.start < first and _COVERS.search(before) is not None


def _period_text(report: CheckedReport, start: Fact, end: Fact) -> str:
    return " ".join(report.document.text[start.span.start : end.span.end].split())


def _title_missing(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    if len(report.sections) < _ENOUGH_SECTIONS:
        return
    first = min(section.span.start for section in report.sections)
    above = fold_label(report.document.text[:first])
    if _TITLE.search(above) is None or _lacks_year(report.text[:first]):
        yield Told(None, in_both())


def _lacks_year(above: str) -> bool:
    """Whether no title names a year, nor a line next to one."""
    lines = [line for line in map(fold_label, above.splitlines()) if line]
    titles = [
        index for index, line in enumerate(lines) if len(line) <= _LONGEST_TITLE and _TITLE.search(line)
    ]
    around = [
        line
        for index in titles
        for line in lines[max(0, index - 1) : index + 2]
        if len(line) <= _LONGEST_TITLE
    ]
    return bool(titles) and not any(map(_YEAR.search, around))


def _date_missing(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    """A page without a signature has its date elsewhere; what is signed is dated."""
    if report.extraction.header.publication_date is not None or not report.sections:
        return
    end = max(section.span.end for section in report.sections)
    start = max(section.span.start for section in report.sections)
    foot = Span(max(start, end - _FOOT), end)
    lines = report.document.text[foot.start : foot.end].splitlines()
    organ = label_key(fold_label(report.organ))
    if organ and any(label_key(fold_label(line)) == organ for line in lines):
        yield Told(None, in_both())


def _signature_organ(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    if not report.organ or not report.sections:
        return
    end = max(section.span.end for section in report.sections)
    start = max(section.span.start for section in report.sections)
    for signed in list(_SIGNED.finditer(report.text, max(start, end - _FOOT), end))[-1:]:
        if is_another(signed["organ"], report.organ):
            yield Told(Span(*signed.span("organ")), in_both(text=signed["organ"], organ=report.organ))


def _date_early(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    dated = report.extraction.header.publication_date
    day, year = date_of(dated), _dated_year(report)
    if dated is not None and day is not None and year is not None and day < date(year, *_LAST_DAYS):
        yield Told(dated.span, in_both(date=dated.printed, year=str(year)))


def _late(report: CheckedReport, rule: LateRule) -> Iterator[Told]:
    dated = report.extraction.header.publication_date
    day, year = date_of(dated), _dated_year(report)
    level = report.level
    if dated is None or day is None or year is None or level is None or level not in rule.limits:
        return
    limit = _day(year + 1, rule.limits[level])
    until = _day(year + 1, rule.until[level]) if level in rule.until else day
    if limit < day <= until:
        words = in_both(date=dated.printed, limit=limit.isoformat(), organ=report.organ)
        yield Told(dated.span, words)


def _dated_year(report: CheckedReport) -> int | None:
    """The year that a date is held against; None if the period of the report is in another."""
    start = date_of(report.extraction.header.period_start)
    return report.year if start is None or start.year == report.year else None


def _day(year: int, month_and_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def _other_year(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    section = report.section("1")
    if section is None or report.year is None:
        return
    span = report.below_title(section)
    text = report.text[span.start : span.end]
    is_named = str(report.year) in text
    for match in _YEAR_FIRST.finditer(text):
        is_opening = not text[: match.start("year")].strip()
        is_beside = is_named and _is_beside(text, match, report.year, is_opening=is_opening)
        if int(match["year"]) == report.year - 1 and not is_beside:
            found = Span(span.start + match.start("year"), span.start + match.end("year"))
            yield Told(found, in_both(text=match["year"], year=str(report.year)))
            return


def _is_beside(text: str, match: re.Match[str], year: int, *, is_opening: bool) -> bool:
    """Whether a sentence on another year tells nothing of the report's, or holds that year against it.

    What counts something, or opens the overview with the work of a whole year, is meant to be on the
    report's.
    """
    end = _SENTENCE_END.search(text, match.end())
    sentence = text[match.start() : end.start() if end is not None else len(text)]
    behind = _SENTENCE_END.split(text[match.start() + len(sentence) + 1 :], 1)[0]
    is_held_against = str(year) in sentence + behind or _COMPARED.search(sentence) is not None
    is_of_report = _COUNTED.search(sentence) is not None or (
        is_opening and _OF_WHOLE_YEAR.search(sentence) is not None
    )
    return is_held_against or not is_of_report


def _plan_year(report: CheckedReport, _rule: HeaderRule) -> Iterator[Told]:
    section = report.section("5")
    if section is None or report.year is None:
        return
    match = re.compile(_PLANNED.format(year=report.year)).search(report.text, *report.below_title(section))
    if match is not None:
        yield Told(Span(*match.span()), in_both(text=match[0], year=str(report.year)))


_JUDGES: dict[str, Callable[[CheckedReport, HeaderRule], Iterator[Told]]] = {
    "period-order": _period_order,
    "period-year": _period_year,
    "title-missing": _title_missing,
    "contact-missing": contact.missing,
    "contact-organ": contact.of_another_organ,
    "signature-organ": _signature_organ,
    "date-missing": _date_missing,
    "date-early": _date_early,
    "other-year": _other_year,
    "plan-year": _plan_year,
}


def _judge(report: CheckedReport, rule: HeaderRule) -> Iterator[Told]:
    return _JUDGES[rule.check](report, rule)


CHECKS = (
    Check(HeaderRule, tuple(_JUDGES), _judge),
    Check(LateRule, ("date-late",), _late),
)
