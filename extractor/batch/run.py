"""A run of a batch: what is new or changed is read, and what came of it is kept at once."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from extractor.batch.asking_plan import AskingPlan
from extractor.batch.files import FileToRead, Shard
from extractor.batch.journal import (
    Holding,
    Journal,
    JournalWriter,
    State,
    held_files,
    is_final,
    state_of,
)
from extractor.batch.outcome import Failure, FailureKind, Limits, Outcome
from extractor.batch.pool import Content, Event, Members, Pool
from extractor.batch.result_folder import ResultFolder
from extractor.batch.settings import settings_key
from extractor.batch.stores import is_address, state_at
from extractor.errors import UnreadableError
from extractor.platforms.here import HERE
from extractor.result.verdict import Verdict

if TYPE_CHECKING:  # a run that finds nothing new starts without all that it takes to read
    from cache.problems import Problem
    from extractor.batch.asked import Asked, Spent
    from extractor.batch.ray_pool import RayPool
    from extractor.forms import FormSet
    from rules.form import Form

# What a file that wasn't named may come to without being missed: beside reports lie other files.
_NO_REPORT = {FailureKind.NO_REPORT, FailureKind.UNKNOWN_FORMAT}


class Plan(NamedTuple):
    """How a batch is read.

    Attributes:
        jobs: how many files at once; None for as many as there are cores.
        limits: of reading one file.
        forms: the paths of files with forms of one's own.
        rules: of files with rules to add, and names by which installed packages offer some.
        shard: the part of the files that is read.
        retries: whether files that failed are tried again.
        asking: how a model is asked about what the layout leaves open; None if it isn't.
        on_ray: whether files are read on a Ray cluster, rather than by processes of this machine.
    """

    jobs: int | None
    limits: Limits
    forms: Sequence[str] = ()
    rules: Sequence[str] = ()
    shard: Shard = Shard()
    retries: bool = False
    asking: AskingPlan | None = None
    on_ray: bool = False

    def cores(self) -> int:
        """How many processes of this machine share work."""
        return self.jobs or HERE.cores()

    def form_set(self) -> FormSet:
        """The forms that files are read by, with the rules that are added to theirs.

        Raises:
            GongkaiError: if one can't be read.
        """
        from extractor.forms import FormSet

        return FormSet.from_files(self.forms, self.rules)

    def own_forms(self) -> Sequence[Form] | None:
        """The forms that files are read by; None if these are the ones that ship with gongkai, as they are.

        Raises:
            GongkaiError: if one can't be read.
        """
        return self.form_set().forms if self.forms or self.rules else None


@dataclass
class Tally:
    """How far a run has come.

    Attributes:
        files: how many there are, those in archives counted, archives not.
        done: how many of them are done.
        read: how many of these were read in this run.
        reports: how many reports were in them.
        to_review: how many of these need a person.
        failures: how many files couldn't be read, or were named and hold no report.
        without_report: how many files that weren't named hold no report.
        to_ask: how many files a model was to be asked about.
        asked: about how many of these all was asked, in this run.
        to_show: of how many files pages to look at were to be made.
        shown: of how many of these they are made.
    """

    files: int = 0
    done: int = 0
    read: int = 0
    reports: int = 0
    to_review: int = 0
    failures: int = 0
    without_report: int = 0
    to_ask: int = 0
    asked: int = 0
    to_show: int = 0
    shown: int = 0

    def add(self, file: FileToRead, outcome: Outcome) -> None:
        """Count what came of a file."""
        self.done += 1
        self.reports += len(outcome.reports)
        self.to_review += _to_review(outcome)
        if outcome.failure is None:
            return
        if outcome.failure.kind in _NO_REPORT and not file.is_named:
            self.without_report += 1
        else:
            self.failures += 1

    def change(self, before: Outcome, now: Outcome) -> None:
        """Count a file otherwise that was counted before."""
        self.to_review += _to_review(now) - _to_review(before)


def _to_review(outcome: Outcome) -> int:
    return sum(facts.verdict == Verdict.NEEDS_REVIEW for facts in outcome.reports)


class BatchRun:
    """A run of a batch in a folder.

    Attributes:
        tally: how far it has come.
        journal: what is known of the files.

    Args:
        files: to read, of all shards.
        folder: of the results.
        plan: how to read them.

    Raises:
        OutputError: if the folder can't be written to, or another run is writing to it.
        UnreadableError: if its journal can't be read.
        GongkaiError: if a form can't be read.
    """

    def __init__(self, files: Iterable[FileToRead], folder: ResultFolder, plan: Plan) -> None:
        self.files = [file for file in files if plan.shard.holds(file)]
        self.tally = Tally(files=len(self.files))
        self._key = settings_key(plan.forms, plan.rules)
        self.journal = Journal(self._key if plan.asking is None else f"{self._key} {plan.asking.key}")
        self._plan = plan
        self._folder = folder
        self._writer = JournalWriter(folder.path, plan.shard, self.journal.settings, folder.piece())
        self._states: dict[str, State] = {}
        # The files with a content that is being read because of another of them.
        self._waiting: dict[str, list[FileToRead]] = {}
        # The contents that were read in this run; failures, too, are final in it.
        self._fresh: set[str] = set()
        try:
            self.journal.load(folder.path)
        except BaseException:
            self._writer.__exit__()
            raise

    def __enter__(self) -> BatchRun:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the journal."""
        self._writer.__exit__()

    def read(self, on_progress: Callable[[], object]) -> None:
        """Read what is new or changed.

        Args:
            on_progress: called a few times a second.

        Raises:
            OutputError: if the journal can't be written; what was read until then is kept.
        """
        with self._pool() as pool:
            for event in pool.read(self._unread(self.files)):
                if event is not None:
                    self._keep(event)
                self._folder.keep_up(self._writer)
                on_progress()
        if self._plan.asking is None:
            self._writer.finish(self.files)
        on_progress()

    def _pool(self) -> Pool | RayPool:
        plan = self._plan
        if not plan.on_ray:
            return Pool(plan.cores(), plan.limits, plan.forms, self._is_final, rules=plan.rules)
        from extractor.batch.ray_pool import RayPool  # an extra of the package

        return RayPool(plan.jobs, plan.limits, plan.forms, self._is_final, rules=plan.rules)

    def ask(self, on_progress: Callable[[], object], on_problem: Callable[[Problem], None]) -> Spent | None:
        """Ask the model about what was read, as far as that leaves something to ask.

        Args:
            on_progress: called with each answer.
            on_problem: told of what is wrong with the cache of replies.

        Returns:
            What that took; None if there is no model.

        Raises:
            SettingsError: if the model can't be asked as it is configured.
            OutputError: if the journal can't be written; what was answered until then is kept.
        """
        plan = self._plan.asking
        if plan is None:
            return None
        files: dict[str, list[FileToRead]] = {}
        for file in held_files(self.files, self.journal):
            content = self.journal.holdings[file.key].content
            if content is not None:
                files.setdefault(content, []).append(file)
        wanted = [(content, held[0]) for content, held in files.items() if self._is_wanted(content, plan)]
        self.tally.to_ask = len(wanted)

        def keep(asked: Asked) -> None:
            if asked.is_whole:
                before = self.journal.kept(asked.content)
                kept = self._writer.keep_outcome(
                    plan.key, asked.content, asked.outcome, self._plan.limits, asked.results
                )
                self.journal.note(plan.key, asked.content, kept)
                self.tally.asked += 1
                if before is not None:
                    for _ in files[asked.content]:
                        self.tally.change(before.outcome, asked.outcome)
            self._folder.keep_up(self._writer)
            on_progress()

        # What it takes to ask a model is imported where one is asked.
        from extractor.batch.asked import Spent, ask_about

        spent = ask_about(wanted, plan, self._plan.form_set(), keep, on_problem) if wanted else Spent()
        self._writer.finish(self.files)
        return spent

    def _is_wanted(self, content: str, plan: AskingPlan) -> bool:
        """Whether the model is to be asked about a content, and wasn't."""
        kept = self.journal.kept_by(self._key, content)
        if kept is None or self.journal.kept_by(plan.key, content) is not None:
            return False
        return plan.is_wanted(kept.outcome)

    def _is_final(self, content: str) -> bool:
        if content in self._fresh:
            return True
        kept = self.journal.kept_by(self._key, content)
        return kept is not None and is_final(kept, self._plan.limits, retries=self._plan.retries)

    def _unread(self, files: Iterable[FileToRead]) -> Iterator[FileToRead]:
        """The files of which it isn't known what they hold, or what comes of it; the others are counted."""
        for file in files:
            state, refusal = _state(file)
            if refusal is not None:
                outcome = Outcome(0.0, failure=refusal)
                self._hold(file, Holding(None, outcome=outcome))
                self.tally.add(file, outcome)
                continue
            if state is not None:
                self._states[file.path] = state
            known = self.journal.holdings.get(file.key)
            if known is None or state is None or known.state != state:
                yield file
            elif known.members is not None:
                inside = file.inside(known.members)
                self.tally.files += len(inside) - 1
                yield from self._unread(inside)
            elif known.content is not None and self._is_final(known.content):
                self._count(file, known.content)
            elif known.outcome is not None and self._is_too_large(known.outcome):
                self.tally.add(file, known.outcome)
            else:
                yield file

    def _is_too_large(self, outcome: Outcome) -> bool:
        """Whether a file that came to no content won't ever: what can't be opened today may be tomorrow."""
        failure = outcome.failure
        return failure is not None and failure.kind is FailureKind.TOO_LARGE and not self._plan.retries

    def _keep(self, event: Event) -> None:
        file, state = event.file, self._states.get(event.file.path)
        if isinstance(event, Members):
            self._hold(file, Holding(state, members=event.members))
            self.tally.files += len(file.inside(event.members)) - 1
        elif isinstance(event, Content):
            self._hold(file, Holding(state, event.digest))
            if self._is_final(event.digest):
                self._count(file, event.digest)
            elif not event.is_being_read:
                self._waiting.setdefault(event.digest, []).append(file)
        elif event.digest is None:
            self.tally.read += 1
            self._hold(file, Holding(state, outcome=event.outcome))
            self.tally.add(file, event.outcome)
        else:
            self.tally.read += 1
            kept = self._writer.keep_outcome(
                self._key, event.digest, event.outcome, self._plan.limits, event.results
            )
            self.journal.note(self._key, event.digest, kept)
            self._fresh.add(event.digest)
            for one in (file, *self._waiting.pop(event.digest, ())):
                self._count(one, event.digest)

    def _count(self, file: FileToRead, content: str) -> None:
        kept = self.journal.kept(content)
        if kept is not None:
            self.tally.add(file, kept.outcome)

    def _hold(self, file: FileToRead, holding: Holding) -> None:
        """Note what a file holds."""
        if self.journal.holdings.get(file.key) != holding:
            self._writer.keep_holding(file, holding)
            self.journal.holdings[file.key] = holding


def _state(file: FileToRead) -> tuple[State | None, Failure | None]:
    """The state of a file, or why it isn't even opened; neither, if whoever opens it will tell."""
    if is_address(file.path):
        return file.listed or state_at(file.path), None
    try:
        state, mode = state_of(file.path)
    except OSError:
        return None, None
    if stat.S_ISREG(mode):
        return state, None
    return None, Failure.of(
        UnreadableError(
            f"{file.name} 是管道或设备，不是文件。请把内容存为文件后再试。",
            f"{file.name} is a pipe or a device, and no file; save what it gives as a file",
        )
    )
