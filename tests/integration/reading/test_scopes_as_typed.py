"""Words of another scope as people type them, around tables as converters leave them; and of the own one."""

from collections.abc import Sequence

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import (
    DISCLOSURE,
    DISPUTES,
    REQUESTS,
    Cell,
    Report,
    Writer,
    cell_a_line,
    web,
)

pytestmark = pytest.mark.dealt_out("write")
SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}


def repeated(rows: Sequence[Sequence[Cell]]) -> str:
    """A table as text, a row a line, whose merged cells stand in each of the places that they cover."""
    lines: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in lines[number]:
                column += 1
            for below in range(number, number + cell.down):
                lines[below].update(dict.fromkeys(range(column, column + cell.across), cell.words))
            column += cell.across
    return "\n".join(" | ".join(line[column] for column in sorted(line)) for line in lines)


WRITERS = pytest.mark.parametrize("write", [web, cell_a_line, repeated])


def settled(report: Report, write: Writer) -> set[str]:
    (extraction,) = extract(report.written(write))
    assert len(extraction.cells) == 200
    return {cell.address for cell in extraction.cells if cell.status in SETTLED}


def tables_of(addresses: set[str]) -> set[str]:
    return {f"{address.partition('.')[0]}." for address in addresses}


@WRITERS
@pytest.mark.parametrize(
    ("above", "below"),
    [
        *((words, "") for words in ("本表数据均为去年数据。", "注：本表为测试数据。", "数据范围：快报")),
        *((words, "") for words in ("（模拟）", "（本表为网上申请数据）", "本 表 为 上 一 年 度 数 据")),
        *((words, "") for words in ("以下数据为截至二O二三年9月底数据", "本表为1\u200b1月份数据")),
        *(("", words) for words in ("以上各项数据均为模拟数据", "（以上为1—6月数据）", "以上为样例数据。")),
        *(("", words) for words in ("此表为虚构数\u00ad据", "以上数据为二〇二二年1—9月数据。")),
        *(("", words) for words in ("注：本表数据为其他单位数据。", "（ 以 上 为 测 试 数 据 ）")),
    ],
)
def test_words_of_another_scope_leave_their_table_open(above: str, below: str, write: Writer) -> None:
    found = settled(Report(above={REQUESTS: above}, below={REQUESTS: below}), write)
    assert DISCLOSURE in tables_of(found)
    assert REQUESTS not in tables_of(found)


@WRITERS
@pytest.mark.parametrize("words", ["（乡镇街道）", "（其他单位）", "（测试）", "（抽样）", "（上半年）"])
def test_brackets_in_a_heading_that_name_another_scope_leave_its_table_open(
    words: str, write: Writer
) -> None:
    report = Report()
    report.headings[REQUESTS] += words
    assert tables_of(settled(report, write)) == {DISCLOSURE, DISPUTES}


@WRITERS
@pytest.mark.parametrize(
    ("above", "below"),
    [
        *((words, "") for words in ("本表数据均为全年数据。", "数据范围：全县", "（实际）", "（全部申请）")),
        *((words, "") for words in ("本 表 为 本 年 度 数 据", "以下数据为截至二O二三年12月底数据")),
        *(("", words) for words in ("（以上为1—12月数据）", "以上为经核实的数据。", "此表为最终数\u00ad据")),
        *(("", words) for words in ("以上数据为二〇二三年1—12月数据。", "注：本表数据为本机关数据。")),
    ],
)
def test_words_of_the_own_scope_leave_all_settled(above: str, below: str, write: Writer) -> None:
    assert len(settled(Report(above={REQUESTS: above}, below={REQUESTS: below}), write)) == 200


@WRITERS
@pytest.mark.parametrize("words", ["以下为2022年数据：", "注：以下数据为上半年数据。", "下表为测试数据。"])
def test_words_on_what_is_below_say_nothing_of_the_table_above_them(words: str, write: Writer) -> None:
    found = settled(Report(below={DISCLOSURE: words}), write)
    assert DISCLOSURE in tables_of(found)
    assert REQUESTS not in tables_of(found)


@WRITERS
def test_an_announcement_of_right_figures_is_said_of_the_whole_header_below_it(write: Writer) -> None:
    words = "因工作疏忽，原公布的第三部分表格数据有误，现更正如下："
    assert len(settled(Report(above={REQUESTS: words}), write)) == 200
