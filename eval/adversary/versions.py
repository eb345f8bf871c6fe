"""Mutations of which report the tables are of: drafts, parts of a year, annexes, versions below each other.

Each has a twin: a title, a period, an annex or a version that is the report's own.
"""

from __future__ import annotations

from random import Random

from eval.adversary.page import Atom, Grid, Page, Part
from eval.adversary.registry import mutation

_NOT_FINAL = (
    *(
        "（征求意见稿）",
        "（草稿）",
        "（作废）",
        "（样本）",
        "（示例）",
        "（已撤销）",
        "（测试数据）",
        "（更正前）",
    ),
    *("（{last}年度）", "（上半年）", "（讨论稿）", "（模板）", "（初稿）", "（前三季度）"),
)
_FINAL = (
    "（{year}年度）",
    "（更正后）",
    "（正式稿）",
    "（修订版）",
    "（{next}年1月15日）",
    "（公开版）",
    "（终稿）",
)
_PERIODS = (
    *("自{year}年1月1日起至{year}年6月30日止", "自{year}年1月1日起至{year}年9月30日止"),
    *("为{year}年上半年", "自{year}年7月1日起至{year}年12月31日止", "为{year}年1月1日至3月31日"),
)
_OWN_PERIODS = (
    *("自{year}年1月1日起至12月31日止", "为{year}年1月1日至{year}年12月31日", "为{year}年度"),
    *("为{year}年1月1日—12月31日", "为{year}年全年"),
)
_ANNEXES = (
    *("附件：{last}年统计表", "附件：填写示例", "附：报告格式模板", "附件：{year}年上半年统计表", "历史数据"),
    *(
        "附件：原报告",
        "往年年报",
        "附件：修订前版本",
        "附：旧版报告",
        "附件：计划数",
        "与{last}年对比",
        "作废版本",
    ),
    *(
        "{last}年年报回顾",
        "附件：已作废的统计表",
        "附件：示例表（数据为虚构）",
        "上年情况如下。",
        "一年前的数据",
    ),
    *(
        "某某镇人民政府{last}年政府信息公开工作年度报告",
        "某县城关镇人民政府{year}年政府信息公开工作年度报告",
    ),
)
_OWN_ANNEXES = (
    *("附件", "附表", "统计表", "附件：政府信息公开工作情况统计表", "（此件公开发布）", "责任编辑：某某"),
    *("附件：{year}年统计表", "附件：{year}年政府信息公开情况统计表", "各项数据如下：", "{next}年1月15日"),
)
_VERSIONS = (
    *(
        ("初稿", "定稿"),
        ("原数据：", "新数据："),
        ("旧版", "新版"),
        ("第一版", "第二版"),
        ("修改前", "修改后"),
    ),
    *(("错误版本", "正确版本"), ("公示稿", "正式稿"), ("更正前：", "更正后："), ("征求意见稿", "正式稿")),
    *(("以下为原公布数据", "以下为更正后数据"), ("快报", "年报"), ("V1", "V2"), ("{last}年", "{year}年")),
)
_OWN_VERSIONS = ("定稿", "正式稿", "更正后：", "{year}年", "最终版", "{year}年度数据", "更正后的数据如下：")


def _filled(page: Page, rng: Random, words: tuple[str, ...]) -> str:
    return rng.choice(words).format(year=page.year, last=page.year - 1, next=page.year + 1)


def _entitle(page: Page, rng: Random, words: tuple[str, ...]) -> None:
    """Put words behind the title or on a line below it."""
    said = _filled(page, rng, words)
    if rng.random() < 0.5:
        page.before[0] += said
    else:
        page.before.insert(1, said)


@mutation("title-not-final")
def entitle_draft(page: Page, rng: Random) -> bool:
    """The title, or a line below it, says that the report is a draft, void, a sample or of another time."""
    _entitle(page, rng, _NOT_FINAL)
    page.disown()
    return True


@mutation("title-final")
def entitle_final(page: Page, rng: Random) -> bool:
    """The title, or a line below it, says that the report is the final one, or of its year."""
    _entitle(page, rng, _FINAL)
    return True


def _set_period(page: Page, rng: Random, periods: tuple[str, ...]) -> bool:
    """Say another period in the preamble's sentence on it."""
    # What another mutation said of it stays.
    drawn = next(line for line in page.report.before if "统计期限" in line)
    if drawn not in page.before:
        return False
    start, found, _ = drawn.partition("统计期限")
    page.before[page.before.index(drawn)] = f"{start}{found}{_filled(page, rng, periods)}。"
    return True


@mutation("period-in-part")
def set_part_of_year(page: Page, rng: Random) -> bool:
    """The preamble says that figures are of a part of the year."""
    page.disown()
    return _set_period(page, rng, _PERIODS)


@mutation("period-whole")
def set_whole_year(page: Page, rng: Random) -> bool:
    """The preamble says in other words that figures are of the whole year."""
    return _set_period(page, rng, _OWN_PERIODS)


def _annex(page: Page, rng: Random, heads: tuple[str, ...]) -> None:
    """Put all tables behind the last section, below a line."""
    told = rng.choice(("见附件。", "", "详见附表。"))
    for part in page.parts if rng.random() < 0.6 else ():
        page.before += [part.heading, *([told] if told else [])]
    page.before += [*page.after, _filled(page, rng, heads)]
    page.after = []


@mutation("annex")
def put_into_annex(page: Page, rng: Random) -> bool:
    """The tables stand behind the last section, in an annex or a report of another year, part or office."""
    _annex(page, rng, _ANNEXES)
    page.disown()
    return True


@mutation("annex-own")
def put_into_own_annex(page: Page, rng: Random) -> bool:
    """The tables stand behind the last section, in an annex of the report itself."""
    _annex(page, rng, _OWN_ANNEXES)
    return True


def _other_figures(rng: Random, grid: Grid) -> Grid:
    copies: dict[int, Atom] = {}
    for atom in (atom for line in grid for atom in line):
        text = str(rng.randint(0, 600)) if atom.address and atom.text else atom.text
        copies.setdefault(id(atom), Atom(text))
    return [[copies[id(atom)] for atom in line] for line in grid]


@mutation("versions")
def add_version(page: Page, rng: Random) -> bool:
    """All tables stand twice below one title, as an older version and as the one that counts."""
    older, own = rng.choice(_VERSIONS)
    others = [Part(p.heading, "", [_other_figures(rng, grid) for grid in p.grids]) for p in page.parts]
    page.before.append(older.format(last=page.year - 1))
    others[-1].below.append(own.format(year=page.year))
    page.parts[:0] = others
    return True


@mutation("version-own")
def name_version(page: Page, rng: Random) -> bool:
    """A line above the only tables says that they are the version that counts."""
    page.before.append(_filled(page, rng, _OWN_VERSIONS))
    return True
