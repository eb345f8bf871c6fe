"""Sentences anywhere on a page that say of figures in its tables that they are wrong, or of a part of a year.

A correction may stand in the preamble, in section six or below: 更正：表三自然人一栏应为12件. It
points to a table, or names a label of one; sentences about the work (对错误信息及时更正) and about the form
(总计应为各项之和) say nothing of the figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from extractor.layout.scope.captions import TablePlace
from extractor.layout.scope.disowned import CORRECTING, HEADING, ON_THE_FORM
from extractor.layout.scope.headed import disowned_by_heads
from extractor.layout.words.ordinals import ordinal
from extractor.layout.words.scopes import DISOWNING, is_of_another_scope
from extractor.layout.words.spelling import as_read
from extractor.text.folding import fold_label
from rules.form import Form

_SENTENCE = re.compile(r"[^。；;！!\n|｜\t]+")
# What is longer tells a story; and so much of what follows may announce the table with the right figures.
_LONGEST, _MOST_BEHIND = 160, 60
# A sentence that stands further above a table than this isn't said of it.
_MOST_ABOVE = 300
# A label of fewer characters is a word of any text.
_LEAST_LABEL = 3
# What points to a table, or to a part of one.
_POINTS = re.compile(
    r"表\s?[一二三四1-4]|[本上下此该]表|(?:以上|上述|上面|下列|以下)(?:各|两|三)?(?:张|个)?(?:表|数据|数字)|统计表"
    r"|第\s?[一二三四五六七八九十\d]{1,2}\s?[行列栏格]|[一该两各]\s?[栏列行]|[”’」](?:[行列栏格]|一[行列栏格])"
)
_CORRECTS = re.compile("更正|勘误|订正|编者[注按]|校注|特此")
_ERRATUM = re.compile("[（(]?(?:更正|勘误|订正)(?:说明|启事|公告)?.{0,60}?(?:应为|应改为|更正为|有误)")
# What says of a figure that another one is right.
_OTHER_FIGURE = re.compile(
    r"应(?:为|是|改为|更正为|填)\s?[“\"]?\d|正确(?:的)?(?:数字|数据|数值?|值)?(?:应)?(?:为|是)\s?[“\"]?\d"
    r"|(?:更正|改正|订正|修正)为\s?[“\"]?\d|实(?:际)?(?:应)?为\s?[“\"]?\d"
    r"|(?:多|少|漏|误|重复)(?:计|统计|报|填|录|算)(?:了|入)?\s?\d"
)
# What says the same of a figure in a note beside its table: 由3件核减为1件, 以1件为准, 3→1, 误3正1, 应予扣除.
_CHANGED = re.compile(
    r"(?:改|更改|修[订正改]|调[整减增]|核[减增定实]|变更|更新|补正|认定|复核|勘误|扣减)(?:后)?(?:应?[为是至成])\s?[“\"「]?\d"
    r"|以\s?[“\"「]?\d[\d.,]*[”\"」]?\s?[件条个项篇万元]{0,2}为准|\d[”\"」]?\s?(?:→|->|=>|⇒)\s?[“\"「]?\d"
    r"|误\s?[:：]?\s?[“\"「]?\d[^。]{0,8}正\s?[:：]?\s?[“\"「]?\d"
    r"|(?:应予?|需|须|予以|已)(?:扣除|剔除|核减|扣减)|(?:误|错)[^，,]{0,8}实际\s?[“\"「]?\d"
    r"|(?:多|少|漏|误|重复)(?:计|统计|报|填|录|算)[^。]{0,8}\d"
)
# Numbers that no table of figures has: 应为20个工作日, 100%.
_OF_OTHERS = re.compile(r"\d[\d.,]*\s?(?:%|％|‰|个?(?:工作日|自然日|小时|月|百分点)|[日天月年时分号楼]|分钟)")
# What says that a figure stands where another one should, or is a slip.
_SLIP = re.compile(
    "误[录填写报登]|[录填写登]错|[填写录]反|颠倒|互换|对调|(?:录入|填报|填写|统计|登记|印刷|笔)(?:有)?(?:错误|误)"
    "|(?:数据|数字|[行列栏格])[^，,]{0,6}有(?:误|错)"
)
_WRONG = re.compile(
    "(?:此|该|这)?(?:处|数|个数|格|行|列)?(?:数据?|数字)?(?:可能|似乎?|疑似?)?(?:有误|错误|不对|错了|存疑)"
)
# What stands somewhere else in place of the figures, or of the report.
_REPLACED = re.compile(
    r"(?:本报告|本年报|该报告|[上本下]表|以[上下]数据)[^。]{0,40}(?:被[^。]{0,12}(?:替代|取代|代替)|作废|撤[回销]|失效"
    r"|[请详](?:参)?[见阅看][^。]{0,8}(?:更正|修订|修正|[最新])(?:后|新)?(?:的)?(?:版|报告|公告|数据))"
    r"|(?:[上本下]表|以[上下])[^。]{0,12}(?:数据|数字)[^。]{0,4}以[^。]{0,24}(?:发布|公布|更正|公开)[^。]{0,6}为准"
)
# Work and wishes, not figures of this report; and what has been put right already.
_ON_THE_WORK = re.compile(
    "避免|防止|杜绝|减少|及时|发现|加强|核对|审核|个别单位|部分单位|有的单位|有关单位|要求|督促|申请表|登记表"
)
_PUT_RIGHT = re.compile(
    r"[现已](?:经|予以?|作|全部|重新)?(?:更正|订正|改正|修正|修订|纠正|发布|公布)(?!为\s?[“\"「]?\d)"
)
_NUMBER_OF_TABLE = re.compile(r"(?:表\s?|第(?=[一二三四1-4](?:部分|张表)))([一二三四1-4])(?!\d)")
_OF_HEADING = re.compile(r"[一二三四]")
_ANY_NUMBER = re.compile(r"[二三四2-4](?!张|个)")
_DIGITS = {"1": "一", "2": "二", "3": "三", "4": "四"}
# The time that figures are of, which a report tells once.
_ON_PERIOD = re.compile(
    r"(?:统计|数据)[^，,。]{0,6}(?:期限|时限|时间|期间|区间|周期|时段)|所列(?:的)?(?:各项)?数据"
)
_PERIOD = re.compile(
    r"(?:(?P<year>20\d\d)\s?年\s?)?(?P<first>\d{1,2})\s?月(?:\s?\d{1,2}\s?日)?\s?起?\s?[，,]?\s?(?:至|到|[—–~～-]{1,2})\s?"
    r"(?:(?P<last_year>20\d\d)\s?年\s?|当年|同年)?(?P<last>\d{1,2})\s?月"
)
_SAID_OF_PERIOD = re.compile(
    r"(?:期限|时限|时间|期间|区间|周期|时段)(?:均|都|仅|只)?(?:为|是|[:：])\s?(?P<scope>[^，,。；;\n]{1,30})"
)
# What says of the figures of all tables, or of those it names, what they are: 以上各表均为2022年数据.
_OF_TABLES = re.compile(
    r"(?P<tables>(?:以[上下]|上述|下列|所附)?的?(?:各|[两三四])(?:张|个)?(?:统计)?表格?"
    r"|表\s?[二三四2-4](?!\d)(?:\s?[、,，和及至到—-]\s?表?\s?[二三四2-4])*"
    r"|第?[二三四](?:\s?[、和及至到—-]\s?第?[二三四])*\s?(?:部分|两表|三表)(?:表格?)?"
    r"|本(?:报告|年报)(?:中|所列|各项)*(?=的?(?:数据|数字)))"
    r"(?:中|所列|各项|的)*(?:数据|数字|统计|情况)?(?:均|都|全部?|皆|仅)?(?:为|是|系|反映)(?P<scope>[^，,。；;\n]{1,40})"
)
# What says that tables, or the applications in one, are counted in tens or thousands.
_IN_OTHER_UNITS = re.compile(
    r"(?P<tables>表\s?[二三四2-4](?!\d)|第\s?[二三四]\s?部分|(?:统计|各)?表格?|本(?:报告|年报)|申请(?:数量|件数))"
    r"[^。；;，,\n]{0,16}(?:单位\s?(?:均|都)?[:：为是]\s?[“\"「]?[十百千万亿]+\s?[件条个项]"
    r"|以\s?[“\"「]?[十百千万亿]+\s?[件条个项][”\"」]?\s?(?:为(?:计量)?单位|计))"
)
# The quarters, halves and what ends with them; a year that ends otherwise is one that somebody mistyped.
_PARTS = frozenset({(1, 3), (1, 6), (1, 9), (4, 6), (7, 9), (7, 12), (10, 12)})


def told_wrong(text: str, places: Sequence[TablePlace], forms: tuple[Form, ...]) -> list[str | None]:
    """Of each table of a document the sentence that says that its figures are wrong; None without one.

    Args:
        text: the document's text.
        places: where its tables are, in page order.
        forms: editions of one family.

    Returns:
        The sentences. One that neither stands below a table, nor says which it means, is said of all.
    """
    told: list[str | None] = [None] * len(places)
    meant: Sequence[int]
    numbers = _numbers_of(text, places)
    for start, words in _sentences(text, places):
        if _is_of_part_of_year(words, text):
            meant = range(len(places))
        elif said := tables_of_another_scope(words, text) or _tables_in_other_units(words):
            named = [i for i, number in enumerate(numbers) if number and number in _signs(said)]
            meant = named or range(len(places))
        elif _corrects_figures(
            words,
            text[start : start + len(words) + _MOST_BEHIND],
            _labels_of(forms),
            is_beside=bool(_of_its_section(start, text, places)),
        ):
            meant = _meant((start, words), text, places, numbers, forms)
        else:
            continue
        for place in meant:
            told[place] = told[place] or words
    return told


def is_disowned_elsewhere(text: str, start: int, end: int, forms: tuple[Form, ...]) -> bool:
    """Whether words that don't stand right beside a figures' place say that these aren't the report's.

    Args:
        text: the document's text.
        start: where the first label or figure begins.
        end: where the last figure ends.
        forms: editions of one family.
    """
    place = [TablePlace(0, start, end)]
    told = (*disowned_by_heads(text, place, [frozenset()]), *told_wrong(text, place, forms))
    return any(words is not None for words in told)


def _sentences(text: str, places: Sequence[TablePlace]) -> Iterator[tuple[int, str]]:
    """The sentences outside of tables that are no longer than one about figures, and where each begins.

    The last figures of a table may be digits of a sentence below it, where letters are spaced: that is
    taken from its beginning.
    """
    starts = [*(place.start for place in places), len(text)]
    ends = [0, *(_end_of_figures(text, place) for place in places)]
    for begin, end in zip(ends, starts, strict=True):
        for match in _SENTENCE.finditer(text, begin, max(begin, end)):
            if match.end() - match.start() <= _LONGEST:
                yield match.start(), as_read(match[0]).strip()


def _end_of_figures(text: str, place: TablePlace) -> int:
    """Where a table ends, but for a line of sentences that it ends in."""
    line = max(text.rfind("\n", place.start, place.end) + 1, place.start)
    behind = text.find("\n", place.end)
    is_prose = "。" in text[line : behind if behind >= 0 else len(text)]
    return line if is_prose else place.end


def tells_of_fault(note: str) -> bool:
    """Whether a note on a figure or on a table says that another figure is right, or that one is a slip.

    Args:
        note: the sentence; what it is on need not be named.
    """
    if ON_THE_FORM.search(note) is not None or _PUT_RIGHT.search(note) is not None:
        return False
    is_fault = any(one.search(note) is not None for one in (_OTHER_FIGURE, _CHANGED, _SLIP, _REPLACED))
    return is_fault or _WRONG.fullmatch(note) is not None


def _corrects_figures(words: str, onwards: str, labels: re.Pattern[str], *, is_beside: bool) -> bool:
    """Whether a sentence says that a figure is wrong, and no table with the right ones follows.

    Args:
        words: the sentence.
        onwards: what it begins, and what follows.
        labels: of the rows and columns of tables.
        is_beside: whether it stands in a table's section, so that it speaks of that.
    """
    if _REPLACED.search(words) is not None:
        return True
    changes = is_beside and _changes_figures(words)
    is_figure = changes or _OTHER_FIGURE.search(words) is not None or _ERRATUM.match(words) is not None
    if not is_figure and _SLIP.search(words) is None:
        return False
    if ON_THE_FORM.search(words) is not None or CORRECTING.search(onwards) is not None:
        return False
    if not is_figure and (_ON_THE_WORK.search(words) is not None or _PUT_RIGHT.search(words) is not None):
        return False
    return changes or _ERRATUM.match(words) is not None or _says_whose(words, labels)


def _changes_figures(words: str) -> bool:
    """Whether a note beside a table says that a figure, of what tables count, is to be another one."""
    counted = _OF_OTHERS.sub("", words)
    return any(one.search(counted) is not None for one in (_OTHER_FIGURE, _CHANGED))


def _says_whose(words: str, labels: re.Pattern[str]) -> bool:
    """Whether a correction points to a table, or to a label of one as to a slip."""
    if _POINTS.search(words) is not None:
        return True
    is_slip = _SLIP.search(words) is not None or _CORRECTS.search(words) is not None
    return is_slip and labels.search(words) is not None


def _meant(
    sentence: tuple[int, str],
    text: str,
    places: Sequence[TablePlace],
    numbers: Sequence[str],
    forms: tuple[Form, ...],
) -> Sequence[int]:
    """The tables that a sentence means: that it names, right above it, or that have the labels it names."""
    start, words = sentence
    if beside := _of_its_section(start, text, places):
        return beside
    if number := _NUMBER_OF_TABLE.search(words):
        sign = _DIGITS.get(number[1], number[1])
        numbered = [i for i, one in enumerate(numbers) if one == sign]
        if numbered:
            return numbered
    named = set(_labels_of(forms).findall(words))
    having = [
        i for i, place in enumerate(places) if all(one in text[place.start : place.end] for one in named)
    ]
    return having if named and having else range(len(places))


def _of_its_section(start: int, text: str, places: Sequence[TablePlace]) -> list[int]:
    """The tables, and all blocks of one, between which and a sentence no heading of a section stands.

    Those above it; or, if there are none, those below whose first one it stands right above.
    """
    real = [i for i, place in enumerate(places) if place.start < place.end]
    above = [i for i in real if places[i].end <= start]
    headings = _headings(text)
    of_section = bisect_left(headings, start)
    last = headings[of_section - 1] if of_section else 0
    near = list(takewhile(lambda i: places[i].end > last, reversed(above)))
    below = [i for i in real if places[i].start > start]
    if near or not below or places[below[0]].start - start > _MOST_ABOVE:
        return near
    following = headings[of_section] if of_section < len(headings) else len(text)
    return list(takewhile(lambda i: places[i].start <= following, below))


@lru_cache(maxsize=4)
def _headings(text: str) -> list[int]:
    """Where the headings of sections begin in a text."""
    return [match.start() for match in HEADING.finditer(text)]


def _numbers_of(text: str, places: Sequence[TablePlace]) -> list[str]:
    """The numbers of the sections that tables stand in, 一 to 四; empty without one."""
    numbers: list[str] = []
    for place in places:
        headings = HEADING.findall(text, place.after, place.start)
        number = _OF_HEADING.search(headings[-1]) if headings else None
        numbers.append(number[0] if number is not None else numbers[-1] if numbers else "")
    return numbers


@lru_cache(maxsize=8)
def _labels_of(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """What finds the labels of rows and columns of the forms, the longest first."""
    blocks = [block for form in forms for table in form.tables for block in table.blocks]
    labels = {str(one.label) for block in blocks for one in (*block.columns, *block.rows)}
    bare = {ordinal(fold_label(label))[1] for label in labels}
    long = sorted((one for one in bare if len(one) >= _LEAST_LABEL), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)) or r"(?!)")


def tables_of_another_scope(words: str, text: str) -> str | None:
    """What a sentence calls the tables that it says to be of another time, or samples; else None.

    Args:
        words: the sentence.
        text: the document's text, for the year of its title.
    """
    said = _OF_TABLES.search(words)
    if said is None:
        return None
    scope = said["scope"]
    is_another = is_of_another_scope(scope, text) or DISOWNING.search(scope) is not None
    return said["tables"] if is_another else None


def _tables_in_other_units(words: str) -> str | None:
    """What a sentence calls the tables that it says to count in tens or thousands; else None."""
    said = _IN_OTHER_UNITS.search(words)
    if said is None:
        return None
    # Applications are counted in table 3.
    return f"{said[0]}表三" if "申请" in said[0] else said[0]


def _signs(tables: str) -> set[str]:
    """The numbers of sections that words name."""
    return {_DIGITS.get(one, one) for one in _ANY_NUMBER.findall(tables)}


def _is_of_part_of_year(words: str, text: str) -> bool:
    """Whether a sentence says that the figures of the report are those of one or more quarters."""
    if _ON_PERIOD.search(words) is None:
        return False
    said = _SAID_OF_PERIOD.search(words)
    if said is not None and is_of_another_scope(said["scope"], text):
        return True
    period = _PERIOD.search(words)
    if period is None or period["last_year"] not in (None, period["year"]):
        return False
    return (int(period["first"]), int(period["last"])) in _PARTS
