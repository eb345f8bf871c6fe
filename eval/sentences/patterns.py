"""Patterns of sentences that state figures, as reports write them: wholes, parts, shares, growth, lists."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from eval.sentences.writing import Writer, parted

PERIODS = ("2023年，", "2023年", "全年", "2023年度，", "本年度", "一年来，", "年内", "")
_BODIES = ("全区", "区政府办公室", "我局", "各街镇、各部门", "某某区", "全县各级行政机关", "", "", "")
_ADVERBS = ("共", "累计", "共计", "", "", "", "先后", "总计")
_SEPARATORS = ("，", "、", "；", ",", ";")
_BEFORE = (
    "围绕重点领域，",
    "坚持以公开为常态、不公开为例外，",
    "按照“谁公开、谁负责”原则，",
    "一是加强主动公开。",
    "（一）主动公开方面。",
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）规定，",
    "严格落实“三审三校”制度，",
    "截至2023年12月31日，",
    "按照国办公开办函〔2021〕30号文件要求，",
    "二是严格依申请公开。",
    "1.强化平台建设。",
    *[""] * 8,
)
_AFTER = (
    "，均已按时办结",
    "，全部依法依规答复",
    "，政府工作透明度不断提升",
    "，有效保障了公众知情权",
    "，未收取任何费用",
    "，无一起投诉",
    "，群众满意度持续提高",
    *[""] * 7,
)


class _Theme(NamedTuple):
    """What is counted: verbs, nouns, units, and the kinds that it is parted into."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    units: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]


_APPLICATIONS = _Theme(
    ("收到", "受理", "新收", "办理", "接收", "答复", "办结"),
    ("政府信息公开申请", "依申请公开申请", "信息公开申请"),
    ("件", "件", "件", "条", "份", "项"),
    (
        ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理"),
        ("自然人申请", "法人及其他组织申请"),
        ("网络申请", "信函申请", "当面申请"),
        ("同意公开", "同意部分公开", "不同意公开", "本机关不掌握"),
    ),
)
_THEMES = (
    _APPLICATIONS,
    _APPLICATIONS,
    _Theme(
        ("主动公开", "发布", "公开", "更新", "发布各类"),
        ("政府信息", "政务信息", "信息"),
        ("条", "条", "篇", "件"),
        (
            ("概况类信息", "政务动态类信息", "法定公开信息", "政策文件类信息"),
            ("财政预决算信息", "重大建设项目信息", "公共资源配置信息", "社会救助信息", "食品药品安全信息"),
            ("机构职能", "规划计划", "人事任免", "工作动态"),
        ),
    ),
    _Theme(
        ("办理", "承办", "收到"),
        ("人大代表建议", "政协委员提案", "建议提案"),
        ("件", "件", "条"),
        (
            ("城建环保方面", "教科文卫方面", "工业交通方面", "社会保障方面"),
            ("主办件", "协办件"),
            ("经济类", "社会类", "文化类"),
        ),
    ),
    _Theme(
        ("制作", "发布", "制作发布"),
        ("政策解读材料", "解读稿件", "解读材料"),
        ("篇", "件", "个", "份"),
        (("文字解读", "图片解读", "视频解读"), ("图文解读", "负责人解读", "专家解读", "媒体解读")),
    ),
    _Theme(
        ("举办", "召开", "开展", "组织"),
        ("培训", "业务培训", "新闻发布会", "政府开放日活动", "专题会议"),
        ("次", "场", "期", "场次"),
        (("线上培训", "线下培训"), ("区级", "镇级", "部门")),
    ),
    _Theme(
        ("办理", "回复", "处理"),
        ("群众留言", "网民来信", "区长信箱来信"),
        ("条", "件", "封"),
        (("咨询类", "投诉类", "建议类"), ("市长信箱", "人民网留言板", "政务服务热线")),
    ),
)


class Whole(NamedTuple):
    """A count that parts follow: where it stands, its value and unit, and what it can be parted into."""

    place: int
    total: int
    unit: str
    kinds: tuple[str, ...]


def write_whole(writer: Writer, least: int = 12, most: int = 9999) -> Whole:
    """Begin a sentence with a count."""
    random = writer.random
    theme = random.choice(_THEMES)
    total = random.choice(
        [random.randint(least, least + 40), random.randint(least, 400), random.randint(least, most)]
    )
    unit = random.choice(theme.units)
    writer.one_of(*_BEFORE)
    writer.one_of(*PERIODS)
    writer.one_of(*_BODIES)
    writer.one_of(*_ADVERBS)
    writer.one_of(*theme.verbs)
    noun = random.choice(theme.nouns)
    if writer.chance(0.15):
        place = writer.count(total, unit)
        writer.say(noun)
    else:
        writer.say(noun)
        if writer.chance(0.3):
            writer.one_of("共", "共计", "累计", "达", "总数为")
        place = writer.count(total, unit)
    kinds = random.choice(theme.kinds)
    return Whole(place, total, unit, kinds)


