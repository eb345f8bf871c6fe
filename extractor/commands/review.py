"""``gongkai review``: reports to look at, the source beside its figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import count, language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.options import FormOption, LangOption, PreviousOption, RulesOption
from extractor.decisions.beside import ENDING, path_beside
from extractor.errors import InputError, reason
from extractor.forms import FormSet
from extractor.pipeline import read_previous
from rules.words import Language

if TYPE_CHECKING:
    from extractor.review.server import Served
    from extractor.review.writing import Reviewing


@with_model_options()
def review(
    file: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="The report, or a folder of reports.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the page to this file; of several, the list.")
    ] = None,
    form: FormOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
    previous: PreviousOption = None,
    port: Annotated[int, typer.Option("--port", help="Serve at this port.  [default: a free one]")] = 0,
    *,
    serve: Annotated[
        bool, typer.Option("--serve", help="Show the page from here, and keep decisions beside the report.")
    ] = False,
    options: ModelOptions,
) -> None:
    """Write a page that shows a report beside its figures, and what proves each of them.

    Of a folder, a list with what to look at first, and a page a report in a folder beside it. With --serve,
    the page is shown to a browser on this machine, until Ctrl-C, and what is decided there is saved at once.
    Exit status: 0 if the reports could be read, whatever the verdict; 2 if one couldn't.
    """
    # What writes pages takes longer to import than a report to read.
    from extractor.review.listing import UNREADABLE
    from extractor.review.writing import Reviewing, write_review, write_reviews

    language = language_of(lang)
    unreadable = 0
    with exit_on_error(language):
        _refuse_what_cannot_be(file, output, previous, serve=serve)
        forms = FormSet.from_files(form or (), rules or ())
        with options.opened(language) as asking:
            before = read_previous(previous, forms) if previous is not None else None
            reviewing = Reviewing(forms, language, asking, before)
            if output is None:
                with exit_on_error(language, str(file)):
                    served = _served(file, reviewing, language)
                _serve(file, served, port, language)
                return
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


def _refuse_what_cannot_be(file: Path, output: Path | None, previous: Path | None, *, serve: bool) -> None:
    if serve == (output is not None):
        raise InputError(
            "请用 -o 给出要写的页面，或用 --serve 在本机查看，二者取一。",
            "give the page to write with -o, or --serve to look at it from here; one of them",
        )
    if file.is_dir() and previous is not None:
        raise InputError(
            "--previous 只能与一份报告同用。请逐份给出。",
            "--previous goes with one report only; name them one by one",
        )


def _served(file: Path, reviewing: Reviewing, language: Language) -> Served:
    """The pages of a file, or of a folder of them."""
    from extractor.review.folder import ServedFolder
    from extractor.review.server import Served
    from extractor.review.writing import served_pages

    if not file.is_dir():
        return Served({"": file}, served_pages(file, reviewing).get)
    with _progress(language) as tell:
        folder = ServedFolder(file, reviewing, tell)
    return Served(folder.sources, folder.page)


def _serve(file: Path, served: Served, port: int, language: Language) -> None:
    """Serve pages until the user has had enough."""
    from extractor.review.server import ReviewServer

    try:
        server = ReviewServer(served, port)
    except OSError as error:
        zh, en = reason(error)
        raise InputError(
            f"无法在端口 {port} 打开页面：{zh}。请换一个端口，或不写 --port。",
            f"can't serve at port {port}: {en}; choose another, or leave out --port",
        ) from error
    with server:
        typer.echo(server.address)
        zh = en = str(path_beside(file))
        if file.is_dir():
            zh, en = f"各报告旁的 *{ENDING}", f"*{ENDING} beside the reports"
        note(
            language,
            f"请在本机浏览器中打开上面的地址。决定保存在 {zh}。按 Ctrl-C 结束。",
            f"open this address in a browser on this machine; decisions are kept in {en}; Ctrl-C ends it",
        )
        with suppress(KeyboardInterrupt):
            server.serve_forever()


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
