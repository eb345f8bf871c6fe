"""The pages to look at that a batch writes on demand, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.batch.file_results import FileResult
from extractor.batch.journal import Journal
from extractor.batch.outcome import Failure
from extractor.batch.result_folder import ResultFolder
from extractor.batch.run import Plan, Tally
from extractor.commands.batch_progress import BatchProgress
from extractor.commands.language import count, note
from extractor.errors import InputError
from rules.words import Language

# So many files without pages are told one by one.
_MOST_TOLD = 5


class ReviewPages:
    """The pages of a run.

    Attributes:
        addresses: of each report that has one, by what results call it, its path from the folder of results.

    Args:
        folder: of the results.
        plan: by which the reports were read.
        language: that pages are shown in at first, and of what is said.
        are_wanted: whether there are to be any.

    Raises:
        InputError: if there are to be any of a part of a batch.
    """

    def __init__(self, folder: ResultFolder, plan: Plan, language: Language, *, are_wanted: bool) -> None:
        if are_wanted and plan.shard.total > 1:
            raise InputError(
                "各部分合并之后才有查看页面。请在 gongkai batch merge 时给出 --review。",
                "pages are written when all parts are put together: give --review to gongkai batch merge",
            )
        self.addresses: dict[str, str] = {}
        self._folder, self._plan, self._language = folder, plan, language
        self._are_wanted = are_wanted
        self._failures: Sequence[Failure] = ()

    def write(self, results: Sequence[FileResult], journal: Journal, tally: Tally) -> None:
        """Write them, if any are wanted.

        Args:
            results: of all files.
            journal: that they are from.
            tally: of the run, which is shown as they are written.

        Raises:
            OutputError: if one can't be written.
        """
        if not self._are_wanted:
            return
        # What writes pages takes long to import, and most batches write none.
        from extractor.review.batch_pages import PagePlan, write_batch_pages

        plan = self._plan
        how = PagePlan(plan.cores(), plan.limits, plan.forms, plan.rules, self._language)
        with BatchProgress(tally, self._language) as progress:

            def tell(done: int, of: int) -> None:
                tally.shown, tally.to_show = done, of
                progress.update()

            pages = write_batch_pages(self._folder.path, results, journal, how, tell)
        self.addresses.update(pages.addresses)
        self._failures = pages.failures

    def note(self) -> None:
        """Say how many there are, where, and why some files have none; nothing if none were wanted."""
        if not self._are_wanted:
            return
        from extractor.review.batch_pages import LIST

        language, failures = self._language, self._failures
        for failure in failures[:_MOST_TOLD]:
            note(language, f"未写查看页面：{failure.message.zh}", f"no page: {failure.message.en}")
        more = len(failures) - _MOST_TOLD
        if more > 0:
            note(language, f"另有 {more} 个文件也未写查看页面", f"no pages of {count(more, 'more file')}")
        shown, path = len(self.addresses), f"{self._folder.name}/{LIST}"
        note(
            language,
            f"{shown} 份报告须看，各有查看页面：{path}",
            f"{count(shown, 'report')} to look at, each with its page: {path}",
        )
