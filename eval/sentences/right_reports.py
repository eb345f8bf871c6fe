"""Right reports in many wordings, and what every rule tells of them: each finding is a false alarm.

``python -m eval.sentences.right_reports [NUMBER]`` prints how often each rule is violated. The figures of a
report hold in its tables, and its sentences state them, and others, rightly; wording and order are drawn.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import NamedTuple

from eval.zoo.drawing import COLUMNS, GROUPS, OUTCOMES, Number, draw_left_out, draw_numbers
from extractor.pipeline import extract
from rules.form import Form
from rules.loader import built_in_forms
from rules.words import Severity

SEED, NUMBER = 20260119, 2000
_ALL = 100
_ORGANS = (
    *("临江县人民政府", "南浦区人民政府", "云岭市人民政府", "双桥镇人民政府", "安泰县青石街道办事处"),
    *("临江县教育局", "云岭市财政局", "南浦区卫生健康委员会", "安泰县自然资源和规划局"),
)
_HEADER = (
    "|  |  |  | 申请人情况 |  |  |  |  |  |  |\n|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n"
    "|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n"
)
_RESULTS = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 "


class Writer:
    """What the sentences of one report are made of.

    Attributes:
        random: where chance comes from.
        numbers: of every cell, by address.
        year: of the report.
        organ: whose it is.
    """

    def __init__(self, random: Random, numbers: dict[str, Number], year: int, organ: str) -> None:
        self.random, self.numbers, self.year, self.organ = random, numbers, year, organ

    def any(self, *words: str) -> str:
        """One of some wordings."""
        return self.random.choice(words)

    def cell(self, address: str) -> int:
        """The number of a cell."""
        return int(self.numbers[address])

    def parts(self, whole: int, number: int) -> list[int]:
        """So many numbers that sum to one; each at least 1 where it is great enough."""
        cuts = sorted(self.random.sample(range(1, max(whole, number + 1)), number - 1))
        return [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]

    def rate(self, part: int, whole: int) -> str:
        """A percentage, rounded as reports round it; what isn't all is never 100 %."""
        digits = self.random.choice(("1", "0.1", "0.01"))
        exact = Decimal(100 * part) / whole
        value = exact.quantize(Decimal(digits), ROUND_HALF_UP)
        if part < whole and value == _ALL:
            value = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{value.normalize():f}%" if self.random.random() < 0.5 else f"{value}%"

    def tenths(self, least: int) -> str:
        """A number with one decimal, up to nine above the least."""
        return f"{least + self.random.randint(0, 9)}.{self.random.randint(1, 9)}"

    def figure(self, number: int) -> str:
        """A number as this sentence writes it."""
        return f"{number:,}" if self.random.random() < 0.2 else str(number)

    def change(self, now: int, before: int) -> str:
        """How a number has changed."""
        up = now >= before
        verb = self.any("增长", "增加", "上升") if up else self.any("下降", "减少")
        return f"{verb}{self.rate(abs(now - before), before)}"


def _published(w: Writer) -> str:
    whole = w.random.randint(60, 9000)
    site, wechat, weibo = w.parts(whole, 3)
    before = w.random.randint(50, 9000)
    unit = w.any("条", "篇")
    told = w.any("公开", "发布", "主动公开")
    sentence = w.any(
        f"全年{told}各类信息{w.figure(whole)}{unit}，其中政府网站{site}{unit}、政务微信{wechat}{unit}、政务微博{weibo}{unit}",
        f"{w.year}年，通过各种渠道{told}信息{w.figure(whole)}{unit}",
        f"{told}信息{w.figure(whole)}{unit}，较上年的{before}{unit}{w.change(whole, before)}",
        f"{told}信息{w.figure(whole)}{unit}，与{w.year - 1}年（{before}{unit}）相比{w.change(whole, before)}",
    )
    return f"{sentence}。"


def _explained(w: Writer) -> str:
    whole, meetings = w.random.randint(6, 90), w.random.randint(2, 24)
    one, two, three = w.parts(whole, 3)
    each = w.random.randint(10, 90)
    return w.any(
        f"发布政策解读{whole}篇，其中文字解读{one}篇、图文解读{two}篇、视频解读{three}篇。",
        f"召开新闻发布会{meetings}场，回应社会关切{whole}件。",
        f"举办政策培训{meetings}场，参训人员{meetings * each}人次，平均每场{each}人次。",
        f"编发政府公报{meetings}期，每期{each}册，共{meetings * each}册。",
    )


