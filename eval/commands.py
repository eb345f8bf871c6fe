"""``gongkai eval``: run, compare, look at the results, draft a case."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from cache.mode import Mode
from eval.chinese import WORDS
from eval.gold.drafting import draft
from eval.report.terminal import summary
from eval.runs.folder import RunFolder, manifest_of, read_run
from eval.runs.running import Done, Work
from eval.runs.running import run as run_work
from eval.runs.suites import (
    BY_SIMULATED,
    CASES,
    RIGHT,
    SIMULATED,
    Batch,
    adversary_batches,
    batches,
    left_out,
    suite_names,
)
from eval.scoring.compare import compare as compare_runs
from eval.scoring.compare import lines
from eval.scoring.run import Run, Setup
from extractor.asking.plan import Asking
from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of, note
from extractor.commands.model_options import ModelOptions, with_model_options
from extractor.commands.on_demand import APPEARANCE
from extractor.commands.options import LangOption
from extractor.commands.run_by_default import RUN, RunByDefault
from extractor.commands.speaking import run_speaking
from extractor.errors import OutputError, SettingsError, reason
from extractor.llm.protocol import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rules.words import Language


_FOLDER = Path(".eval")


commands = typer.Typer(
    name="eval",
    cls=RunByDefault,
    help="Evaluate against gold: gongkai eval [run] SUITE… reads and scores; compare, models, report and new "
    "are commands of their own.",
    **APPEARANCE,
)


# Options that several commands have.
_Models = Annotated[
    list[str] | None,
    typer.Option("--model", help="A model to ask, NAME or NAME@PROFILE; several are compared."),
]
_Limit = Annotated[int | None, typer.Option("--limit", min=1, help="The most reports of each layout.")]
_Seed = Annotated[int, typer.Option("--seed", help="Of what is drawn at random.")]
_Full = Annotated[
    bool, typer.Option("--full", help="As many reports as the figures in docs/results.md rest on.")
]
_Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="How many at once.  [default: cores]")]
_RunFolder = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="The folder of the run.  [default: one of its own under .eval]"),
]


def main(arguments: Sequence[str]) -> None:
    """Run ``gongkai eval`` and exit.

    Args:
        arguments: of the command line, behind ``eval``.
    """
    run_speaking(get_command(commands), arguments, "gongkai eval", WORDS)


@commands.command(RUN)
@with_model_options(several=True)
def run(
    context: typer.Context,
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SUITE",
            help="cases, zoo, scans, zoo:LAYOUT, simulation or flattened.  [default: cases zoo]",
        ),
    ] = None,
    model: _Models = None,
    repeat: Annotated[
        int, typer.Option("--repeat", min=1, help="How often to ask each model anew, for the variance.")
    ] = 1,
    limit: _Limit = None,
    seed: _Seed = 0,
    jobs: _Jobs = None,
    output: _RunFolder = None,
    lang: LangOption = None,
    *,
    full: _Full = False,
    reference: Annotated[
        bool,
        typer.Option("--reference", help="Read the usual way too: one nested schema, with sum validators."),
    ] = False,
    options: ModelOptions,
) -> None:
    """Read suites of reports and score them against gold.

    What is done is kept, so that a run that was stopped goes on when it is started again.
    Exit status: 0; 1 if a wrong cell was confirmed; 2 if it can't be run as asked.
    """
    language = language_of(lang)
    with exit_on_error(language):
        options = _with_replay(context, options)
        setups = _with_references(_setups(model or [], options, repeat), reference=reference)
        todo = batches(suites or suite_names(), seed=seed, limit=limit, is_full=full)
        for layout, reason in left_out(suites or suite_names()):
            note(language, f"未评测 {layout}：{reason}", f"{layout} is left out: {reason}")
        work = _work(todo, setups, reference=reference)
        own = list(dict.fromkeys(one.setup for one in work))
        manifest = manifest_of(suites or suite_names(), own, seed=seed, limit=limit, is_full=full)
        kept = _kept_run(work, manifest, output, jobs, language)
    for line in summary(kept):
        typer.echo(line)
    raise typer.Exit(int(_is_silently_wrong(kept)))


def _kept_run(
    work: list[Work], manifest: dict[str, Any], output: Path | None, jobs: int | None, language: Language
) -> Run:
    """Do what isn't done yet of a run, and keep it in its folder."""
    folder = output or _folder_of(manifest)
    kept = RunFolder(folder, manifest)
    try:
        with _progress(work) as advance:
            for done in run_work(work, kept, jobs or os.cpu_count() or 1):
                advance(done)
    except KeyboardInterrupt:
        note(
            language,
            f"已停止；结果保存在 {folder}，再次运行同一命令即可继续。",
            f"stopped; what is done is in {folder}, and the same command goes on with it",
        )
        raise typer.Exit(130) from None
    note(language, f"结果已写入 {folder}", f"results are in {folder}")
    return kept.run


def _folder_of(manifest: dict[str, Any]) -> Path:
    return _FOLDER / sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:12]


