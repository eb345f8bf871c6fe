"""Reports whose own text is largely another's are told, and none that only share what all reports say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from eval.gold.cases import load_case
from rules.standard_wording import standard_wording
from tests.helpers.batches import OTHER, RIGHT, batch, rows

LONGTING = RIGHT.read_text(encoding="utf-8")
LUOZHUANG = OTHER.read_text(encoding="utf-8")
# The second section and all behind it: tables, problems, other matters.
TABLES = LONGTING[LONGTING.index("二、主动公开政府信息情况") : LONGTING.index("五、")]


# Rows with their figures in lists, which nothing but their words tells from sentences.
LISTS = "三、收到和处理政府信息公开申请情况\n\n" + "".join(
    f"{label} 0,0,0,0,0,0,0\n"
    for label in (
        *(
            "二、上年结转政府信息公开申请数量",
            "三、本年度办理结果 (一)予以公开",
            "(三)不予公开 1.属于国家秘密",
        ),
        *("2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"),
        *("5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"),
        *("(四)无法提供 1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作"),
        *("3.补正后申请内容仍不明确", "(五)不予处理 1.信访举报投诉类申请", "3.要求提供公开出版物"),
    )
)


def report(organ: str, year: int, text: str, tables: str = TABLES) -> str:
    """A report with the tables of another, and a text of its own."""
    return (
        f"{organ}{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n{text}\n\n"
        f"{tables}五、存在的主要问题及改进情况\n\n无。\n\n六、其他需要报告的事项\n\n无其他需要报告的事项。\n"
    )


# Two organs' own work, each in its own words.
OWN = (
    "围绕集中供暖改造，在小区门口张贴施工进度图，逐户发放明白纸3200份，接待来访居民470人次。"
    "开通“暖心热线”，把每周温度抽检结果按楼栋公布，群众可用手机扫码查看自家所在换热站的运行记录。"
    "组织供热企业负责人走进直播间答问2场，收到留言156条，当场答复的占七成，其余三日内电话回访。"
    "对老旧管网改造资金的来源、招标结果和竣工验收意见全文上网，邀请12名居民代表到现场查看。"
    "年底委托高校开展满意度调查，发放问卷900份，根据结果增设了老年人专用的大字版公开栏。"
)
OTHERS = (
    "今年最大的一件事是渔港码头搬迁，指挥部每半月召开一次恳谈会，渔民可以旁听补偿方案的讨论。"
    "渔船检验、柴油补贴和休渔期的名单印成折页，随渔政船送到各个锚地，不识字的由村干部念给他们听。"
    "码头搬迁的测绘图纸在祠堂里摆了两个月，提出意见的43户全部得到书面回复，有6处红线因此改动。"
    "养殖海域的承包合同过去锁在柜子里，如今由镇档案室扫描，任何人凭身份证就能查阅复印。"
    "台风季的避风安排改为提前五天公布，并在渔船电台里用闽南话反复播报，没有再发生走错港的事。"
)


def with_other_numbers_and_names(text: str) -> str:
    """A copy that was gone over: every number another one, places and words exchanged."""
    changed = re.sub(r"\d+", lambda match: str(int(match[0]) * 3 + 7), text)
    return changed.replace("小区门口", "社区入口").replace("暖心热线", "温情专线").replace("12名", "十余名")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pile with planted copies and honest reports, and what a batch made of it."""
    folder = tmp_path_factory.mktemp("alike")
    pile = {
        "a-2022": report("洪泽区人民政府", 2022, OWN),
        "a-2023": report("洪泽区人民政府", 2023, with_other_numbers_and_names(OWN)),
        "b-2023": report("盱眙县人民政府", 2023, with_other_numbers_and_names(OWN).replace("供热", "供暖")),
        "c-2023": report("金湖县人民政府", 2023, OTHERS),
        # Two that say nothing but what all may say.
        "d-2023": report("涟水县人民政府", 2023, "".join(standard_wording())),
        "e-2023": report("淮阴区人民政府", 2023, "".join(standard_wording())),
        # Some own words among much that is standard: what is standard doesn't thin a copy out, nor make one.
        "f-2023": report("清江浦区人民政府", 2023, "".join(standard_wording()) + OTHERS[:200]),
        # Rows of nothing but zeros, which aren't read as a table.
        "g-2023": report("阜宁县人民政府", 2023, "", LISTS),
        "h-2023": report("射阳县人民政府", 2023, "", LISTS),
        # Real reports on open information, which have the same duties and name them with the same words.
        "real-1": LONGTING,
        "real-2": LUOZHUANG,
        **{
            name: load_case(name).path.read_text(encoding="utf-8") for name in ("yiyuan-2023", "luodian-2019")
        },
    }
    (folder / "pile").mkdir()
    for name, text in pile.items():
        (folder / "pile" / f"{name}.txt").write_text(text, encoding="utf-8")
    ended = batch("pile", "-o", "out", folder=folder)
    assert ended.code == 0, ended.err
    assert "3 like another in their wording: alike.csv" in ended.err.splitlines()
    return folder


