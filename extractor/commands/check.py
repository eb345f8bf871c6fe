"""``gongkai check``: the findings of many files, one a line, or as other programs read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

import typer

from extractor.checking.checked import CheckedFile, told_of
from extractor.commands.acceptance import AcceptanceBook, Acceptances
from extractor.commands.annotation import AnnotatedCopy
from extractor.commands.error_reporter import ErrorReporter, exit_on_error
from extractor.commands.findings_printer import FindingsPrinter, OutputFormat
from extractor.commands.inputs import STANDARD_INPUT, read_given, shown_name
from extractor.commands.language import Lang, count, language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.options import (
    FormOption,
    IgnoreOption,
    LangOption,
    PreviousOption,
    RulesOption,
    SelectOption,
    StrictOption,
)
from extractor.commands.watching import watch
from extractor.commands.wishes import Wanted, Wishes
from extractor.errors import InputError
from extractor.pipeline import ReadReport, read_previous
from extractor.result.extraction import Extraction
from extractor.result.verdict import Verdict
from rules.words import Language

# What reads the reports in a file that was given.
_ReadsFile: TypeAlias = Callable[[str], tuple[ReadReport, ...]]


@with_model_options()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="The reports; - is standard input.")],
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    *,
    rules: RulesOption = None,
    strict: StrictOption = False,
    output_format: Annotated[
        OutputFormat, typer.Option("--output-format", help="How findings are written.")
    ] = OutputFormat.TEXT,
    full: Annotated[
        bool, typer.Option("--full", help="A line for every rule, also where several name one cell.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count the findings by rule instead of listing them.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="Options from this file instead of the nearest gongkai.toml."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Leave out what this file says was accepted.")
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Accept all that is found: write it to --baseline.")
    ] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="Accept what is found of these rules: write it to --baseline."),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why it is accepted.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="Who accepts it.")] = None,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", help="Write a copy with comments, of a DOCX or PDF.")
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 whatever is found; 2 if a file can't be read.")
    ] = False,
    is_watching: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.")
    ] = False,
    options: ModelOptions,
) -> None:
    """Check reports and print what is wrong with them, a line for each wrong cell or sentence.

    A line is path:line:column, rules, what is wrong. All files are checked.
    Exit status: 0 if there is no error (with --strict, no warning either) among what is printed; 1 if there
    is; 2 if a file can't be read or holds no report.
    """
    order = _Order(
        files,
        lang,
        previous,
        Wishes(config, form, rules, select, ignore, strict),
        _Printing(output_format, is_full=full, is_counted=statistics),
        Acceptances(baseline, write_baseline, tuple(accept or ()), reason, person),
        annotate,
        exit_zero,
        options,
    )
    if is_watching:
        given = (*map(Path, files), *order.wishes.files, *filter(None, (previous, baseline)))
        watch(given, lambda: _check(order), language_of(lang))
    raise typer.Exit(_check(order))


class _Printing(NamedTuple):
    """How what is found is printed."""

    output_format: OutputFormat
    is_full: bool
    is_counted: bool

    def printer(self, language: Language) -> FindingsPrinter:
        """A printer of it."""
        return FindingsPrinter(self.output_format, language, is_full=self.is_full, is_counted=self.is_counted)


class _Order(NamedTuple):
    """What is to be checked, and how."""

    files: list[str]
    lang: Lang | None
    previous: Path | None
    wishes: Wishes
    printing: _Printing
    acceptances: Acceptances
    annotate: Path | None
    exit_zero: bool
    options: ModelOptions


def _check(order: _Order) -> int:
    """Check all files once, and print what is told of them.

    Returns:
        The exit status.
    """
    files, language = order.files, language_of(order.lang)
    with exit_on_error(language):
        wanted = {file: order.wishes.of(None if file == STANDARD_INPUT else Path(file)) for file in files}
        book = AcceptanceBook(order.acceptances)
        copy = AnnotatedCopy(order.annotate, files)
    if order.lang is None and (chosen := next(iter(wanted.values())).language) is not None:
        language = chosen
    printer = order.printing.printer(language)
    try:
        with ErrorReporter(language) as reporter:
            printer.begin()
            # One event loop, one cache and one set of connections for all files.
            with order.options.opened(language) as asking:
                _refuse_what_cannot_be(files, order.previous)
                before = _last_year(order.previous, wanted[files[0]])
                for file in files:
                    read = partial(read_given, forms=wanted[file].forms, asking=asking, previous=before)
                    checked, reports = _checked(file, read, wanted[file], language)
                    checked = book.without_accepted(checked, wanted[file].rules)
                    printer.add(checked)
                    copy.write(reports, checked, language)
            printer.end()
            book.end(language)
    except KeyboardInterrupt:
        _end_early(printer, len(files), language)
        return 130
    _note_counts(printer.files, len(files), language)
    if reporter.told is not None or any(file.failure is not None for file in printer.files):
        return 2
    return int(not order.exit_zero and any(file.has_failed for file in printer.files))


def _last_year(previous: Path | None, wanted: Wanted) -> Extraction | None:
    return read_previous(previous, wanted.forms) if previous is not None else None


def _refuse_what_cannot_be(files: Sequence[str], previous: Path | None) -> None:
    if files.count(STANDARD_INPUT) > 1:
        raise InputError("标准输入（-）只能给出一次。", "standard input (-) can be given once only")
    if previous is not None and len(files) > 1:
        raise InputError(
            "--previous 只能与一份报告同用。请逐份检查。",
            "--previous goes with one report only; check them one by one",
        )


def _checked(
    file: str, read: _ReadsFile, wanted: Wanted, language: Language
) -> tuple[CheckedFile, tuple[ReadReport, ...]]:
    """Check one file, and give the reports in it; one that can't be read is told on standard error."""
    reports: tuple[ReadReport, ...] = ()
    with ErrorReporter(language, file) as reporter:
        reports = read(file)
    checked = CheckedFile(
        shown_name(file),
        tuple(told for report in reports for told in told_of(report, wanted.forms.forms, wanted.rules)),
        tuple(report.extraction.verdict for report in reports),
        wanted.forms,
        wanted.failing,
        reporter.told,
    )
    return checked, reports


def _end_early(printer: FindingsPrinter, files: int, language: Language) -> None:
    """Print what was found until now, and say how much was done."""
    printer.end()
    done = len(printer.files)
    note(
        language,
        f"已中断：{files} 个文件中检查了 {done} 个",
        f"interrupted: {done} of {count(files, 'file')} checked",
    )
    _note_counts(printer.files, done, language)


def _note_counts(checked: Sequence[CheckedFile], files: int, language: Language) -> None:
    """Say how many there were of files, of reports in them, and of verified ones among these."""
    verdicts = [verdict for file in checked for verdict in file.verdicts]
    verified = sum(verdict is Verdict.VERIFIED for verdict in verdicts)
    note(
        language,
        f"{files} 个文件，{len(verdicts)} 份报告，{verified} 份通过",
        f"{count(files, 'file')}, {count(len(verdicts), 'report')}, {verified} verified",
    )
