"""A list of organs of one's own, which says whose a report is where its name leaves that open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from extractor.documents.table_files import read_table_file
from extractor.errors import InputError
from extractor.organs.identity import OrganIdentity, OrganLevel, identify, lies_in
from extractor.result.extraction import Extraction
from extractor.text.folding import fold_label
from rules.words import Bilingual

_WHAT = Bilingual(zh="机关名单", en="list of organs")
# The names of its columns, in English and in Chinese.
_COLUMNS = {
    "organ": ("organ", "机关", "单位"),
    "name": ("name", "名称", "全称"),
    "code": ("code", "代码", "行政区划代码"),
    "level": ("level", "级别", "层级"),
    "department": ("department", "部门"),
    "parent": ("parent", "上级", "上级机关"),
}
_LEVELS: dict[str, OrganLevel] = {level: level for level in get_args(OrganLevel)}
_LEVELS |= {"部委": "ministry", "国家": "ministry", "省": "province", "省级": "province", "市": "city"}
_LEVELS |= {
    "市级": "city",
    "地级": "city",
    "县": "county",
    "县级": "county",
    "区": "county",
    "区县": "county",
}
_LEVELS |= {"乡镇": "township", "街道": "township", "乡级": "township", "部门": "department", "其他": "other"}
_BETWEEN = re.compile(r"[;；|]")


class OrganList:
    """Organs by the names that pages give them; what isn't among them is told by its name alone."""

    def __init__(
        self, listed: Mapping[str, OrganIdentity] | None = None, parents: Mapping[str, str] | None = None
    ) -> None:
        """Take a list.

        Args:
            listed: whose a report is, by the name on its page, folded; nothing for the names alone.
            parents: the key of the organ above, by the key of an organ.
        """
        self._listed = dict(listed or {})
        self._parents = dict(parents or {})

    def identify(self, extraction: Extraction) -> OrganIdentity:
        """Whose a report is.

        Args:
            extraction: the result of reading it.
        """
        organ, year, address = (
            extraction.header.organ,
            extraction.header.year,
            extraction.header.address,
        )
        return self.identify_name(
            organ.value if organ is not None else None,
            year.value if year is not None else None,
            (address.printed,) if address is not None else (),
        )

    def identify_name(
        self, organ: str | None, year: str | None = None, hints: Sequence[str] = ()
    ) -> OrganIdentity:
        """Whose a report is by the name that it gives.

        Args:
            organ: the name; None if the page doesn't say.
            year: that the report is on; None for any.
            hints: other words of the report that may name a province or city.
        """
        return self._listed.get(fold_label(organ or "")) or identify(organ, year, hints)

    def units(self, key: str) -> tuple[OrganIdentity, ...]:
        """The organs of which the list says that another is above them.

        Args:
            key: of that other one.
        """
        named = {one.key: one for one in self._listed.values() if one.key is not None}
        return tuple(one for name, one in named.items() if self._parents.get(name) == key)

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether an organ's report may be part of another's, by the list or by their divisions.

        Args:
            inner: the key of an organ.
            outer: the key of the other.
        """
        seen = {inner}
        above = self._parents.get(inner)
        while above is not None and above not in seen:
            if above == outer:
                return True
            seen.add(above)
            above = self._parents.get(above)
        return lies_in(inner, outer)


def read_organ_list(path: Path) -> OrganList:
    """Read a list of organs.

    Args:
        path: of a CSV in UTF-8 or GB18030, or of a workbook (xlsx), whose first sheet it is. Its first row
            names its columns: ``organ``, the names that pages give, with semicolons between; and what is
            known of ``name``, ``code``, ``level``, ``department`` and ``parent``, which is another's name.

    Raises:
        InputError: if it can't be read, names no organs, or has a level that there isn't.
    """
    rows = _rows(path)
    listed: dict[str, OrganIdentity] = {}
    parents: dict[str, str] = {}
    for row in rows:
        organs = [fold_label(name) for name in _BETWEEN.split(row["organ"]) if name.strip()]
        if not organs:
            continue
        identity = _identity(row, path)
        listed |= dict.fromkeys(organs, identity)
        if row["parent"] and identity.key is not None:
            parents[identity.key] = row["parent"]
    by_name = {one.name: one.key for one in listed.values()}
    above = {key: by_name.get(name) or _key_of(listed, name) for key, name in parents.items()}
    return OrganList(listed, {key: parent for key, parent in above.items() if parent is not None})


def _key_of(listed: Mapping[str, OrganIdentity], name: str) -> str | None:
    known = listed.get(fold_label(name))
    return known.key if known is not None else identify(name).key


def _identity(row: Mapping[str, str], path: Path) -> OrganIdentity:
    """What a row says, and for what it leaves open, what the names tell."""
    first = _BETWEEN.split(row["organ"])[0].strip()
    told = identify(row["name"] or first)
    level = told.level
    if row["level"]:
        level = _LEVELS.get(row["level"].lower())
        if level is None:
            raise InputError(
                f"机关名单 {path} 中的级别“{row['level']}”不认识。可用：{'、'.join(_LEVELS)}。",
                f"the list of organs {path} has the level {row['level']!r}, which there isn't; "
                f"there are {', '.join(get_args(OrganLevel))}",
            )
    name = row["name"] or told.name or first
    return OrganIdentity(
        key=told.key if told.key is not None and not row["code"] else f"{row['code']}:{name}",
        name=name,
        code=row["code"] or told.code,
        level=level,
        department=row["department"] or told.department,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    rows = read_table_file(path, _WHAT)
    head = [name.strip().lower() for name in rows[0]] if rows else []
    places = {
        field: next((head.index(name) for name in names if name in head), None)
        for field, names in _COLUMNS.items()
    }
    if places["organ"] is None:
        raise InputError(
            f"机关名单 {path} 的第一行中没有名为“机关”（organ）的列。请加上这一列。",
            f"the list of organs {path} has no column called organ in its first row; add it",
        )
    return [
        {
            field: row[place].strip() if place is not None and place < len(row) else ""
            for field, place in places.items()
        }
        for row in rows[1:]
    ]