def _requested(w: Writer) -> str:
    received, handled = w.cell("requests.received.total"), w.cell("requests.handled_total.total")
    carried_in, carried_out = w.cell("requests.carried_in.total"), w.cell("requests.carried_out.total")
    natural = w.cell("requests.received.natural_person")
    got = w.any("收到", "新收", "受理", "共收到", "全年新收")
    sentences = [
        f"{got}政府信息公开申请{received}件，上年结转{carried_in}件，"
        f"办结{handled}件，结转下年度继续办理{carried_out}件。",
        f"{got}政府信息公开申请{received}件，其中自然人申请{natural}件，"
        f"法人或其他组织申请{received - natural}件。",
        f"{got}政府信息公开申请{received}件。",
        f"本年度{got}政府信息公开申请{received}件，均按规定程序办理。",
    ]
    if received:
        before = w.random.randint(1, 200)
        sentences += [
            f"{got}政府信息公开申请{received}件，较上年的{before}件{w.change(received, before)}。",
            f"{got}政府信息公开申请{received}件，其中自然人申请{natural}件，占{w.rate(natural, received)}。",
            f"{got}的政府信息公开申请中，自然人申请占{w.rate(natural, received)}。",
            f"依法办理政府信息公开申请，办结率{w.rate(handled, received + carried_in)}。",
            _of_an_office(w),
        ]
    granted = w.cell("requests.granted.total")
    if handled:
        sentences += [
            f"办结政府信息公开申请{handled}件，其中予以公开{granted}件，占{w.rate(granted, handled)}。",
            f"从申请办理结果看，予以公开占{w.rate(granted, handled)}。",
        ]
    return w.any(*sentences)


def _of_an_office(w: Writer) -> str:
    """What one office has received: no figure of the tables."""
    received = w.random.randint(4, 90)
    natural = w.random.randint(1, received)
    office = w.any("信访科", "区发改局", "城东街道", "上半年", "市级部门")
    return w.any(
        f"{office}收到政府信息公开申请{received}件，自然人申请占{w.rate(natural, received)}。",
        f"{office}办理政府信息公开申请{received}件，予以公开{natural}件，占{w.rate(natural, received)}。",
    )


def _disputed(w: Writer) -> str:
    reconsidered = w.cell("disputes.reconsideration.total")
    sued = w.cell("disputes.litigation.direct.total") + w.cell(
        "disputes.litigation.after_reconsideration.total"
    )
    if not reconsidered and not sued:
        return w.any("全年未发生因政府信息公开引起的行政复议和行政诉讼。", "")
    return w.any(f"因政府信息公开被申请行政复议{reconsidered}件，提起行政诉讼{sued}件。", "")


def _managed(w: Writer) -> str:
    files, due = w.random.randint(3, 60), w.random.randint(20, 400)
    issued = w.cell("disclosure.normative_documents.issued")
    in_force = w.cell("disclosure.normative_documents.in_force")
    return w.any(
        f"清理历史文件{files}件，其中保留{files - 2}件、废止2件。",
        f"制发行政规范性文件{issued}件，现行有效{in_force}件。",
        f"公文公开属性源头认定{due}件，确定为主动公开{due - files if due > files else due}件。",
        "严格执行保密审查和“三审三校”制度，动态调整公开目录。",
    )


def _platforms(w: Writer) -> str:
    accounts = w.random.randint(3, 40)
    closed = w.random.randint(1, 9)
    visits = 365 * w.random.randint(10, 900)
    return w.any(
        f"全区共有政务新媒体{accounts + closed}个，关停整合{closed}个，保留{accounts}个。",
        f"网站全年访问量{visits}人次，日均{visits // 365}人次。",
        f"政务公开专区由{accounts}个增加到{accounts + closed}个，增加{closed}个。",
        f"微信公众号粉丝达{w.tenths(1)}万人，门户网站设置专栏{accounts}个。",
    )


