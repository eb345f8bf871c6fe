"""Readings that a passage admits beside one that contradicts itself, and what only seems so."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from extractor.narrative.admitted.misprints import is_one_misprint
from extractor.narrative.admitted.otherwise import admitted
from extractor.narrative.checks.contract import Judged, ReportText
from extractor.narrative.checks.registry import CHECK_OF
from extractor.result.header import Header
from extractor.result.narrative import Relation, RelationKind
from rules.claims import UNDECIDED
from rules.confront import Outcome
from rules.loader import built_in_forms
from tests.helpers.narratives import cell, written

SHARE, GROWTH, DIFFERENCE = RelationKind.SHARE, RelationKind.GROWTH, RelationKind.DIFFERENCE
CLOSED, OPEN, AVERAGE = RelationKind.CLOSED, RelationKind.OPEN, RelationKind.AVERAGE
PRODUCT, CELL = RelationKind.PRODUCT, RelationKind.CELL
RECEIVED, HANDLED = "requests.received.total", "requests.outcome.total"
CARRIED_IN = "requests.carried_in.total"


class Case(NamedTuple):
    """A text; the relation that contradicts it as it is bound, and others of the text, which hold."""

    text: str
    bound: Relation
    held: tuple[Relation, ...] = ()


# The number that is bound wrongly isn't what the text means: another reading of its sentence is right.
RIGHT = {
    "share of two others": Case(
        "人员[1264]人，专职[318]人，兼职[946]人，专职占[=25.2]%。", Relation(SHARE, 3, (2, 0))
    ),
    "share of few": Case("回访[350]件，满意[326]件，不满意[4]件，占[=1.1]%。", Relation(SHARE, 3, (2, 1))),
    "share whose terms another has": Case(
        "查出[3720]元，整改[3580]元，金额整改率[=96.2]%，件数整改率[=97.4]%。",
        Relation(SHARE, 3, (1, 0)),
        (Relation(SHARE, 2, (1, 0)),),
    ),
    "growth over another year": Case(
        "2021年[112]件，2022年[96]件，2023年[120]件，比2022年增长[^25]%。", Relation(GROWTH, 3, (2, 0))
    ),
    "growth whose terms another has": Case(
        "本年[837]条，较[792]条增长[^5.7]%，上年又增长[^2.1]%。",
        Relation(GROWTH, 3, (0, 1)),
        (Relation(GROWTH, 2, (0, 1)),),
    ),
    "difference of two others": Case(
        "平均[84.6]分，最高[96.2]分，我县[88.9]分，高于平均[4.3]分，与第一名相差[7.3]分。",
        Relation(DIFFERENCE, 4, (2, 3)),
    ),
    "subtotal of a list": Case(
        "收到的[74]件中，城东[18]件、河西[13]件、南门[9]件，三个街道共[40]件。",
        Relation(OPEN, 0, (1, 2, 3, 4)),
    ),
    "part of a list that is no product": Case(
        "培训分别为[186]人次、[204]人次、[175]人次和[235]人次，共[800]人次，平均每期[200]人次。",
        Relation(PRODUCT, 3, (4, 5)),
        (Relation(CLOSED, 4, (0, 1, 2, 3)),),
    ),
    "average among others": Case(
        "账号由[46]个整合为[38]个，推送[19000]条，平均每个[500]条。", Relation(AVERAGE, 3, (2, 0))
    ),
    "product of others": Case(
        "出版[12]期，刊登[96]件，每期[2000]册，共[24000]册。", Relation(PRODUCT, 3, (1, 2))
    ),
    "parts of another number": Case(
        "认定[1126]人，在校生[13405]人，三档分别为[218]人、[463]人、[445]人。",
        Relation(CLOSED, 1, (2, 3, 4)),
    ),
    "parts of two numbers": Case(
        "建议[104]件、提案[131]件，除[22]件外，其余[213]件公开。", Relation(CLOSED, 1, (2, 3))
    ),
    "list that goes on": Case(
        "材料[312]篇，由文字[164]篇、图解[97]篇、视频[33]篇和专家[18]篇组成。",
        Relation(CLOSED, 0, (1, 2, 3)),
    ),
    "part that is a difference": Case(
        "上半年[412]条，下半年[538]条，多[126]条，共[950]条。",
        Relation(CLOSED, 3, (0, 1, 2)),
        (Relation(DIFFERENCE, 2, (1, 0)),),
    ),
    "part that is of another": Case(
        "卫生[420]条，其中服务[168]条；药品[315]条，其中抽检[126]条，占[=40]%。",
        Relation(OPEN, 0, (1, 2)),
        (Relation(SHARE, 4, (3, 2)),),
    ),
    "part that a share binds to another": Case(
        "毕业生[3012]人，落实[2718]人，升至[=94.6]%，即[2849]人。", Relation(OPEN, 1, (3,))
    ),
    "cell with another number": Case(
        "街道收到[46]件，部门收到[74]件。", Relation(CELL, 0, addresses=(RECEIVED,))
    ),
    "cell without another": Case(
        "办结[119]件，其中上年结转[5]件、本年新收[114]件。",
        Relation(CELL, 2, addresses=(RECEIVED,)),
        (
            Relation(CELL, 0, addresses=(HANDLED,)),
            Relation(CELL, 1, addresses=(CARRIED_IN,)),
        ),
    ),
    "whole that is a part of one of its parts": Case(
        "培训已覆盖[36]家，占应参训[40]家的[=90]%，未参训的[4]家已安排。", Relation(CLOSED, 0, (1, 3))
    ),
    "parts of what something is left of": Case(
        "安排经费[50]万元，支出[46.8]万元，结余[3.2]万元，其中[25]万元用于网站。", Relation(OPEN, 2, (3,))
    ),
    "cell that is told beside it": Case(
        "当年办结[114]件，加上上年结转的[5]件，全年办结[119]件。",
        Relation(CELL, 0, addresses=(HANDLED,)),
        (Relation(CELL, 2, addresses=(HANDLED,)),),
    ),
    "parts of less than the cell": Case(
        "上年结转的[5]件中，办结[3]件、撤回[1]件、转办[1]件。", Relation(CELL, 1, addresses=(HANDLED,))
    ),
    "share of an average": Case("日均[12]件，其中[8]件为高频，占[=60]%。", Relation(SHARE, 2, (1, 0))),
}
# What fits by chance, or is one digit from being right as it is bound.
WRONG = {
    "share of small numbers": Case(
        "复议[10]件，审结[9]件，纠正[1]件，纠错率[=10]%。", Relation(SHARE, 3, (2, 1))
    ),
    "share of a coarse rate among many": Case(
        "青年[50]份，中年[30]份，老年[20]份，占[100]份的[=40]%。", Relation(SHARE, 4, (1, 3))
    ),
    "share of the same the other way": Case(
        "收到[254]件，公开[250]件，占[=101.6]%。", Relation(SHARE, 2, (1, 0))
    ),
    "share that is another's": Case(
        "文件[1240]份，主动[868]份，依申请[186]份，占[=15.0]%，不予[168]份，占[=15.0]%。",
        Relation(SHARE, 5, (4, 0)),
        (Relation(SHARE, 3, (2, 0)),),
    ),
    "growth of small numbers": Case(
        "中心由[5]个增至[7]个，公开[143400]条，上年[96000]条，增长[^40]%。", Relation(GROWTH, 4, (2, 3))
    ),
    "difference of small numbers": Case(
        "制发[3]件，废止[1]件，有效[26]件，上年[23]件，净增[2]件。", Relation(DIFFERENCE, 4, (2, 3))
    ),
    "average one digit off": Case(
        "主体[62]家（部门[47]家），事项[2046]项，平均每家[43]项。", Relation(AVERAGE, 3, (2, 0))
    ),
    "part that is as much as those before it": Case(
        "收到[54]件，城东[18]件、河西[13]件，南门[31]件。", Relation(OPEN, 0, (1, 2, 3))
    ),
    "subtotal that isn't": Case(
        "收到[54]件，城东[18]件、河西[13]件，两个街道共[32]件。", Relation(OPEN, 0, (1, 2, 3))
    ),
    "product one digit off": Case(
        "出版[12]期，刊登[13]件，每期[1200]册，共[15600]册。", Relation(PRODUCT, 3, (0, 2))
    ),
    "parts of another number, one digit off": Case(
        "新收[120]件，自然人[100]件、法人[25]件，连同结转共[125]件。", Relation(CLOSED, 0, (1, 2))
    ),
    "part that is a difference, and more": Case(
        "上半年[412]条，下半年[538]条，多[126]条，共[960]条。",
        Relation(CLOSED, 3, (0, 1, 2)),
        (Relation(DIFFERENCE, 2, (1, 0)),),
    ),
    "difference of the same numbers": Case(
        "上半年[60]条，下半年[60]条，相差[5]条。", Relation(DIFFERENCE, 2, (0, 1))
    ),
    "cell one digit off": Case("审结[4]件，未审结[1]件。", Relation(CELL, 0, addresses=(CARRIED_IN,))),
    "whole that may be a part of one of its parts, one digit off": Case(
        "清理文件[24]件，继续有效[25]件、废止[1]件。", Relation(CLOSED, 0, (1, 2))
    ),
    "whole less than parts that don't differ by it": Case(
        "培训已覆盖[36]家，县级[40]家，乡级[3]家。", Relation(CLOSED, 0, (1, 2))
    ),
    "parts of more than anything is left of": Case(
        "安排经费[20]万元，结余[3.2]万元，其中[25]万元用于网站。", Relation(OPEN, 1, (2,))
    ),
    "cell that is told beside it, and nothing between": Case(
        "当年办结[114]件，上年结转的[4]件，全年办结[119]件。",
        Relation(CELL, 0, addresses=(HANDLED,)),
        (Relation(CELL, 2, addresses=(HANDLED,)),),
    ),
    "parts that come to nothing": Case(
        "上年结转的[5]件中，办结[3]件、撤回[1]件、转办[2]件。", Relation(CELL, 1, addresses=(HANDLED,))
    ),
    "share of what isn't an average": Case(
        "受理[12]件，其中[8]件为高频，占[=60]%。", Relation(SHARE, 2, (1, 0))
    ),
    "in another sentence": Case(
        "专职[318]人。人员[1264]人，兼职[946]人，专职占[=25.2]%。", Relation(SHARE, 3, (2, 1))
    ),
}
CELLS = {RECEIVED: "120", HANDLED: "119", CARRIED_IN: "5"}


def text_of(case: Case) -> ReportText:
    document, claims = written(case.text)
    cells = {address: cell(address, printed) for address, printed in CELLS.items()}
    return ReportText(document, claims, cells, built_in_forms(), Header(), is_ocr=False)


def judged(case: Case) -> list[Judged]:
    text = text_of(case)
    relations = (case.bound, *case.held)
    found = [Judged(one, CHECK_OF[one.kind].judge(text, one) or UNDECIDED) for one in relations]
    outcomes = [one.judgement.outcome for one in found]
    assert outcomes == [Outcome.VIOLATED, *[Outcome.SATISFIED] * len(case.held)]
    return admitted(text, found)


@pytest.mark.parametrize("case", RIGHT.values(), ids=RIGHT)
def test_what_a_passage_makes_right_is_left_open(case: Case) -> None:
    first, *held = judged(case)
    assert first.judgement.outcome is Outcome.UNDECIDED
    assert {one.judgement.outcome for one in held} <= {Outcome.SATISFIED}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_what_may_be_chance_is_told(case: Case) -> None:
    assert judged(case)[0].judgement.outcome is Outcome.VIOLATED


@pytest.mark.parametrize(
    ("text", "relation", "is_one"),
    [
        # 67.5 is right; the whole of 31.2 is 340, its part 49.
        ("办结[157]件，公开[106]件，占[=76.5]%。", Relation(SHARE, 2, (1, 0)), True),
        ("办结[157]件，公开[106]件，占[=31.2]%。", Relation(SHARE, 2, (1, 0)), False),
        ("共[1234]件，甲[900]件，乙[324]件。", Relation(CLOSED, 0, (1, 2)), True),
        ("共[1234]件，甲[900]件，乙[289]件。", Relation(CLOSED, 0, (1, 2)), False),
        ("共[1234]件，甲[900]件，乙[343]件。", Relation(CLOSED, 0, (1, 2)), True),
        ("共[8.5万]件，甲[3.2万]件，乙[4.8万]件。", Relation(CLOSED, 0, (1, 2)), True),
        ("共[8.5万]件，甲[3.2万]件，乙[1.1万]件。", Relation(CLOSED, 0, (1, 2)), False),
    ],
)
def test_one_digit_or_two_exchanged_explain_a_contradiction(
    text: str, relation: Relation, *, is_one: bool
) -> None:
    report = text_of(Case(text, relation))
    assert is_one_misprint(report, relation) is is_one


def test_among_many_numbers_nothing_is_looked_for() -> None:
    many = "，".join(
        f"第{name}类[{100 + number}]人" for number, name in enumerate("甲乙丙丁戊己庚辛壬癸" * 2)
    )
    case = Case(
        f"人员[1264]人，专职[318]人，兼职[946]人，专职占[=25.2]%，{many}。", Relation(SHARE, 3, (2, 0))
    )
    assert judged(case)[0].judgement.outcome is Outcome.VIOLATED
