"""Findings as annotations of a file in a run of GitHub Actions.

A line is a workflow command, ``::error file=…,line=…::message``, escaped as GitHub's own toolkit does it.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.checking.checked import CheckedFile, ToldFinding
from extractor.checking.grouping import FindingGroup
from extractor.output.lines import position_and_message
from rules.words import Language, Severity

_COMMANDS: dict[Severity, str] = {"hard": "error", "soft": "warning", "hint": "notice"}
_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def to_annotations(files: Sequence[CheckedFile], language: Language) -> str:
    """A command a finding; what has no line is an annotation of the file.

    Args:
        files: that were checked.
        language: of the messages.
    """
    lines = []
    for file in files:
        if file.failure is not None:
            properties = {"title": "gongkai", "file": file.path}
            lines.append(_command("error", properties, file.failure.in_language(language)))
        lines += [_annotation(file, one, language) for one in file.told]
    return "".join(f"{line}\n" for line in lines)


def _annotation(file: CheckedFile, one: ToldFinding, language: Language) -> str:
    finding = one.finding
    properties = {"title": f"gongkai {finding.rule}", "file": file.path}
    position, message = position_and_message(FindingGroup.of(one), language)
    if finding.locator is not None:
        message = f"{position}  {message}"
    if finding.line is not None and finding.column is not None and one.end is not None:
        end_line, end_column = one.end
        properties |= {"line": str(finding.line), "endLine": str(end_line)}
        # Columns of a stretch over several lines aren't shown, and make the command invalid.
        if end_line == finding.line:
            properties |= {"col": str(finding.column), "endColumn": str(max(end_column - 1, finding.column))}
    return _command(_COMMANDS[finding.severity], properties, message)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_escaped(value, _IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{name} {given}::{_escaped(message, _IN_MESSAGES)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
