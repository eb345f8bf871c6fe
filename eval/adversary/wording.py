"""Words that name the scope of figures, drawn at random: another one than the report's, or its own."""

from __future__ import annotations

import re
from random import Random

_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_YEAR = re.compile("20[0-9]{2}")
# How often words are spelled otherwise, and a year is written in Chinese figures.
_DISGUISED, _IN_CHINESE = 0.12, 0.1
_INVISIBLE = ("\u200b", "\u00ad", "\u2060")
_OTHER = (
    *("{last}年", "{last}年度", "{older}年", "上年", "上年度", "去年", "上一年度"),
    *("上半年", "{year}年上半年", "前三季度", "第一季度", "1—6月", "{year}年1—9月", "{year}年1月至10月"),
    *("截至{year}年9月底", "截至6月30日", "11月份", "历年累计", "近三年合计", "{older}—{year}年"),
    *("示例", "样例", "模拟", "虚构", "测试", "初步统计", "未经核实的", "抽样", "快报"),
    *("下属单位", "乡镇街道", "县直部门", "网上申请", "其他单位", "更正前的", "计划", "预计"),
)
_OWN = (
    *("{year}年", "{year}年度", "本年", "本年度", "全年", "{year}年全年", "{year}年1—12月"),
    *("{year}年1月1日至12月31日", "截至{year}年12月31日的", "截至{year}年12月底", "1—12月"),
    *("本机关", "全县", "全市汇总", "全部申请", "实际", "经核实的", "更正后的", "修订后的", "最终"),
)


def other_scope(rng: Random, year: int) -> str:
    """What names another scope than that of a report.

    Args:
        rng: where chance comes from.
        year: of the report.
    """
    return _drawn(rng, _OTHER, year)


def own_scope(rng: Random, year: int) -> str:
    """What names the scope of a report.

    Args:
        rng: where chance comes from.
        year: of the report.
    """
    return _drawn(rng, _OWN, year)


def _drawn(rng: Random, scopes: tuple[str, ...], year: int) -> str:
    scope = rng.choice(scopes).format(year=year, last=year - 1, older=year - 2)
    if rng.random() < _IN_CHINESE:
        found = _YEAR.search(scope)
        in_chinese = found[0].translate(_CHINESE).replace("〇", rng.choice("〇〇○零O")) if found else ""
        return _YEAR.sub(in_chinese, scope, count=1)
    return scope


def spelled(rng: Random, words: str) -> str:
    """Words as somebody typed them, at times spaced or with invisible characters among them.

    Args:
        rng: where chance comes from.
        words: what they say.
    """
    if rng.random() >= _DISGUISED:
        return words
    if rng.random() < 0.5:
        return " ".join(words)
    at = rng.randrange(1, len(words))
    return words[:at] + rng.choice(_INVISIBLE) + words[at:]
