"""Findings that a person has accepted, with a reason: a file beside the reports, and what of it still holds.

An acceptance holds for one rule at one sentence, or row of a table, that says what it said then; when that
changes, or what is told of it, the acceptance is void, and the finding is told again.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.checking.checked import Acceptance, AcceptedFinding, CheckedFile, ToldFinding
from extractor.documents.source import read_file
from extractor.errors import ConfigurationError


class Baseline(BaseModel):
    """All that was accepted, as its file has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    accepted: tuple[Acceptance, ...] = ()


class Accepting(NamedTuple):
    """Why findings are accepted, and by whom."""

    reason: str
    person: str


def load_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Args:
        path: of its file.

    Raises:
        ConfigurationError: if it is none.
        InputError: if it can't be read.
    """
    try:
        return Baseline.model_validate_json(read_file(path))
    except ValidationError as error:
        raise ConfigurationError(
            f"{path} 不是认可问题的清单。请用 --write-baseline 重新写出。",
            f"{path} is no baseline; write it anew with --write-baseline",
        ) from error


def without_accepted(file: CheckedFile, baseline: Baseline, folder: Path) -> CheckedFile:
    """What is told of a file but for what was accepted, each acceptance for one finding.

    Args:
        file: that was checked.
        baseline: what was accepted.
        folder: of the baseline's file.
    """
    left: defaultdict[tuple[str, str, str], list[Acceptance]] = defaultdict(list)
    for acceptance in baseline.accepted:
        left[acceptance.key].append(acceptance)
    told, accepted = [], []
    for one in file.told:
        if by := left[_key(file, one, folder)]:
            accepted.append(AcceptedFinding(one, by.pop(0)))
        else:
            told.append(one)
    return file._replace(told=tuple(told), accepted=(*file.accepted, *accepted))


def accepted_now(file: CheckedFile, rules: frozenset[str] | None, folder: Path, by: Accepting) -> CheckedFile:
    """What is told of a file once all findings of some rules are accepted.

    Args:
        file: that was checked.
        rules: whose findings are accepted; None for all.
        folder: of the baseline's file.
        by: who accepts them, and why.
    """
    told, accepted = [], []
    for one in file.told:
        if rules is None or one.finding.rule in rules:
            accepted.append(AcceptedFinding(one, _acceptance(file, one, folder, by)))
        else:
            told.append(one)
    return file._replace(told=tuple(told), accepted=tuple(accepted))


def with_accepted(
    baseline: Baseline, files: Sequence[tuple[CheckedFile, frozenset[str] | None]], folder: Path
) -> Baseline:
    """A baseline with what was accepted of some files, in place of what it had of them.

    Args:
        baseline: whose acceptances of other files and rules stay.
        files: that were checked, each with what was accepted of it now and the rules that this was chosen by,
            None for all; of one that couldn't be read, everything stays.
        folder: of the baseline's file.
    """
    chosen = {_relative(file.path, folder): rules for file, rules in files if file.failure is None}
    kept = [
        one
        for one in baseline.accepted
        if one.path not in chosen or one.rule not in (chosen[one.path] or {one.rule})
    ]
    new = [one.acceptance for file, _ in files for one in file.accepted]
    return Baseline(accepted=tuple(sorted([*kept, *new], key=lambda one: (one.key, one.person, one.reason))))


def _acceptance(file: CheckedFile, one: ToldFinding, folder: Path, by: Accepting) -> Acceptance:
    path, rule, context = _key(file, one, folder)
    return Acceptance(
        path=path,
        rule=rule,
        context=context,
        message=one.finding.message.zh,
        reason=by.reason,
        person=by.person,
    )


def to_json(baseline: Baseline) -> bytes:
    """A baseline as its file has it."""
    return (json.dumps(baseline.model_dump(), ensure_ascii=False, indent=2) + "\n").encode()


def _key(file: CheckedFile, one: ToldFinding, folder: Path) -> tuple[str, str, str]:
    finding = one.finding
    number = one.report.removeprefix(file.path)
    words = (number, finding.place, finding.places, "".join(one.context.split()), finding.message.zh)
    context = sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()
    return _relative(file.path, folder), finding.rule, context


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive, on Windows
        return Path(path).resolve().as_posix()
