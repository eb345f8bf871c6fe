"""Findings as lines, as linters print them; this module is all that ``gongkai check`` needs to write."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from extractor.checking.grouping import FindingGroup
from extractor.documents.document import Locator
from extractor.result.steps import Usage
from rules.words import Language, Severity

_SENTENCE_END = re.compile(r"。|\. ")
# Between the cells that are suspected and the page, or what is said of them, by language.
_BEFORE_PAGE: dict[Language, str] = {"zh": "，", "en": ", "}
_AFTER_CELLS: dict[Language, str] = {"zh": "：", "en": ": "}
_IN_THE_FILE: dict[Language, str] = {"zh": "（文件中的{}）", "en": " (in the file: {})"}
# What the message of a finding begins with, in Chinese and in English.
_SEVERITIES: dict[Severity, tuple[str, str]] = {
    "hard": ("", ""),
    "soft": ("提示：", "warning: "),
    "hint": ("建议：", "hint: "),
}


def group_line(group: FindingGroup, path: str, language: Language) -> str:
    """``path:line:column  rules  message``; what has no place is said to be at the beginning.

    Args:
        group: what to tell.
        path: of the file that it was found in; empty to leave it out.
        language: of the message.
    """
    position, message = position_and_message(group, language, has_severity=True)
    where = f"{path}:{position}".lstrip(":")
    return f"{where}  {', '.join(group.rules)}  {message}"


def position_and_message(
    group: FindingGroup, language: Language, *, has_severity: bool = False
) -> tuple[str, str]:
    """Where a group is to be looked for, and what is said of it.

    In a text that is line and column, and the message begins with the cells that are suspected, as people
    name them. In any other file it is these cells and the page, and the message ends with the file's own
    table, row and column. What suspects no cell stands at a place of the file alone.

    Args:
        group: what to tell.
        language: of both.
        has_severity: whether the message says which are warnings and hints.
    """
    finding, named = group.told[0].finding, group.told[0].named
    locator = finding.locator
    position = position_text(finding.line, finding.column, locator, language)
    if named is None or locator is None:
        return position, message_under_name(group, language, has_severity=has_severity)
    cells, message = named.in_language(language), _message(group, language, has_severity=has_severity)
    pages = [position_text(None, None, Locator(page=locator.page), language)] * bool(locator.page)
    in_file = position_text(None, None, locator._replace(page=None), language)
    message += _IN_THE_FILE[language].format(in_file) * bool(in_file)
    return _BEFORE_PAGE[language].join([cells, *pages]), message


def message_under_name(group: FindingGroup, language: Language, *, has_severity: bool) -> str:
    """What is said of a group, behind the cells that are suspected, as people name them.

    Args:
        group: what to tell.
        language: to tell it in.
        has_severity: whether it says which are warnings and hints.
    """
    named, message = group.told[0].named, _message(group, language, has_severity=has_severity)
    return message if named is None else named.in_language(language) + _AFTER_CELLS[language] + message


def _message(group: FindingGroup, language: Language, *, has_severity: bool) -> str:
    told = [
        _SEVERITIES[one.finding.severity][language == "en"] * has_severity
        + one.finding.message.in_language(language)
        for one in group.told
    ]
    return _together(told, language)


def _together(told: list[str], language: Language) -> str:
    """What is said of some cells; what last sentences repeat is said once, at the end."""
    for number, (text, following) in enumerate(pairwise(told)):
        pairs = zip(reversed(text), reversed(following), strict=False)
        same = text[len(text) - len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))) :]
        if (sentence := _SENTENCE_END.search(same)) is not None:
            told[number] = text.removesuffix(same[sentence.end() :]).rstrip()
    return ("" if language == "zh" else " ").join(told)


def position_text(line: int | None, column: int | None, locator: Locator | None, language: Language) -> str:
    """Where something stands: 12:3, or 第2页表3第5行第2列 in a file that isn't text.

    Args:
        line: of the text, counted from 1; None stands for the first.
        column: of the line, likewise.
        locator: in a file that isn't text.
        language: of the words.
    """
    if locator is None:
        return f"{line or 1}:{column or 1}"
    names = {"page": ("第{}页", "page {}"), "table": ("表{}", "table {}")}
    names |= {"row": ("第{}行", "row {}"), "column": ("第{}列", "column {}")}
    parts = [
        name[language == "en"].format(number)
        for part, name in names.items()
        if (number := getattr(locator, part)) is not None
    ]
    return (", " if language == "en" else "").join(parts)


def spent_lines(spent: Usage) -> tuple[str, str]:
    """What a model cost, in Chinese and in English."""
    zh, en = {"server": ("", ""), "estimate": ("（估计）", " (estimated)")}.get(
        spent.counted_by, (f"（按 {spent.counted_by} 计）", f" (counted by {spent.counted_by})")
    )
    if spent.cost is not None:
        zh, en = f"{zh}，费用 {spent.cost:f}", f"{en}, cost {spent.cost:f}"
    requests, sent, received = spent.requests, spent.input_tokens, spent.output_tokens
    return (
        f"{spent.model}：{requests} 次请求，输入 {sent}、输出 {received} 个 token{zh}",
        f"{spent.model}: {requests} requests, {sent} tokens sent, {received} received{en}",
    )