def _write(path: Path, content: str) -> None:
    """Write a text file.

    Raises:
        OutputError: if it can't be written.
    """
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(f"无法写入 {path}：{zh}。", f"can't write {path}: {en}") from error


def _is_silently_wrong(run: Run) -> bool:
    """Whether a wrong cell was confirmed in anything but a scan."""
    from eval.scoring.totals import by_layout, totals

    groups = totals(run.own, by_layout)
    return any(group.silent for layout, group in groups.items() if not layout.startswith("scan"))


def _with_replay(context: typer.Context, options: ModelOptions) -> ModelOptions:
    """Where nobody watches, nothing is asked anew unless that is asked for."""
    source = context.get_parameter_source("cache")
    is_given = source is not None and source.name != "DEFAULT"
    return options if is_given or not os.environ.get("CI") else options.but({"cache": Mode.REPLAY})


def _setups(models: list[str], options: ModelOptions, repeat: int) -> list[tuple[Setup, Asking | None]]:
    """Every way in which reports are to be read."""
    if not models:
        if repeat > 1:
            raise SettingsError(
                "--repeat 需要模型：没有模型时结果每次相同。请用 --model 指定。",
                "--repeat needs a model: without one every run gives the same; name one with --model",
            )
        return [(Setup(), None)]
    setups: list[tuple[Setup, Asking | None]] = []
    for name in models:
        model, _, suffix = name.rpartition("@")
        is_named = bool(model) and suffix in set(Profile)
        named: dict[str, object] = {"settings.model": model if is_named else name}
        if is_named:
            named["settings.profile"] = Profile(suffix)
        if repeat > 1:
            named["cache"] = Mode.OFF
        plan = options.but(named).plan()
        if plan is None:
            raise TypeError("a model was named")
        profile = plan.settings.profile
        for number in range(1, repeat + 1):
            setup = Setup(
                plan.settings.model, plan.who_reads.value, profile.value if profile else None, number
            )
            setups.append((setup, plan))
    return setups


def _with_references(
    setups: list[tuple[Setup, Asking | None]], *, reference: bool
) -> list[tuple[Setup, Asking | None]]:
    """Each model's reference reading beside it."""
    if not reference:
        return setups
    asked = [(setup, plan) for setup, plan in setups if plan is not None]
    if any(plan.cache is Mode.REPLAY for _, plan in asked):
        raise SettingsError(
            "--reference 不使用缓存的回答。请去掉 --cache replay。",
            "--reference has no kept replies to use; leave out --cache replay",
        )
    return [*setups, *[(replace(setup, reader="auto", is_reference=True), plan) for setup, plan in asked]]


def _work(todo: list[Batch], setups: list[tuple[Setup, Asking | None]], *, reference: bool) -> list[Work]:
    """Every batch, read in every way; a simulated model is asked of its own suite only."""
    simulated = [(SIMULATED, None), *([(replace(SIMULATED, is_reference=True), None)] if reference else [])]
    own = [batch for batch in todo if batch.suite not in BY_SIMULATED]
    work = [Work(batch, *setup) for setup in setups for batch in own]
    work += [Work(batch, *setup) for setup in simulated for batch in todo if batch.suite in BY_SIMULATED]
    if reference and not any(one.setup.is_reference for one in work):
        raise SettingsError(
            "--reference 需要模型：请用 --model 指定，或使用 simulation 评测集。",
            "--reference needs a model: name one with --model, or the suite simulation",
        )
    return work


