"""Accepted findings: left out of what ``check`` prints, or written down as accepted."""

from __future__ import annotations

from pathlib import Path

from extractor.checking.baseline import (
    Accepting,
    Baseline,
    load_baseline,
    to_json,
    with_findings,
    without_accepted,
)
from extractor.checking.checked import CheckedFile
from extractor.commands.language import count, note
from extractor.errors import ConfigurationError
from extractor.output.files import write_file
from rules.words import Language


class AcceptanceBook:
    """What was accepted before a check, or is by it.

    Args:
        path: of the baseline; None if there is none.
        reason: why findings are accepted; None if that wasn't given.
        person: by whom; None if that wasn't given.
        is_written: whether what is found is accepted, instead of told.

    Raises:
        ConfigurationError: if the file is no baseline, or something is missing that it takes to write one.
        InputError: if it can't be read.
    """

    def __init__(
        self, path: Path | None, reason: str | None, person: str | None, *, is_written: bool
    ) -> None:
        if is_written and not (path and reason and person):
            raise ConfigurationError(
                "--write-baseline 需要 --baseline FILE，并以 --reason 和 --person 写明理由和认可人。",
                "--write-baseline needs --baseline FILE, and --reason and --person: why, and by whom",
            )
        self._path = path
        self._by = Accepting(reason or "", person or "") if is_written else None
        is_new = path is None or (is_written and not path.exists())
        self._baseline = Baseline() if is_new or path is None else load_baseline(path)
        self._found: list[tuple[CheckedFile, frozenset[str] | None]] = []
        self._left_out = 0

    def without_accepted(self, file: CheckedFile, rules: frozenset[str] | None) -> CheckedFile:
        """What is told of a file: what wasn't accepted; nothing, if it is accepted now.

        Args:
            file: that was checked.
            rules: that its findings were chosen by; None for all.
        """
        if self._path is None:
            return file
        self._found.append((file, rules))
        told = file._replace(told=())
        if self._by is None:
            told = without_accepted(file, self._baseline, self._path.parent)
        self._left_out += len(file.told) - len(told.told)
        return told

    def end(self, language: Language) -> None:
        """Write down what was accepted, if that is wanted, and say how much it was.

        Args:
            language: to say it in.

        Raises:
            OutputError: if it can't be written.
        """
        number = count(self._left_out, "finding")
        if self._path is not None and self._by is not None:
            new = with_findings(self._baseline, self._found, self._path.parent, self._by)
            write_file(self._path, to_json(new), None)
            note(
                language,
                f"已写入 {self._path}：认可 {self._left_out} 个问题",
                f"written to {self._path}: {number} accepted",
            )
        elif self._left_out:
            note(language, f"{self._left_out} 个问题已认可，未列出", f"{number} accepted and not listed")
