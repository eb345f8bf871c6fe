"""Whose report it is and which year it is on: its titles, how it announces itself, signatures, mentions.

What stands nearer to the report's own voice counts before the rest: a title above its sections, then words
that announce it, its signature and who is said to have written or published it, a mention in its overview,
last a title elsewhere, which may be a link to another report. Two that have an equal right and differ leave
the fact open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

from extractor.documents.document import Span
from extractor.text.folding import BLANK, INVISIBLE, fold_in_place, fold_script

_HAN = r"[\u4e00-\u9fff()·、]"
_REPORT = r"(?:政府信息公开|政务信息公开|政务公开|信息公开)(?:与政务公开)?(?:工作)?"
_KIND = r"[^,。;:\d《》]{0,8}?(?:报告|年报|总结)"
_YEAR = r"(?P<year>20\d\d)年?度?"
_ORGAN = rf"(?P<organ>{_HAN}{{2,40}}?)"
_LABEL = r"(?:(?:信息|文件)?(?:标题|名称|题名):)?[《<“\"]*"
SUFFIX = r"(?:人民政府(?:办公室|办公厅)?|委员会|管委会|办事处|办公室|办公厅|[局厅部署院])"
# As titles are printed, without blanks: the year of what calls itself 我局, the year alone, first or last;
# before an organ, behind it, at the end.
_TITLES = tuple(
    re.compile(_LABEL + words)
    for words in (
        rf"(?:关于|现将|现?公布|现?发布|现公开)*(?:我|本(?!溪))[\u4e00-\u9fff]{{1,6}}{_YEAR}{_REPORT}{_KIND}",
        rf"(?:关于)?{_YEAR}{_REPORT}{_KIND}",
        rf"{_REPORT}{_KIND}[(]?(?P<year>20\d\d)(?:年(?!\d{{1,2}}月)|[)])",
        rf"(?P<year>20\d\d)年度?{_ORGAN}(?:关于)?{_REPORT}{_KIND}",
        rf"(?:关于)?{_ORGAN}(?:关于)?[(]?{_YEAR}[)]?{_REPORT}{_KIND}",
        rf"(?:关于)?{_ORGAN}(?:关于)?{_REPORT}{_KIND}[(]?(?P<year>20\d\d)(?:年(?!\d{{1,2}}月)|[)])",
    )
)
_WITHOUT_YEAR = re.compile(
    rf"^[ \t#*|]*(?P<organ>[\u4e00-\u9fff]{{3,40}}?)[ ]*{_REPORT}(?:年度)?(?:报告|年报)[ \t*|]*$", re.M
)
_IN_BRACKETS = re.compile(r"《(?P<title>[^《》]{8,80})》")
# A title in brackets behind these words is another's.
_OF_OTHERS = re.compile(
    r"(?:根据|按照?|依照|依据|参照|转发|印发|学习|对照|贯彻|落实|[参详]?见|查看|下载)[^,。;\n]{0,8}$"
)
_YEAR_OF_REPORT = re.compile(rf"(?P<year>20\d\d)[ ]*年度?[ ]*{_REPORT}")
# In front of that.
_ANNOUNCED = re.compile(rf"(?:公布|发布|公开|编制)(?P<organ>{_HAN}{{0,40}})[ ]*$")
_FURTHEST = 50
_MENTION = re.compile(
    rf"(?P<year>20\d\d)[ ]*年(?:度|以来)?,[ ]*(?P<organ>[\u4e00-\u9fff]{{2,20}}?{SUFFIX})"
    r"(?![的等和及与]|指导|要求|部署|统一|印发|转发|领导)"
)
_YEAR_OF_SENTENCE = re.compile(r"(?P<year>20\d\d)[ ]*年(?:度|以来)?,")
# What such a sentence stands behind; the beginning of the text is nothing.
_BEFORE_SENTENCES = frozenset(["", *"。; \t\n"])
_DATE_LINE = r"20\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?"
_SIGNATURE = re.compile(rf"^[ \t]*(?P<organ>{_HAN}{{2,30}}{SUFFIX})[ \t]*$", re.M)
# An organ on a line of its own right below a title that names none, or below the year there.
_BELOW_TITLE = re.compile(
    rf"^[ \t#*]*(?:20\d\d年?度?)?{_REPORT}{_KIND}[ \t]*\n(?:[ \t]*[(（]?20\d\d年?度?[)）]?[ \t]*\n)?"
    # A list of links has more of them.
    rf"[ \t]*(?P<organ>{_HAN}{{2,30}}{SUFFIX})[ \t]*$(?!\n[ \t]*{_HAN}{{2,30}}{SUFFIX}[ \t]*$)",
    re.M,
)
# What a page states of itself beside its title, and the sentence that says who wrote it.
_PUBLISHED = re.compile(
    r"(?:^|[\t|])[ \t]*(?:发布机构|发布单位|公开主体|编制单位|编制机构)[ \t:|\n]*"
    rf"(?P<organ>{_HAN}{{3,40}}?) *(?:[\t|]|$)",
    re.M,
)
_WRITTEN = re.compile(
    rf"(?:[,。 \t]|^|本(?:年度)?报告)由(?P<organ>{_HAN}{{3,30}}?{SUFFIX})(?:负责)?(?:按照|依据|根据|编制)",
    re.M,
)
# Right above the date more is an organ than elsewhere.
_SIGNED = re.compile(
    rf"^[ \t]*(?P<organ>[\u4e00-\u9fff]{{2,30}}"
    rf"(?:{SUFFIX}|中心|街道|大学|学校|公司|[镇乡市县区处所队会馆台站委办]))[ \t]*$"
    rf"\s*^[ \t]*{_DATE_LINE}[ \t]*$",
    re.M,
)
_LAST_DATE = re.compile(rf"^[ \t]*{_DATE_LINE}[ \t]*$", re.M)
# Between the parts of a page's name, or of the way to it.
_TRAIL = re.compile(r"(?<=[^\d\W])(?:[-_>»]+|—{1,2})(?=[^\W_])")
_SECTION = re.compile(r"^[ \t#*|]*[一二三四五六][ ]*[、.]", re.M)
_NEXT_SECTION = re.compile(r"^[ \t#*|]*[二三四五六][ ]*[、.]", re.M)
# What leads up to an organ, in words that announce a report or head it.
_LEADS_UP = re.compile(r".*(?:现将|现?公布|现?发布|现公开|编制|形成)|关于")
# Names of counties and cities (as in the table of divisions) and of offices that begin with such a word.
_BEGINS_SO = "和(?:平|政|田|静|硕|顺|龙|县|安|康|林格尔|布克赛尔)|从[化江]|将乐|向阳|对外"
_NO_ORGAN = re.compile(
    r"根据|按照|依照|依据|关于|公布|我[们局委办市县区镇乡厅院校单机街省]|本[机单部局委办年报级院校街厅]|转发|印发|通知|要求|规定|精神"
    r"|上一|下一|相关|首页|附件|链接|年度|报告|年报|全文|点击|索引|全部|内部|各部|布局|格局|全局|部门"
    r"|认真|做好|积极|推进|开展|坚持|重视|围绕|严格|落实|加强|全面|持续|深入|不断|现将|该局|其中"
    rf"|^政[府务]$|^(?!{_BEGINS_SO})[各在由经对向为以将从据按和及与]|[的在对将向年月日了和及与为]$"
)
_AREA = re.compile(r"[省市县区旗州盟乡镇]|街道")
# A line above a title that isn't the beginning of the title's organ.
_FURNITURE = re.compile(
    r"发布机构|发布单位|公开主体|网|平台|专栏|公开|信息|目录|导航|搜索|字体|来源|打印|分享"
)
_COMPLETE = re.compile(rf"{SUFFIX}$|(?:[省市县区旗州盟乡镇会处所队委办]|中心|街道)(?:关于)?$|关于$")
_ENDS_ORGAN = re.compile(rf"{SUFFIX}$")
_OF_A_GOVERNMENT = re.compile(r"办公[室厅]|办事处|管委会|管理委员会")
_BLANKS = frozenset(BLANK + INVISIBLE + "\t\r\n|#*")
_BLANK = re.compile(f"[{re.escape(''.join(_BLANKS))}]+")
# Every title holds this.
_NAMES_A_REPORT = re.compile(_REPORT + _KIND)
# 二〇二三年, character for character.
_YEAR_IN_NUMERALS = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
#: The digits that a year is written in, one character each.
YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_A_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LINE = re.compile(r"[^\s][^\n]*")
# A title has so many lines, and no longer ones, in characters.
_MOST_LINES, _LONGEST_LINE = 3, 60
# A signature and its date stand among the last words: so many characters.
FOOT = 300
# Without headings the beginning of a report is so long.
_BEGINNING = 5000


class Words(NamedTuple):
    """Words of a text that may be broken over lines.

    Attributes:
        value: the words without blanks, as printed.
        span: from their first character to the last.
    """

    value: str
    span: Span


class Name(NamedTuple):
    """An organ and a year that are named together; None where one isn't."""

    organ: Words | None
    year: Words | None


