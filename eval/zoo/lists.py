"""Reports whose form is a list of indicators, in the layouts in which such lists come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple

from eval.zoo import pages, printing, word
from eval.zoo.documents import BATCH
from eval.zoo.gold import Gold, GoldCell
from eval.zoo.printing import Paper
from eval.zoo.programs import Program
from eval.zoo.reports import Report, Section
from eval.zoo.tables import Cell, Rows
from rules.confront import BoundRule, bound_rules
from rules.form import Form, Row
from rules.loader import STATISTICS_TABLE, built_in_forms

_ORGANS = ("临江县人民政府", "青浦镇人民政府", "安丘市教育局", "云溪区卫生健康局", "南湖区财政局")
_YEARS = {"2014": (2014, 2018), "2008": (2009, 2013)}
_CODES = ("代码", "指标代码", "序号")
_CUMULATED = ("历年累计", "累计", "历年累计数")
# So many turns settle rules of which the total of one is a part in another.
_TURNS = 6


class ListLayout(StrEnum):
    """What a list of indicators looks like."""

    PIPES = "list-pipes"
    TABS = "list-tabs"
    BLANKS = "list-blanks"
    LINE = "list-line"
    LINES = "list-lines"
    PIPED_LINES = "list-piped-lines"
    HTML = "list-html"
    WORD = "list-word"
    PDF_BROWSER = "list-pdf-browser"
    PDF_OFFICE = "list-pdf-office"


# What must be installed to make the documents of a layout.
NEEDS: Mapping[ListLayout, tuple[Program, ...]] = {
    ListLayout.PDF_BROWSER: (Program.BROWSER, Program.DRIVER, Program.FONT),
    ListLayout.PDF_OFFICE: (Program.OFFICE, Program.FONT),
}
# How many documents a draw has of each layout; printing takes seconds.
DRAWN = {layout: 10 if layout in NEEDS else 50 for layout in ListLayout}
_STYLE = (
    "body {font-size: 10.5pt} table {border-collapse: collapse; width: 100%} "
    "td {border: 1px solid black; padding: 3px; font-size: 9pt} "
)


class ListDocument(NamedTuple):
    """A file, and what it says.

    Attributes:
        name: unique, and the same for the same layout, seed and number.
        data: the file.
        gold: its cells, by address.
        edition: of the form that its list follows.
    """

    name: str
    data: bytes
    gold: Gold
    edition: str


class _Line(NamedTuple):
    """A row of a list: its words, unit and code, its figure, and those of columns beside it."""

    label: str
    unit: str
    code: str
    figure: Cell
    cumulated: str


def list_documents(layout: ListLayout, seed: int, count: int, first: int = 0) -> Iterator[ListDocument]:
    """Some documents of a layout.

    Args:
        layout: what they look like.
        seed: the same seed, layout and number give the same report.
        count: how many.
        first: the number of the first one, from 0.

    Raises:
        OSError, selenium.common.WebDriverException, subprocess.SubprocessError: if a program that the layout
            needs fails.
    """
    numbers = range(first, first + count)
    for start in range(0, count, BATCH):
        part = numbers[start : start + BATCH]
        rngs = [Random(f"{seed} {layout} {number}") for number in part]  # noqa: S311  # no secret
        reports = [drawn_list(rng, leaves_blanks=layout not in _WITHOUT_BLANKS) for rng in rngs]
        for number, report, data in zip(part, reports, _files(layout, reports, rngs), strict=True):
            gold = {a: GoldCell(cell.printed, None) for a, cell in report.gold().items()}
            yield ListDocument(f"{layout}-{seed}-{number}", data, gold, report.form.edition)


# --- what a report says ----------------------------------------------------------------------------


def drawn_list(rng: Random, *, leaves_blanks: bool = True) -> Report:
    """A report with a list of random figures that satisfy the rules of its form.

    Args:
        rng: where chance comes from.
        leaves_blanks: whether blank cells can be seen in the layout that it is drawn for.
    """
    form = rng.choice(built_in_forms(STATISTICS_TABLE))
    table = form.tables[0]
    (block,) = table.blocks
    left_out = {row.id for row in block.rows if row.optional and row.within is None and rng.random() < 0.2}
    left_out |= {row.id for row in block.rows if row.within in left_out}
    numbers = _numbers(rng, form, left_out)
    zero = rng.choice(("0", "0", "0", "", "/")) if leaves_blanks else "0"
    has_codes, has_cumulated = rng.random() < 0.4, rng.random() < 0.4
    if form.edition == "2008":
        has_codes, has_cumulated = rng.random() < 0.8, rng.random() < 0.8
    shown = [row for row in block.rows if row.id not in left_out]
    lines = [
        _line(rng, row, f"{table.id}.{row.id}.{block.columns[0].id}", numbers, zero, code)
        for code, row in enumerate(shown, rng.choice((1, 11, 101)))
    ]
    rows = list(_with_groups(shown, lines))
    value = rng.choice((block.columns[0].label, *block.columns[0].variants[:3]))
    heads = [rng.choice(("统计指标", "指标名称")), rng.choice(("单位", "计量单位")), value]
    table_rows = _in_columns(rng, heads, rows, has_codes=has_codes, has_cumulated=has_cumulated)
    year, organ = rng.randint(*_YEARS[form.edition]), rng.choice(_ORGANS)
    before = [
        f"{organ}{year}年政府信息公开工作年度报告",
        f"本报告由{organ}编制，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        "一、概述",
        "本机关认真贯彻《中华人民共和国政府信息公开条例》，推进政府信息公开工作。",
    ]
    heading = f"政府信息公开情况统计表（{year}年度）"
    return Report(
        form, before, [Section(heading, [table_rows])], [organ, f"{year + 1}年3月15日"], frozenset()
    )


def _numbers(rng: Random, form: Form, left_out: set[str]) -> dict[str, str]:
    """A printed number for every cell, so that all rules hold."""
    places = {a: place for a, place in form.places.items() if place.row.id not in left_out}
    most = rng.choice((3, 30, 400))
    numbers: dict[str, int] = {a: rng.choice((0, rng.randint(0, most))) for a in places}
    gone = frozenset(form.places.keys() - places.keys())
    rules = [rule for rule in bound_rules(form, gone) if places.keys() >= set(rule.operands)]
    for _ in range(_TURNS):
        for rule in rules:
            _settle(rule, numbers)
    return {
        a: f"{number / 100:.2f}" if place.row.decimals else str(number)
        for (a, place), number in zip(places.items(), numbers.values(), strict=True)
    }


def _settle(rule: BoundRule, numbers: dict[str, int]) -> None:
    """Let a rule hold: a whole, on the left, is the sum of its parts, and a part is its whole at most."""
    whole, *parts = rule.operands
    if rule.rule.comparison.relation == "=":
        numbers[whole] = sum(numbers[part] for part in parts)
    else:
        numbers[whole] = min(numbers[whole], numbers[parts[0]])


def _line(rng: Random, row: Row, address: str, numbers: Mapping[str, str], zero: str, code: int) -> _Line:
    printed = numbers[address]
    is_zero = not float(printed)
    label = rng.choice((row.label, row.label, *row.variants[:1]))
    if row.number is not None:
        label = rng.choice((row.number, row.number.replace("(", "（").replace(")", "）"))) + label
        label = f"其中：{label}" if row.within is not None and row.number[:1] == "1" else label
    elif row.within is not None:
        label = f"其中：{label}"
    figure = Cell(zero if is_zero else printed, address=address)
    cumulated = str(int(float(printed)) * 3 + rng.randint(0, 9))
    return _Line(label, row.unit or "", f"{code:02}", figure, cumulated)


def _with_groups(rows: Sequence[Row], lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, before the first of each group the group's label."""
    group = None
    for row, line in zip(rows, lines, strict=True):
        if row.under is not None and row.under != group:
            yield _Line(row.under, "", "", Cell(""), "")
            group = row.under
        yield line


