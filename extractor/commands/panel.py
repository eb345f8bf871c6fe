"""``gongkai panel``: the figures that people compare, of many reports and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.error_reporter import ErrorReporter, exit_on_error
from extractor.commands.language import count, language_of, note
from extractor.commands.options import FormOption, LangOption, OrgansOption
from extractor.forms import FormSet
from extractor.organs.organ_list import OrganList, read_organ_list
from extractor.output.files import write_file
from extractor.panel.stated import StatedReport, stated_reports
from rules.loader import BUILT_IN, STATISTICS_TABLE
from rules.words import Language


def panel(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Folders that batch wrote; results as JSON, JSON lines or CSV; reports.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write an indicator a row to this .csv, .xlsx or .parquet."),
    ] = None,
    organs: OrgansOption = None,
    form: FormOption = None,
    lang: LangOption = None,
    *,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Count only figures whose cells are all confirmed.")
    ] = False,
) -> None:
    """Print numbers and shares of all reports by year, and where the years of an organ don't fit each other.

    Exit status: 0 if all could be read, whatever is found; 2 if not.
    """
    # What draws tables takes longer to import than many a command to run.
    from extractor.output.tables import comparisons
    from extractor.output.tables.columns import PANEL
    from extractor.panel.pooled import Stated, again, pooled, with_indicators
    from extractor.panel.years import chains_of, part_of_chain

    language = language_of(lang)
    with exit_on_error(language):
        if output is not None:
            comparisons.refuse_unknown_ending(output)
        forms = FormSet.from_files(form or ())
        known = read_organ_list(organs) if organs is not None else OrganList()
        stated: list[Stated] = []
        parts: list[StatedReport] = []
        editions: set[str | None] = set()

        def take(report: StatedReport) -> None:
            stated.append(with_indicators(report, confirmed=confirmed))
            parts.append(part_of_chain(report, forms.forms))
            editions.add(report.edition)

        failed = read_stated(paths, forms, known, language, take)
        if output is not None:
            rows = comparisons.panel_rows(stated, language)
            write_file(output, comparisons.table_bytes(output, PANEL, rows, language), None)
            note(language, f"已写入 {output}", f"written to {output}")
        are_again = again(stated)
        first = (one for one, is_again in zip(stated, are_again, strict=True) if not is_again)
        years = Counter(one.year or "" for one in first)
        chains = chains_of(parts, forms.forms)
        if stated:
            typer.echo(comparisons.panel_text(pooled(stated), years, language), nl=False)
        if not editions.isdisjoint(BUILT_IN[STATISTICS_TABLE]):
            for line in comparisons.not_comparable_lines(language):
                typer.echo(line)
        for found in chains.breaks:
            typer.echo(comparisons.break_line(found, language))
    note(
        language,
        f"{len(stated)} 份报告，{sum(are_again)} 份为同一机关同一年的又一份，未计入；"
        f"比较了 {chains.compared} 对相邻年份，"
        f"{len(chains.breaks)} 处不衔接；{len(chains.left_out)} 份机关或年度不明，未比较",
        f"{count(len(stated), 'report')}, {sum(are_again)} on an organ's year that is there already, "
        "not counted; "
        f"{count(chains.compared, 'pair')} of years compared, {count(len(chains.breaks), 'break')}; "
        f"{len(chains.left_out)} of no certain organ or year and not compared",
    )
    raise typer.Exit(2 if failed else 0)


def read_stated(
    paths: Iterable[Path],
    forms: FormSet,
    organs: OrganList,
    language: Language,
    take: Callable[[StatedReport], None],
) -> bool:
    """Read reports or their results; what can't be read is told, and doesn't end the rest.

    Args:
        paths: of what is to be read.
        forms: to read reports by.
        organs: who says whose they are.
        language: of errors.
        take: is given each report.

    Returns:
        Whether something couldn't be read.
    """
    failed = False
    for path in paths:
        with ErrorReporter(language, str(path)) as reporter:
            for report in stated_reports(path, forms, organs):
                take(report)
        failed = failed or reporter.told is not None
    return failed
