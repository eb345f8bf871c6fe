"""``gongkai review``: reports to look at, the source beside its figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import count, language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.options import FormOption, LangOption, PreviousOption
from extractor.errors import InputError
from extractor.forms import FormSet
from extractor.pipeline import read_previous
from extractor.review.listing import UNREADABLE
from extractor.review.writing import Reviewing, write_review, write_reviews
from rules.words import Language


@with_model_options()
def review(
    file: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="The report, or a folder of reports.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Write the page to this file; of several, the list.")
    ],
    form: FormOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    *,
    options: ModelOptions,
) -> None:
    """Write a page that shows a report beside its figures, and what proves each of them.

    Of a folder, a list with what to look at first, and a page a report in a folder beside it.
    Exit status: 0 if the reports could be read, whatever the verdict; 2 if one couldn't.
    """
    language = language_of(lang)
    unreadable = 0
    with exit_on_error(language):
        forms = FormSet.from_files(form or ())
        with options.opened(language) as asking:
            if previous is not None and file.is_dir():
                raise InputError(
                    "--previous 只能与一份报告同用。请逐份查看。",
                    "--previous goes with one report only; look at them one by one",
                )
            before = read_previous(previous, forms) if previous is not None else None
            reviewing = Reviewing(forms, language, asking, before)
            if file.is_dir():
                with _progress(language) as tell:
                    entries = write_reviews(file, output, reviewing, tell)
                unreadable = sum(entry.verdict == UNREADABLE for entry in entries)
                _note_folder(len(entries), unreadable, language)
            else:
                with exit_on_error(language, str(file)):
                    write_review(file, output, reviewing)
        note(language, f"已写入 {output}", f"written to {output}")
    if unreadable:
        raise typer.Exit(2)


def _note_folder(entries: int, unreadable: int, language: Language) -> None:
    """Say how many reports there are, and how many files can't be read."""
    note(
        language,
        f"{entries - unreadable} 份报告，{unreadable} 个文件无法读取",
        f"{count(entries - unreadable, 'report')}, {count(unreadable, 'file')} can't be read",
    )


@contextmanager
def _progress(language: Language) -> Iterator[Callable[[int, int], None]]:
    """Shows on a terminal how many files are done; elsewhere it is quiet."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("读取" if language == "zh" else "reading", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
