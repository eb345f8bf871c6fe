"""Extractions for people: the tables of the report, with what isn't verified standing out."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from extractor.checking.checked import told_of
from extractor.checking.grouping import grouped
from extractor.documents.document import UNREADABLE
from extractor.output.lines import group_line
from extractor.output.presentation import Presentation
from extractor.output.shown import shown_blocks
from extractor.output.words import STATUSES, VERDICTS
from extractor.pipeline import ReadReport
from extractor.result.cells import EXTRA, Cell, Status
from extractor.result.extraction import Extraction
from extractor.result.narrative import Measure, Narrative
from extractor.result.verdict import Verdict
from extractor.verify.words import element_name
from rules.confront import State
from rules.form import Block, Form, Table
from rules.words import Bilingual, Language

# Every status is told by a mark as well as by a colour, so that it survives a pipe and a printer.
_MARKS = {
    Status.CONFIRMED: ("", "green"),
    Status.UNCHECKED: ("", ""),
    Status.AS_PRINTED: ("!", "bold yellow"),
    Status.DISPUTED: ("?", "bold red"),
    Status.ABSENT: ("", "bold red"),
    Status.ACCEPTED: ("=", "blue"),
    Status.CORRECTED: ("~", "blue"),
}
_ABSENT, _BLANK, _UNREAD = "×", "␣", "▨"
_WIDTH_OF_A_PIPE = 200

_VERDICT_STYLES = {
    Verdict.VERIFIED: "bold green",
    Verdict.SOURCE_ERROR: "bold yellow",
    Verdict.NEEDS_REVIEW: "bold red",
}
_UNKNOWN = Bilingual(zh="（未写明）", en="(not stated)")
_MEASURES = {
    Measure.COUNT: Bilingual(zh="数量", en="counts"),
    Measure.SHARE: Bilingual(zh="占比", en="shares"),
    Measure.GROWTH: Bilingual(zh="增长", en="growth"),
    Measure.POINTS: Bilingual(zh="百分点", en="percentage points"),
    Measure.MULTIPLE: Bilingual(zh="倍数", en="multiples"),
}
# How much of a passage is shown; the JSON has the whole.
_SHOWN_OF_A_PASSAGE = 60
_WORDS = {
    "year": Bilingual(zh="年度", en="year"),
    "edition": Bilingual(zh="表样", en="form"),
    "verdict": Bilingual(zh="结论", en="verdict"),
    "blank": Bilingual(zh="␣空白", en="␣ blank"),
    "unread": Bilingual(zh="▨无法读取", en="▨ can't be read"),
    "findings": Bilingual(zh="发现的问题", en="Findings"),
    "remarks": Bilingual(zh="其他提示", en="Remarks"),
    "claims": Bilingual(zh="文中的数字", en="Numbers in the text"),
    "problems": Bilingual(zh="存在的主要问题", en="Problems"),
    "improvements": Bilingual(zh="改进情况", en="Improvements"),
    "fee_statement": Bilingual(zh="收费情况", en="Fees"),
}


def to_text(reports: Sequence[ReadReport], presentation: Presentation) -> bytes:
    """The reports as tables.

    Args:
        reports: what to show.
        presentation: by which forms, in which language, on which terminal.
    """
    buffer, terminal = io.StringIO(), presentation.terminal
    if terminal is not None and terminal.isatty():
        console = Console(file=buffer, force_terminal=True, width=Console(file=terminal).width)
    else:
        console = Console(file=buffer, force_terminal=False, width=_WIDTH_OF_A_PIPE, color_system=None)
    for report in reports:
        _show(console, report, presentation.forms, presentation.language)
    return buffer.getvalue().encode()


def _show(console: Console, report: ReadReport, forms: Sequence[Form], language: Language) -> None:
    extraction = report.extraction
    console.print(_title(extraction, language))
    form = next(
        (form for form in forms if (form.family, form.edition) == (extraction.family, extraction.edition)),
        None,
    )
    cells = {cell.address: cell for cell in extraction.cells}
    for table_id, group in groupby(extraction.cells, key=lambda cell: cell.address.partition(".")[0]):
        addresses = {cell.address for cell in group}
        for table, blocks in shown_blocks(table_id, addresses, forms, form):
            console.print()
            console.print(Text(table.title.in_language(language), style="bold"))
            for _, same in groupby(blocks, key=lambda block: [column.label for column in block.columns]):
                console.print(_grid(table, list(same), cells, language))
    if form is None:
        _show_without_form(console, extraction.extra)
    _show_narrative(console, extraction.narrative, language)
    console.print()
    console.print(_legend(extraction, language))
    for name, findings in (("findings", extraction.findings), ("remarks", extraction.remarks)):
        if findings:
            console.print()
            console.print(Text(_WORDS[name].in_language(language), style="bold"))
        told = [one for one in told_of(report, forms, None) if one.finding in findings]
        for together in grouped(told):
            console.print(Text(group_line(together, "", language)), soft_wrap=True)


def _show_without_form(console: Console, cells: Sequence[Cell]) -> None:
    """The cells of tables of no known form, one a line, by the words of their rows and columns."""
    for number, same in groupby(cells, key=lambda cell: cell.address.split(".")[1]):
        console.print()
        for cell in same:
            words = cell.address.removeprefix(f"{EXTRA}.{number}.")
            figure = cell.printed or _BLANK
            console.print(Text(f"{words}  {figure} {cell.unit or ''}".rstrip()), soft_wrap=True)


def _show_narrative(console: Console, narrative: Narrative, language: Language) -> None:
    """How many numbers the text states, and the beginning of each of its passages."""
    lists = {
        "problems": narrative.problems,
        "improvements": narrative.improvements,
        "fee_statement": (narrative.fee_statement,) if narrative.fee_statement is not None else (),
    }
    counts = Counter(claim.measure for claim in narrative.claims)
    if counts:
        numbers = "   ".join(
            f"{name.in_language(language)} {counts[measure]}"
            for measure, name in _MEASURES.items()
            if counts[measure]
        )
        console.print()
        console.print(Text(_WORDS["claims"].in_language(language), style="bold"), Text(f" {numbers}"))
    for name, passages in lists.items():
        if passages:
            console.print()
            console.print(Text(_WORDS[name].in_language(language), style="bold"))
        for passage in passages:
            words = " ".join(passage.printed.split())
            folded = words if len(words) <= _SHOWN_OF_A_PASSAGE else f"{words[:_SHOWN_OF_A_PASSAGE]}…"
            console.print(Text(f"- {folded}"), soft_wrap=True)


def _title(extraction: Extraction, language: Language) -> Text:
    unknown = _UNKNOWN.in_language(language)
    organ, year = extraction.header.organ, extraction.header.year
    title = Text(organ.printed if organ else unknown, style="bold")
    facts = {
        "year": (year.value if year else None) or unknown,
        "edition": extraction.edition or unknown,
        "verdict": VERDICTS[extraction.verdict].in_language(language),
    }
    for name, fact in facts.items():
        style = _VERDICT_STYLES[extraction.verdict] if name == "verdict" else ""
        title.append(f"  {_WORDS[name].in_language(language)} ", style="dim")
        title.append(fact, style=style)
    return title


def _grid(table: Table, blocks: list[Block], cells: dict[str, Cell], language: Language) -> Grid:
    """Blocks under one header as one table."""
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    grid.add_column("", overflow="fold")
    rows = [
        (element_name(row, language), [f"{table.id}.{row.id}.{column.id}" for column in block.columns])
        for block in blocks
        for row in block.rows
    ]
    shown = [(name, row) for name, row in rows if row[0] in cells]
    columns = [[row[place] for _, row in shown] for place in range(len(blocks[0].columns))]
    # Rows of a list count different things.
    are_of_rows = any(len(_units(column, cells)) > 1 for column in columns)
    for column, addresses in zip(blocks[0].columns, columns, strict=True):
        unit = "" if are_of_rows else _unit_in_brackets(addresses, cells, language)
        grid.add_column(element_name(column, language) + unit, justify="right", overflow="fold")
    for name, row in shown:
        unit = _unit_in_brackets(row, cells, language) if are_of_rows else ""
        grid.add_row(name + unit, *(_figure(cells[address]) for address in row))
    return grid


def _units(addresses: Iterable[str], cells: dict[str, Cell]) -> list[str]:
    """What some cells count, each unit once."""
    units = (cells[address].unit for address in addresses)
    return list(dict.fromkeys(unit for unit in units if unit is not None))


def _unit_in_brackets(addresses: Iterable[str], cells: dict[str, Cell], language: Language) -> str:
    """The unit of some cells, as it stands behind a name; nothing if they have none, or several."""
    units = _units(addresses, cells)
    if len(units) != 1:
        return ""
    return f"（{units[0]}）" if language == "zh" else f" ({units[0]})"


def _figure(cell: Cell) -> Text:
    mark, style = _MARKS[cell.status]
    if cell.state is State.ABSENT:
        return Text(_ABSENT + mark, style=style)
    printed = cell.printed.replace(UNREADABLE, _UNREAD)
    return Text((printed or _BLANK) + mark, style=style)


def _legend(extraction: Extraction, language: Language) -> Text:
    legend = Text()
    for status in Status:
        count = sum(cell.status is status for cell in extraction.cells)
        if count:
            mark = _ABSENT if status is Status.ABSENT else _MARKS[status][0]
            mark += " " if mark and language == "en" else ""
            legend.append(
                f"{mark}{STATUSES[status].in_language(language)} {count}   ", style=_MARKS[status][1]
            )
    blank = sum(cell.state is State.BLANK for cell in extraction.cells)
    if blank:
        legend.append(f"{_WORDS['blank'].in_language(language)} {blank}", style="dim")
    unread = sum(cell.state is State.UNREAD for cell in extraction.cells)
    if unread:
        words = _WORDS["unread"].in_language(language)
        legend.append(f"{'   ' * bool(blank)}{words} {unread}", style="dim")
    return legend
