"""Two tables of a kind: a model says which is the organ's own, and the words above each have to say so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor import Extraction, extract
from extractor.asking.options import WhoReads
from extractor.asking.schemas import OwnersReply
from extractor.llm.protocol import Profile, Reply, Request, Traffic
from extractor.result.cells import Basis, Status
from extractor.result.steps import Action
from tests.helpers.answering import read

HEADER = "项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
ROWS = {
    "一、本年新收政府信息公开申请数量": (11, 12, 13, 14, 15, 16, 81),
    "二、上年结转政府信息公开申请数量": (1, 0, 2, 0, 3, 0, 6),
    "（一）予以公开": (4, 5, 6, 7, 8, 9, 39),
    "（二）部分公开": (3, 2, 4, 5, 6, 7, 27),
    "（七）总计": (7, 7, 10, 12, 14, 16, 66),
    "四、结转下年度继续办理": (5, 5, 5, 2, 4, 0, 21),
}
OFFICE, GOVERNMENT = "云岭市东湖区水务局", "云岭市东湖区人民政府"
# What each table is said to be, and the words that are quoted for it.
Said = Sequence[tuple[str, str]]


class Owner:
    """Says of tables whose they are; of anything else, nothing."""

    name = "told"
    profile: Profile | None = Profile.JSON_SCHEMA

    def __init__(self, said: Said) -> None:
        self.asked: list[Request] = []
        self._said = [{"table": i, "of": of, "words": words} for i, (of, words) in enumerate(said, 1)]

    async def ask(self, request: Request) -> Reply:
        is_of_owners = issubclass(request.schema, OwnersReply)
        if is_of_owners:
            self.asked.append(request)
        answer = {"tables": self._said} if is_of_owners else {"rows": [], "zeros": []}
        return Reply(json.dumps(answer, ensure_ascii=False), "stop", Traffic(1, 10, 10))


def page(
    first: str, second: str, organ: str = OFFICE, about: str = "", times: tuple[int, int] = (1, 3)
) -> str:
    """A report with two tables 3 below these words, the figures of each times as much."""
    lines = [f"{organ}2023年政府信息公开工作年度报告", "一、总体情况", f"工作扎实推进。{about}"]
    lines.append("三、收到和处理政府信息公开申请情况")
    for words, many in zip((first, second), times, strict=True):
        lines += [*([words] if words else []), HEADER]
        for label, figures in ROWS.items():
            lines += ["三、本年度办理结果"] if label == "（一）予以公开" else []
            lines.append("|".join([label, *(str(figure * many) for figure in figures)]))
    return "\n".join([*lines, "四、存在的主要问题", "无。"])


def told(text: str, said: Said, reader: WhoReads = WhoReads.AUTO) -> tuple[Extraction, Owner]:
    model = Owner(said)
    return read(text, model, reader), model


def row_received(extraction: Extraction) -> list[tuple[str, str, Basis | None]]:
    return [
        (cell.printed, str(cell.status), cell.basis)
        for cell in extraction.cells
        if cell.address.startswith("requests.received.")
    ]


OWN_ROW = [(str(figure), "unchecked", Basis.READERS) for figure in ROWS["一、本年新收政府信息公开申请数量"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (page("（一）本局", "（二）全区"), [("own", "本局"), ("other", "全区")]),
        (
            page("表一 局机关情况", "表二 局系统（含下属单位）汇总"),
            [("own", "局机关情况"), ("other", "局系统（含下属单位）汇总")],
        ),
        (
            page("全区各部门、各街道共收到申请：", "区水务局收到和处理的申请：", times=(3, 1)),
            [("other", "全区各部门、各街道"), ("own", "区水务局")],
        ),
        (
            page(
                "区直各部门和各街道的合计数",
                "区政府办公室自身受理的",
                GOVERNMENT,
                "本报告数据包括区政府各部门、各街道办事处。",
            ),
            [("own", "区直各部门和各街道的合计数"), ("other", "区政府办公室自身受理的")],
        ),
    ],
    ids=["office", "office and system", "district first", "whole district"],
)
def test_the_table_is_read_that_the_words_above_it_say_is_the_organs(text: str, said: Said) -> None:
    (alone,) = extract(text.encode())
    assert {status for _, status, _ in row_received(alone)} == {"disputed"}
    extraction, model = told(text, said)
    assert len(model.asked) == 1
    assert row_received(extraction) == OWN_ROW
    assert extraction.cell("requests.received.total").readers == ("layout", "told")
    assert {cell.status for cell in extraction.cells} == {Status.UNCHECKED, Status.ABSENT}
    assert [step.action for step in extraction.trace] == [Action.ASKED, Action.TAKEN]


TEXT = page("（一）本局", "（二）全区")


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        # By position, or by chance: the words say the reverse.
        (TEXT, [("other", "本局"), ("own", "全区")], "whose figures"),
        # Quoted from above the other table, from the table, from nowhere.
        (TEXT, [("own", "全区"), ("other", "本局")], "stand above"),
        (TEXT, [("own", "项目"), ("other", "全区")], "stand above"),
        (TEXT, [("own", "我局"), ("other", "全区")], "stand above"),
        (TEXT, [("own", "收到和处理政府信息公开申请情况"), ("other", "全区")], "whose figures"),
        # Not of each one, or of more than one that it is the organ's own.
        (TEXT, [("own", "本局")], "of every table"),
        (TEXT, [("own", "本局"), ("own", "全区")], "of every table"),
        (TEXT, [], "of every table"),
        # The words stand above both, or speak of a table elsewhere.
        (page("本局情况", "本局情况（全区）"), [("own", "本局情况"), ("other", "全区")], "whose figures"),
        (page("本局及下属单位", "全区"), [("own", "本局"), ("other", "全区")], "whose figures"),
        (page("区直机关", "各街道"), [("own", "区直机关"), ("other", "各街道")], "whose figures"),
        (page("以上为全区情况", "全区"), [("own", "以上为全区情况"), ("other", "全区")], "whose figures"),
        (
            page("表一 本局", "以上为本局、以下为全区"),
            [("own", "表一 本局"), ("other", "以上为本局")],
            "whose",
        ),
    ],
)
def test_what_the_words_above_do_not_say_is_refused(text: str, said: Said, why: str) -> None:
    extraction, _ = told(text, said)
    assert why in " ".join(step.message.en for step in extraction.trace)
    assert {status for _, status, _ in row_received(extraction)} == {"disputed"}


@pytest.mark.parametrize(
    "text",
    [
        # Nothing above one of them; and whether a government's report is of all below it, nobody says.
        page("", ""),
        page("（一）本局", ""),
        page("全区汇总", "区政府本级", GOVERNMENT),
    ],
    ids=["no words", "words above one", "government"],
)
def test_where_nobody_could_tell_nothing_is_asked(text: str) -> None:
    extraction, model = told(text, [("own", "本局"), ("other", "全区")])
    assert model.asked == []
    assert {status for _, status, _ in row_received(extraction)} == {"disputed"}


def test_who_asks_two_readers_takes_no_table_of_one() -> None:
    extraction, model = told(TEXT, [("own", "本局"), ("other", "全区")], WhoReads.BOTH)
    assert model.asked == []
    assert {status for _, status, _ in row_received(extraction)} == {"disputed"}


def test_the_question_shows_what_stands_above_and_no_more_than_two_rows() -> None:
    _, model = told(TEXT, [])
    shown = model.asked[0].messages[-1].content.split("\n")
    assert shown[:2] == [OFFICE, "【1】"]
    assert [line for line in shown if "本局" in line or "全区" in line] == ["5 （一）本局", "14 （二）全区"]
    assert sum("政府信息公开申请数量|" in line for line in shown) == 4
    assert not any("（一）予以公开" in line for line in shown)


# A whole report with table 3 of a city's offices, then of its own one.
TWO = Path("tests/data/messy/two_tables.txt").read_text(encoding="utf-8")
SAID_OF_TWO = [
    ("other", "（一）全市城管系统受理情况（含各区分局、直属单位）"),
    ("own", "（二）市局机关受理情况"),
]


def test_of_two_tables_that_say_the_same_nothing_is_asked() -> None:
    header, note, behind = "申请人情况", "（二）市局", "\n四、政府信息公开行政复议"
    before, first, second = TWO.partition(behind)[0].split(header)
    same = header.join([before, first, first.partition(note)[0].rstrip()]) + behind + TWO.partition(behind)[2]
    assert second not in same
    extraction, model = told(same, SAID_OF_TWO)
    assert model.asked == []
    assert [finding.rule for finding in extraction.findings] == ["printed-twice"]
    assert "requests.received.total" in {
        cell.address for cell in extraction.cells if cell.status is Status.CONFIRMED
    }


def test_a_row_that_only_sums_place_in_the_other_table_is_not_confirmed() -> None:
    """Its figures are the same in both tables, as far as nothing but sums and the model say."""
    zeros = "\t0" * 7
    torn = TWO.replace(f"7.属于行政执法案卷{zeros}", f"7.属于行政执法案卷\n{zeros[1:]}", 1)
    torn = torn.replace(f"1.属于国家秘密{zeros}", "1.属于国家秘密", 1)
    extraction, model = told(torn, SAID_OF_TWO)
    assert len(model.asked) == 1
    cell = extraction.cell("requests.refused.enforcement_file.total")
    assert (cell.printed, cell.status, cell.basis) == ("0", Status.UNCHECKED, Basis.READERS)