# What is said of one fact, None where something is silent on it.
_Said: TypeAlias = Sequence[Words | None]


class _Line(NamedTuple):
    """A line without blanks and marks of its layout, and the offset of each character."""

    text: str
    offsets: tuple[int, ...]


def read_name(text: str, period: Words | None) -> Name:
    """Whose report a text is and which year it is on, where it says so without contradiction.

    Args:
        text: of one report.
        period: the year in which the period begins that the report says it covers.
    """
    text = _YEAR_IN_NUMERALS.sub(lambda year: year[0].translate(YEAR_DIGITS), text)
    folded = fold_script(text)
    heading = _SECTION.search(folded)
    head = heading.start() if heading else len(folded)
    following = _NEXT_SECTION.search(folded, heading.end()) if heading else None
    beginning = min(following.start() if following else len(folded), head + _BEGINNING)
    titles = list(_titles(text, folded))
    own = [title for title in titles if _stands_before(title, head)]
    elsewhere = [title for title in titles if not _stands_before(title, head)]
    announced = [*_bracketed(text, folded), *_announcements(text, folded)]
    mentioned: _Said = [
        _words(text, *match.span("year"))
        for match in _YEAR_OF_SENTENCE.finditer(folded, 0, beginning)
        if folded[match.start() - 1 : match.start()] in _BEFORE_SENTENCES
    ]
    begun: _Said = [period]
    year = _agreed(
        [_years(own), _years(announced), begun, mentioned, _years(elsewhere)],
        [_years(announced), begun, mentioned],
    )
    # Who publishes a page need not be who signs the report.
    below = [_organ(text, folded, match) for match in _BELOW_TITLE.finditer(folded, 0, head)]
    in_area = [organ for organ in below if organ is not None and _AREA.search(organ.value)]
    signed: _Said = [*in_area, *_stated(text, folded, beginning), _signature(text, folded)]
    mentions: _Said = list(_mentions(text, folded, beginning, year))
    announcing = _organs(announced, year)
    organ = _agreed(
        [
            _organs(own, year),
            announcing,
            _organs_alone(text, folded, head),
            signed,
            mentions,
            _organs(elsewhere, year),
        ],
        [announcing, signed, mentions],
    )
    return Name(organ, year)


