"""The sections that the form prescribes: each there, once, in order, numbered and titled so, not empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extractor.documents.document import Span
from extractor.narrative.checks.document.contract import Check, CheckedReport, Told
from extractor.result.narrative import Section
from extractor.text.folding import fold_label, label_key
from extractor.verify.words import in_both
from rules.document import FormSection, NothingSaidRule, SectionsRule

_HAN = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?:第)?(?P<number>[{_HAN}]{{1,3}})(?:部分|章|[、.,:])")
# A line or a cell that may be the title of a section.
_TITLE_LINE = re.compile(
    rf"(?:^|[\n|\t])[ \t#*]*(?P<title>[{_HAN}]{{1,2}}[ ]*[、.,][ ]*[^\n|\t、,。:]{{2,15}}、?"
    r"[^\n|\t,。:]{0,25})"
    r"(?=[ ]*(?:[\n\r|\t]|$))"
)
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
# A report of which fewer sections were found may have been read wrong.
_ENOUGH = 3
# Where more sections than this stand twice, the report does, or a list of its contents.
_MOST_TWICE = 2


def _missing(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    known = {section.number for section in report.sections}
    missing = [section for section in _asked(report, rule) if section.number not in known]
    if len(known) < _ENOUGH or not missing:
        return
    key = report.key(Span(0, len(report.document.text)))
    for section in missing:
        if label_key(section.title) not in key and _numbered_alike(report, section) is None:
            yield Told(None, in_both(expected=_printed(section)))


def _twice(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    # Of the first title the end of the line above it is looked at, too.
    start = max(0, min((section.span.start for section in report.sections), default=0) - 1)
    titles: dict[str, list[Span]] = {}
    for match in _TITLE_LINE.finditer(report.text, start):
        span = Span(match.start("title"), match.start("title") + len(match["title"].rstrip()))
        key = _key(report, span)
        for form in _asked(report, rule):
            if form.titles.fullmatch(key):
                titles.setdefault(form.number, []).append(span)
    twice = [spans for spans in titles.values() if len(spans) > 1]
    if len(twice) <= _MOST_TWICE:
        for _, *again in twice:
            for span in again:
                yield Told(span, in_both(text=_shown(report, span)))


def _order(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    asked = {section.number for section in _asked(report, rule)}
    greatest = ""
    for section in report.sections:
        if section.number in asked and section.number < greatest:
            before = next(one for one in report.rules.sections if one.number == greatest)
            yield Told(_title(report, section), in_both(text=section.title, expected=_printed(before)))
            return
        greatest = max(greatest, section.number)


def _number(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    numbers = [section.number for section in report.sections]
    if numbers != sorted(numbers):
        # What stands in another order is numbered by that.
        return
    asked = {section.number for section in _asked(report, rule)}
    ordinals = [_ordinal(section.title) for section in report.sections]
    are_numbered = len(ordinals) > _ENOUGH and ordinals.count("") == 1
    for section in report.sections:
        ordinal = _ordinal(section.title)
        is_wrong = ordinal != _HAN[int(section.number) - 1] if ordinal else are_numbered
        if is_wrong and section.number in asked and section.title:
            form = next(one for one in report.rules.sections if one.number == section.number)
            yield Told(_title(report, section), in_both(text=section.title, expected=_printed(form)))
            # What follows a wrong number is counted on from it.
            return


def _titled(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    known = {section.number: section for section in report.sections}
    if len(known) < _ENOUGH:
        return
    for form in _asked(report, rule):
        section = known.get(form.number) or _numbered_alike(report, form)
        if section is None:
            continue
        title = _title(report, section)
        if not form.titles.fullmatch(_key(report, title)):
            yield Told(title, in_both(text=_shown(report, title), expected=_printed(form)))


def _empty(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    asked = {section.number for section in _asked(report, rule)}
    for section in report.sections:
        if section.title and section.number in asked and _is_empty(report, report.below_title(section)):
            yield Told(_title(report, section), in_both(text=section.title))


def _is_empty(report: CheckedReport, span: Span) -> bool:
    """Whether there is nothing but a signature and a date."""
    organ = label_key(fold_label(report.organ))
    keys = [label_key(fold_label(line)) for line in report.text[span.start : span.end].splitlines()]
    return all(
        not key or key.removeprefix(organ) == "" or _DATE.fullmatch(key.removeprefix(organ)) for key in keys
    )


def _nothing_said(report: CheckedReport, rule: NothingSaidRule) -> Iterator[Told]:
    for section in report.sections:
        if section.title and section.number in rule.sections:
            span = report.below_title(section)
            if re.fullmatch(rule.words, report.key(span)):
                said = _shown(report, span)
                yield Told(_title(report, section), in_both(text=section.title, names=said))


def _asked(report: CheckedReport, rule: SectionsRule) -> list[FormSection]:
    sections = report.rules.sections
    return [one for one in sections if not rule.sections or one.number in rule.sections]


def _numbered_alike(report: CheckedReport, form: FormSection) -> Section | None:
    """A section of another title that has the number of a section of the form."""
    wanted = _HAN[int(form.number) - 1]
    others = [one for one in report.extraction.narrative.sections if one.number == "other"]
    return next((one for one in others if _ordinal(one.title) == wanted), None)


def _ordinal(title: str) -> str:
    """The Chinese number that a title begins with; empty if it begins with none."""
    match = _ORDINAL.match(fold_label(title))
    return match["number"] if match is not None else ""


def _key(report: CheckedReport, title: Span) -> str:
    """The words of a title without its number, as labels are compared."""
    folded = fold_label(report.document.text[title.start : title.end])
    match = _ORDINAL.match(folded)
    return label_key(re.sub(r"\([^()]*\)$", "", folded[match.end() if match is not None else 0 :]))


def _title(report: CheckedReport, section: Section) -> Span:
    start = report.document.text.find(section.title, section.span.start)
    return Span(start, start + len(section.title))


def _shown(report: CheckedReport, span: Span) -> str:
    return " ".join(report.document.text[span.start : span.end].split())


def _printed(section: FormSection) -> str:
    return f"{_HAN[int(section.number) - 1]}、{section.title}"


_JUDGES: dict[str, Callable[[CheckedReport, SectionsRule], Iterator[Told]]] = {
    "section-missing": _missing,
    "section-twice": _twice,
    "section-order": _order,
    "section-number": _number,
    "section-title": _titled,
    "section-empty": _empty,
}


def _judge(report: CheckedReport, rule: SectionsRule) -> Iterator[Told]:
    return _JUDGES[rule.check](report, rule)


CHECKS = (
    Check(SectionsRule, tuple(_JUDGES), _judge),
    Check(NothingSaidRule, ("nothing-said",), _nothing_said),
)
