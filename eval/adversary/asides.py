"""Mutations of what a page says beside its text of whose figures these are: notes, boxes, heads, watermarks.

Each has a twin, the same device with words that say nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from eval.adversary.page import Atom, Medium, Page, Part
from eval.adversary.registry import SEEN, Stage, mutation
from eval.adversary.wording import other_scope, own_scope, spelled
from eval.zoo.tables import Beside, Look

# Draws the words of a note for a report of a year.
_Words: TypeAlias = Callable[[Random, int], str]
_OF_TABLE = (
    "本表为{}数据。",
    "本表数据为{}数据。",
    "此表为{}数据",
    "这是{}数据",
    "注：本表为{}数据。",
    "{}数据",
)
_OF_ALL = ("本报告各表均为{}数据。", "以下数据为{}数据。", "本报告数据均为{}数据。", "各表数据为{}数据。")
_NOTHING = (
    *("数据来源：县政务公开办。", "格式见国办2021年通知。", "不含转办件。", "含上年结转2件。", "单位：件"),
    *(
        "请核对后发布",
        "字体已调整",
        "此处居中",
        "与上年相比增加3件。",
        "由各股室报送后汇总。",
        "见条例第二十条。",
    ),
)
_STAMPS = (
    *("作废", "样本", "样表", "征求意见稿", "讨论稿", "送审稿", "草稿", "初稿", "草案", "已作废", "无效"),
    *("示例", "示例数据", "测试数据", "SAMPLE", "DRAFT", "{last}年度", "{last}年度数据", "{year}年上半年"),
)
_STAMPS_OF_ANY = (
    *("政府信息公开", "内部资料", "{year}年度", "第1页", "公开", "正式稿", "主动公开", "{next}年1月"),
    *("临江县人民政府", "{year}年年度报告", "www.example.gov.cn", "妥善保管"),
)
_SIGNS = ("[1]", "〔2〕", "①", "（注1）", "*", "注1", "［3］", "※")
_NOTES = (Look.FOOTNOTE, Look.ENDNOTE, Look.COMMENT)
_DRAWN = {
    Medium.DOCX: (Look.BOX, Look.WORD_ART),
    Medium.HTML: (Look.BY_SHEET, Look.CHOSEN, Look.SVG, Look.FRAME),
}
_STAMPED = {
    Medium.DOCX: (Look.WATERMARK, Look.PAGE_HEAD),
    Medium.HTML: (Look.WATERMARK,),
    Medium.PDF: (Look.WATERMARK, Look.PAGE_HEAD),
}


def _part(page: Page, rng: Random) -> Part:
    return page.part(rng.choice(("requests", "requests", "disputes")))


def _corner(part: Part) -> Atom:
    return part.grids[0][0][0]


def _other(templates: tuple[str, ...]) -> _Words:
    return lambda rng, year: spelled(rng, rng.choice(templates).format(other_scope(rng, year)))


def _own(templates: tuple[str, ...]) -> _Words:
    def draw(rng: Random, year: int) -> str:
        if rng.random() < 0.5:
            return rng.choice(_NOTHING)
        return rng.choice(templates).format(own_scope(rng, year))

    return draw


# --- notes ---------------------------------------------------------------------------------------


def _note(page: Page, rng: Random, of_table: _Words, of_all: _Words) -> tuple[str, ...]:
    """Put a note on a table, or on the title; returns the ids of the tables that it is on, none for all."""
    part = _part(page, rng)
    if page.medium is not Medium.DOCX:
        sign, words = rng.choice(_SIGNS), of_table(rng, page.year)
        if rng.random() < 0.5:
            part.above.append(f"{rng.choice(('详见注', '见注', '统计表', '（见附注）'))}{sign}")
        else:
            part.heading += sign
        page.after.append(f"{sign}{rng.choice(('', ' ', '：'))}{words}")
        return (part.table,)
    look = rng.choice(_NOTES)
    match rng.choice(("title", "heading", "corner", "corner")):
        case "title":
            page.beside.append(Beside(of_all(rng, page.year), look))
            return ()
        case "heading":
            part.beside.append(Beside(of_table(rng, page.year), look))
        case _:
            _corner(part).beside += (Beside(of_table(rng, page.year), look),)
    return (part.table,)


@mutation("scope-note", Stage.LOOKS)
def note_another_scope(page: Page, rng: Random) -> bool:
    """A note, endnote or comment on a table or the title says that figures are of another scope."""
    page.disown(*_note(page, rng, _other(_OF_TABLE), _other(_OF_ALL)))
    return True


@mutation("scope-note-own", Stage.LOOKS)
def note_own_scope(page: Page, rng: Random) -> bool:
    """A note, endnote or comment on a table or the title says nothing that disowns figures."""
    _note(page, rng, _own(_OF_TABLE), _own(_OF_ALL))
    return True


# --- boxes and what only a page shows ------------------------------------------------------------


def _box(page: Page, rng: Random, words: _Words) -> str:
    """Put words in a box or a drawing at a table's heading or its corner; returns the table's id."""
    part = _part(page, rng)
    beside = Beside(words(rng, page.year), rng.choice(_DRAWN[page.medium]))
    if rng.random() < 0.5:
        part.beside.append(beside)
    else:
        _corner(part).beside += (beside,)
    return part.table


@mutation("scope-box", Stage.LOOKS, frozenset(_DRAWN))
def box_another_scope(page: Page, rng: Random) -> bool:
    """Words in a box, drawn, chosen from a list or put there by a style sheet disown a table."""
    page.disown(_box(page, rng, _other(_OF_TABLE)))
    return True


@mutation("scope-box-own", Stage.LOOKS, frozenset(_DRAWN))
def box_own_scope(page: Page, rng: Random) -> bool:
    """Words in a box, drawn, chosen from a list or put there by a style sheet say nothing of the kind."""
    _box(page, rng, _own(_OF_TABLE))
    return True


# --- what stands on each page --------------------------------------------------------------------


def _stamp(page: Page, rng: Random, stamps: tuple[str, ...]) -> None:
    words = rng.choice(stamps).format(year=page.year, last=page.year - 1, next=page.year + 1)
    page.on_pages.append(Beside(words, rng.choice(_STAMPED[page.medium])))


@mutation("stamp", Stage.LOOKS, SEEN)
def stamp(page: Page, rng: Random) -> bool:
    """A watermark or the head of each page says that it is void, a draft, a sample or another year's."""
    _stamp(page, rng, _STAMPS)
    page.disown()
    return True


@mutation("stamp-own", Stage.LOOKS, SEEN)
def stamp_own(page: Page, rng: Random) -> bool:
    """A watermark or the head of each page names the office, the report or the page."""
    _stamp(page, rng, _STAMPS_OF_ANY)
    return True