def _stands_before(title: Name, offset: int) -> bool:
    return title.year is not None and title.year.span.start < offset


def _years(names: Sequence[Name]) -> _Said:
    return [name.year for name in names]


def _organs(names: Sequence[Name], year: Words | None) -> _Said:
    """The organs that are named with the year of the report; with any, if that isn't known."""
    return [
        name.organ
        for name in names
        if year is None or (name.year is not None and name.year.value == year.value)
    ]


def _organs_alone(text: str, folded: str, head: int) -> _Said:
    """The organs in titles without a year: a menu has such lines too, so they must name an area."""
    lines = [_organ(text, folded, match) for match in _WITHOUT_YEAR.finditer(folded, 0, head)]
    return [organ for organ in lines if organ is not None and _AREA.search(organ.value)]


def _agreed(ranked: Sequence[_Said], evidence: Sequence[_Said]) -> Words | None:
    """What the first who say anything agree on; where they differ, what others say of it decides.

    Args:
        ranked: what is said, those who count most first.
        evidence: what else is said, in the same order.
    """
    said = next((known for words in ranked if (known := _known(words))), [])
    values = _most_precise({one.value for one in said})
    if len(values) > 1:
        values = _borne_out(values, evidence)
    return next((one for one in said if one.value in values), None)


def _known(words: _Said) -> list[Words]:
    return [one for one in words if one is not None]


