"""What counts or measures something in a sentence, and what doesn't."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.sentences.reading import read_sentences
from extractor.result.narrative import Approximation, Claim, Measure
from tests.unit.text.test_numerals import in_chinese

_FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def _claims(text: str) -> tuple[Claim, ...]:
    claims = read_sentences(text).claims
    assert all(claim.printed == text[claim.span.start : claim.span.end] for claim in claims)
    return claims


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("主动公开信息1,234条。", "1,234", "1234", "条"),
        ("主动公开信息１２３条。", "１２３", "123", "条"),
        ("主动公开信息１，２３４条。", "１，２３４", "1234", "条"),
        ("累计印发文件三条。", "三", "3", "条"),
        ("全年召开专题会议两次。", "两", "2", "次"),
        ("共收到申请二百三十五件。", "二百三十五", "235", "件"),
        ("（共收到申请27 项）", "27", "27", "项"),
        ("上年结转政府信息公开\n申请 2 件。", "2", "2", "件"),
        ("全年共发布信\n息1136\n条。", "1136", "1136", "条"),
        ("参加培训　150　人次。", "150", "150", "人次"),
        ("平均办理时间1.5天。", "1.5", "1.5", "天"),
        ("收取信息处理费1.5万元。", "1.5", "1.5", "万元"),
        ("收取信息处理费1200元。", "1200", "1200", "元"),
        ("1.3件提案全部办结。", "3", "3", "件"),
        ("2.公开信息35条。", "35", "35", "条"),
        ("（3）受理申请4件。", "4", "4", "件"),
        ("按时办结率67.5%。", "67.5", "67.5", "%"),
        ("按时办结率６７．５％。", "６７．５", "67.5", "%"),
        ("满意率为百分之五。", "五", "5", "%"),
        ("满意率为百分之九十八点六。", "九十八点六", "98.6", "%"),
        ("满意率为百分之98.6。", "98.6", "98.6", "%"),
        ("较上年提高3.2个百分点。", "3.2", "3.2", "个百分点"),
        ("较上年下降3.2个百分点。", "3.2", "-3.2", "个百分点"),
        ("是上年的2倍。", "2", "2", "倍"),
        ("发布量较上年翻一番。", "一", "2", "番"),
        ("发布量较上年翻了两番。", "两", "4", "番"),
    ],
)
def test_a_number_is_read_with_its_value_and_unit(text: str, printed: str, value: str, unit: str) -> None:
    assert [(one.printed, str(one.value), one.unit) for one in _claims(text)] == [(printed, value, unit)]


@pytest.mark.parametrize(
    ("words", "value", "approximation"),
    [
        ("100件", 100, Approximation.EXACT),
        ("100余件", 100, Approximation.AT_LEAST),
        ("1000多件", 1000, Approximation.AT_LEAST),
        ("十余件", 10, Approximation.AT_LEAST),
        ("二十余件", 20, Approximation.AT_LEAST),
        ("200件以上", 200, Approximation.AT_LEAST),
        ("超过50件", 50, Approximation.AT_LEAST),
        ("不少于50件", 50, Approximation.AT_LEAST),
        ("逾50件", 50, Approximation.AT_LEAST),
        ("至少1件", 1, Approximation.AT_LEAST),
        ("近2000件", 2000, Approximation.ABOUT),
        ("约300件", 300, Approximation.ABOUT),
        ("20件左右", 20, Approximation.ABOUT),
        ("不足20件", 20, Approximation.ABOUT),
        ("14.2万件", 142000, Approximation.ABOUT),
        ("1.2亿件", 120000000, Approximation.ABOUT),
        ("近2万件", 20000, Approximation.ABOUT),
        ("1.2万余件", 12000, Approximation.AT_LEAST),
    ],
)
def test_words_tell_how_exactly_a_number_is_meant(
    words: str, value: int, approximation: Approximation
) -> None:
    claims = _claims(f"全年共梳理政策文件{words}。")
    assert [(one.value, one.approximation) for one in claims] == [(value, approximation)]


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自2023年1月1日起至2023年12月31日止。",
        "自2023-01-01起，至2023.12.31止。",
        "2022—2023年，2023年度，2023年上半年，第三季度，20世纪90年代。",
        "依据《条例》第二十条第（一）项和第15条、第三款。",
        "《通知》（国办公开办函〔2021〕30号）、鲁政办发[2023]8号、国务院令第711号。",
        "地址：某某路1号行政大楼301室，邮编：276017，电话：0539-8246639，邮箱：a1@b2.cn。",
        "网址http://www.example.cn/col/12345/index.htm?id=30条",
        "1.助力企业。2.优化服务。（3）加强监督。①拓宽渠道。",
        "一是加强领导。二是完善制度。三要落实责任。",
        "落实三审三校、一网通办、五公开、两书一函制度，保护第三方权益，打造“1+N”矩阵。",
        "党的二十大、二十届三中全会精神，十四五规划，四个意识，两个维护，三安全一稳定。",
        "双随机一公开，一件事一次办，最多跑一次，一站式，一对一，一图读懂，百姓，千家万户，万众一心。",
        "拨打12345热线，7×24小时在线，5G网络，H5作品，A4纸，4K直播，PM2.5。",
        "五通桥区、三台县、十堰市、万州区、百色市、六安市、九江市。",
        "第1次，第3批，第二届，排名第5位，第一时间。",
    ],
)
def test_what_counts_nothing_is_no_claim(text: str) -> None:
    assert [(one.printed, one.unit) for one in _claims(text) if one.unit != "小时"] == []


@pytest.mark.parametrize("text", ["收到申请3 0件。", "收到申请1 2 3件。", "2023\n15条"])
def test_digits_are_never_joined_across_a_blank(text: str) -> None:
    assert _claims(text) == ()


_UNITS = st.sampled_from(["件", "条", "项", "次", "份", "篇", "人次", "期", "个", "场次"])


@pytest.mark.parametrize(
    "written",
    [
        str,
        lambda number: f"{number:,}",
        lambda number: str(number).translate(_FULL_WIDTH),
        lambda number: f"{number:,}".translate(_FULL_WIDTH),
        lambda number: f" {number} ",
        lambda number: f"\n{number}",
        lambda number: f"\u200b{number}\u200b",
    ],
    ids=["plain", "separators", "full width", "full width separators", "blanks", "line break", "invisible"],
)
@given(number=st.integers(0, 10**7), unit=_UNITS)
def test_every_arabic_number_is_read_back(written: Callable[[int], str], number: int, unit: str) -> None:
    (claim,) = _claims(f"全年共收到{written(number)}{unit}，均已办结。")
    assert (claim.value, claim.unit, claim.measure) == (number, unit, Measure.COUNT)
    assert claim.approximation is Approximation.EXACT


@given(number=st.integers(2, 9999), unit=_UNITS)
def test_every_chinese_number_is_read_back(number: int, unit: str) -> None:
    (claim,) = _claims(f"全年共收到{in_chinese(number)}{unit}，均已办结。")
    assert (claim.value, claim.unit) == (number, unit)


@given(st.decimals(0, 100, places=2), st.sampled_from(["%", "％", " %"]))
def test_every_percentage_is_read_back_with_its_decimals(number: object, sign: str) -> None:
    (claim,) = _claims(f"共收到申请，按时办结率{number}{sign}。")
    assert (str(claim.value), claim.measure) == (str(number), Measure.SHARE)


@given(st.text("0123456789.,%件条年月日第共其中占余 \n，。、（）一二三十百万亿点", max_size=40))
def test_any_text_is_read_verbatim(text: str) -> None:
    assert all(claim.printed.strip() for claim in _claims(text))
