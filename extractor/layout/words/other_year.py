"""Tables of another year than the report's: their title, or the sentence right before them, says so.

Reports show last year's figures beside, above or, where nothing happened this year, in the place of this
year's: 2025年未发生行政复议、行政诉讼案件。2024年情况如下：
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.layout.words.ordinals import ordinal
from extractor.layout.words.spelling import as_read
from extractor.text.folding import fold_label
from rules.form import Form

# A year, in figures of any width or Chinese ones: 2022, ２０２２, 二〇二二.
_YEAR = "[2２二][0０〇○零][0-9０-９〇○零一二三四五六七八九]{2}"
_TITLE = re.compile(rf"({_YEAR})\s*年(?:度)?[^\n。]{{0,40}}?(?:年度报告|年报|工作报告)")
# A mention of a year that isn't one to compare with, nor one from which something was carried over.
_MENTIONED = (
    rf"(?<![比较与同从由])(?:(?P<year>{_YEAR})\s*年|(?<![0-9０-９])(?P<short>[12]\d)\s*年度|FY\s*(?P<fiscal>20\d\d)"
    "|(?P<own>本年|今年|当年|本报告年)|(?P<last>上年|去年|上一年))(?!度?结转|[末底])"
)
_MENTION = re.compile(_MENTIONED)
_HEADING = re.compile(r"^[ \t　|｜]*[一二三四五六七]、[^\s。]*", re.M)
_SENTENCE_END = re.compile(r"[。；;！!\n]")
_BRACKETED = re.compile(r"[（(][^（）()\n]{1,20}[）)]")
# What a note below a table, or in its last row, says of all of it.
_OF_THE_TABLE = re.compile(
    r"(?:本表|上表|此表|该表|以上(?:均|为|系|是|各?项?数据|数字|所列))[^。；;\n]{0,30}"
)
_OF_ABOVE = re.compile(r"(?:(?:注|备注|说明)\s?[:：]\s?)?(?:以上|上[表述面])")
# Rules and forms are told by the year in which they were made: 格式见国办2021年通知.
_OF_RULES = re.compile(
    rf"{_YEAR}\s?年[^，,。；;\n表数]{{0,8}}(?:通知|印发|办法|条例|规定|格式|文件|[修制]订|版(?!本))"
)
# What stands beside a year in words that say nothing but that.
_NOTHING_ELSE = re.compile("(?:年?度|全年)?(?:的)?(?:数据?|情况|统计|报表|表|合计|小计)?(?:如下)?")
# What a caption says besides its year: marks, and that the figures are there to be compared with.
_BESIDE_YEARS = re.compile(
    r"(?:[（()），,、：:\s]|年?度|全年|的|数据?|情况|统计|报?表|[合小]计|同期|如下|[供作](?:对照|对比|比较|参考|参照))*"
)
_CUMULATIVE = re.compile("累计|历年")
_OTHER_MEASURE = re.compile("[%％]|占比|比重")
# What a page says of the brackets behind its figures: 括号内为2022年数据, 括号外为本年数.
_BRACKETS = re.compile(
    rf"括号(?P<side>[内里中外前])(?:的)?(?:数字|数据|数值|数)?(?:均|都)?(?:为|是|系|表示)"
    rf"(?:(?P<year>{_YEAR})年|(?P<own>本年|今年|当年)|(?P<last>上年|去年|上一年))度?(?:同期)?的?(?:数据|数字|数值|数|情况)?"
    r"(?=[，,；;。）)\s]|$)"
)
_OF_BRACKETS = re.compile("括号[内里中外前后]")
# Of one table only: brackets in the others may hold something else.
_OF_ONE_TABLE = re.compile(r"(?:[本上下此该]表|表[一二三四五六\d])[^。；;\n]{0,20}括号")
_BEHIND = re.compile(r"(?P<figure>\d[\d,.]* ?[件条项]?) ?[（(] ?\d[\d,.]* ?[件条项]? ?[）)]", re.ASCII)
_DIGITS = {
    character: str(i % 10) for i, character in enumerate("0123456789０１２３４５６７８９〇一二三四五六七八九")
}
_DIGITS |= {"○": "0", "零": "0"}
# So much before a table is looked at; a title without a heading before it is no longer; so much behind it.
_MOST_BEFORE, _LONGEST_TITLE, _MOST_BEHIND, _LONGEST_CORNER = 300, 40, 120, 4


def is_of_another_year(text: str, start: int, after: int) -> bool:
    """Whether what stands right before a table says that it is an earlier year's.

    Args:
        text: the document's text.
        start: where the table's header begins.
        after: where what stands before it ends: figures of another table, or the text's beginning.

    Returns:
        False where the report's year isn't known from a title and no words such as 上年 tell.
    """
    heading, words = _words_above(text, start, after)
    if any(tells_another_year(text, said) for said in _BRACKETED.findall(heading)):
        return True
    sentences = _sentences_above(words)
    if not sentences or (not heading and len(sentences[-1]) > _LONGEST_TITLE):
        return False
    is_cumulative = _BRACKETED.fullmatch(sentences[-1]) is not None and _tells_of_several(sentences[-1])
    is_contradictory = len(years_of_caption(text, sentences[-1])) > 1
    return is_cumulative or is_contradictory or tells_another_year(text, _OF_RULES.sub("", sentences[-1]))


def years_above(text: str, start: int, after: int) -> frozenset[bool]:
    """Whether the years that the caption right above a table names are the report's own.

    Args:
        text: the document's text.
        start: where the table's header begins.
        after: where what stands before it ends: figures of another table, or the text's beginning.

    Returns:
        As :func:`years_of_caption`; nothing, too, where no caption stands there.
    """
    sentences = _sentences_above(_words_above(text, start, after)[1])
    return years_of_caption(text, sentences[-1]) if sentences else frozenset()


def _words_above(text: str, start: int, after: int) -> tuple[str, str]:
    """The last heading above a table, empty without one, and the words between it and the table."""
    before = as_read(text[max(after, start - _MOST_BEFORE) : start])
    headings = list(_HEADING.finditer(before))
    if not headings:
        return "", before.rstrip(" \t\r\n|｜　")
    return headings[-1][0], before[headings[-1].end() :]


def years_of_caption(text: str, words: str) -> frozenset[bool]:
    """Whether the years that a caption names are the report's own.

    2023年度（上年，供对照） names one in figures and in a word; 2024年度（上年） contradicts itself where the
    report is of 2024.

    Args:
        text: the document's text, for the year of its title; without one, years in figures say nothing.
        words: the caption.

    Returns:
        Both where it contradicts itself; nothing where it names no year, or says anything else.
    """
    if len(words) > _LONGEST_TITLE or _BESIDE_YEARS.fullmatch(_MENTION.sub("", words)) is None:
        return frozenset()
    own = year_of_title(text)
    said = [(_year_of(mention), mention["last"] is None) for mention in _MENTION.finditer(words)]
    return frozenset(year == own if year else is_own for year, is_own in said if own or not year)


def year_of_title(text: str) -> int | None:
    """The year that the title of a report says that it is of; None without one.

    Args:
        text: the document's text.
    """
    title = _TITLE.search(text)
    return _number(title[1]) if title is not None else None


def is_nothing_but_another_year(text: str, words: str) -> bool:
    """Whether words name an earlier year than the report's, and nothing else.

    Args:
        text: the document's text.
        words: a caption, a cell, or what a cell has besides a label of the form.
    """
    rest, mentions = _MENTION.subn("", words)
    return mentions == 1 and _NOTHING_ELSE.fullmatch(rest) is not None and tells_another_year(text, words)


def is_year_of_title(text: str, words: str) -> bool:
    """Whether words name the year of the report's title, and nothing else.

    Args:
        text: the document's text.
        words: a heading.
    """
    rest, mentions = _MENTION.subn("", words)
    if mentions != 1 or _NOTHING_ELSE.fullmatch(rest) is None:
        return False
    mention = _MENTION.search(words)
    return mention is not None and _year_of(mention) in (year_of_title(text), None) and not mention["last"]


def mentions_of_years(words: str) -> list[str]:
    """The years that words mention, as they have them: 2022年, 上年, 本年."""
    return [mention[0] for mention in _MENTION.finditer(words)]


@lru_cache(maxsize=8)
def has_last_year_in_brackets(text: str) -> bool:
    """Whether a page says that an earlier year's figures stand in brackets behind its own.

    Args:
        text: the document's text.

    Returns:
        False, too, where it says anything else of brackets, or this of one table only.
    """
    said = list(_BRACKETS.finditer(text))
    if len(said) != len(_OF_BRACKETS.findall(text)) or _OF_ONE_TABLE.search(text) is not None:
        return False
    own = year_of_title(text)
    sides = {(match["side"] not in "外前", _is_earlier(match, own)) for match in said}
    return (True, True) in sides and sides <= {(True, True), (False, False)}


def _is_earlier(said: re.Match[str], own: int | None) -> bool | None:
    """Whether what is said of brackets names an earlier year than the report's; None if it isn't known."""
    if said["year"] is None:
        return said["last"] is not None
    year = _number(said["year"])
    return None if own is None or year > own else year < own


def _besides_brackets(said: re.Match[str]) -> str:
    """What is left of words on brackets: what these hold isn't what stands before them."""
    return said[0] if said["side"] in "外前" else ""