def test_planted_copies_are_told_and_no_other(folder: Path) -> None:
    told = rows(folder / "out/alike.csv")
    assert [(row["report"], row["like"], row["kind"]) for row in told] == [
        ("pile/a-2023.txt", "pile/a-2022.txt", "earlier_year"),
        ("pile/b-2023.txt", "pile/a-2023.txt", "other_organ"),
        ("pile/f-2023.txt", "pile/c-2023.txt", "other_organ"),
    ]
    assert [float(row["share"]) > 0.9 for row in told] == [True, True, True]
    assert [(row["organ"], row["like_organ"], row["year"], row["like_year"]) for row in told] == [
        ("洪泽区人民政府", "洪泽区人民政府", "2023", "2022"),
        ("盱眙县人民政府", "洪泽区人民政府", "2023", "2023"),
        ("清江浦区人民政府", "金湖县人民政府", "2023", "2023"),
    ]


def test_the_passages_are_those_of_the_report_itself(folder: Path) -> None:
    table = parquet.read_table(folder / "out/alike.parquet").to_pylist()
    first, _, third = table
    # Its own numbers and names, not those of the other.
    assert first["passages"] == [with_other_numbers_and_names(OWN)]
    assert first["characters"] == len(with_other_numbers_and_names(OWN))
    assert "".join(third["passages"]) in OTHERS


def test_a_copy_is_a_remark_of_its_report(folder: Path) -> None:
    told = {row["report"]: row for row in rows(folder / "out/findings.csv") if row["rule"] == "same-text"}
    assert set(told) == {"pile/a-2023.txt", "pile/b-2023.txt", "pile/f-2023.txt"}
    row = told["pile/b-2023.txt"]
    assert (row["is_remark"], row["severity"]) == ("True", "soft")
    assert "与洪泽区人民政府 2023 年报告（pile/a-2023.txt）雷同" in row["message_zh"]
    assert "the report of 洪泽区人民政府 on 2023 (pile/a-2023.txt)" in row["message_en"]
    verdicts = {row["report"]: row["verdict"] for row in rows(folder / "out/reports.csv")}
    assert verdicts["pile/b-2023.txt"] == verdicts["pile/c-2023.txt"]


def test_the_workbook_shows_them(folder: Path) -> None:
    book = load_workbook(folder / "out/panel.xlsx", read_only=True)
    sheet = list(book["Alike"].iter_rows(values_only=True))
    assert [row[2] for row in sheet[1:]] == ["pile/a-2023.txt", "pile/b-2023.txt", "pile/f-2023.txt"]
    assert {row[8] for row in sheet[1:]} == {"the organ's own, on a year before", "another organ's"}
    first = list(book["What to look at"].iter_rows(values_only=True))
    assert [row[2] for row in first if row[-1] == "same-text"] == [
        "pile/a-2023.txt",
        "pile/b-2023.txt",
        "pile/f-2023.txt",
    ]


def test_words_that_many_organs_were_given_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    names = "甲乙丙丁戊己庚辛壬癸子丑"
    for number, name in enumerate(names):
        own = (
            OTHERS if number in (3, 7) else "".join(f"{name}{word}办{number}事。" for word in "春夏秋冬" * 12)
        )
        text = report(f"{name}山县人民政府", 2023, OWN + own)
        (tmp_path / "pile" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    batch("pile", "-o", "out", folder=tmp_path)
    # A text from above is told of none; what two of them have in common besides is.
    told = rows(tmp_path / "out/alike.csv")
    assert [(row["report"], row["like"]) for row in told] == [("pile/07.txt", "pile/03.txt")]
    assert OWN[:20] not in told[0]["passages"]
