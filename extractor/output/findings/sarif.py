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
from extractor.checking.checked import CheckedFile, ToldFinding
from extractor.checking.entries import Entry
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
    rules = sorted((one.rule for one in counted(files)), key=lambda rule: rule.id)
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
            {**_result(one, language), "ruleIndex": numbers[one.finding.rule], "locations": [location]}
            for index, file in enumerate(files)
            for one in file.told
            for location in [_location(file.path, index, one)]
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: ListedRule, language: Language) -> dict[str, Any]:
    told = {
        "id": rule.id,
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
    position, message = position_and_message(Entry.of(one), language)
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
