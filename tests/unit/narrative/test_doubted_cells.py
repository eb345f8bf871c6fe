"""Sentences worded as figures of the tables are, which are of something else, or repeat them."""

from __future__ import annotations

import pytest

from eval.sentences.reading import read_sentences, violations

# With cells of the report that they say nothing of, or that they agree with.
RIGHT: tuple[tuple[str, dict[str, int]], ...] = (
    (
        "本年新收政府信息公开申请56件，上年结转4件，办结58件，结转下年2件。",
        {
            "requests.received.total": 56,
            "requests.carried_in.total": 4,
            "requests.handled_total.total": 58,
            "requests.carried_out.total": 2,
        },
    ),
    (
        "本年度受理政府信息公开申请60件，办结58件。",
        {
            "requests.received.total": 56,
            "requests.carried_in.total": 4,
            "requests.handled_total.total": 58,
            "requests.carried_out.total": 2,
        },
    ),
    (
        "全区收到政府信息公开申请560件，区住建局收到申请35件。",
        {"requests.received.total": 560},
    ),
    (
        "收到依申请公开网上申请35件，信函申请21件。",
        {"requests.received.total": 56},
    ),
    (
        "收到政府信息公开申请56件，其中撤回3件，实际办理53件。",
        {"requests.received.total": 56, "requests.handled_total.total": 56},
    ),
    (
        "我局收到政府信息公开申请56件，均在20个工作日内答复，其中予以公开30件、部分公开5件。",
        {"requests.received.total": 56, "requests.granted.total": 30, "requests.partially_granted.total": 5},
    ),
    (
        "2022年收到政府信息公开申请48件，2023年收到政府信息公开申请56件。",
        {"requests.received.total": 56},
    ),
    (
        "收到政府信息公开申请56件，较上年收到的48件增加8件。",
        {"requests.received.total": 56},
    ),
    (
        "截至2023年底，累计收到政府信息公开申请312件。",
        {"requests.received.total": 56},
    ),
    (
        "自2008年以来，共收到政府信息公开申请312件。",
        {"requests.received.total": 56},
    ),
    (
        "五年来共收到政府信息公开申请312件。",
        {"requests.received.total": 56},
    ),
    (
        "近五年共收到政府信息公开申请312件。",
        {"requests.received.total": 56},
    ),
    (
        "上半年收到政府信息公开申请30件，下半年收到政府信息公开申请26件。",
        {"requests.received.total": 56},
    ),
    (
        "一季度收到政府信息公开申请30件。",
        {"requests.received.total": 56},
    ),
    (
        "12月收到政府信息公开申请6件。",
        {"requests.received.total": 56},
    ),
    (
        "全市共收到政府信息公开申请1560件，其中市政府办公室收到政府信息公开申请56件。",
        {"requests.received.total": 1560},
    ),
    (
        "平均每月收到政府信息公开申请5件。",
        {"requests.received.total": 56},
    ),
    (
        "同一申请人提出政府信息公开申请12件。",
        {"requests.received.total": 56},
    ),
    (
        "张某某一人提出政府信息公开申请12件。",
        {"requests.received.total": 56},
    ),
    (
        "指导乡镇办理政府信息公开申请12件。",
        {"requests.handled_total.total": 56},
    ),
    (
        "协助市政府办理政府信息公开申请12件。",
        {"requests.handled_total.total": 56},
    ),
    (
        "转办政府信息公开申请12件，收到市政府转来政府信息公开申请6件。",
        {"requests.received.total": 56},
    ),
    (
        "涉及土地征收的政府信息公开申请12件。",
        {"requests.received.total": 56},
    ),
    (
        "收到涉及土地征收的政府信息公开申请12件。",
        {"requests.received.total": 56},
    ),
    (
        "收到土地征收类政府信息公开申请12件。",
        {"requests.received.total": 56},
    ),
    (
        "共收到有效政府信息公开申请50件。",
        {"requests.received.total": 56},
    ),
    (
        "收到重复政府信息公开申请6件。",
        {"requests.received.total": 56},
    ),
    (
        "按期答复政府信息公开申请54件，延期答复申请4件。",
        {"requests.handled_total.total": 58},
    ),
    (
        "延期答复政府信息公开申请4件。",
        {"requests.handled_total.total": 58},
    ),
    (
        "按时办结政府信息公开申请54件。",
        {"requests.handled_total.total": 58},
    ),
    (
        "电话答复政府信息公开申请4件。",
        {"requests.handled_total.total": 58},
    ),
    (
        "比去年多收到政府信息公开申请8件。",
        {"requests.received.total": 56},
    ),
    (
        "收到政府信息公开申请增加8件。",
        {"requests.received.total": 56},
    ),
    (
        "政府信息公开行政复议3件，其中被纠错1件。",
        {"disputes.reconsideration.total": 3},
    ),
    (
        "办理以我局为被申请人的政府信息公开行政复议1件，以下级机关为被申请人的政府信息公开行政复议5件。",
        {"disputes.reconsideration.total": 1},
    ),
    (
        "区政府作为复议机关受理政府信息公开行政复议15件。",
        {"disputes.reconsideration.total": 3},
    ),
    (
        "审理政府信息公开行政复议案件15件。",
        {"disputes.reconsideration.total": 3},
    ),
    (
        "本年制发规范性文件5件，其中区政府3件。",
        {"disclosure.normative_documents.issued": 5},
    ),
    (
        "公开规范性文件12件，制发规范性文件5件。",
        {"disclosure.normative_documents.issued": 5},
    ),
    (
        "审核规范性文件20件，备案12件，废止35件。",
        {"disclosure.normative_documents.repealed": 35},
    ),
    (
        "清理规范性文件120件，废止20件，修订12件。",
        {"disclosure.normative_documents.repealed": 22},
    ),
    (
        "作出行政处罚决定85件，罚款56万元。",
        {"disclosure.penalties.decisions": 85},
    ),
    (
        "公开行政处罚决定书80件。",
        {"disclosure.penalties.decisions": 85},
    ),
    (
        "公示行政许可决定800件、行政处罚决定80件。",
        {"disclosure.licences.decisions": 850, "disclosure.penalties.decisions": 85},
    ),
    (
        "全年不予公开文件35件。",
        {"requests.refused.national_secret.total": 1},
    ),
    (
        "不予公开信息35条，予以公开信息20条。",
        {"requests.refused.national_secret.total": 1},
    ),
    (
        "审查拟公开文件56件，其中予以公开50件，不予公开6件。",
        {"requests.granted.total": 20, "requests.refused.national_secret.total": 1},
    ),
    (
        "印发文件120件，其中主动公开80件，依申请公开20件，不予公开20件。",
        {"requests.granted.total": 20, "requests.refused.national_secret.total": 1},
    ),
    (
        "办理政协提案予以公开20件。",
        {"requests.granted.total": 21},
    ),
    (
        "办理依申请公开案件中，土地类申请予以公开8件，规划类申请予以公开12件。",
        {"requests.granted.total": 20},
    ),
    (
        "网上申请予以公开8件，信函申请予以公开12件。",
        {"requests.granted.total": 20},
    ),
    (
        "2024年1月收到政府信息公开申请6件，将在2024年度报告中统计。",
        {"requests.received.total": 56},
    ),
    (
        "政府信息公开申请结转下年度继续办理2件，上年结转政府信息公开申请4件已全部办结。",
        {"requests.carried_out.total": 2, "requests.carried_in.total": 4},
    ),
)
WRONG: tuple[tuple[str, dict[str, int]], ...] = (
    ("本年度共收到政府信息公开申请57件。", {"requests.received.total": 56}),
    ("全县各级行政机关共收到政府信息公开申请57件。", {"requests.received.total": 56}),
    ("某某区人民政府收到政府信息公开申请57件。", {"requests.received.total": 56}),
    ("上年结转政府信息公开申请5件。", {"requests.carried_in.total": 4}),
    ("收到申请56件，结转下年度3件。", {"requests.received.total": 56, "requests.carried_out.total": 2}),
    ("收到申请56件，其中予以公开31件。", {"requests.received.total": 56, "requests.granted.total": 30}),
    ("收到申请56件，部分公开6件。", {"requests.received.total": 56, "requests.partially_granted.total": 5}),
    ("因政府信息公开引发的行政复议4件。", {"disputes.reconsideration.total": 3}),
    ("本年制发规范性文件6件。", {"disclosure.normative_documents.issued": 5}),
    ("全年作出行政处罚决定86件。", {"disclosure.penalties.decisions": 85}),
)


@pytest.mark.parametrize(("text", "cells"), RIGHT)
def test_a_count_of_something_else_than_a_cell_raises_no_alarm(text: str, cells: dict[str, int]) -> None:
    assert violations(read_sentences(text, cells), cells) == []


@pytest.mark.parametrize(("text", "cells"), WRONG)
def test_a_count_of_a_cell_that_differs_from_it_is_found(text: str, cells: dict[str, int]) -> None:
    assert violations(read_sentences(text, cells), cells) == ["same-as-cell"]


def test_a_list_joined_by_a_mark_gives_each_count_its_own_cell() -> None:
    cells = {"disclosure.licences.decisions": 850, "disclosure.penalties.decisions": 85}
    narrative = read_sentences("作出行政许可决定850件、行政处罚决定85件。", cells)
    assert [one.addresses for one in narrative.relations] == [
        ("disclosure.licences.decisions",),
        ("disclosure.penalties.decisions",),
    ]
