"""A form of another field says how its cells are told of: text is held against tables, by YAML alone."""

from __future__ import annotations

import pytest

from extractor import Extraction, extract
from extractor.narrative.check import with_last_year
from extractor.reports.opening import open_document
from rules.form import Form
from rules.loader import load_form
from tests.integration.reading.test_foreign_form import FORM, PAGE

TOLD_AS = """
told_as:
  named_behind: '图书|期刊'
  fillers: '共|了'
  topics:
    - units: [册]
      speaks_of: '馆'
      partial: [{words: '少儿'}, {sentence: '分馆', unless: '含分馆'}]
      statements:
        - {words: '续借', loose: true}
        - {words: '(?:借出|外借)图书', cells: [[lending.lent.books]]}
        - {words: '归还', where: around, loose: true, also: '图书', cells: [[lending.returned.books]]}
        - {words: '借出', unless: '图书|期刊', cells: [[lending.lent.books, lending.lent.journals]]}
        - {words: '流通图书', cells: [[lending.all.books], [lending.lent.books]]}
"""
ROLES = [
    ("id: returned, number", "id: returned, role: carried_in, number"),
    ("id: all, number", "id: all, role: carried_out, number"),
]


def form(told_as: str = TOLD_AS, *, roles: bool = False) -> Form:
    text = FORM.replace("\nrules:", f"{told_as}\nrules:")
    for old, new in ROLES if roles else ():
        text = text.replace(old, new)
    return load_form(text, "library.yaml")


def read(sentence: str, told_as: str = TOLD_AS) -> Extraction:
    (extraction,) = extract(f"{sentence}\n{PAGE.format(total=200)}".encode(), forms=[form(told_as)])
    return extraction


def told(sentence: str) -> list[str]:
    return [finding.message.zh for finding in read(sentence).findings]


def test_a_number_that_the_table_has_too_is_its_cell() -> None:
    narrative = read("本馆全年借出图书120册。").narrative
    (relation,) = narrative.relations
    assert (relation.kind, relation.addresses, relation.outcome) == (
        "cell",
        ("lending.lent.books",),
        "satisfied",
    )


def test_a_number_that_the_table_has_otherwise_is_told_with_the_names_of_the_form() -> None:
    extraction = read("本馆全年借出图书125册。")
    (finding,) = extraction.findings
    assert (finding.rule, finding.place, extraction.verdict) == (
        "narrative-same-as-cell",
        "lending.lent.books",
        "source_error",
    )
    assert finding.message.zh == "文中称“本馆全年借出图书125册”，表中“一、借出·图书册数”为120册，相差5册。"


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        ("本馆全年外借图书共121册。", "120"),
        ("本馆全年借出121册图书。", "120"),
        ("本馆读者归还的81册图书完好。", "80"),
        # Books and journals together.
        ("本馆全年借出151册。", "150"),
        ("本馆流通图书201册。", "200"),
    ],
)
def test_every_way_of_telling_a_cell(sentence: str, differs: str) -> None:
    (message,) = told(sentence)
    assert message.startswith("文中称")
    assert f"为{differs}册，相差1册" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "本馆全年借出图书120册。",
        "本馆借出150册。",
        # What may be meant is taken as it fits.
        "本馆流通图书120册。",
        # Another unit, another subject, no cell's, of some of them only, and of another body.
        "本馆全年借出图书121人次。",
        "全年借出图书121册。",
        "本馆续借借出图书121册。",
        "本馆少儿借出图书121册。",
        "本馆东城分馆借出图书121册。",
        "本馆归还的期刊81册。",
    ],
)
def test_what_says_nothing_of_the_cell_raises_nothing(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize("renewed", [30, 90])
def test_a_number_of_a_row_apart_is_no_part_of_the_number_before_it(renewed: int) -> None:
    other_row = "          - {id: renewed, number: 四、, label: 续借, en: renewed}\nrules:"
    statement = "- {words: '续借', cells: [[lending.renewed.books]]}"
    told_as = TOLD_AS.replace("- {words: '续借', loose: true}", statement)
    text = FORM.replace("\nrules:", f"\n{other_row}").replace("\nrules:", f"{told_as}\nrules:")
    page = PAGE.format(total=200).replace("完。", f"四、续借 | {renewed} | 0")
    sentence = f"本馆借出图书120册，其中少儿借出45册；续借{renewed}册。\n"
    (extraction,) = extract(f"{sentence}{page}".encode(), forms=[load_form(text, "library.yaml")])
    printed = [claim.printed for claim in extraction.narrative.claims]
    parts = [one for one in extraction.narrative.relations if one.kind == "open"]
    assert [[printed[other] for other in one.others] for one in parts] == [["45"]]
    assert extraction.findings == ()


SHARES = """  shares:
    - words: '图书'
      speaks_of: '借出'
      unless: '分馆'
      units: [册]
      readings: [{part: [lending.lent.books], whole: [lending.lent.books, lending.lent.journals]}]
    - words: '(?:本馆)?归还率'
      is_of_due: true
      readings:
        - {part: [lending.returned.books], whole: [lending.lent.books]}
        - {part: [lending.returned.books], less: [lending.returned.journals], whole: [lending.lent.books]}
  topics:"""


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("借出的馆藏中，图书占80%。", []),
        ("借出的馆藏中，图书占85%。", ["narrative-share"]),
        ("借出150册，图书占85%。", ["narrative-share"]),
        # A count beside it that is no figure of the table, and what mustn't stand there.
        ("借出90册，图书占85%。", []),
        ("分馆借出的馆藏中，图书占85%。", []),
        ("本馆归还率66.7%。", []),
        ("本馆归还率76.7%。", ["narrative-share"]),
        # All of what was due; what another reading gives.
        ("本馆归还率100%。", []),
        ("本馆归还率45.8%。", []),
    ],
)
def test_shares_of_cells_are_as_the_form_tells_them(sentence: str, rules: list[str]) -> None:
    (extraction,) = extract(
        f"{sentence}\n{PAGE.format(total=200)}".encode(),
        forms=[form(TOLD_AS.replace("  topics:", SHARES))],
    )
    assert [finding.rule for finding in extraction.findings] == rules


def test_a_share_of_cells_is_told_with_their_names() -> None:
    (extraction,) = extract(
        f"借出的馆藏中，图书占85%。\n{PAGE.format(total=200)}".encode(),
        forms=[form(TOLD_AS.replace("  topics:", SHARES))],
    )
    (finding,) = extraction.findings
    assert finding.message.zh == (
        "文中称“图书占85%”，而表中“一、借出·图书册数”120占表中“一、借出·图书册数、一、借出·期刊册数”150的80%，"
        "相差5个百分点。"
    )


def test_without_wordings_nothing_is_compared() -> None:
    assert read("本馆全年借出图书125册。", told_as="").narrative.relations == ()


def test_what_is_carried_over_is_what_last_year_carried_out() -> None:
    document = open_document(PAGE.format(total=200).encode(), "report.txt")
    forms = [form(roles=True)]
    (now,) = extract(PAGE.format(total=200).encode(), forms=forms)
    findings = with_last_year(document, now, now, forms).findings
    assert [(finding.rule, finding.place) for finding in findings] == [
        ("previous-carried-over", "lending.returned.books"),
        ("previous-carried-over", "lending.returned.journals"),
    ]
    assert findings[0].message.zh == "“二、归还·图书册数”为80，上年报告的“三、合计·图书册数”为200，相差120。"
