"""Findings as SARIF 2.1.0, the format of OASIS in which programs that check source tell what they found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.checking.catalogue import ListedRule
from extractor.checking.checked import Acceptance, CheckedFile, ToldFinding
from extractor.checking.grouping import FindingGroup
from extractor.output.findings.statistics import counted
from extractor.output.lines import position_and_message
from rules.words import Bilingual, Language, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"hard": "error", "soft": "warning", "hint": "note"}
_TAGS = {"zh": "zh-CN", "en": "en"}


def to_sarif(files: Sequence[CheckedFile], language: Language) -> str:
    """One log with one run.

    Args:
        files: that were checked.
        language: of the messages.
    """
    everything = [file._replace(told=tuple(one for one, _ in _with_accepted(file))) for file in files]
    rules = sorted((one.rule for one in counted(everything)), key=lambda rule: rule.id)
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    failures = [(file.path, file.failure) for file in files if file.failure is not None]
    run = {
        "tool": {
            "driver": {
                "name": "gongkai",
                "version": version("gongkai"),
                "language": _TAGS[language],
                "rules": [_rule(rule, language) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "language": _TAGS[language],
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [_notification(*one, language) for one in failures],
            }
        ],
        "artifacts": [{"location": {"uri": _uri(file.path)}} for file in files],
        "results": [
            {
                **_result(one, language),
                "ruleIndex": numbers[one.finding.rule],
                "locations": [_location(file.path, index, one)],
                **_suppressed(acceptance),
            }
            for index, file in enumerate(files)
            for one, acceptance in _with_accepted(file)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _with_accepted(file: CheckedFile) -> list[tuple[ToldFinding, Acceptance | None]]:
    """What is told of a file, and then what isn't, with who accepted it."""
    return [*((one, None) for one in file.told), *file.accepted]


def _suppressed(acceptance: Acceptance | None) -> dict[str, Any]:
    """That a result isn't to be shown, and why; programs that read SARIF count such ones apart."""
    if acceptance is None:
        return {}
    return {
        "suppressions": [
            {
                "kind": "external",
                "status": "accepted",
                "justification": acceptance.reason,
                "properties": {"person": acceptance.person},
            }
        ]
    }


def _rule(rule: ListedRule, language: Language) -> dict[str, Any]:
    told = {
        "id": rule.id,
        "name": rule.name.in_language(language),
        "shortDescription": {"text": rule.text.in_language(language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return told if rule.citation is None else {**told, "fullDescription": {"text": rule.citation}}


def _notification(path: str, failure: Bilingual, language: Language) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": failure.in_language(language)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}],
    }


def _result(one: ToldFinding, language: Language) -> dict[str, Any]:
    finding = one.finding
    position, message = position_and_message(FindingGroup.of(one), language)
    if finding.locator is not None:
        message = f"{position}  {message}"
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"context/v1": _fingerprint(one)},
    }


def _location(path: str, index: int, one: ToldFinding) -> dict[str, Any]:
    physical = {"artifactLocation": {"uri": _uri(path), "index": index}, "region": _region(one)}
    place = one.finding.place
    logical = {"logicalLocations": [{"fullyQualifiedName": place}]} if place is not None else {}
    return {"physicalLocation": physical, **logical}


def _region(one: ToldFinding) -> dict[str, int]:
    """Lines and columns of a text; of any other file, and of what has no place, its beginning."""
    finding = one.finding
    if finding.line is None or finding.column is None or one.end is None:
        return {"startLine": 1}
    end_line, end_column = one.end
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _fingerprint(one: ToldFinding) -> str:
    """What stays the same when a finding moves to another line."""
    known = (one.finding.rule, one.finding.place, one.context, one.finding.message.zh)
    return sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()


def _uri(path: str) -> str:
    """A path from where the program runs, as a relative reference; one from the root, as a URI of a file."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(Path(path).as_posix())
