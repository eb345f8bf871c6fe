"""Accepted findings: left out of what ``check`` prints, or written down as accepted."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from extractor.checking.baseline import (
    Accepting,
    Baseline,
    accepted_now,
    load_baseline,
    to_json,
    with_accepted,
    without_accepted,
)
from extractor.checking.catalogue import chosen_rules
from extractor.checking.checked import CheckedFile
from extractor.commands.language import count, note
from extractor.errors import ConfigurationError
from extractor.forms import AnyForms
from extractor.output.files import write_file
from rules.words import Language


class Acceptances(NamedTuple):
    """What is wanted of a baseline.

    Attributes:
        path: of its file; None if there is none.
        is_written: whether all that is found is accepted.
        rules: ids, or beginnings of them, of rules whose findings are accepted.
        reason: why; None if that wasn't given.
        person: by whom; None if that wasn't given.
    """

    path: Path | None
    is_written: bool
    rules: tuple[str, ...]
    reason: str | None
    person: str | None


class AcceptanceBook:
    """What was accepted before a check, or is by it.

    Args:
        wanted: of it.

    Raises:
        ConfigurationError: if the file is no baseline, or something is missing that it takes to write one.
        InputError: if it can't be read.
    """

    def __init__(self, wanted: Acceptances) -> None:
        path, accepts = wanted.path, wanted.is_written or bool(wanted.rules)
        if accepts and not (path and wanted.reason and wanted.person):
            option = "--write-baseline" if wanted.is_written else "--accept"
            raise ConfigurationError(
                f"{option} 需要 --baseline FILE，并以 --reason 和 --person 写明理由和认可人。",
                f"{option} needs --baseline FILE, and --reason and --person: why, and by whom",
            )
        self._path = path
        self._by = Accepting(wanted.reason or "", wanted.person or "") if accepts else None
        self._accepted_rules = () if wanted.is_written else wanted.rules
        is_new = path is None or (accepts and not path.exists())
        self._baseline = Baseline() if is_new or path is None else load_baseline(path)
        self._found: list[tuple[CheckedFile, frozenset[str] | None]] = []
        self._left_out = 0

    def without_accepted(self, file: CheckedFile, rules: frozenset[str] | None) -> CheckedFile:
        """What is told of a file: what wasn't accepted, neither before nor now.

        Args:
            file: that was checked.
            rules: that its findings were chosen by; None for all.

        Raises:
            SelectionError: if findings of a rule are accepted that there isn't.
        """
        if self._path is None:
            return file
        folder = self._path.parent
        if self._by is not None:
            accepting = _both(rules, self._chosen(file.forms))
            file = accepted_now(file, accepting, folder, self._by)
            self._found.append((file, accepting))
            self._left_out += len(file.accepted)
            return without_accepted(file, self._baseline, folder)
        file = without_accepted(file, self._baseline, folder)
        self._left_out += len(file.accepted)
        return file

    def _chosen(self, forms: AnyForms) -> frozenset[str] | None:
        return chosen_rules(forms, self._accepted_rules, ())

    def end(self, language: Language) -> None:
        """Write down what was accepted, if that is wanted, and say how much it was.

        Args:
            language: to say it in.

        Raises:
            OutputError: if it can't be written.
        """
        number = count(self._left_out, "finding")
        if self._path is not None and self._by is not None:
            new = with_accepted(self._baseline, self._found, self._path.parent)
            write_file(self._path, to_json(new), None)
            note(
                language,
                f"已写入 {self._path}：认可 {self._left_out} 个问题",
                f"written to {self._path}: {number} accepted",
            )
        elif self._left_out:
            note(language, f"{self._left_out} 个问题已认可，未列出", f"{number} accepted and not listed")


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """What two choices of rules have in common; None is all rules."""
    if one is None or other is None:
        return other if one is None else one
    return one & other
