"""The command line: ``gongkai``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.cache import cache_commands
from extractor.commands.language import LangOption, count, language_of, note, say
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.documents.source import read_standard_input
from extractor.errors import GongkaiError, InputError, OutputError, reason
from extractor.forms import load_form_file
from extractor.output.lines import finding_line, spent_lines
from extractor.pipeline import read_previous, read_reports
from extractor.reports.opening import open_document, open_source
from extractor.result.cells import Status
from extractor.result.extraction import Extraction, Verdict
from rules.form import Form
from rules.words import Language

if TYPE_CHECKING:
    from extractor.documents.document import Document

_STANDARD_INPUT = "-"
_BYTE_ORDER_MARK = "\ufeff"

app = typer.Typer(
    name="gongkai",
    help="Read annual open-government-information reports; prove every figure, or flag it.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(cache_commands)


class Format(StrEnum):
    """What ``extract`` writes."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class RulesFormat(StrEnum):
    """What ``rules`` writes."""

    TEXT = "text"
    JSON = "json"


FormOption = Annotated[
    list[Path] | None,
    typer.Option("--form", help="A form of your own, as a YAML file; may be given several times."),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option("--previous", help="Last year's report, or the JSON made of it, to compare with."),
]
_RULES = "rule ids or beginnings of them, with commas; may be given several times."


