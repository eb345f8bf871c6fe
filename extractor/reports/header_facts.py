"""Header facts: what a report says about itself in its title, preamble, contact and signature."""

from __future__ import annotations

import re
from datetime import date

from extractor.documents.document import Document, Span
from extractor.reports.names import FOOT, SUFFIX, Words, read_name
from extractor.reports.scope import read_scope
from extractor.result.header import Fact, Header
from extractor.text.folding import fold_figure
from extractor.text.numerals import value_of

_HAN = r"[\u4e00-\u9fff()（）·、]"
_DATE = r"20\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?"
_REPORT = r"(?:政府信息公开|政务公开)(?:工作)?"

_PREAMBLE = re.compile(
    rf"(?:公布|发布|公开|编制|向社会公布)(?P<organ>{_HAN}{{2,40}}?)[ ]*(?P<year>20\d\d)[ ]*年度?{_REPORT}"
)
_SIGNATURE = re.compile(rf"^[ \t]*(?P<organ>{_HAN}{{2,30}}{SUFFIX})[ \t]*$", re.M)
_PERIOD = re.compile(
    rf"(?P<start>{_DATE})[ ]*(?:起|开始)?[，,]?[ ]*(?:至|到|—|-|~)"
    r"[ ]*(?P<end>(?:20\d\d ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日|20\d\d[./-]\d{1,2}[./-]\d{1,2})"
)
_PUBLISHED = re.compile(
    rf"(?:发布|公开|发文|成文|生成|印发|公布|信息来源)(?:时间|日期)[ ]*[:：]?[ \t]*(?P<date>{_DATE})"
)
_LAST_DATE = re.compile(rf"^[ \t]*(?P<date>{_DATE})[ \t]*$", re.M)
_HAN_DATE = re.compile(
    r"^[ \t\u3000]*(?P<date>(?P<year>二[〇○零][〇○零一二三四五六七八九]{2})年"
    r"(?P<month>元|十?[一二三四五六七八九]|十)月"
    r"(?P<day>[一二三四五六七八九十]{1,3})日)[ \t\u3000]*$",
    re.M,
)
_ADDRESS = re.compile(r"地[ ]*址[ ]*[:：][ \t]*(?P<address>[^;；,，。()（）\n\t|]{4,60})")
_POSTCODE = re.compile(r"邮(?:政)?[ ]*编(?:码)?[ ]*[:：]?[ \t]*(?P<postcode>\d{6})(?!\d)")
_TELEPHONE = re.compile(
    r"电[ ]*话[ ]*[:：]?[ \t]*(?P<telephone>[(（]?\d{3,4}[)）]?[ ]*[-—－]?[ ]*\d{7,8}(?!\d))"
)
# An address is sought from its sign, as every letter of a text could begin one; what stands before that has
# no more than 64 characters (RFC 5321, 4.5.3.1.1).
_DOMAIN = re.compile(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LOCAL_PART = re.compile(r"(?<![\w.+-])[_.+-]*(?P<local>[A-Za-z0-9][\w.+-]{0,63})\Z", re.ASCII)
_LOOK_BACK = 65
_SITE = re.compile(r"(?P<site>(?:https?://|www\.)[A-Za-z0-9][A-Za-z0-9./_%?=&:~#-]*)")
_DIGITS = re.compile(r"\d+")
# What stands above the tables of a report: a heading, a title of whatever wording, what the report is.
_OVERVIEW = re.compile(r"^[ \t]*一[ ]*[、.．,，][ ]*总体情况", re.M)
_SECTION = re.compile(r"^[ \t]*[二三四五六七八九][ ]*[、.．]", re.M)
_TITLE_LINE = re.compile(rf"^.{{0,40}}20\d\d[ ]*年度?.{{0,40}}{_REPORT}年?度?报?告?.{{0,20}}$", re.M)
_ABOUT_ITSELF = re.compile(r"^[ \t]*本(?:年度)?报告(?:由|根据|按照|依据|包括|主要|中|所)", re.M)
# Of the words above a report's first heading none is farther from the next than this, in characters.
_FARTHEST = 500


def read_facts(document: Document) -> Header:
    """Find the header facts of a report; a fact that the page doesn't state is None."""
    text = document.text
    foot = max(0, len(text) - FOOT)
    period = _PERIOD.search(text)
    begun = None
    if period is not None:
        start = period.start("start")
        begun = Words(text[start : start + 4], Span(start, start + 4))
    organ, year = read_name(text, begun)
    end_year = period["start"][:4] if period is not None else ""
    return Header(
        organ=_named(text, organ),
        year=_named(text, year),
        period_start=_date(period, "start", ""),
        period_end=_date(period, "end", end_year),
        publication_date=_date(_PUBLISHED.search(text) or _last(_LAST_DATE, text, foot), "date", "")
        or _date_in_words(_last(_HAN_DATE, text, foot)),
        address=_fact(_ADDRESS.search(text), "address"),
        postcode=_fact(_POSTCODE.search(text), "postcode"),
        telephone=_fact(_TELEPHONE.search(text), "telephone"),
        email=_email(text),
        site=_fact(_SITE.search(text), "site"),
        scope=read_scope(text),
    )


def find_beginning(text: str, start: int, end: int) -> int | None:
    """The offset at which the words of a report begin that stand above its tables, between those of two.

    They are its title, words on itself and the heading of its overview. What stands above them, or with
    only tables below, isn't known to be of it.

    Args:
        text: the document's text.
        start: the offset at which the table above ends.
        end: the offset at which the table below begins.

    Returns:
        None if there is neither a title nor that heading.
    """
    heading = _OVERVIEW.search(text, start, end)
    titles = [
        match.start() for match in _TITLE_LINE.finditer(text, start, heading.start() if heading else end)
    ]
    if titles:
        first = titles[-1]
    elif heading is not None:
        first = heading.start()
    else:
        return None
    # What belongs to a section is of the report above.
    start = max((match.end() for match in _SECTION.finditer(text, start, first)), default=start)
    signs = (_PREAMBLE, _PERIOD, _ABOUT_ITSELF)
    words = {
        text.rfind("\n", start, m.start()) + 1 for sign in signs for m in sign.finditer(text, start, first)
    }
    for offset in sorted((offset for offset in {*titles, *words} if offset >= start), reverse=True):
        if first - offset > _FARTHEST:
            break
        first = min(first, offset)
    # An organ alone on the line above a title is of the title.
    above = max(text.rfind("\n", start, max(first - 1, start)) + 1, start)
    organ = _SIGNATURE.match(text, above, first) if first in titles else None
    return organ.start() if organ is not None else first


def begins_again(text: str, start: int, end: int) -> bool:
    """Whether the overview of a report begins before the tables of a text, and another one between them.

    Args:
        text: the document's text.
        start: the offset at which the first table begins.
        end: the offset at which the last one ends.
    """
    between = _OVERVIEW.search(text, start, end)
    return between is not None and _OVERVIEW.search(text, 0, start) is not None


def _last(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    return max(pattern.finditer(text, start), key=lambda match: match.start(), default=None)


def _named(text: str, words: Words | None) -> Fact | None:
    """The fact that some words state, which may be broken over lines."""
    if words is None:
        return None
    return Fact(printed=text[slice(*words.span)], value=fold_figure(words.value), span=words.span)


def _fact(match: re.Match[str] | None, group: str) -> Fact | None:
    if match is None:
        return None
    printed = match[group].rstrip()
    start = match.start(group)
    return Fact(printed=printed, value=fold_figure(printed), span=Span(start, start + len(printed)))


def _email(text: str) -> Fact | None:
    """The first e-mail address."""
    for domain in _DOMAIN.finditer(text):
        at = domain.start()
        before = max(0, at - _LOOK_BACK)
        local = _LOCAL_PART.search(text[before:at])
        if local is not None:
            start = before + local.start("local")
            printed = text[start : domain.end()]
            return Fact(printed=printed, value=fold_figure(printed), span=Span(start, domain.end()))
    return None


def _date_in_words(match: re.Match[str] | None) -> Fact | None:
    """A date in Chinese numerals (二〇二六年一月二十日)."""
    fact = _fact(match, "date")
    if match is None or fact is None:
        return None
    year = value_of(re.sub("[○零]", "〇", match["year"]))
    month = value_of(match["month"].replace("元", "一"))
    try:
        value = date(int(year or 0), int(month or 0), int(value_of(match["day"]) or 0)).isoformat()
    except ValueError:
        value = None
    return fact.model_copy(update={"value": value})


def _date(match: re.Match[str] | None, group: str, year: str) -> Fact | None:
    """A date; ``year`` is put in front if it prints none."""
    fact = _fact(match, group)
    if fact is None:
        return None
    numbers = [int(number) for number in _DIGITS.findall(fact.printed)]
    if len(numbers) == 2 and year:
        numbers = [int(year), *numbers]
    try:
        value = date(*numbers).isoformat()
    except (ValueError, TypeError):
        value = None
    return fact.model_copy(update={"value": value})
