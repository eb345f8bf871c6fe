"""What the claims of a sentence say of each other: wholes and parts, shares, growth."""

from __future__ import annotations

import pytest

from eval.sentences.reading import read_sentences, violations
from extractor.result.narrative import Measure


def _relations(text: str) -> list[str]:
    """In words: kind, claim, and the others, by what is printed."""
    narrative = read_sentences(text)
    printed = [claim.printed for claim in narrative.claims]
    return [
        f"{one.kind.value} {printed[one.claim]}: {' '.join(printed[other] for other in one.others)}"
        for one in narrative.relations
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Nothing is left out.
        ("共收到申请20件，分别为自然人申请15件、法人申请5件。", ["closed 20: 15 5"]),
        ("网站、微信分别发布信息60条、40条。", []),
        ("发布信息100条，其中网站60条、微信30条、其他方式10条。", ["closed 100: 60 30 10"]),
        ("发布信息100条，其中网站60条、微信30条，其余渠道10条。", ["closed 100: 60 30 10"]),
        ("网站发布60条，微信发布30条，公报发布10条，共计100条。", ["closed 100: 60 30 10"]),
        ("网站发布60条、微信发布40条，以上合计100条。", ["closed 100: 60 40"]),
        (
            "发布信息100条，其中网站60条，占60%；微信40条，占40%。",
            ["closed 100: 60 40", "share 60: 60 100", "share 40: 40 100"],
        ),
        (
            "收到申请25件，其中网络申请15件、信函申请10件，分别占60%、40%。",
            ["closed 25: 15 10", "share 60: 15 25", "share 40: 10 25"],
        ),
        (
            "共收到政府信息公开申请20件。其中予以公开9件，部分公开1件，不予公开2件，无法提供5件，"
            "不予处理1件，其他处理2件。",
            ["closed 20: 9 1 2 5 1 2"],
        ),
        # Something may be.
        ("发布信息100条，其中概况类20条、动态类50条等。", ["open 100: 20 50"]),
        ("发布信息100条，包括概况类20条、动态类50条。", ["open 100: 20 50"]),
        ("发布信息100条（含概况类20条）。", ["open 100: 20"]),
        ("发布信息100条，概况类20条，动态类50条。", ["open 100: 20 50"]),
        ("共受理申请749件，其中新收713件，上年结转36件。", ["open 749: 713 36"]),
        (
            "发布信息100条，其中网站60条（其中首页20条、专栏30条），微信40条。",
            ["open 100: 60 40", "open 60: 20 30"],
        ),
        (
            "共办理申请7条。其中网络申请4条，信函申请3条，均已答复，全部公开6条，同意部分公开1条。",
            ["open 7: 4 3", "open 7: 6 1"],
        ),
        # No parts: other things, other units, another year, channels that carry the same.
        ("发布信息100条，开展培训5次，参加200人次。", []),
        ("召开会议3次，举办培训2次，印发通报4期，共计9期。", []),
        ("上年收到申请88件，今年收到95件。", []),
        ("发布信息100条，其中政府网站80条、微信公众号60条。", []),
        # Shares.
        ("共收到申请303件，予以公开107件，占35.3%。", ["share 35.3: 107 303"]),
        ("共收到申请303件。予以公开107件，约占总数的35.3%。", ["share 35.3: 107 303"]),
        ("共收到申请303件，予以公开107件，占比百分之三十五点三。", ["share 三十五点三: 107 303"]),
        ("收到申请303件，占全市的5%。", []),
        ("发布信息500条，收到申请303件，网上申请占比60%。", []),
        ("共收到申请303件，予以公开107件，占比超过35%。", []),
        ("共收到申请303件，予以公开107件，占比较上年提高35%。", []),
        # Growth.
        ("全年收到申请157件，同比增长63.5%。", ["growth 63.5: 157"]),
        ("全年收到申请157件，与上年相比增加63.5%。", ["growth 63.5: 157"]),
        (
            "全年收到申请157件，比2022年增加61件，增长63.5%。",
            ["change_rate 63.5: 157 61", "growth 63.5: 157"],
        ),
        (
            "全年收到申请157件，较上年（96件）增加61件，增长63.5%。",
            ["difference 61: 157 96", "growth 63.5: 157 96"],
        ),
        ("收到申请157件、办结150件，同比分别增长63.5%、20%。", ["growth 63.5: 157", "growth 20: 150"]),
        ("收到申请157件，网站访问量同比增长63.5%。", []),
        ("收到申请157件，办理满意率持续提高，同比增长3.5%。", []),
        ("收到申请157件，同比增长近60%。", []),
        (
            "公开信息100条，其中网站60条、微信30条，同比增长25%。",
            ["open 100: 60 30", "growth 25: 100"],
        ),
        (
            "公开信息100条，同比增长25%，其中网站60条，同比增长20%。",
            ["open 100: 60", "growth 25: 100", "growth 20: 60"],
        ),
    ],
)
def test_the_words_tell_what_belongs_together(text: str, expected: list[str]) -> None:
    assert _relations(text) == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # Seen on real pages, in sentences of our own.
        ("公开信息162条，其中政策文件41条、工作动态293条、公告42条。", ["open-over"]),
        ("发布信息165条，其中网站100条、微信50条、其他渠道17条。", ["closed"]),
        ("收到来信90件，分别为咨询60件、建议29件。", ["closed"]),
        ("共收到申请303件，予以公开107件，占比38.8%。", ["share"]),
        ("共办结申请80件，不予公开1件，占1.1%。", ["share"]),
        ("共收到申请76件，其中不予公开3件，占4.0%。", ["share"]),
        ("发布信息1000条，其中网站600条、微信395条。", ["open-under"]),
        ("受理申请12件，同比增长10%。", ["growth"]),
        # These only look like contradictions.
        ("共收到申请76件，其中不予公开3件，占4%。", []),
        ("共受理申请749件，其中新收713件、上年结转36件。", []),
        ("发布信息162条，其中政府网站发布150条、微信公众号发布120条。", []),
        ("发布信息162条，其中政策文件41条、工作动态93条。", []),
        ("发布信息162条，其中政策文件41条、工作动态93条等。", []),
        ("发布信息100余条，其中政策文件120条。", []),
        ("发布信息近2万条，分别为网站1.2万条、微信1.1万条。", []),
        ("收到申请157件，较上年增加61件。", []),
    ],
)
def test_what_contradicts_itself_is_found_and_nothing_else(text: str, rules: list[str]) -> None:
    assert violations(read_sentences(text)) == rules


def test_a_run_of_shares_however_long_says_of_each_the_same() -> None:
    narrative = read_sentences("同比分别增长" + "、".join(["5%"] * 3000) + "。")
    assert {claim.measure for claim in narrative.claims} == {Measure.GROWTH}
    assert len(narrative.claims) == 3000


def test_thousands_of_numbers_in_one_stretch_are_claims_but_no_list() -> None:
    narrative = read_sentences("收到申请9件，其中网络申请5件。" * 1001)
    assert len(narrative.claims) == 2002
    assert narrative.relations == ()
