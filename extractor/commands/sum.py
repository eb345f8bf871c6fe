"""``gongkai sum``: a parent's table against those of its units."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import count, language_of, note
from extractor.commands.options import FormOption, LangOption, OrgansOption
from extractor.commands.panel import read_stated
from extractor.errors import InputError
from extractor.forms import FormSet
from extractor.organs.organ_list import OrganList, read_organ_list
from extractor.output.files import write_file
from extractor.panel.stated import StatedReport, stated_reports
from extractor.panel.units import LeftOut, Summed
from rules.words import Bilingual, Language

_WHY: dict[LeftOut, Bilingual] = {
    "year": Bilingual(zh="不是同一年的", en="it is on another year"),
    "form": Bilingual(zh="表样不同", en="it follows another form"),
    "organ": Bilingual(zh="不属于该上级机关", en="its organ isn't one of the parent's"),
    "within": Bilingual(zh="已包含在另一单位的表中", en="another unit's table holds it"),
    "twice": Bilingual(zh="同一机关已有一份", en="its organ is there already"),
}


def sum_units(
    parent: Annotated[Path, typer.Argument(metavar="PARENT", help="The report on all of them, or its JSON.")],
    units: Annotated[
        list[Path],
        typer.Argument(
            metavar="UNIT",
            help="The units' reports, their results, or folders that batch wrote.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write every cell to this .csv, .xlsx or .parquet.")
    ] = None,
    organs: OrgansOption = None,
    form: FormOption = None,
    lang: LangOption = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Print cells that agree, too.")] = False,
) -> None:
    """Put every cell of a parent's table beside the sum of its units' tables.

    Exit status: 0 if all cells agree; 1 if one differs, or a unit of the list is missing; 2 if something
    can't be read, or nothing can be summed: there is no unit, or the parent's page says that its figures are
    its own office's alone.
    """
    # What draws tables takes longer to import than many a command to run.
    from extractor.output.tables import comparisons
    from extractor.output.tables.columns import SUM
    from extractor.output.tables.entries import names_of
    from extractor.panel.units import sum_of

    language = language_of(lang)
    with exit_on_error(language):
        if output is not None:
            comparisons.refuse_unknown_ending(output)
        forms = FormSet.from_files(form or ())
        known = read_organ_list(organs) if organs is not None else OrganList()
        whole = _parent(parent, forms, known)
        reports: list[StatedReport] = []
        failed = read_stated(units, forms, known, language, reports.append)
        summed = sum_of(whole, reports, known)
        names = names_of(forms.forms, language)
        if output is not None:
            write_file(
                output,
                comparisons.table_bytes(output, SUM, comparisons.sum_rows(summed, names), language),
                parent,
            )
            note(language, f"已写入 {output}", f"written to {output}")
        different = summed.different
        shown = summed.cells if every else different
        if shown and summed.units:
            typer.echo(comparisons.sum_text(shown, names, language), nl=False)
    _note_units(summed, len(different), language)
    raise typer.Exit(2 if failed or not summed.is_sum else int(bool(different or summed.missing)))


def _parent(path: Path, forms: FormSet, organs: OrganList) -> StatedReport:
    reports = list(stated_reports(path, forms, organs))
    if len(reports) != 1:
        raise InputError(
            f"{path} 中有 {len(reports)} 份报告，无法作为上级的报告。请给出其中一份。",
            f"{path} holds {len(reports)} reports, so it isn't clear which is the parent's; name one",
        )
    return reports[0]


def _note_scopes(summed: Summed, language: Language) -> None:
    scope = summed.parent.scope
    if scope is None:
        note(language, "上级的页面没有说明统计范围", "the parent's page doesn't say whose figures it has")
    elif summed.parent.is_own_office:
        note(
            language,
            f"上级的表只统计其本机关，不是各单位之和：“{scope.printed}”",
            f"the parent's table is its own office's alone, and no sum of units': “{scope.printed}”",
        )
    else:
        note(
            language,
            f"上级的表包括其下各单位：“{scope.printed}”",
            f"the parent's table has those of its units in it: “{scope.printed}”",
        )
    for unit in summed.units:
        if unit.scope is not None and unit.is_own_office:
            note(
                language,
                f"{unit.report} 只统计其本机关：“{unit.scope.printed}”",
                f"{unit.report} has its own office's alone: “{unit.scope.printed}”",
            )


def _note_units(summed: Summed, different: int, language: Language) -> None:
    """Say what pages say of their scope, who is missing or left out, and how many cells differ."""
    _note_scopes(summed, language)
    for name in summed.missing:
        note(language, f"缺少：{name}", f"missing: {name}")
    for name, why in summed.left_out:
        note(language, f"未计入 {name}：{_WHY[why].zh}", f"left out {name}: {_WHY[why].en}")
    if summed.parent.is_own_office:
        return
    if not summed.units:
        note(language, "没有可计入的单位，无从对照", "there is no unit to sum, and nothing to compare")
        return
    note(
        language,
        f"{len(summed.units)} 个单位，{len(summed.cells)} 个单元格，{different} 个不等于各单位之和",
        f"{count(len(summed.units), 'unit')}, {count(len(summed.cells), 'cell')}, "
        f"{different} not the sum of the units'",
    )