def _most_precise(values: Set[str]) -> Set[str]:
    """Of names that all end the longest, 某市某局 and 某局, the longest; all of them, if they don't."""
    longest = max(values, key=len, default="")
    return {longest} if all(longest.endswith(value) for value in values) else values


def _borne_out(values: Set[str], evidence: Sequence[_Said]) -> Set[str]:
    """The value among several that alone is said elsewhere, too; none if there isn't one."""
    for words in evidence:
        common = values & {one.value for one in _known(words)}
        if len(common) == 1:
            return common
    return set()


def _words(text: str, start: int, end: int) -> Words:
    return Words("".join(c for c in text[start:end] if c not in _BLANKS), Span(start, end))


# --- titles ------------------------------------------------------------------------------------------


def _titles(text: str, folded: str) -> Iterator[Name]:
    """The lines that are titles, one or several of them a title, looked for where a year stands."""
    lines = list(_LINE.finditer(folded))
    last = -1
    for number, match in enumerate(lines):
        if number <= last or _A_YEAR.search(match[0], 0, _LONGEST_LINE) is None:
            continue
        found = _title_at(folded, lines, number)
        if found is not None:
            title, last = found
            yield _named(text, *title)


def _title_at(
    folded: str, lines: Sequence[re.Match[str]], number: int
) -> tuple[tuple[re.Match[str], _Line], int] | None:
    """The title around a line that holds a year, and the number of its last line."""
    around: Sequence[re.Match[str]] = [lines[number]]
    if _is_short(lines[number]):
        around = lines[max(0, number - _MOST_LINES) : number + _MOST_LINES]
    words = "".join([line[0][: 3 * _LONGEST_LINE] for line in around])
    if "开" not in words or _NAMES_A_REPORT.search(_BLANK.sub("", words)) is None:
        return None
    for above in range(_MOST_LINES):
        for below in range(_MOST_LINES):
            first, last = number - above, number + below
            if first < 0 or last >= len(lines) or (above and _FURNITURE.search(lines[first][0]) and below):
                continue
            line = _joined(folded, lines[first : last + 1])
            match = _match(line)
            if match is None:
                continue
            return _with_line_above(folded, lines, first, last, (match, line)), last
    return None


def _with_line_above(
    folded: str,
    lines: Sequence[re.Match[str]],
    first: int,
    last: int,
    title: tuple[re.Match[str], _Line],
) -> tuple[re.Match[str], _Line]:
    """A title with the line above it, if the title's organ, or the first part of it, stands there."""
    if not first:
        return title
    above = fold_in_place(lines[first - 1][0]).replace("\0", "").strip("#*|")
    if _FURNITURE.search(above) or _NO_ORGAN.search(above.removesuffix("关于")) or len(above) > _LONGEST_LINE:
        return title
    organ = title[0].groupdict().get("organ")
    if organ is None:
        is_begun = _COMPLETE.search(above) is not None
    elif _ENDS_ORGAN.search(above):
        is_begun = _OF_A_GOVERNMENT.fullmatch(organ) is not None
    else:
        is_begun = _AREA.search(organ) is None and _AREA.search(above) is not None
    line = _joined(folded, lines[first - 1 : last + 1])
    match = _match(line) if is_begun else None
    return title if match is None or "organ" not in match.groupdict() else (match, line)


def _is_short(line: re.Match[str]) -> bool:
    """Whether a line may be one of several that make a title."""
    return len(line[0].rstrip()) <= _LONGEST_LINE


def _joined(folded: str, lines: Sequence[re.Match[str]]) -> _Line:
    """Lines as one, without blanks; a line too long for a title ends it."""
    offsets: list[int] = []
    for line in lines:
        end = min(line.end(), line.start() + 3 * _LONGEST_LINE)
        if len(lines) > 1 and not _is_short(line):
            break
        offsets += [offset for offset in range(line.start(), end) if folded[offset] not in _BLANKS]
    return _Line("".join([folded[offset] for offset in offsets]), tuple(offsets))


