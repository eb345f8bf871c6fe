"""``gongkai extract``: one report, for people as tables, or in a format for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.inputs import STANDARD_INPUT, read_given
from extractor.commands.language import count, language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.options import FormOption, LangOption, PreviousOption, RulesOption
from extractor.forms import FormSet
from extractor.output.files import write_file, write_standard_output
from extractor.output.formats import DEFAULT_FORMAT, FORMATS, OutputFormat, format_of_ending
from extractor.output.lines import spent_lines
from extractor.output.presentation import Presentation
from extractor.pipeline import read_previous
from extractor.result.cells import Status
from extractor.result.extraction import Extraction
from rules.words import Language

_NAMES = [output_format.name for output_format in FORMATS]


def _format(name: str) -> OutputFormat:
    for output_format in FORMATS:
        if output_format.name == name:
            return output_format
    raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, _NAMES))}.")


@with_model_options()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The report, or - for standard input.")],
    to: Annotated[
        OutputFormat | None,
        typer.Option(
            "--to",
            parser=_format,
            metavar=f"<{'|'.join(_NAMES)}>",
            help="Output format.  [default: by the ending of -o, else text]",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file, in the format of its ending.")
    ] = None,
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    *,
    rules: RulesOption = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Tell on standard error what was asked, and what came of it.")
    ] = False,
    options: ModelOptions,
) -> None:
    """Read one report and print its figures.

    Exit status: 0 if it could be read, whatever the verdict; 2 if not.
    """
    language = language_of(lang)
    with exit_on_error(language):
        output_format = (to or (DEFAULT_FORMAT if output is None else format_of_ending(output))).required()
        forms = FormSet.from_files(form or (), rules or ())
        with options.opened(language) as asking:
            before = read_previous(previous, forms) if previous is not None else None
            with exit_on_error(language, file):
                reports = read_given(file, forms=forms, asking=asking, previous=before)
        presentation = Presentation(
            forms.forms,
            language,
            terminal=sys.stdout if output is None else None,
            is_file=output is not None,
        )
        content = output_format.write(reports, presentation)
        if output is None:
            write_standard_output(content, is_binary=output_format.is_binary)
        else:
            write_file(output, content, Path(file) if file != STANDARD_INPUT else None)
            note(language, f"已写入 {output}", f"written to {output}")
    extractions = [report.extraction for report in reports]
    if trace:
        _note_trace(extractions, language)
    _note_unread(extractions, language, has_model=asking is not None)


def _note_trace(extractions: Sequence[Extraction], language: Language) -> None:
    """Say step by step what a model was asked, and what it cost."""
    for extraction in extractions:
        for step in extraction.trace:
            note(language, f"{step.round}  {step.message.zh}", f"{step.round}  {step.message.en}")
        if extraction.usage is not None:
            note(language, *spent_lines(extraction.usage))


def _note_unread(extractions: Sequence[Extraction], language: Language, *, has_model: bool) -> None:
    """Say what was left unread; ``has_model``: whether a model was named."""
    unread = [
        cell
        for extraction in extractions
        for cell in extraction.cells
        if cell.status in (Status.ABSENT, Status.DISPUTED)
    ]
    how_zh = "" if has_model else "仅按版式读取（未使用模型）："
    how_en = "" if has_model else "read by layout only, no model was asked: "
    if unread:
        note(
            language,
            f"{how_zh}{len(unread)} 个单元格未能确认",
            f"{how_en}{count(len(unread), 'cell')} left unread or disputed",
        )
