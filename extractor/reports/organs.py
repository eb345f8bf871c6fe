"""What the name of an organ tells of it: which level it is of, in which areas it lies."""

from __future__ import annotations

import re

from rules.document import Level

_GOVERNMENT = r"(?:人民政府|政府)?$"
# Areas that are called so and have no government of their own level, or another.
_ZONE = re.compile(
    r"(?:开发|高新|产业|园|景|新|示范|度假|合作|保税|风景|试验|集聚|管理|名胜|服务|自贸|综合|工业|科技|农业|港|矿|林)区"
)
_PROVINCE = re.compile(rf"(?:省|自治区|^(?:北京|上海|天津|重庆)市){_GOVERNMENT}")
_TOWN = re.compile(rf"(?:[乡镇]|苏木|街道){_GOVERNMENT}|街道办事处$")
_COUNTY = re.compile(rf"(?:县|旗|(?<!自治)区){_GOVERNMENT}")
_CITY = re.compile(rf"[市州]{_GOVERNMENT}|盟行政公署$|地区行政公署$")
_COUNTY_CITY = re.compile(rf"市[\u4e00-\u9fff]{{2,}}市{_GOVERNMENT}")
_DEPARTMENT = re.compile(r"(?:局|厅|委员会|委|分局|支队|大队|中心|办公室)$")
_OFFICE = re.compile(r"政府办|人民政府办公|管理委员会|管委会|街道|社区|村")
_AREA = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治[州县旗]|自治区|[省市县区旗州盟乡镇]|街道)(?!场)")
_SUFFIX = re.compile(r"(?:自治[州县旗]|自治区|[省市县区旗州盟乡镇]|街道)$")


def level_of(organ: str) -> Level | None:
    """What kind of organ it is, by its name alone; None where that leaves a doubt.

    An office of a government, a zone and a ministry are none of these.

    Args:
        organ: its name without blanks, such as ``临江县人民政府``.
    """
    if not organ or _OFFICE.search(organ.replace("街道办事处", "").removesuffix("街道")):
        return None
    if _ZONE.search(organ):
        return None
    patterns: tuple[tuple[re.Pattern[str], Level], ...] = (
        (_TOWN, "town"),
        (_PROVINCE, "province"),
        (_COUNTY_CITY, "county"),
        (_COUNTY, "county"),
        (_CITY, "city"),
    )
    for pattern, level in patterns:
        if pattern.search(organ):
            return level
    return "department" if _DEPARTMENT.search(organ) and _AREA.search(organ) else None


def areas_in(organ: str) -> tuple[str, ...]:
    """The names of the areas in the name of an organ, without 省, 市, 县 and the like.

    Args:
        organ: its name without blanks.
    """
    return tuple(_SUFFIX.sub("", match[0]) for match in _AREA.finditer(organ))