def _supervised(w: Writer) -> str:
    units, problems = w.random.randint(5, 60), w.random.randint(4, 90)
    mended = w.random.randint(problems // 2, problems)
    first, second = w.parts(units, 2)
    rate = w.rate(mended, problems)
    return w.any(
        f"开展督查{w.random.randint(1, 4)}次，发现问题{problems}个，已整改{mended}个，整改率{rate}。",
        f"抽查单位{units}家，其中部门{first}家、乡镇{second}家。",
        f"全年组织培训{w.random.randint(1, 6)}次，培训{w.random.randint(20, 400)}人次。",
        f"社会评议满意率为{w.tenths(90)}%，考核结果良好，未发生责任追究情形。",
    )


_ASPECTS = (
    ("主动公开", (_published, _explained)),
    ("依申请公开", (_requested, _disputed)),
    ("政府信息管理", (_managed,)),
    ("平台建设", (_platforms,)),
    ("监督保障", (_supervised,)),
)
_PROBLEMS = (
    "存在的主要问题：一是公开的及时性有待提高；二是解读形式较为单一。改进措施：加强培训，丰富形式。",
    "一年来，我们的工作仍有不足：少数栏目更新不够及时，业务人员变动较大。下一步将定期开展自查，加强业务指导。",
    "主要问题是主动公开内容不够全面、公众参与程度不高。{next}年将细化公开事项，拓宽互动渠道，完善工作机制。",
)
_OTHERS = (
    "本年度未收取信息处理费。",
    "无其他需要报告的事项。",
    "按照《政府信息公开信息处理费管理办法》，本年度没有产生信息处理费。",
)


def right_report(random: Random) -> str:
    """One report, as text."""
    form, organ, year = built_in_forms()[0], random.choice(_ORGANS), random.randint(2021, 2025)
    left_out = draw_left_out(random, form)
    numbers = _figures(random, form, left_out)
    w = Writer(random, numbers, year, organ)
    numerals = "一二三四五六"
    date = f"{year + 1}年1月{random.randint(8, 30)}日"
    dated = w.any(f"\n{organ}\n{date}\n", f"\n\n{date}\n")
    sections = (
        ("总体情况", _overview(w)),
        ("主动公开政府信息情况", _disclosure(numbers)),
        ("收到和处理政府信息公开申请情况", _requests(form, numbers, left_out)),
        ("政府信息公开行政复议、行政诉讼情况", _disputes(numbers)),
        ("存在的主要问题及改进情况", w.any(*_PROBLEMS).format(next=year + 1)),
        ("其他需要报告的事项", w.any(*_OTHERS)),
    )
    text = "".join(
        f"{number}、{title}\n{content}\n" for number, (title, content) in zip(numerals, sections, strict=True)
    )
    return f"{organ}{year}年政府信息公开工作年度报告\n{_preamble(w)}\n{text}{dated}"


def _preamble(w: Writer) -> str:
    period = w.any(f"自{w.year}年1月1日起至{w.year}年12月31日止", f"从{w.year}年1月1日到{w.year}年12月31日")
    number, telephone = w.random.randint(1, 99), f"0517-8123{w.random.randint(1000, 9999)}"
    contact = w.any(
        f"如有疑问，请与{w.organ}联系（地址：建设路{number}号，邮编：223000，电话：{telephone}）。",
        f"联系电话：{telephone}，电子邮箱：zwgk{number}@163.com。",
    )
    return f"本报告根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限{period}。{contact}"


def _overview(w: Writer) -> str:
    marks = w.random.choice(
        (("（一）", "（二）", "（三）", "（四）", "（五）"), ("1.", "2.", "3.", "4.", "5."), ("",) * 5)
    )
    paragraphs = []
    for mark, (name, sentences) in zip(marks, _ASPECTS, strict=True):
        told = "".join(sentence(w) for sentence in sentences)
        paragraphs.append(f"{mark}{name}{w.any('。', '方面。', '情况。')}{told}")
    opening = w.any(
        f"{w.year}年，{w.organ}认真贯彻落实条例，扎实推进政府信息公开工作。\n", f"{w.year}年工作情况如下：\n"
    )
    return opening + w.any("\n", "").join(paragraphs)


def _figures(random: Random, form: Form, left_out: frozenset[str]) -> dict[str, Number]:
    """Numbers of all cells, in which nothing is odd for a town, a county or a department."""
    numbers = draw_numbers(random, form, left_out)
    issued, repealed = random.randint(0, 20), random.randint(0, 5)
    numbers |= {f"disclosure.regulations.{column}": 0 for column in ("issued", "repealed", "in_force")}
    numbers |= {
        "disclosure.normative_documents.issued": issued,
        "disclosure.normative_documents.repealed": repealed,
        "disclosure.normative_documents.in_force": issued + random.randint(0, 60),
        "disclosure.fees.amount": Decimal(random.randint(0, 90000)).scaleb(-2),
    }
    greatest = max(int(value) for address, value in numbers.items() if address.endswith(".total"))
    return numbers if greatest < 3000 else _figures(random, form, left_out)


def _disclosure(numbers: dict[str, Number]) -> str:
    def row(label: str, *addresses: str) -> str:
        return f"| {label} | {' | '.join(str(numbers[f'disclosure.{one}']) for one in addresses)} |\n"

    columns = ("issued", "repealed", "in_force")
    return (
        "| 第二十条第（一）项 |\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        + row("规章", *(f"regulations.{one}" for one in columns))
        + row("行政规范性文件", *(f"normative_documents.{one}" for one in columns))
        + "| 第二十条第（五）项 |\n| 信息内容 | 本年处理决定数量 |\n"
        + row("行政许可", "licences.decisions")
        + "| 第二十条第（六）项 |\n| 信息内容 | 本年处理决定数量 |\n"
        + row("行政处罚", "penalties.decisions")
        + row("行政强制", "coercion.decisions")
        + "| 第二十条第（八）项 |\n| 信息内容 | 本年收费金额（单位：万元） |\n"
        + row("行政事业性收费", "fees.amount")
    )


def _requests(form: Form, numbers: dict[str, Number], left_out: frozenset[str]) -> str:
    lines = [_HEADER]
    for (table, _), rows in form.addressed_rows.items():
        for row, _addresses in rows if table == "requests" else ():
            if row.id not in left_out:
                cells = " | ".join(str(numbers[f"requests.{row.id}.{column}"]) for column in COLUMNS)
                lines.append(f"| {row.under or ''} | {row.number or ''}{row.label} |  | {cells} |\n")
    return "".join(lines)


def _disputes(numbers: dict[str, Number]) -> str:
    cells = " | ".join(
        str(numbers[f"disputes.{group}.{column}"]) for group in GROUPS for column in (*OUTCOMES, "total")
    )
    return (
        "| 行政复议 |  |  |  |  | 行政诉讼 |  |  |  |  |  |  |  |  |  |\n"
        "|  |  |  |  |  | 未经复议直接起诉 |  |  |  |  | 复议后起诉 |  |  |  |  |\n"
        f"{_RESULTS * 3}|\n| {cells} |\n"
    )


class Alarm(NamedTuple):
    """A finding in a right report."""

    rule: str
    severity: Severity
    message: str


def alarms(seed: int, number: int) -> Iterator[list[Alarm]]:
    """What is told of each of some right reports.

    Args:
        seed: of what is drawn.
        number: of reports.
    """
    random = Random(seed)  # noqa: S311 - nothing here is secret
    for index in range(number):
        text = right_report(random)
        for extraction in extract(text.encode(), name=f"right-{index}.txt"):
            told = (*extraction.findings, *extraction.remarks)
            yield [Alarm(one.rule, one.severity, one.message.zh) for one in told]


def main(arguments: Sequence[str]) -> None:
    """Print how often each rule is violated, and its first message."""
    number = int(arguments[0]) if arguments else NUMBER
    told = [alarm for report in alarms(SEED, number) for alarm in report]
    first: dict[str, Alarm] = {}
    for alarm in told:
        first.setdefault(alarm.rule, alarm)
    errors = sum(alarm.severity == "hard" for alarm in told)
    print(f"{number} right reports: {errors} errors, {len(told) - errors} warnings and hints")
    for rule, count in Counter(alarm.rule for alarm in told).most_common():
        print(f"{count:6}  {rule}  {first[rule].severity}  {first[rule].message}")


if __name__ == "__main__":
    main(sys.argv[1:])
