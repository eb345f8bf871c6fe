"""The table of formats that findings are written in; a format is a row here and a writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from extractor.checking.checked import CheckedFile
from extractor.checking.grouping import FindingGroup, grouped
from extractor.output.findings.annotations import to_annotations
from extractor.output.findings.records import CSV_HEAD, to_csv, to_json, to_json_lines
from extractor.output.findings.statistics import (
    RuleCount,
    statistics_to_csv,
    statistics_to_json,
    statistics_to_text,
)
from extractor.output.lines import group_line
from rules.words import Language

Writer: TypeAlias = Callable[[Sequence[CheckedFile], Language], str]


class FindingsFormat(NamedTuple):
    """A format that the findings of files are written in.

    Attributes:
        name: that ``--output-format`` has for it.
        write: makes the text of what is told of files, of every rule by itself.
        grouped: makes it with those rules together that name one cell; None if it never does.
        is_by_file: whether that of several files is that of each, one after the other.
        head: what then stands before the first.
        statistics: makes the text of how often each rule is violated; None if it has no such thing.
    """

    name: str
    write: Writer
    grouped: Writer | None = None
    is_by_file: bool = False
    head: str = ""
    statistics: Callable[[Sequence[RuleCount], Language], str] | None = None


def to_lines(files: Sequence[CheckedFile], language: Language) -> str:
    """``path:line:column  rule  message``, a finding a line.

    Args:
        files: that were checked.
        language: of the messages.
    """
    groups = [(file, FindingGroup.of(one)) for file in files for one in file.told]
    return "".join(f"{_line(*group, language)}\n" for group in groups)


def to_grouped_lines(files: Sequence[CheckedFile], language: Language) -> str:
    """``path:line:column  rules  message``, a line for each wrong cell or sentence.

    Args:
        files: that were checked.
        language: of the messages.
    """
    groups = [(file, group) for file in files for group in grouped(file.told)]
    return "".join(f"{_line(*group, language)}\n" for group in groups)


def _line(file: CheckedFile, group: FindingGroup, language: Language) -> str:
    # Of several reports, one is named where no line tells which of them is meant.
    first = group.told[0]
    return group_line(group, file.path if first.finding.span is not None else first.report, language)


def _to_sarif(files: Sequence[CheckedFile], language: Language) -> str:
    from extractor.output.findings.sarif import to_sarif  # its modules are of no use to the other formats

    return to_sarif(files, language)


def _to_junit(files: Sequence[CheckedFile], language: Language) -> str:
    from extractor.output.findings.junit import to_junit

    return to_junit(files, language)


FINDINGS_FORMATS = (
    FindingsFormat("text", to_lines, to_grouped_lines, is_by_file=True, statistics=statistics_to_text),
    FindingsFormat("json", to_json, statistics=statistics_to_json),
    FindingsFormat("jsonl", to_json_lines, is_by_file=True),
    FindingsFormat("csv", to_csv, is_by_file=True, head=CSV_HEAD, statistics=statistics_to_csv),
    FindingsFormat("sarif", _to_sarif),
    FindingsFormat("github", to_annotations, is_by_file=True),
    FindingsFormat("junit", _to_junit),
)