def _in_columns(
    rng: Random, heads: Sequence[str], lines: Sequence[_Line], *, has_codes: bool, has_cumulated: bool
) -> Rows:
    """The lines as rows of a table, with the columns that a page has beside unit and figure."""
    label, unit, value = heads
    code = [rng.choice(_CODES)] if has_codes else []
    cumulated = [rng.choice(_CUMULATED)] if has_cumulated else []
    code_first = rng.random() < 0.5
    between = [*code, unit] if code_first else [unit, *code]
    rows = [[Cell(text) for text in (label, *between, value, *cumulated)]]
    for line in lines:
        codes = [line.code] if has_codes else []
        between = [*codes, line.unit] if code_first else [line.unit, *codes]
        before = [Cell(line.label), *map(Cell, between)]
        rows.append([*before, line.figure, *([Cell(line.cumulated)] if has_cumulated else [])])
    return rows


# --- how it is written -----------------------------------------------------------------------------

_WITHOUT_BLANKS = (ListLayout.BLANKS, ListLayout.LINE, ListLayout.LINES)
# What stands between the cells of a row, and before and behind it.
_SEPARATORS = {
    ListLayout.PIPES: (" | ", "| ", " |"),
    ListLayout.TABS: ("\t", "", ""),
    ListLayout.BLANKS: ("    ", "", ""),
    ListLayout.LINE: (" ", "", ""),
    ListLayout.LINES: ("\n", "", ""),
    ListLayout.PIPED_LINES: (" |\n", "", " |"),
}


def _files(layout: ListLayout, reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    if layout in _SEPARATORS:
        return [list_text(report, layout).encode() for report in reports]
    return _WRITERS[layout](reports, rngs)


def list_text(report: Report, layout: ListLayout) -> str:
    """A report as text.

    Args:
        report: what it says.
        layout: what stands between its cells; one of text.
    """
    between, before, after = _SEPARATORS[layout]
    leaves_out = layout in _WITHOUT_BLANKS
    lines = [*report.before]
    for section in report.sections:
        lines.append(section.heading)
        for table in section.tables:
            for row in table:
                cells = [cell.text for cell in row if cell.text or not leaves_out]
                lines.append(before + between.join(cells) + after)
    return "\n".join([*lines, *report.after]) + "\n"


def _web(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return [pages.merged_page(report, rng) for report, rng in zip(reports, rngs, strict=True)]


def _word(reports: Sequence[Report], _: Sequence[Random]) -> list[bytes]:
    return [word.word_file(report) for report in reports]


def _by_browser(reports: Sequence[Report], _: Sequence[Random]) -> list[bytes]:
    return printing.printed_pages(
        [(pages.printable_page(report, _STYLE), Paper(297, numbered=False)) for report in reports]
    )


def _by_office(reports: Sequence[Report], rngs: Sequence[Random]) -> list[bytes]:
    return printing.converted(_word(reports, rngs), "pdf")


_WRITERS: Mapping[ListLayout, Callable[[Sequence[Report], Sequence[Random]], list[bytes]]] = {
    ListLayout.HTML: _web,
    ListLayout.WORD: _word,
    ListLayout.PDF_BROWSER: _by_browser,
    ListLayout.PDF_OFFICE: _by_office,
}
