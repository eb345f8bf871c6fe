"""Labels with misread characters: taken where they are nearer to one than to any other."""

from __future__ import annotations

import pytest

from extractor.layout.words.label_index import label_index
from extractor.layout.words.meanings import Meaning, meanings_by_key
from extractor.layout.words.misread import as_seen, nearest
from rules.loader import built_in_forms

KNOWN = {
    "行政许可": 1,
    "行政处罚": 2,
    "行政强制": 3,
    "属于行政执法案卷": 4,
    "属于行政查询事项": 5,
    "其他": 6,
    "处理决定数量": 7,
    "自然人": 9,
    "采购项目数量": 8,
}


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("行政处销", "行政处罚"),
        ("属于行政热法案卷", "属于行政执法案卷"),
        # As near to one as to another.
        ("行政处制", None),
        ("行政", None),
        # A label of two characters may be any other.
        ("耳他", None),
        ("属于行政热洁案卷", "属于行政执法案卷"),
        ("属于国家秘密", None),
        # Of a label that lost a character, its own length counts.
        ("外理决定量", "处理决定数量"),
        # Characters that look alike in small print are no difference.
        ("米购项目教量", "采购项目数量"),
        ("目然人", "自然人"),
        ("目然入", None),
        # Specks are read as letters.
        ("其i他", "其他"),
        ("vip其他", None),
    ],
)
def test_a_label_is_the_nearest_by_a_margin(printed: str, label: str | None) -> None:
    assert nearest(printed, KNOWN) == label


def test_only_what_was_recognised_from_a_picture_is_taken_so() -> None:
    forms = tuple(built_in_forms())
    assert label_index(forms).find("2.其他法律行政法规禁正公开") is None
    label = label_index(forms, is_ocr=True).find("2.其他法律行政法规禁正公开")
    assert label is not None
    assert label.all_rows == {"refused.prohibited_by_law"}


def test_no_label_of_a_form_is_another_with_a_character_misread() -> None:
    """What the margin rests on."""
    index = label_index(tuple(built_in_forms()), is_ocr=True)
    for form in built_in_forms():
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    label = index.find(row.label)
                    assert label is not None
                    assert row.id in label.all_rows | frozenset().union(*label.wide_rows.values())


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("(七)总计", "七"),
        ("(化)总计", "七"),
        ("比)总计", "七"),
        # No row of the table has it.
        ("(十)总计", "七"),
        # Another row has it; or it says something; or a digit is that of a row that the form hasn't.
        ("9.其他", "9"),
        ("(六)总计", "六"),
        ("(注)总计", None),
        ("(原)总计", None),
        ("总计", None),
    ],
)
def test_an_ordinal_of_which_no_numeral_is_left_is_that_of_its_row(printed: str, number: str | None) -> None:
    label = label_index(tuple(built_in_forms()), is_ocr=True).find(printed)
    assert (label.number if label is not None else None) == number


@pytest.mark.parametrize("printed", ["(化)总计", "(十)总计"])
def test_an_ordinal_in_a_text_is_as_it_is_printed(printed: str) -> None:
    label = label_index(tuple(built_in_forms())).find(printed)
    assert label is None or label.number != "七"


@pytest.mark.parametrize(
    ("printed", "is_regulations"),
    [
        ("规章", True),
        ("规草", True),
        ("规意", True),
        ("规范", False),
        ("现章", True),
        ("现草", False),
        ("规中", False),
    ],
)
def test_a_label_of_two_characters_that_only_a_row_has_is_known_by_one(
    printed: str, *, is_regulations: bool
) -> None:
    label = label_index(tuple(built_in_forms()), is_ocr=True).find(printed)
    assert (label is not None and label.all_rows == {"regulations"}) is is_regulations


def test_labels_that_differ_do_so_by_more_than_characters_that_look_alike() -> None:
    meanings: dict[str, dict[str, set[Meaning]]] = {}
    for form in built_in_forms():
        for key, meaning in meanings_by_key(form):
            meanings.setdefault(as_seen(key), {}).setdefault(key, set()).add(meaning)
    assert meanings
    for keys in meanings.values():
        first, *others = keys.values()
        assert all(other == first for other in others)
