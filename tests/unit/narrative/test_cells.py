"""Sentences that repeat figures of the tables, and sentences that only look so."""

from __future__ import annotations

import pytest

from eval.sentences.reading import read_sentences, violations

_CELLS = {
    "requests.received.natural_person": 700,
    "requests.received.business": 13,
    "requests.received.total": 713,
    "requests.carried_in.total": 36,
    "requests.granted.total": 200,
    "requests.partially_granted.total": 75,
    "requests.refused.state_secret.total": 3,
    "requests.refused.internal_affairs.total": 7,
    "requests.unavailable.not_held.total": 250,
    "requests.unavailable.must_be_created.total": 87,
    "requests.not_processed.petition.total": 8,
    "requests.other.not_corrected.total": 20,
    "requests.other.other.total": 30,
    "requests.handled_total.total": 680,
    "requests.carried_out.total": 69,
    "disputes.reconsideration.total": 170,
    "disputes.litigation.direct.total": 4,
    "disputes.litigation.after_reconsideration.total": 5,
    "disclosure.normative_documents.issued": 6,
    "disclosure.normative_documents.repealed": 2,
    "disclosure.normative_documents.in_force": 48,
    "disclosure.licences.decisions": 33710,
}
_REFUSED = "requests.refused.state_secret.total+requests.refused.internal_affairs.total"
_UNAVAILABLE = "requests.unavailable.not_held.total+requests.unavailable.must_be_created.total"


def _cells(text: str, organ: str = "某某区人民政府") -> list[str]:
    narrative = read_sentences(text, _CELLS, organ)
    return [
        f"{narrative.claims[one.claim].printed} = {'+'.join(one.addresses)}"
        for one in narrative.relations
        if one.addresses
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，全区共收到政府信息公开申请713件。", ["713 = requests.received.total"]),
        ("全年新收政府信息公开申请713件。", ["713 = requests.received.total"]),
        ("共收到713件政府信息公开申请。", ["713 = requests.received.total"]),
        ("收到依申请公开政府信息\n713 件。", ["713 = requests.received.total"]),
        ("上年结转政府信息公开\n申请 36 件。", ["36 = requests.carried_in.total"]),
        (
            "受理政府信息公开申请749件。",
            ["749 = requests.received.total+requests.carried_in.total"],
        ),
        ("受理政府信息公开申请713件。", ["713 = requests.received.total"]),
        ("共办理政府信息公开申请680件。", ["680 = requests.handled_total.total"]),
        (
            "共收到政府信息公开申请713件，其中予以公开200件，部分公开75件，不予公开10件，无法提供337件。",
            [
                "713 = requests.received.total",
                "200 = requests.granted.total",
                "75 = requests.partially_granted.total",
                f"10 = {_REFUSED}",
                f"337 = {_UNAVAILABLE}",
            ],
        ),
        (
            "答复申请680件，其中予以公开及部分公开275件。",
            [
                "680 = requests.handled_total.total",
                "275 = requests.granted.total+requests.partially_granted.total",
            ],
        ),
        ("政府信息公开申请中，69件结转至下年度办理。", ["69 = requests.carried_out.total"]),
        (
            "因政府信息公开被申请行政复议170件，行政诉讼9件。",
            [
                "170 = disputes.reconsideration.total",
                "9 = disputes.litigation.direct.total+disputes.litigation.after_reconsideration.total",
            ],
        ),
        ("新制发行政规范性文件6件。", ["6 = disclosure.normative_documents.issued"]),
        ("作出行政许可决定33710件。", ["33710 = disclosure.licences.decisions"]),
        # Another body, another year, another thing.
        ("县政府办公室收到政府信息公开申请17件。", []),
        ("2022年收到政府信息公开申请95件。", []),
        ("上年收到政府信息公开申请95件。", []),
        ("收到政府信息公开申请，同比增加95件。", []),
        ("通过网络收到政府信息公开申请95件。", []),
        ("收到群众来信95件。", []),
        ("全区办理行政复议95件，行政诉讼12件。", []),
        ("收到政府信息公开申请近700件。", []),
        ("收到人大代表建议95件。", []),
    ],
)
def test_a_sentence_repeats_a_cell_where_its_words_say_so(text: str, expected: list[str]) -> None:
    assert _cells(text) == expected


def test_the_whole_area_is_not_its_office() -> None:
    text = "全区收到政府信息公开申请95件。"
    assert _cells(text, "某某区人民政府办公室") == []
    assert _cells(text, "某某区人民政府") == ["95 = requests.received.total"]


@pytest.mark.parametrize(
    ("text", "is_violated"),
    [
        ("答复政府信息公开申请680件，其中予以公开及部分公开258件。", True),
        ("因政府信息公开引起的行政复议134件。", True),
        ("受理政府信息公开申请2件。", True),
        ("受理政府信息公开申请749件。", False),
        ("受理政府信息公开申请713件。", False),
        ("县政府办公室收到政府信息公开申请17件。", False),
        ("上年收到政府信息公开申请95件。", False),
    ],
)
def test_a_text_that_contradicts_the_table_is_found(text: str, *, is_violated: bool) -> None:
    assert violations(read_sentences(text, _CELLS), _CELLS) == ["same-as-cell"] * is_violated