def without_last_year(printed: str) -> str:
    """The figure of a cell without the one in brackets behind it, 5（3）, which the page says is last year's.

    Args:
        printed: the cell's text.
    """
    match = _BEHIND.fullmatch(printed.strip())
    return match["figure"] if match is not None else printed


def _sentences_above(words: str) -> list[str]:
    """The sentences of what stands above a table, without the word in the table's corner, such as 类别."""
    sentences = [part.strip(" \t\r|｜　") for part in _SENTENCE_END.split(words)]
    sentences = [part for part in sentences if part]
    while len(sentences) > 1 and len(sentences[-1]) <= _LONGEST_CORNER and not _MENTION.search(sentences[-1]):
        sentences.pop()
    return sentences


def says_another_year(text: str, start: int, end: int, groups: re.Pattern[str]) -> bool:
    """Whether a table's labels, or a note on it, say that it is of another year, of several, or of shares.

    Args:
        text: the document's text.
        start: where the table's header begins.
        end: where its last figure ends.
        groups: the labels that stand above several rows or columns (:func:`groups_of`).
    """
    for label in groups.finditer(text, start, end):
        behind = _BRACKETED.match(text, label.end())
        said = f"{label[0]}{behind[0] if behind is not None else ''}"
        if tells_another_year(text, said) or (behind is not None and _tells_of_several(behind[0])):
            return True
    behind_it = words_behind(text, end, _MOST_BEHIND)
    return any(
        tells_another_year(text, note, 0) or _CUMULATIVE.search(note) is not None
        for note in (*_OF_THE_TABLE.findall(text, start, end), *_OF_THE_TABLE.findall(behind_it))
    )