@contextmanager
def _progress(work: list[Work]) -> Iterator[Callable[[Done], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeRemainingColumn

    columns = (*Progress.get_default_columns()[:-1], TimeRemainingColumn(), TextColumn("{task.fields[now]}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("eval", total=sum(one.batch.size for one in work), now="")

        def advance(done: Done) -> None:
            progress.update(task, advance=done.work.batch.size, now=done.work.batch.layout)

        yield advance


@commands.command()
def adversary(
    count: Annotated[int, typer.Option("--count", min=1, help="How many documents.")] = 1000,
    seed: _Seed = 0,
    jobs: _Jobs = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="MUTATION", help="A mutation to choose from.  [default: all]"),
    ] = None,
    draw: Annotated[
        int | None,
        typer.Option("--draw", metavar="NUMBER", help="Write this document and what it shows; read none."),
    ] = None,
    show: Annotated[
        int, typer.Option("--show", min=0, help="How many documents with wrong cells to name.")
    ] = 40,
    output: _RunFolder = None,
    lang: LangOption = None,
) -> None:
    """Read reports of which an adversary has changed structure and looks, and tell what that costs.

    What is done is kept, so that a run that was stopped goes on when it is started again.
    Exit status: 0; 1 if a wrong cell was confirmed; 2 if it can't be run as asked.
    """
    from eval.report.adversary import is_silently_wrong, mutation_lines

    language, names = language_of(lang), only or []
    with exit_on_error(language):
        if draw is not None:
            path = _drawn(draw, names, output or _FOLDER)
            note(language, f"已写入 {path}", f"written to {path}")
            return
        todo = adversary_batches(count, seed, names)
        suite = f"adversary:{','.join(names)}" if names else "adversary"
        manifest = manifest_of([suite], [Setup()], seed=seed, limit=count, is_full=False)
        run = _kept_run([Work(batch, Setup(), None) for batch in todo], manifest, output, jobs, language)
    for line in mutation_lines(run, show):
        typer.echo(line)
    raise typer.Exit(int(is_silently_wrong(run)))


def _drawn(number: int, only: list[str], folder: Path) -> Path:
    """Write a document of the adversary and its gold into a folder."""
    from eval.adversary.documents import written

    try:
        return written(number, only, folder)
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(f"无法写入 {folder}：{zh}。", f"can't write to {folder}: {en}") from error


@commands.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The folder of a run.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The folder of another run.")],
    tolerance: Annotated[
        float,
        typer.Option(
            "--tolerance", min=0, help="By what share of all cells worse may outnumber better ones."
        ),
    ] = 0.0,
    show: Annotated[int, typer.Option("--show", min=0, help="How many cells to name of each kind.")] = 20,
    lang: LangOption = None,
) -> None:
    """Tell what got better and what worse from one run to another, cell by cell.

    Exit status: 1 on a regression: worse cells beyond the tolerance, a newly wrong and confirmed cell, a
    finding, claim or relation that is lost, a report that is missing; else 0; 2 if a run can't be read.
    """
    language = language_of(lang)
    with exit_on_error(language):
        comparison = compare_runs(read_run(before), read_run(after))
    for line in lines(comparison, show):
        typer.echo(line)
    raise typer.Exit(int(comparison.is_regression(tolerance)))


@commands.command()
@with_model_options(several=True)
def models(
    context: typer.Context,
    suites: Annotated[
        list[str] | None, typer.Argument(metavar="SUITE", help="As of gongkai eval run.  [default: cases]")
    ] = None,
    model: _Models = None,
    limit: _Limit = None,
    seed: _Seed = 0,
    jobs: _Jobs = None,
    output: _RunFolder = None,
    lang: LangOption = None,
    *,
    full: _Full = False,
    options: ModelOptions,
) -> None:
    """Read suites by their layout alone and with each model, and set these side by side, cell by cell.

    Without a model, simulation and flattened are read with the simulated one, right and erring.
    What is done is kept, as by gongkai eval run; models.html in the folder has the cells that differ.
    Exit status: 0; 1 if a wrong cell was confirmed; 2 if it can't be run as asked.
    """
    from eval.report.models import model_lines, to_models_html

    language, named = language_of(lang), suites or [CASES]
    with exit_on_error(language):
        setups = [(Setup(), None), *_compared(model, named, _with_replay(context, options))]
        todo = batches(named, seed=seed, limit=limit, is_full=full)
        work = [Work(batch, *setup) for setup in setups for batch in todo]
        own = [setup for setup, _ in setups]
        manifest = manifest_of(named, own, seed=seed, limit=limit, is_full=full)
        folder = output or _folder_of(manifest)
        kept = _kept_run(work, manifest, folder, jobs, language)
        _write(folder / "models.html", to_models_html(kept))
    for line in model_lines(kept):
        typer.echo(line)
    raise typer.Exit(int(_is_silently_wrong(kept)))


def _compared(
    models: list[str] | None, suites: list[str], options: ModelOptions
) -> list[tuple[Setup, Asking | None]]:
    """The models that are set beside the layout; the simulated ones where no other is named."""
    if models:
        return _setups(models, options, 1)
    if not set(suites) <= set(BY_SIMULATED):
        raise SettingsError(
            "请用 --model 指定要比较的模型。",
            "name the models to be compared with --model, once for each",
        )
    return [(RIGHT, None), (SIMULATED, None)]


@commands.command()
def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="The file; Markdown if it ends in .md.  [default: RUN/report.html]"
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write a run as one HTML file to look at, or as Markdown."""
    from eval.report.page import to_html, to_markdown

    language = language_of(lang)
    with exit_on_error(language):
        own = read_run(run)
        path = output or run / "report.html"
        content = to_markdown(own) if path.suffix == ".md" else to_html(own)
        _write(path, content)
    note(language, f"已写入 {path}", f"written to {path}")


@commands.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A real report.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Of the case.  [default: that of the file]")
    ] = None,
    lang: LangOption = None,
    *,
    from_decisions: Annotated[
        bool, typer.Option("--from-decisions", help="Take what people decided beside it as gold.")
    ] = False,
) -> None:
    """Draft a case for a person to correct; it counts as unreviewed until they say otherwise."""
    language = language_of(lang)
    with exit_on_error(language):
        folder = draft(file, name or file.stem, has_decisions=from_decisions)
    note(
        language,
        f"已生成草稿 {folder}。请对照原文逐项核对，补全标“?”之处，再把 case.yaml 中的 reviewed 改为 true。",
        f"drafted {folder}; compare it with the page, fill in what is marked ?, then set reviewed: true "
        "in case.yaml",
    )