def write_parts(
    writer: Writer, whole: Whole, values: list[int], names: list[str], separator: str
) -> list[int]:
    """Write parts, each with its name; their places."""
    places: list[int] = []
    for name, value in zip(names, values, strict=True):
        if places:
            writer.say(separator)
        writer.say(name)
        places.append(writer.count(value, whole.unit))
    return places


def some_names(writer: Writer, whole: Whole, number: int) -> list[str]:
    """Names of parts."""
    names = list(whole.kinds)
    writer.random.shuffle(names)
    return names[:number]


def end(writer: Writer) -> None:
    """End a sentence."""
    writer.one_of(*_AFTER)
    writer.say("。")


def _respectively(writer: Writer) -> None:
    whole = write_whole(writer)
    names = some_names(writer, whole, writer.random.randint(2, len(whole.kinds)))
    writer.one_of("，分别为", "，分别是", "，其中分别为", "，分别为：")
    places = write_parts(
        writer, whole, parted(writer.random, whole.total, len(names)), names, writer.random.choice("、，；")
    )
    writer.link("closed", whole.place, *places)
    end(writer)


def _residual(writer: Writer) -> None:
    whole = write_whole(writer)
    names = some_names(writer, whole, writer.random.randint(1, len(whole.kinds) - 1))
    names.append(writer.random.choice(["其他", "其他方面", "其他类", "其余", "其他渠道"]))
    writer.one_of("，其中", "，其中，", "。其中，", "，其中：", "。其中")
    values = parted(writer.random, whole.total, len(names))
    places = write_parts(writer, whole, values, names, writer.random.choice("、，；"))
    writer.link("closed", whole.place, *places)
    end(writer)


def _summed_up(writer: Writer) -> None:
    random = writer.random
    theme = random.choice(_THEMES)
    unit = theme.units[0]
    names = list(random.choice(theme.kinds))
    values = [random.randint(1, 500) for _ in names]
    whole = Whole(0, sum(values), unit, tuple(names))
    writer.one_of(*PERIODS)
    places = write_parts(writer, whole, values, names, random.choice("、，"))
    writer.one_of("，共计", "，合计", "，总计", "，以上合计")
    writer.link("closed", writer.count(whole.total, unit), *places)
    end(writer)


def _some(writer: Writer) -> None:
    whole = write_whole(writer, 20)
    names = some_names(writer, whole, writer.random.randint(1, len(whole.kinds)))
    writer.one_of("，其中", "，其中，", "。其中，", "，包括", "，其中：", "。其中")
    values = parted(writer.random, writer.random.randint(len(names) + 1, whole.total), len(names) + 1)[:-1]
    places = write_parts(writer, whole, values, names, writer.random.choice("、，；"))
    if writer.chance(0.2):
        writer.say("等")
    writer.link("open", whole.place, *places)
    end(writer)


def _bracketed(writer: Writer) -> None:
    whole = write_whole(writer, 20)
    (name,) = some_names(writer, whole, 1)
    writer.one_of("（含", "（其中", "（其中，", "(含")
    writer.say(name)
    place = writer.count(writer.random.randint(1, whole.total - 1), whole.unit)
    writer.say("）")
    writer.link("open", whole.place, place)
    end(writer)


