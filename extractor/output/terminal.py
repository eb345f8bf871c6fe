"""Extractions for people: the tables of the report, with what isn't verified standing out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from extractor.extraction import Cell, Extraction, Finding, Status, Verdict
from extractor.findings import element_name
from rules.confront import State
from rules.form import Bilingual, Block, Form, Language, Table

# Every status is told by a mark as well as by a colour, so that it survives a pipe and a printer.
_MARKS = {
    Status.CONFIRMED: ("", "green"),
    Status.UNCHECKED: ("", ""),
    Status.AS_PRINTED: ("!", "bold yellow"),
    Status.DISPUTED: ("?", "bold red"),
    Status.ABSENT: ("", "bold red"),
}
_ABSENT, _BLANK = "×", "␣"
_WIDTH_OF_A_PIPE = 132

_STATUSES = {
    Status.CONFIRMED: Bilingual(zh="已证实", en="confirmed"),
    Status.UNCHECKED: Bilingual(zh="无规则可核", en="unchecked"),
    Status.AS_PRINTED: Bilingual(
        zh="!照印（页面自身有误或未填）", en="! as printed, the page contradicts itself"
    ),
    Status.DISPUTED: Bilingual(zh="?待核", en="? disputed"),
    Status.ABSENT: Bilingual(zh="×页面上没有", en="× not on the page"),
}
VERDICTS = {
    Verdict.VERIFIED: Bilingual(zh="通过", en="verified"),
    Verdict.SOURCE_ERROR: Bilingual(zh="页面自身有误", en="the page contradicts itself"),
    Verdict.NEEDS_REVIEW: Bilingual(zh="需人工核对", en="needs review"),
}
_VERDICT_STYLES = {
    Verdict.VERIFIED: "bold green",
    Verdict.SOURCE_ERROR: "bold yellow",
    Verdict.NEEDS_REVIEW: "bold red",
}
_UNKNOWN = Bilingual(zh="（未写明）", en="(not stated)")
_WORDS = {
    "year": Bilingual(zh="年度", en="year"),
    "edition": Bilingual(zh="格式", en="form"),
    "verdict": Bilingual(zh="结论", en="verdict"),
    "blank": Bilingual(zh="␣空白", en="␣ blank"),
    "findings": Bilingual(zh="发现的问题", en="Findings"),
}


def say(words: Bilingual, language: Language) -> str:
    """One of the two languages."""
    return words.zh if language == "zh" else words.en


def to_text(
    extractions: Sequence[Extraction], forms: Sequence[Form], language: Language, terminal: TextIO | None
) -> str:
    """The reports as tables.

    Args:
        extractions: what to show.
        forms: the forms that they follow.
        language: of headings and messages.
        terminal: where it will be shown, for its width and colours; None for a file or a pipe.
    """
    buffer = io.StringIO()
    if terminal is not None and terminal.isatty():
        shown = Console(file=terminal)
        console = Console(file=buffer, force_terminal=True, width=shown.width, color_system=_colours(shown))
    else:
        console = Console(file=buffer, force_terminal=False, width=_WIDTH_OF_A_PIPE, color_system=None)
    for extraction in extractions:
        _show(console, extraction, forms, language)
    return buffer.getvalue()


def _colours(console: Console) -> str | None:  # type: ignore[return]
    return console.color_system


def _show(console: Console, extraction: Extraction, forms: Sequence[Form], language: Language) -> None:
    console.print(_title(extraction, language))
    form = next((form for form in forms if form.edition == extraction.edition), None)
    cells = {cell.address: cell for cell in extraction.cells}
    for table_id, group in groupby(extraction.cells, key=lambda cell: cell.address.partition(".")[0]):
        addresses = {cell.address for cell in group}
        for table, blocks in _shown_blocks(table_id, addresses, forms, form):
            console.print()
            console.print(Text(say(table.title, language), style="bold"))
            for block in blocks:
                console.print(_grid(table, block, cells, language))
    console.print()
    console.print(_legend(extraction, language))
    if extraction.findings:
        console.print()
        console.print(Text(say(_WORDS["findings"], language), style="bold"))
        for finding in extraction.findings:
            console.print(Text(finding_line(finding, "", language)), soft_wrap=True)


def _title(extraction: Extraction, language: Language) -> Text:
    unknown = say(_UNKNOWN, language)
    organ, year = extraction.header.organ, extraction.header.year
    title = Text(organ.printed if organ else unknown, style="bold")
    facts = {
        "year": (year.value if year else None) or unknown,
        "edition": extraction.edition or unknown,
        "verdict": say(VERDICTS[extraction.verdict], language),
    }
    for name, fact in facts.items():
        style = _VERDICT_STYLES[extraction.verdict] if name == "verdict" else ""
        title.append(
            f"  {say(_WORDS[name], language)}："
            if language == "zh"
            else f"  {say(_WORDS[name], language)}: ",
            style="dim",
        )
        title.append(fact, style=style)
    return title


def _shown_blocks(
    table_id: str, addresses: set[str], forms: Sequence[Form], preferred: Form | None
) -> Iterator[tuple[Table, list[Block]]]:
    """The blocks of one table that have cells here, each from the edition that explains most of them."""
    best: dict[str, tuple[int, Table, Block]] = {}
    for form in sorted(forms, key=lambda form: form is not preferred):
        for table in form.tables:
            if table.id != table_id:
                continue
            for block in table.blocks:
                known = sum(
                    f"{table.id}.{r.id}.{c.id}" in addresses for r in block.rows for c in block.columns
                )
                missing = any(
                    f"{table.id}.{r.id}.{c.id}" not in addresses
                    for r in block.rows
                    for c in block.columns
                    if f"{table.id}.{r.id}.{block.columns[0].id}" in addresses
                )
                if known and not missing and known > best.get(block.id, (0,))[0]:
                    best[block.id] = (known, table, block)
    if best:
        yield next(iter(best.values()))[1], [block for _, _, block in best.values()]


def _grid(table: Table, block: Block, cells: dict[str, Cell], language: Language) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    grid.add_column("")
    for column in block.columns:
        unit = next(
            (
                cell.unit
                for row in block.rows
                if (cell := cells.get(f"{table.id}.{row.id}.{column.id}")) and cell.unit
            ),
            None,
        )
        name = element_name(column, language)
        grid.add_column(f"{name}（{unit}）" if unit else name, justify="right")
    for row in block.rows:
        addresses = [f"{table.id}.{row.id}.{column.id}" for column in block.columns]
        if addresses[0] in cells:
            grid.add_row(element_name(row, language), *(_figure(cells[address]) for address in addresses))
    return grid


def _figure(cell: Cell) -> Text:
    mark, style = _MARKS[cell.status]
    if cell.state is State.ABSENT:
        return Text(_ABSENT + mark, style=style)
    return Text((cell.printed or _BLANK) + mark, style=style)


def _legend(extraction: Extraction, language: Language) -> Text:
    legend = Text()
    for status in Status:
        count = sum(cell.status is status for cell in extraction.cells)
        if count:
            legend.append(f"{say(_STATUSES[status], language)} {count}   ", style=_MARKS[status][1])
    blank = sum(cell.state is State.BLANK for cell in extraction.cells)
    if blank:
        legend.append(f"{say(_WORDS['blank'], language)} {blank}", style="dim")
    return legend


def finding_line(finding: Finding, path: str, language: Language) -> str:
    """``path:line:column  rule  message``; what has no place is said to be at the beginning."""
    warning = "" if finding.severity == "hard" else ("提示：" if language == "zh" else "warning: ")
    where = f"{path}:{finding.line or 1}:{finding.column or 1}".lstrip(":")
    return f"{where}  {finding.rule}  {warning}{say(finding.message, language)}"