def main() -> None:
    """Run the program and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe in an old encoding gets what it can show, and never a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app(prog_name="gongkai")
    except BrokenPipeError:
        # The reader has had enough, as `head` has; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@app.callback(invoke_without_command=True)
def _gongkai(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("gongkai"))
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
@with_model_options()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The report, or - for standard input.")],
    to: Annotated[
        Format | None,
        typer.Option("--to", help="Output format.  [default: by the ending of -o, else text]"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file; CSV gets a byte order mark.")
    ] = None,
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    *,
    trace: Annotated[
        bool, typer.Option("--trace", help="Tell on standard error what was asked, and what came of it.")
    ] = False,
    options: ModelOptions,
) -> None:
    """Read one report and print its figures.

    Exit status: 0 if it could be read, whatever the verdict; 2 if not.
    """
    language = language_of(lang)
    with _Reporting(language) as reporting, ExitStack() as stack:
        forms = _forms(form)
        asking = stack.enter_context(options.opened(language))
        before = _previous(previous, forms)
        reports = read_reports(_opened(file), forms=forms, asking=asking, previous=before)
        extractions = tuple(report.extraction for report in reports)
        chosen = to or _format_of(output)
        content = _render(extractions, forms, chosen, language, to_terminal=output is None)
        if output is None:
            typer.echo(content, nl=False)
        else:
            _write(output, (_BYTE_ORDER_MARK if chosen is Format.CSV else "") + content, file)
            note(language, f"已写入 {output}", f"written to {output}")
        if trace:
            _note_trace(extractions, language)
        _note_unread(extractions, language)
    raise typer.Exit(2 if reporting.failed else 0)


@app.command()
@with_model_options()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="The reports; - is standard input.")],
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    select: Annotated[list[str] | None, typer.Option("--select", help=f"Only these: {_RULES}")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help=f"Not these: {_RULES}")] = None,
    *,
    options: ModelOptions,
) -> None:
    """Check reports and print what doesn't add up, one finding a line.

    A line is path:line:column, rule, message. All files are checked.
    Exit status: 0 if all are verified, or no error is left with --select and --ignore; 1 if not; 2 if a
    file can't be read or holds no report.
    """
    language = language_of(lang)
    # One event loop, one cache and one set of connections for all files.
    with ExitStack() as stack:
        with _Reporting(language) as reporting:
            forms = _forms(form)
            asking = stack.enter_context(options.opened(language))
            if files.count(_STANDARD_INPUT) > 1:
                raise InputError("标准输入（-）只能给出一次。", "standard input (-) can be given once only")
            if previous is not None and len(files) > 1:
                raise InputError(
                    "--previous 只能与一份报告同用。请逐份检查。",
                    "--previous goes with one report only; check them one by one",
                )
            chosen = _chosen(forms, select, ignore)
            before = _previous(previous, forms)
        unreadable = reporting.failed
        verdicts: list[Verdict] = []
        has_error = False
        for file in [] if unreadable else files:
            with _Reporting(language, file) as reporting:
                document = _opened(file)
                for _, extraction in read_reports(document, forms=forms, asking=asking, previous=before):
                    verdicts.append(extraction.verdict)
                    for finding in extraction.findings:
                        if chosen is not None and finding.rule not in chosen:
                            continue
                        # Of several reports, one is named where no line tells which of them is meant.
                        path = document.name if finding.span is not None else extraction.report
                        typer.echo(finding_line(finding, path, language))
                        has_error = has_error or finding.severity == "hard"
            unreadable = unreadable or reporting.failed
    verified = sum(verdict is Verdict.VERIFIED for verdict in verdicts)
    note(
        language,
        f"{len(files)} 个文件，{len(verdicts)} 份报告，{verified} 份通过",
        f"{count(len(files), 'file')}, {count(len(verdicts), 'report')}, {verified} verified",
    )
    raise typer.Exit(2 if unreadable else int(has_error))


@app.command("rules")
def show_rules(
    form: FormOption = None,
    lang: LangOption = None,
    to: Annotated[RulesFormat, typer.Option("--to", help="Output format.")] = RulesFormat.TEXT,
) -> None:
    """List all rules: of the forms, on the free text, on last year's report, and the defects of a reading.

    A line is id, severity, edition of the form, text, citation.
    """
    language = language_of(lang)
    with _Reporting(language) as reporting:
        from extractor.commands.rule_list import listed_rules
        from extractor.output.rule_lines import rules_to_json, rules_to_text
        from rules.loader import built_in_forms

        rules = listed_rules((*_forms(form), *built_in_forms()))
        content = (
            rules_to_json(rules) if to is RulesFormat.JSON else rules_to_text(rules, language, sys.stdout)
        )
        typer.echo(content, nl=False)
    raise typer.Exit(2 if reporting.failed else 0)


@app.command(
    name="eval",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def evaluate(context: typer.Context) -> None:
    """Evaluate against gold: run suites, compare runs, draft cases; needs a checkout."""
    try:
        # Never in a wheel: the package's name is a generic one, and its cases are many megabytes.
        from eval.commands import commands
    except ModuleNotFoundError as error:
        if error.name not in ("eval", "eval.commands"):
            raise
        with _Reporting(language_of(None)):
            raise InputError(
                "gongkai eval 需要源代码目录。请克隆项目，在其中运行 make demo 后再试。",
                "gongkai eval needs a checkout; clone the project and run it there",
            ) from error
        raise typer.Exit(2) from None
    commands(context.args, prog_name="gongkai eval")


class _Reporting:
    """Tells an error of ours to the user, in one line and in their language."""

    def __init__(self, language: Language, file: str | None = None) -> None:
        self.failed = False
        self._language = language
        self._prefix = f"{file}: " if file is not None else "gongkai: "

    def __enter__(self) -> _Reporting:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, GongkaiError):
            return False
        self.failed = True
        typer.echo(self._prefix + say(self._language, error.message.zh, error.message.en), err=True)
        return True


def _note_trace(extractions: tuple[Extraction, ...], language: Language) -> None:
    """Say step by step what a model was asked, and what it cost."""
    for extraction in extractions:
        for step in extraction.trace:
            note(language, f"{step.round}  {step.message.zh}", f"{step.round}  {step.message.en}")
        if extraction.usage is not None:
            note(language, *spent_lines(extraction.usage))


def _note_unread(extractions: tuple[Extraction, ...], language: Language) -> None:
    """Say what was left unread."""
    unread = [
        cell for x in extractions for cell in x.cells if cell.status in (Status.ABSENT, Status.DISPUTED)
    ]
    asked = any(extraction.usage is not None for extraction in extractions)
    how_zh = "" if asked else "仅按版式读取（未使用模型）："
    how_en = "" if asked else "read by layout only, no model was asked: "
    if unread:
        note(
            language,
            f"{how_zh}{len(unread)} 个单元格未能确认",
            f"{how_en}{count(len(unread), 'cell')} left unread or disputed",
        )


def _forms(paths: list[Path] | None) -> tuple[Form, ...]:
    return tuple(load_form_file(path) for path in paths or ())


def _previous(path: Path | None, forms: tuple[Form, ...]) -> Extraction | None:
    return read_previous(path, forms) if path is not None else None


def _chosen(
    forms: tuple[Form, ...], select: list[str] | None, ignore: list[str] | None
) -> frozenset[str] | None:
    if not select and not ignore:
        return None
    from extractor.commands.rule_list import chosen_rules
    from rules.loader import built_in_forms

    return chosen_rules((*forms, *built_in_forms()), select or (), ignore or ())


def _opened(file: str) -> Document:
    is_piped = file == _STANDARD_INPUT
    return open_document(read_standard_input(), "<stdin>") if is_piped else open_source(file)


def _format_of(output: Path | None) -> Format:
    endings = {".json": Format.JSON, ".jsonl": Format.JSON, ".csv": Format.CSV}
    return endings.get(output.suffix.lower(), Format.TEXT) if output is not None else Format.TEXT


def _render(
    extractions: tuple[Extraction, ...],
    forms: tuple[Form, ...],
    chosen: Format,
    language: Language,
    *,
    to_terminal: bool,
) -> str:
    if chosen is Format.TEXT:
        from extractor.output.text import to_text
        from rules.loader import built_in_forms

        return to_text(
            extractions, (*forms, *built_in_forms()), language, sys.stdout if to_terminal else None
        )
    from extractor.output.tidy import to_csv, to_json

    writer: Callable[[tuple[Extraction, ...]], str] = to_csv if chosen is Format.CSV else to_json
    return writer(extractions)


def _write(path: Path, content: str, source: str) -> None:
    """Write a file as a whole or not at all; a pipe or a device is written to as it is."""
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.write(content)
            return
        target = path.resolve()
        if source != _STANDARD_INPUT and target == Path(source).resolve():
            raise OutputError(
                f"{path} 就是要读取的报告。请换一个文件名。",
                f"{path} is the report itself; choose another name",
            )
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=target.parent, prefix=".gongkai-", delete=False
        ) as part:
            try:
                part.write(content)
                part.flush()
                mask = os.umask(0)
                os.umask(mask)
                Path(part.name).chmod(0o666 & ~mask)
                Path(part.name).replace(target)
            except OSError:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {path}：{zh}。请检查文件夹是否存在、可写。",
            f"can't write {path}: {en}; check that the directory exists and is writable",
        ) from error
