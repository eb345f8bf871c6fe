"""Tables within the cells of another one, behind the names of groups, and single cells that are titles."""

from __future__ import annotations

from extractor.reports.opening import open_document
from extractor.statistics.reading import read_statistics
from extractor.statistics.table import StatisticsTable


def tables_of(*groups: tuple[str, str]) -> tuple[StatisticsTable, ...]:
    """The tables of a page whose cells hold a name and a table each."""
    rows = "".join(f"<table><tr><td>{name}</td></tr></table><table>{inner}</table>" for name, inner in groups)
    return read_statistics(open_document(f"<html><body>{rows}</body></html>".encode(), "page.html"))


def rows(*lines: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in line.split()) for line in lines)
    return "".join(f"<tr>{line}</tr>" for line in cells)


def paths(found: StatisticsTable) -> list[str]:
    return [">".join(found.path(place)) for place, row in enumerate(found.rows) if row.figures]


def test_rows_stand_below_the_name_beside_their_table() -> None:
    (found,) = tables_of(
        ("公开", rows("造林 条 36", "采伐 宗 52")), ("来访", rows("接待 人次 41", "答复 件 39"))
    )
    assert paths(found) == ["公开>造林", "公开>采伐", "来访>接待", "来访>答复"]


def test_tables_with_headers_of_their_own_below_titles_stay_apart() -> None:
    inner = ("当面 3 2", "网上 5 4", "来信 1 1")
    found = tables_of(
        ("表一 公开", rows("形式 条数 次数", *inner)), ("表二 申请", rows("方式 收到 答复", *inner))
    )
    assert [[column.path[-1] for column in table.columns] for table in found] == [
        ["条数", "次数"],
        ["收到", "答复"],
    ]


def test_rows_of_another_form_are_none_of_the_same_list() -> None:
    found = tables_of(
        ("公开", rows("造林 条 36", "采伐 宗 52", "招标 次 8")),
        ("来访", rows("接待 41", "答复 39", "监督 5")),
    )
    assert [paths(table) for table in found] == [["造林", "采伐", "招标"], ["接待", "答复", "监督"]]
