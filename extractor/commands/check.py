"""``gongkai check``: the findings of many files, one a line, or as other programs read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

import typer

from extractor.checking.catalogue import chosen_rules
from extractor.checking.checked import CheckedFile, told_of
from extractor.checking.configuration import configuration_for, load_configuration
from extractor.commands.acceptance import AcceptanceBook
from extractor.commands.annotation import AnnotatedCopy
from extractor.commands.error_reporter import ErrorReporter, exit_on_error
from extractor.commands.findings_printer import FindingsPrinter, OutputFormat
from extractor.commands.inputs import STANDARD_INPUT, read_given, shown_name
from extractor.commands.language import count, language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.options import (
    FormOption,
    IgnoreOption,
    LangOption,
    PreviousOption,
    SelectOption,
    StrictOption,
)
from extractor.errors import InputError
from extractor.forms import FormSet
from extractor.pipeline import ReadReport, read_previous
from extractor.result.extraction import Verdict
from rules.words import Language, Severity

# What reads the reports in a file that was given.
_ReadsFile: TypeAlias = Callable[[str], tuple[ReadReport, ...]]


@with_model_options()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="The reports; - is standard input.")],
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    *,
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
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why it is accepted, for --write-baseline.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Who accepts it, for --write-baseline.")
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", help="Write a copy with comments, of a DOCX or PDF.")
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 whatever is found; 2 if a file can't be read.")
    ] = False,
    options: ModelOptions,
) -> None:
    """Check reports and print what is wrong with them, a line for each wrong cell or sentence.

    A line is path:line:column, rules, what is wrong. All files are checked.
    Exit status: 0 if there is no error (with --strict, no warning either) among what is printed; 1 if there
    is; 2 if a file can't be read or holds no report.
    """
    language = language_of(lang)
    with exit_on_error(language):
        wishes = _Wishes(config, tuple(form or ()), tuple(select or ()), tuple(ignore or ()), strict)
        wanted = {file: wishes.of(file) for file in files}
        book = AcceptanceBook(baseline, reason, person, is_written=write_baseline)
        copy = AnnotatedCopy(annotate, files)
    if lang is None and (chosen := next(iter(wanted.values())).language) is not None:
        language = chosen
    printer = FindingsPrinter(output_format, language, is_full=full, is_counted=statistics)
    try:
        with ErrorReporter(language) as reporter:
            printer.begin()
            # One event loop, one cache and one set of connections for all files.
            with options.opened(language) as asking:
                _refuse_what_cannot_be(files, previous)
                before = read_previous(previous, wanted[files[0]].forms) if previous is not None else None
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
        raise typer.Exit(130) from None
    _note_counts(printer.files, len(files), language)
    if reporter.told is not None or any(file.failure is not None for file in printer.files):
        raise typer.Exit(2)
    raise typer.Exit(int(not exit_zero and any(file.has_failed for file in printer.files)))


class _Wanted(NamedTuple):
    """What is wanted of a file: forms, rules (all if None), what fails it, the language if one is set."""

    forms: FormSet
    rules: frozenset[str] | None
    failing: frozenset[Severity]
    language: Language | None


class _Wishes(NamedTuple):
    """What was given on the command line, which goes before what a file of configuration says."""

    config: Path | None
    form: tuple[Path, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool

    def of(self, file: str) -> _Wanted:
        """What is wanted of a file."""
        path = Path() if file == STANDARD_INPUT else Path(file)
        found = configuration_for(path) if self.config is None else load_configuration(self.config)
        forms = _forms(self.form or found.form_files)
        ignored = (*(self.ignore or found.ignore), *found.ignored_in(path))
        rules = _rules(forms, self.select or found.select, ignored)
        failing: frozenset[Severity] = frozenset(
            {"hard", "soft"} if self.strict or found.strict else {"hard"}
        )
        return _Wanted(forms, rules, failing, found.language)


@lru_cache(maxsize=16)
def _forms(paths: tuple[Path, ...]) -> FormSet:
    return FormSet.from_files(paths)


@lru_cache(maxsize=256)
def _rules(forms: FormSet, select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str] | None:
    return chosen_rules(forms.forms, select, ignore)


def _refuse_what_cannot_be(files: Sequence[str], previous: Path | None) -> None:
    if files.count(STANDARD_INPUT) > 1:
        raise InputError("标准输入（-）只能给出一次。", "standard input (-) can be given once only")
    if previous is not None and len(files) > 1:
        raise InputError(
            "--previous 只能与一份报告同用。请逐份检查。",
            "--previous goes with one report only; check them one by one",
        )


def _checked(
    file: str, read: _ReadsFile, wanted: _Wanted, language: Language
) -> tuple[CheckedFile, tuple[ReadReport, ...]]:
    """Check one file, and give the reports in it; one that can't be read is told on standard error."""
    reports: tuple[ReadReport, ...] = ()
    with ErrorReporter(language, file) as reporter:
        reports = read(file)
    checked = CheckedFile(
        shown_name(file),
        tuple(told for report in reports for told in told_of(report, wanted.forms.forms, wanted.rules)),
        tuple(report.extraction.verdict for report in reports),
        wanted.forms.forms,
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
