"""Mutations of sentences anywhere on a page that say of its tables what they are, or correct a figure.

Each has a twin, sentences in the same places on work, rules, forms or the report's own time.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from eval.adversary.page import Page
from eval.adversary.registry import Stage, mutation
from eval.adversary.wording import other_scope, own_scope, spelled

# The headings of the first section, behind the preamble, and of the last one.
_FIRST, _LAST = "一、总体情况", "六、其他需要报告的事项"
_ALL = ("disclosure", "requests", "disputes")
# What a sentence calls tables, and which these are.
_TABLES = (
    ("本报告第二、三、四部分的数据为{}数据。", _ALL),
    ("本报告中的数据均为{}数据。", _ALL),
    ("表2、表3、表4均为{}数据。", _ALL),
    ("各表数据均为{}数据。", _ALL),
    ("第三部分表格所列为{}数据。", ("requests",)),
    ("表三数据为{}数据。", ("requests",)),
    ("表3为{}数据。", ("requests",)),
    ("第三部分的数据为{}数据，待核实后更新。", ("requests",)),
    ("第四部分表格数据为{}数据。", ("disputes",)),
    ("三、四两表数据为{}数据。", ("requests", "disputes")),
    ("第三、四部分数据均为{}数据。", ("requests", "disputes")),
)
_OTHER_FIGURE = (
    "更正：表三“{row}”{column}一栏应为{number}件。",
    "勘误：表三“{row}”（{column}）应为{number}，特此更正。",
    "注：表三“{row}”{column}数据有误，正确数字为{number}。",
    "表三“{row}”{column}数误录，实为{number}件。",
    "更正：{row}中{column}一列应为{number}件。",
    "说明：表三{row}（{column}）多计{number}件。",
)
_FAULTS = (
    "表三“自然人”“商业企业”两列应互换。",
    "注：表三自然人与商业企业两列数据填反了。",
    "表三个别数据存在录入错误，正在核实。",
    "注：表3前两行数据颠倒。",
    "说明：表三数据有误，以县政府网站重新发布的为准。",
)
_ON_THE_WORK = (
    *(
        "对发现的错误信息及时更正，避免错填漏填。",
        "上年报告表三数据有误，现已更正。",
        "答复期限应为20个工作日。",
    ),
    *("更正公告：办公地址变更为新城路1号。", "办理更正政府信息申请12件。", "总计应为各项之和。"),
    *("要求各单位认真核对统计表，杜绝数据有误。", "收到申请表5份，其中2份填写错误，已告知补正。"),
    *("如对本报告有疑问，请与我局联系。", "表三中予以公开包括上年结转2件。", "满意率应为100%。"),
)
_OTHER_UNITS = (
    "本报告表格中的申请数量单位为百件。",
    "表三数据以百件为单位。",
    "本报告表格中的数据以千件为单位。",
    "表三的数据单位：百件。",
    "第三部分表格单位为十件。",
)
_OWN_UNITS = (
    "本报告表格中的申请数量单位为件。",
    "表三数据以件为单位。",
    "收费金额以万元为单位。",
    "表三的数据单位：件。",
    "全县人口以万人为单位统计。",
)


def _put(page: Page, rng: Random, sentence: str) -> None:
    """Put a sentence into the preamble, a section without tables, or at the foot of the page."""
    # An annex has all sections before the tables.
    places = ("preamble", "one", "five", "six", "foot") if _LAST in page.after else ("preamble", "one")
    match rng.choice(places):
        case "preamble":
            page.before[page.before.index(_FIRST) - 1] += sentence
        case "one":
            page.before.append(sentence)
        case "five":
            page.after[1] += sentence
        case "six":
            page.after[-1] += sentence
        case _:
            page.after.append(sentence)


def _one_of(page: Page, rng: Random, sentences: Sequence[str]) -> None:
    _put(page, rng, rng.choice(sentences))


@mutation("told-elsewhere")
def tell_elsewhere(page: Page, rng: Random) -> bool:
    """A sentence in another section says of tables, by number or of all, that they are of another scope."""
    words, tables = rng.choice(_TABLES)
    _put(page, rng, spelled(rng, words.format(other_scope(rng, page.year))))
    page.disown(*tables)
    return True


@mutation("told-elsewhere-own")
def tell_own_elsewhere(page: Page, rng: Random) -> bool:
    """A sentence in another section says of tables that they are of the report's own scope."""
    words, _ = rng.choice(_TABLES)
    _put(page, rng, spelled(rng, words.format(own_scope(rng, page.year))))
    return True


@mutation("correction", Stage.LOOKS)
def correct(page: Page, rng: Random) -> bool:
    """A sentence says that a figure should be another one, or that figures of table 3 are wrong."""
    if rng.random() < 0.4:
        _one_of(page, rng, _FAULTS)
        page.disown("requests")
        return True
    places = page.form.places
    figures = [a.address for a in page.figures() if a.address and a.text]
    figures = [address for address in figures if address.startswith("requests.")]
    if not figures:
        return False
    address = rng.choice(figures)
    _, _, row, column = places[address]
    words = rng.choice(_OTHER_FIGURE).format(row=row.label, column=column.label, number=rng.randint(1, 900))
    _put(page, rng, words)
    page.disowned.add(address)
    return True


@mutation("correction-of-another", Stage.LOOKS)
def correct_another(page: Page, rng: Random) -> bool:
    """A sentence on work, forms or another report speaks of errors and corrections."""
    _one_of(page, rng, _ON_THE_WORK)
    return True


@mutation("unit-elsewhere")
def tell_other_unit(page: Page, rng: Random) -> bool:
    """A sentence in another section says that table 3 counts in tens, hundreds or thousands."""
    _one_of(page, rng, _OTHER_UNITS)
    page.disown("requests")
    return True


@mutation("unit-elsewhere-own")
def tell_own_unit(page: Page, rng: Random) -> bool:
    """A sentence in another section names the form's own units, or those of something else."""
    _one_of(page, rng, _OWN_UNITS)
    return True