def to_digits(value: Decimal, digits: int) -> Decimal:
    """A number rounded to so many decimals."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _with_shares(writer: Writer) -> None:
    random = writer.random
    whole = write_whole(writer, 20)
    names = some_names(writer, whole, random.randint(1, len(whole.kinds) - 1))
    digits = random.choice([0, 1, 1, 2])
    values = parted(random, random.randint(len(names) + 1, whole.total), len(names) + 1)[:-1]
    writer.one_of("，其中", "。其中，", "，其中，", "。其中")
    words = random.choice(["，占", "，占比", "，占总数的", "、占", "（占", "，占比为", "，约占总数的"])
    if words.startswith("（"):
        closing, separator = "）", random.choice("、，；")
    else:
        closing, separator = "", "；" if words[0] == "，" else "，"
    places: list[int] = []
    for name, value in zip(names, values, strict=True):
        writer.say(separator if places else "", name)
        places.append(writer.count(value, whole.unit))
        writer.say(words)
        share = writer.percentage(to_digits(Decimal(value * 100) / whole.total, digits), "share")
        writer.say(closing)
        writer.link("share", share, places[-1], whole.place)
    writer.link("open", whole.place, *places)
    end(writer)


def _shares_at_the_end(writer: Writer) -> None:
    random = writer.random
    whole = write_whole(writer, 20)
    names = some_names(writer, whole, 2)
    values = parted(random, whole.total, 2)
    writer.one_of("，其中", "。其中，")
    places = write_parts(writer, whole, values, names, random.choice("、，"))
    writer.one_of("，分别占", "，占比分别为", "，分别占总数的")
    first = writer.percentage(to_digits(Decimal(values[0] * 100) / whole.total, 1), "share")
    writer.one_of("、", "和")
    second = writer.percentage(100 - writer.figures[-1].value, "share")
    writer.link("share", first, places[0], whole.place)
    writer.link("share", second, places[1], whole.place)
    writer.link("closed", whole.place, *places)
    end(writer)


def _grown(writer: Writer) -> None:
    random = writer.random
    whole = write_whole(writer, 20)
    last = max(1, random.randint(whole.total // 2, whole.total * 2))
    rate = to_digits((Decimal(whole.total) / last - 1) * 100, random.choice([0, 1, 1, 2]))
    difference: int | None = None
    if writer.chance(0.2) and last != whole.total:
        writer.one_of("，较上年", "，同比", "，比2022年")
        writer.say("增加" if last < whole.total else "减少")
        difference = writer.count(abs(whole.total - last), whole.unit)
        writer.say("，", "增长" if rate >= 0 else "下降")
    else:
        writer.one_of(
            "，同比", "，较上年", "，比去年", "，与上年相比", "，较2022年", "，同比去年", "，与去年同期相比"
        )
        writer.one_of(*(("增长", "增加", "上升") if rate >= 0 else ("减少", "下降", "降低")))
    if writer.chance(0.1):
        writer.say("了")
    place = writer.percentage(abs(rate), "growth", is_fall=rate < 0)
    writer.link("growth", place, whole.place)
    if difference is not None:
        writer.link("change_rate", place, whole.place, difference)
    end(writer)


def _two_breakdowns(writer: Writer) -> None:
    random = writer.random
    total = random.randint(8, 300)
    writer.one_of(*PERIODS)
    writer.one_of("共收到", "共受理", "办理", "累计收到")
    writer.say("政府信息公开申请")
    whole = writer.count(total, "件")
    first = parted(random, total, 2)
    made = Whole(whole, total, "件", ())
    writer.one_of("，其中", "。其中，")
    places = write_parts(writer, made, first, ["网络申请", "信函申请"], "，")
    writer.link("open", whole, *places)
    writer.one_of("，均已答复，", "；", "，全部按期答复，其中")
    second = parted(random, total, 3)
    places = write_parts(writer, made, second, ["予以公开", "部分公开", "不予公开"], "，")
    writer.link("open", whole, *places)
    writer.say("。")


def _list(writer: Writer) -> None:
    """Counts that have nothing to do with each other."""
    random = writer.random
    clauses = [
        ("召开专题会议", "次"),
        ("举办业务培训", "期"),
        ("参训人员", "人次"),
        ("印发通报", "期"),
        ("注销政务新媒体账号", "个"),
        ("发布政策解读", "篇"),
        ("回复群众留言", "条"),
        ("制发规范性文件", "件"),
        ("更新信息公开指南", "次"),
        ("开展督查检查", "轮"),
        ("组织政府开放日活动", "场"),
        ("配备专职人员", "名"),
        ("接待来访群众", "人次"),
        ("网站总访问量", "万次"),
    ]
    writer.one_of(*_BEFORE)
    writer.one_of(*PERIODS)
    chosen = random.sample([one for one in clauses if one[1] != "万次"], random.randint(1, 4))
    separator = random.choice("，，、；")
    for place, (name, unit) in enumerate(chosen):
        writer.say(separator if place else "", name)
        way = random.random()
        if way < 0.15:
            writer.count(random.randint(1, 90) * 10, unit, approximation="at_least")
        elif way < 0.25:
            writer.one_of("约", "近")
            writer.count(random.randint(2, 900), unit)
            writer.figures[-1] = writer.figures[-1]._replace(approximation="about")
        else:
            writer.count(random.randint(1, 900), unit)
    end(writer)


def _ordered(writer: Writer) -> None:
    """一是…二是… with a count each."""
    clauses = (
        ("召开会议", "次"),
        ("开展培训", "场"),
        ("发布信息", "条"),
        ("制作图解", "个"),
        ("印发文件", "份"),
    )
    for ordinal, (name, unit) in zip("一二三", writer.random.sample(clauses, 3), strict=True):
        writer.say(ordinal, "是")
        writer.one_of("强化组织领导", "拓宽公开渠道", "加强业务指导", "提升服务效能")
        writer.say("，", name)
        writer.count(writer.random.randint(1, 300), unit)
        writer.one_of("；", "。")
    writer.text = writer.text[:-1] + "。"


SIMPLE: tuple[Callable[[Writer], None], ...] = (
    _respectively,
    _residual,
    _summed_up,
    _some,
    _some,
    _bracketed,
    _with_shares,
    _with_shares,
    _shares_at_the_end,
    _grown,
    _grown,
    _two_breakdowns,
    _list,
    _list,
    _ordered,
)