def words_behind(text: str, end: int, most: int) -> str:
    """What stands behind a table, up to the next heading; and a line right below that which is said of above.

    四、行政复议、行政诉讼情况 / 以上为2022年数据 is said of table 3.

    Args:
        text: the document's text.
        end: where the table's last figure ends.
        most: how many characters behind it are looked at.
    """
    behind, *below = _HEADING.split(text[end : end + most], maxsplit=1)
    lines = (line.strip(" \t\r|｜　") for one in below for line in one.split("\n"))
    first = next(filter(None, lines), "")
    return f"{behind}\n{first}" if _OF_ABOVE.match(as_read(first)) is not None else behind


@lru_cache(maxsize=8)
def groups_of(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """What finds the labels of a form that stand above several rows or columns, this year's or another's.

    Args:
        forms: editions of one family.
    """
    blocks = [block for form in forms for table in form.tables for block in table.blocks]
    labels = {label for block in blocks for label in block.spanning}
    labels |= {str(one.under) for block in blocks for one in (*block.columns, *block.rows) if one.under}
    parts = [re.escape(ordinal(fold_label(label))[1]) for label in sorted(labels)]
    anyone = f"(?:(?:本|上|上一|去|{_YEAR}\\s*)年度?)"
    return re.compile("|".join(re.sub("^本年度?", lambda _: anyone, part) for part in parts) or r"(?!)")


def tells_another_year(text: str, words: str, which: int = -1) -> bool:
    """Whether a year that words mention is an earlier one than the report's, in figures or as last year.

    Args:
        text: the document's text, for the year of its title.
        words: a caption, a note, a heading.
        which: of the years mentioned, the one to look at.
    """
    mentions = list(_MENTION.finditer(_BRACKETS.sub(_besides_brackets, words)))
    if not mentions:
        return False
    year = _year_of(mentions[which])
    if year is None:
        return mentions[which]["last"] is not None
    own = year_of_title(text)
    return own is not None and year < own


def _tells_of_several(words: str) -> bool:
    return _CUMULATIVE.search(words) is not None or _OTHER_MEASURE.search(words) is not None


def _year_of(mention: re.Match[str]) -> int | None:
    """The year that a mention names in figures, if it does."""
    if mention["short"] is not None:
        return 2000 + int(mention["short"])
    named = mention["year"] or mention["fiscal"]
    return _number(named) if named is not None else None


def _number(year: str) -> int:
    return int("".join(_DIGITS[character] for character in year))
