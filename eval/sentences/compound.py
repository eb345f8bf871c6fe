"""Patterns of sentences that say several things of their figures, or only seem to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from eval.sentences.patterns import PERIODS, Whole, end, some_names, to_digits, write_parts, write_whole
from eval.sentences.writing import Writer, parted

_CHARACTERS = ((2, "两"), (3, "三"), (6, "六"), (10, "十"), (12, "十二"), (35, "三十五"))


def _growth(writer: Writer, whole: Whole) -> None:
    """Write a growth of a whole, from some whole number."""
    last = writer.random.randint(whole.total // 2, whole.total * 2)
    rate = to_digits((Decimal(whole.total) / last - 1) * 100, 1)
    writer.one_of("同比", "较上年", "比上年", "较上年度", "比去年同期", "较2022年", "与上年相比")
    writer.say("增长" if rate >= 0 else "下降")
    writer.link("growth", writer.percentage(abs(rate), "growth", is_fall=rate < 0), whole.place)


def _two_wholes(writer: Writer) -> None:
    """One sentence, two wholes with their parts."""
    writer.one_of(*PERIODS)
    themes = (("人大代表建议", ["主办", "协办"]), ("政协委员提案", ["经济类", "社会类", "文化类"]))
    for noun, kinds in themes:
        writer.say("；" if writer.figures else "")
        writer.one_of("收到", "办理", "承办", "共收到")
        writer.say(noun)
        total = writer.random.randint(12, 200)
        whole = Whole(writer.count(total, "件"), total, "件", tuple(kinds))
        is_closed = writer.chance(0.5)
        writer.say("，分别为" if is_closed else "，其中")
        values = parted(writer.random, total, len(kinds) + (not is_closed))[: len(kinds)]
        places = write_parts(writer, whole, values, kinds, "、")
        writer.link("closed" if is_closed else "open", whole.place, *places)
    end(writer)


def _grown_in_brackets(writer: Writer) -> None:
    whole = write_whole(writer, 20)
    writer.say("（")
    _growth(writer, whole)
    writer.say("）")
    if writer.chance(0.5):
        _two_parts(writer, whole, "，其中")
    end(writer)


def _two_parts(writer: Writer, whole: Whole, words: str) -> None:
    writer.say(words)
    values = parted(writer.random, whole.total, 3)[:2]
    names = some_names(writer, whole, 2)
    writer.link("open", whole.place, *write_parts(writer, whole, values, names, writer.random.choice("、，")))


def _grown_and_parted(writer: Writer) -> None:
    """A whole with its growth, then its parts, or the other way round."""
    whole = write_whole(writer, 30)
    is_first = writer.chance(0.6)
    if not is_first:
        _two_parts(writer, whole, "，其中")
    writer.say("，")
    _growth(writer, whole)
    if is_first:
        _two_parts(writer, whole, writer.random.choice(["，其中", "。其中，", "。其中", "；其中"]))
    end(writer)


def _some_shares_at_the_end(writer: Writer) -> None:
    whole = write_whole(writer, 200)
    values = parted(writer.random, whole.total // 2, 2)
    writer.say("，其中")
    separator = writer.random.choice("、，")
    places = write_parts(writer, whole, values, some_names(writer, whole, 2), separator)
    writer.one_of("，分别占总数的", "，各占", "，占比分别为")
    for place, value in zip(places, values, strict=True):
        writer.say("" if place == places[0] else "、")
        share = writer.percentage(to_digits(Decimal(value * 100) / whole.total, 2), "share")
        writer.link("share", share, place, whole.place)
    writer.link("open", whole.place, *places)
    end(writer)


def _carried(writer: Writer) -> None:
    """What was received and carried in, and their sum."""
    received, carried = writer.random.randint(5, 400), writer.random.randint(1, 40)
    writer.one_of(*PERIODS)
    writer.one_of("新收政府信息公开申请", "收到依申请公开申请", "本年新收信息公开申请")
    first = writer.count(received, "件")
    writer.one_of("，上年结转", "，上年度结转申请", "、上年结转")
    second = writer.count(carried, "件")
    writer.one_of("，共计", "，合计", "，总计")
    writer.link("closed", writer.count(received + carried, "件"), first, second)
    end(writer)


def _in_characters(writer: Writer) -> None:
    """Numbers in Chinese characters where they are usual."""
    writer.one_of(*PERIODS)
    for words in writer.random.sample(("召开专题会议", "举办业务培训", "印发工作通报", "开展督促检查"), 2):
        writer.say("，" if writer.figures else "", words)
        value, printed = writer.random.choice(_CHARACTERS)
        start = len(writer.text)
        writer.say(printed, "次")
        writer.figure(start, printed, "次", "exact", value)
    end(writer)


def _rates(writer: Writer) -> None:
    """Percentages that are of nothing that the text counts."""
    write_whole(writer, 20)
    writer.one_of("，按时办结率达", "，办结率", "，群众满意度", "，答复率为", "，按期答复率均为")
    writer.percentage(Decimal(writer.random.choice(["100", "99.5", "98", "97.36"])), "share")
    if writer.chance(0.4):
        writer.one_of("，网站访问量同比增长", "，政务新媒体粉丝数较上年增长", "，群众满意度同比提升")
        writer.percentage(Decimal(writer.random.choice(["12.5", "33", "8.41"])), "growth")
    writer.say("。")


def _unlike(writer: Writer) -> None:
    """其中 before what is counted otherwise."""
    write_whole(writer, 20)
    writer.one_of("，其中热点信息点击量超过", "，其中单篇阅读量逾")
    writer.count(writer.random.randint(1, 90) * 100, "次")
    writer.figures[-1] = writer.figures[-1]._replace(approximation="at_least")
    end(writer)


def _share_of_all(writer: Writer) -> None:
    """A share of what the text doesn't count."""
    write_whole(writer, 20)
    writer.one_of("，占全市的", "，占全省总量的", "，占全市同类事项的")
    writer.percentage(Decimal(writer.random.choice(["5", "12.5", "33.33"])), "share")
    end(writer)


def _other_year(writer: Writer) -> None:
    """This year's number beside last year's."""
    writer.one_of("2022年", "上年", "去年")
    writer.one_of("收到政府信息公开申请", "公开政府信息", "办理建议提案")
    writer.count(writer.random.randint(5, 900), "件")
    writer.one_of("，2023年", "，今年", "，本年度")
    writer.one_of("收到", "为", "增至")
    writer.count(writer.random.randint(5, 900), "件")
    end(writer)


COMPOUND: tuple[Callable[[Writer], None], ...] = (
    _two_wholes,
    _grown_in_brackets,
    _grown_and_parted,
    _some_shares_at_the_end,
    _carried,
    _in_characters,
    _rates,
    _unlike,
    _share_of_all,
    _other_year,
)
