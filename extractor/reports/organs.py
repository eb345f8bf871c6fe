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
_OFFICE = re.compile(r"政府办|人民政府办公|管理委员会|管委会|街道|社区|(?<!农)村")
_AREA = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治[州县旗]|自治区|[省市县区旗州盟乡镇]|街道)(?!场)")
# What a department is called by, behind its area and before what it is.
_DUTY = re.compile(r"(?P<duty>[\u4e00-\u9fff]{2,}?)(?:局|厅|委员会|委)")
# Departments that see to openness for their government.
_FOR_GOVERNMENTS = re.compile(r"政务|审批|数据|信息")
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


def is_elsewhere(organ: str, other: str) -> bool:
    """Whether two organs lie in different areas, as their names tell.

    Args:
        organ: the name of one.
        other: the name of the other.
    """
    stems, others = areas_in(organ), areas_in(other)
    if not stems or not others:
        return False
    return not any(stem in other for stem in stems) and not any(stem in organ for stem in others)


def is_other_department(organ: str, other: str) -> bool:
    """Whether both are departments, and not the same one, as their names tell.

    A name may be shortened: 卫健委 is the 卫生健康委员会.

    Args:
        organ: the name of one.
        other: the name of the other.
    """
    duties = [_duty(name) for name in (organ, other)]
    if not all(duties):
        return False
    shorter, longer = sorted(duties, key=len)
    return not _is_shortened(shorter, longer)


def is_another(organ: str, other: str) -> bool:
    """Whether a report of one can't be signed by the other, as their names tell.

    A government may have a department see to it.

    Args:
        organ: the name of one.
        other: the name of the other.
    """
    if is_elsewhere(organ, other) or is_other_department(organ, other):
        return True
    levels = {level_of(organ), level_of(other)}
    if None in levels or len(levels) == 1:
        return False
    duties = _duty(organ) + _duty(other)
    return "department" not in levels or (bool(duties) and _FOR_GOVERNMENTS.search(duties) is None)


def _duty(organ: str) -> str:
    """What a department is called by; empty for what is none."""
    if level_of(organ) != "department":
        return ""
    areas = list(_AREA.finditer(organ))
    match = _DUTY.match(organ, areas[-1].end() if areas else 0)
    return match["duty"] if match is not None else ""


def _is_shortened(name: str, whole: str) -> bool:
    """Whether the characters of a name stand in another in the same order."""
    rest = iter(whole)
    return all(character in rest for character in name)
