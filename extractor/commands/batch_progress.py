"""How far a batch has come, on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from extractor.batch.run import Tally
from extractor.commands.language import count
from rules.words import Language

if TYPE_CHECKING:
    from rich.progress import Progress

# Seconds between two looks at it.
_PAUSE = 0.2


class BatchProgress:
    """A line that is kept up to date on standard error, if that is a terminal.

    Args:
        tally: what it shows.
        language: of its words.
    """

    def __init__(self, tally: Tally, language: Language) -> None:
        self._tally = tally
        self._language = language
        self._begun = self._shown = time.monotonic()
        self._progress: Progress | None = _progress() if sys.stderr.isatty() else None

    def __enter__(self) -> BatchProgress:
        if self._progress is not None:
            self._progress.add_task("", total=self._tally.files, rate="")
            self._progress.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._show(self._progress)
            self._progress.stop()

    def update(self) -> None:
        """Show how far it has come, unless that was done just now."""
        if self._progress is not None and time.monotonic() - self._shown > _PAUSE:
            self._show(self._progress)

    def _show(self, progress: Progress) -> None:
        self._shown = time.monotonic()
        tally = self._tally
        task = progress.tasks[0]
        rate = f"{tally.read / (self._shown - self._begun):.0f}/s" if tally.read else ""
        progress.update(
            task.id, total=tally.files, completed=tally.done, description=self._words(), rate=rate
        )
        progress.refresh()

    def _words(self) -> str:
        tally = self._tally
        if self._language == "zh":
            told = f"{tally.reports} 份报告，{tally.to_review} 份需核对，{tally.failures} 个文件失败"
            told += f"，已询问 {tally.asked}/{tally.to_ask}" if tally.to_ask else ""
            return told + (f"，已写查看页面 {tally.shown}/{tally.to_show}" if tally.to_show else "")
        told = f"{count(tally.reports, 'report')}, {tally.to_review} to review, {tally.failures} failed"
        told += f", {tally.asked} of {tally.to_ask} asked about" if tally.to_ask else ""
        return told + (f", pages of {tally.shown} of {tally.to_show}" if tally.to_show else "")


def _progress() -> Progress:
    # Slow to import, and needed on a terminal only.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        BarColumn(20),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
    )