def _match(line: _Line) -> re.Match[str] | None:
    """A title with which a line begins, or goes on behind what leads there: 政府信息公开年报-某县2021年…."""
    for start in (0, *(trail.end() for trail in _TRAIL.finditer(line.text))):
        for pattern in _TITLES:
            match = pattern.match(line.text, start)
            if match is not None and _is_title(match):
                return match
    return None


def _is_title(match: re.Match[str]) -> bool:
    organ = match.groupdict().get("organ")
    return organ is None or _NO_ORGAN.search(_LEADS_UP.sub("", organ)) is None


def _named(text: str, match: re.Match[str], line: _Line) -> Name:
    def words(start: int, end: int) -> Words:
        return _words(text, line.offsets[start], line.offsets[end - 1] + 1)

    organ = None
    if "organ" in match.groupdict():
        lead = _LEADS_UP.match(match["organ"])
        start = match.start("organ") + (lead.end() if lead else 0)
        end = match.end("organ")
        if line.text[:end].endswith("人民") and line.text.startswith("政府", end):
            # 某县人民政府信息公开 prints once what is meant twice.
            end += len("政府")
        organ = words(start, end) if end - start > 1 else None
    return Name(organ, words(*match.span("year")))


def _bracketed(text: str, folded: str) -> Iterator[Name]:
    """Titles in brackets by which a sentence announces the report."""
    for brackets in _IN_BRACKETS.finditer(folded):
        start, end = brackets.span("title")
        if _OF_OTHERS.search(folded, max(0, brackets.start() - 16), brackets.start()):
            continue
        offsets = tuple([offset for offset in range(start, end) if folded[offset] not in _BLANKS])
        line = _Line("".join([folded[offset] for offset in offsets]), offsets)
        match = _match(line)
        if match is not None and line.text.endswith(("报告", "年报", ")", "年", "年度")):
            yield _named(text, match, line)


# --- sentences ---------------------------------------------------------------------------------------


def _announcements(text: str, folded: str) -> Iterator[Name]:
    """The sentences that publish the report: 现公布某县人民政府2019年政府信息公开工作年度报告."""
    for year in _YEAR_OF_REPORT.finditer(folded):
        match = _ANNOUNCED.search(folded, max(0, year.start() - _FURTHEST), year.start())
        if match is not None and "关于" not in match["organ"] and "做好" not in match["organ"]:
            yield Name(_organ(text, folded, match), _words(text, *year.span("year")))


def _mentions(text: str, folded: str, end: int, year: Words | None) -> Iterator[Words]:
    """The organs of which sentences tell what they did in the year of the report."""
    for match in _MENTION.finditer(folded, 0, end):
        organ = _organ(text, folded, match)
        if organ is not None and (year is None or year.value == match["year"]):
            yield organ


def _organ(text: str, folded: str, match: re.Match[str]) -> Words | None:
    """The organ of a sentence, without what leads up to it; None if the words are none."""
    start, end = match.span("organ")
    while lead := _LEADS_UP.match(folded, start, end):
        start = lead.end()
    words = folded[start:end].strip()
    return None if len(words) < 2 or _NO_ORGAN.search(words) else _words(text, start, end)


def _stated(text: str, folded: str, end: int) -> Iterator[Words]:
    """The organs that a page says to have published or written the report, before its second section."""
    for pattern in (_PUBLISHED, _WRITTEN):
        for match in pattern.finditer(folded, 0, end):
            organ = _organ(text, folded, match)
            if organ is not None and _may_write(organ.value):
                yield organ


def _may_write(words: str) -> bool:
    """Whether words that a page has in the place of an organ may be one: no 目录, 系统管理员 or 门户网站."""
    is_named = _AREA.search(words) is not None or _ENDS_ORGAN.search(words) is not None
    return is_named and "网" not in words


def _signature(text: str, folded: str) -> Words | None:
    """The organ at the foot, above the date."""
    foot = max(0, len(folded) - FOOT)
    signed = [*_SIGNED.finditer(folded, foot)]
    if not signed:
        lines = _SIGNATURE.finditer(folded, foot)
        signed = [match for match in lines if _LAST_DATE.search(folded, match.end())]
    return _organ(text, folded, signed[-1]) if signed else None
