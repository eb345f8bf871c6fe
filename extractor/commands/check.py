"""``gongkai check``: the findings of many files, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

import typer

from extractor.commands.error_reporter import ErrorReporter
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
from extractor.commands.rules import chosen_rules
from extractor.errors import InputError
from extractor.forms import FormSet
from extractor.output.lines import finding_line
from extractor.pipeline import ReadReport, read_previous
from extractor.result.extraction import Verdict
from extractor.verify.findings import in_page_order
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
    options: ModelOptions,
) -> None:
    """Check reports and print what is wrong with them, one finding a line.

    A line is path:line:column, rule, message. All files are checked.
    Exit status: 0 if there is no error (with --strict, no warning either) among what is printed; 1 if there
    is; 2 if a file can't be read or holds no report.
    """
    language = language_of(lang)
    tally = _Tally()
    try:
        with ErrorReporter(language) as reporter:
            forms = FormSet.from_files(form or ())
            # One event loop, one cache and one set of connections for all files.
            with options.opened(language) as asking:
                _refuse_what_cannot_be(files, previous)
                chosen = chosen_rules(forms.forms, select or (), ignore or ())
                before = read_previous(previous, forms) if previous is not None else None
                read = partial(read_given, forms=forms, asking=asking, previous=before)
                wanted = _Wanted(chosen, frozenset({"hard", "soft"} if strict else {"hard"}))
                for file in files:
                    _check_file(file, read, wanted, language, tally)
    except KeyboardInterrupt:
        note(
            language,
            f"已中断：{len(files)} 个文件中检查了 {tally.files} 个",
            f"interrupted: {tally.files} of {count(len(files), 'file')} checked",
        )
        _note_tally(tally, tally.files, language)
        raise typer.Exit(130) from None
    _note_tally(tally, len(files), language)
    raise typer.Exit(2 if reporter.has_failed or tally.is_any_unreadable else int(tally.has_error))


@dataclass
class _Tally:
    """What has come of the files so far.

    Attributes:
        files: how many are done.
        verdicts: of the reports in them.
        has_error: whether one was found that fails a report, among the rules that were chosen.
        is_any_unreadable: whether one couldn't be read.
    """

    files: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    has_error: bool = False
    is_any_unreadable: bool = False


class _Wanted(NamedTuple):
    """What is wanted of a report: findings of which rules, all if None, and which severities fail it."""

    rules: frozenset[str] | None
    failing: frozenset[Severity]


class _CheckedFile(NamedTuple):
    """What is told of one file: its findings as lines, the verdicts, and whether one fails it."""

    lines: list[str]
    verdicts: list[Verdict]
    has_error: bool


def _refuse_what_cannot_be(files: Sequence[str], previous: Path | None) -> None:
    if files.count(STANDARD_INPUT) > 1:
        raise InputError("标准输入（-）只能给出一次。", "standard input (-) can be given once only")
    if previous is not None and len(files) > 1:
        raise InputError(
            "--previous 只能与一份报告同用。请逐份检查。",
            "--previous goes with one report only; check them one by one",
        )


def _check_file(file: str, read: _ReadsFile, wanted: _Wanted, language: Language, tally: _Tally) -> None:
    """Check one file, print its findings, and count it."""
    checked: _CheckedFile | None = None
    with ErrorReporter(language, file) as reporter:
        checked = _checked(file, read, wanted, language)
    # Outside of it, as a standard output that can't be written is no fault of this file.
    if checked is not None:
        for line in checked.lines:
            typer.echo(line)
        tally.verdicts += checked.verdicts
        tally.has_error = tally.has_error or checked.has_error
    tally.is_any_unreadable = tally.is_any_unreadable or reporter.has_failed
    tally.files += 1


def _checked(file: str, read: _ReadsFile, wanted: _Wanted, language: Language) -> _CheckedFile:
    extractions = [report.extraction for report in read(file)]
    told = [
        # Of several reports, one is named where no line tells which of them is meant.
        (finding, shown_name(file) if finding.span is not None else extraction.report)
        for extraction in extractions
        for finding in in_page_order([*extraction.findings, *extraction.remarks])
        if wanted.rules is None or finding.rule in wanted.rules
    ]
    return _CheckedFile(
        [finding_line(finding, path, language) for finding, path in told],
        [extraction.verdict for extraction in extractions],
        any(finding.severity in wanted.failing for finding, _ in told),
    )


def _note_tally(tally: _Tally, files: int, language: Language) -> None:
    """Say how many there were of files, of reports in them, and of verified ones among these."""
    reports = len(tally.verdicts)
    verified = sum(verdict is Verdict.VERIFIED for verdict in tally.verdicts)
    note(
        language,
        f"{files} 个文件，{reports} 份报告，{verified} 份通过",
        f"{count(files, 'file')}, {count(reports, 'report')}, {verified} verified",
    )
