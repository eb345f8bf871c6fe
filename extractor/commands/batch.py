"""``gongkai batch``: many files, read by several processes, into a folder of tables."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from decimal import Decimal
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.batch.asking_plan import AskingPlan
from extractor.batch.file_results import results_of
from extractor.batch.files import Shard, files_in
from extractor.batch.manifest import read_manifest
from extractor.batch.merging import merged
from extractor.batch.outcome import Limits
from extractor.batch.result_folder import ResultFolder, result_folder
from extractor.batch.results import write_results
from extractor.batch.run import BatchRun, Plan, Tally
from extractor.batch.showing import Shown, Written, shown_by
from extractor.commands.batch_pages import ReviewPages
from extractor.commands.batch_progress import BatchProgress
from extractor.commands.cache import cache_warning
from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import count, language_of, note
from extractor.commands.model_options import BATCH_MODEL_OPTIONS, ModelOptions, price, with_model_options
from extractor.commands.on_demand import APPEARANCE
from extractor.commands.options import FormOption, LangOption, OrgansOption, RulesOption, absolute_rules
from extractor.commands.run_by_default import RUN, RunByDefault
from extractor.errors import MissingProgramError, SettingsError
from extractor.extras import how_to_install
from rules.words import Language

if TYPE_CHECKING:  # a batch without a model starts without all that it takes to ask one
    from extractor.batch.asked import Spent

batch_commands = typer.Typer(
    name="batch",
    cls=RunByDefault,
    help="Read many files into a folder of tables: gongkai batch [run] PATH… -o FOLDER.",
    **APPEARANCE,
)


def _shard(text: str) -> Shard:
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    shard = Shard(int(match[1]), int(match[2])) if match else Shard(0, 0)
    if not 1 <= shard.number <= shard.total:
        raise typer.BadParameter(f"{text!r} is no part such as 2/8.")
    return shard


OutputFolder = Annotated[
    str,
    typer.Option("-o", "--output", help="The folder of the results, s3://… included; made if need be."),
]


JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="How many processes.  [default: as many as there are cores]"),
]


_LIMITS = Limits(seconds=120.0, megabytes=2000)


class Engine(StrEnum):
    """Where files are read: by processes of this machine, or on a Ray cluster."""

    PROCESSES = "processes"
    RAY = "ray"

    def is_ray(self) -> bool:
        """Whether it is a cluster.

        Raises:
            MissingProgramError: if it is, and what that takes isn't installed.
        """
        if self is Engine.RAY and find_spec("ray") is None:
            how = how_to_install("ray")
            raise MissingProgramError(
                f"--engine ray 需要 Ray，集群的每台机器都要安装：{how.zh}。",
                f"--engine ray takes Ray, on every machine of the cluster: {how.en}",
            )
        return self is Engine.RAY


EngineOption = Annotated[
    Engine, typer.Option("--engine", help="Read by processes of this machine, or on a Ray cluster.")
]
MaxCostOption = Annotated[
    Decimal | None,
    typer.Option("--max-cost", parser=price, metavar="PRICE", help="The most that the run may cost."),
]
RateOption = Annotated[
    float | None, typer.Option("--rate", min=0.001, help="The most requests to a model a second.")
]
ReviewOption = Annotated[
    bool, typer.Option("--review", help="Write a page of each report to look at; the workbook leads there.")
]
ConcurrencyOption = Annotated[
    int, typer.Option("--concurrency", min=1, max=256, help="About how many files to ask at once.")
]


@batch_commands.command(RUN)
@with_model_options(options=BATCH_MODEL_OPTIONS)
def run(
    output: OutputFolder,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders, patterns, archives (zip), s3://… included."),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", help="A list of files, as CSV or xlsx; relative to its own folder."),
    ] = None,
    jobs: JobsOption = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds that a file may take.")
    ] = _LIMITS.seconds,
    memory: Annotated[
        int, typer.Option("--memory", min=200, help="MB of memory that a file may take.")
    ] = _LIMITS.megabytes,
    shard: Annotated[
        Shard | None,
        typer.Option(
            "--shard", parser=_shard, metavar="N/COUNT", help="Read this part of the files only, as 2/8."
        ),
    ] = None,
    organs: OrgansOption = None,
    form: FormOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
    *,
    retry: Annotated[bool, typer.Option("--retry", help="Try files again that failed before.")] = False,
    review: ReviewOption = False,
    max_cost: MaxCostOption = None,
    rate: RateOption = None,
    concurrency: ConcurrencyOption = 8,
    engine: EngineOption = Engine.PROCESSES,
    options: ModelOptions,
) -> None:
    """Read many files; a run that was stopped goes on, and only what is new or changed is read.

    Exit status: 0 if all files could be read, whatever the verdicts; 2 if one that was named holds no report,
    or any can't be read; 130 if it was interrupted.
    """
    language = language_of(lang)
    with exit_on_error(language):
        plan = Plan(
            jobs=jobs,
            limits=Limits(timeout, memory),
            forms=[os.path.abspath(path) for path in form or ()],
            rules=absolute_rules(rules or ()),
            shard=shard or Shard(),
            retries=retry,
            asking=_asking_plan(options, max_cost, rate, concurrency),
            on_ray=engine.is_ray(),
        )
        folder = result_folder(output, plan.shard)
        shown = _shown(folder, plan, language, organs)
        pages = ReviewPages(folder, plan, language, are_wanted=review)
        files = files_in(paths or [], [] if manifest is None else read_manifest(manifest), output)
        with folder, BatchRun(files, folder, plan) as batch:
            try:
                with BatchProgress(batch.tally, language) as progress:
                    batch.read(progress.update)
                    spent = batch.ask(progress.update, cache_warning(language))
                written = _written(folder.path, batch, plan, shown, pages) if plan.shard.total == 1 else None
            except KeyboardInterrupt:
                _note_interrupted(batch.tally, language)
                raise typer.Exit(130) from None
    _note_tally(batch.tally, language)
    if spent is not None:
        _note_spent(batch.tally, spent, language)
    if written is None:
        note(
            language,
            f"第 {plan.shard.number}/{plan.shard.total} 部分已读完；各部分读完后用 gongkai batch merge 合并",
            f"part {plan.shard.number} of {plan.shard.total} is read; "
            "gongkai batch merge puts all parts together",
        )
    else:
        _note_written(folder, written, batch.tally.failures + batch.tally.without_report, language)
        pages.note()
    raise typer.Exit(2 if batch.tally.failures else 0)


@batch_commands.command()
def merge(
    folders: Annotated[
        list[str], typer.Argument(metavar="FOLDER", help="The folders that all parts were written to.")
    ],
    output: OutputFolder,
    jobs: JobsOption = None,
    organs: OrgansOption = None,
    form: FormOption = None,
    lang: LangOption = None,
    *,
    review: ReviewOption = False,
) -> None:
    """Put the parts that --shard made together, into one folder of results.

    Exit status: 0 if all files could be read, whatever the verdicts; 2 if one that was named holds no report,
    any couldn't be read, or a part is missing.
    """
    language = language_of(lang)
    with exit_on_error(language):
        plan = Plan(jobs=jobs, limits=_LIMITS, forms=[os.path.abspath(path) for path in form or ()])
        with ExitStack() as stack:
            *parts, folder = map(result_folder, [*folders, output])
            # Results may go to where a part is.
            opened = {one.name: one for one in (*parts, folder)}
            for one in opened.values():
                stack.enter_context(one)
            pages = ReviewPages(folder, plan, language, are_wanted=review)
            shown = _shown(folder, plan, language, organs)
            files, journal = merged([part.path for part in parts])
            results = list(results_of(files, journal))
            tally = Tally(files=len(results))
            for result in results:
                tally.add(result.file, result.outcome)
            pages.write(results, journal, tally)
            settings = journal.settings
            written = write_results(folder.path, results, settings, shown, plan.cores(), pages.addresses)
    _note_tally(tally, language)
    _note_written(folder, written, tally.failures + tally.without_report, language)
    pages.note()
    raise typer.Exit(2 if tally.failures else 0)


def _shown(folder: ResultFolder, plan: Plan, language: Language, organs: Path | None) -> Shown:
    """How the results of a run are shown."""
    return shown_by(plan.own_forms(), language, organs, leads_to_files=folder.is_here)


def _asking_plan(
    options: ModelOptions, max_cost: Decimal | None, rate: float | None, concurrency: int
) -> AskingPlan | None:
    """How a model is asked; None if none is named."""
    asking = options.plan()
    if max_cost is not None and (asking is None or asking.prices is None):
        raise SettingsError(
            "--max-cost 需要模型和价格。请用 --model、--price-input、--price-output 指定。",
            "--max-cost takes a model and prices; name them with --model, --price-input, --price-output",
        )
    return None if asking is None else AskingPlan(asking, max_cost, rate, concurrency)


def _written(folder: Path, batch: BatchRun, plan: Plan, shown: Shown, pages: ReviewPages) -> Written:
    """Write the results of a run, and its pages before them, as the workbook leads there."""
    results = list(results_of(batch.files, batch.journal))
    pages.write(results, batch.journal, batch.tally)
    settings = batch.journal.settings
    return write_results(folder, results, settings, shown, plan.cores(), pages.addresses)


def _note_spent(tally: Tally, spent: Spent, language: Language) -> None:
    """Say about how many files a model was asked, what that cost, and what is left."""
    cost = f"{spent.cost.normalize():f}"
    note(
        language,
        f"就 {tally.asked} 个文件询问了模型，{spent.requests} 次请求，费用 {cost}",
        f"a model was asked about {count(tally.asked, 'file')}: {count(spent.requests, 'request')}, "
        f"cost {cost}",
    )
    left = tally.to_ask - tally.asked
    if left:
        zh = "已到费用上限（--max-cost）" if spent.is_exhausted else "模型服务未能作答"
        en = "the cost would exceed --max-cost" if spent.is_exhausted else "the server gave no answer"
        note(
            language,
            f"{left} 个文件未问完：{zh}；以版面读取结果为准，用同一命令继续",
            f"{count(left, 'file')} not asked about to the end: {en}; what the layout gives stands, and the "
            "same command goes on",
        )


def _note_interrupted(tally: Tally, language: Language) -> None:
    note(
        language,
        f"已中断：{tally.files} 个文件中读完了 {tally.done} 个；用同一命令继续",
        f"interrupted: {tally.done} of {count(tally.files, 'file')} done; the same command goes on",
    )
    _note_tally(tally, language)


def _note_tally(tally: Tally, language: Language) -> None:
    """Say how many there were of files and of reports in them, and what came of these."""
    zh = [f"{tally.done} 个文件", f"{tally.reports} 份报告", f"{tally.to_review} 份需人工核对"]
    en = [count(tally.done, "file"), count(tally.reports, "report"), f"{tally.to_review} to review"]
    if tally.failures:
        zh.append(f"{tally.failures} 个文件未能读取")
        en.append(f"{count(tally.failures, 'file')} failed")
    if tally.without_report:
        zh.append(f"{tally.without_report} 个文件中没有报告")
        en.append(f"{tally.without_report} without a report")
    note(language, "，".join(zh), ", ".join(en))


def _note_written(folder: ResultFolder, written: Written, failures: int, language: Language) -> None:
    """Say where the results are, and what is told there of copies and failures."""
    if written.copies:
        note(language, f"{written.copies} 份与其他报告相同", f"{written.copies} the same as another")
    if written.versions:
        note(
            language,
            f"{written.versions} 份是同一机关同一年度的另一版本",
            f"{count(written.versions, 'other version')} of an organ's year",
        )
    if written.alike:
        note(
            language,
            f"{written.alike} 份的正文与另一份雷同，见 alike.csv",
            f"{written.alike} like another in their wording: alike.csv",
        )
    if failures:
        note(
            language,
            f"{failures} 个文件没有结果，原因见 failures.csv",
            f"why {failures} gave none: failures.csv",
        )
    if not written.has_parquet:
        how = how_to_install("tables")
        note(
            language,
            f"未写出 Parquet，需另行安装：{how.zh}",
            f"no Parquet was written, which is optional: {how.en}",
        )
    note(language, f"已写入 {folder.name}", f"written to {folder.name}")
