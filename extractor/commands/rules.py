"""All rules that a report is put to: ``gongkai rules``."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TextIO

import typer

from extractor.checking.catalogue import ListedRule, listed_rules, rules_named
from extractor.checking.rule_page import rule_page
from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of
from extractor.commands.options import FormOption, LangOption, RulesOption
from extractor.forms import FormSet
from extractor.output.files import write_standard_output
from rules.words import SEVERITIES, Bilingual, Language

_NONE = "-"
_ID = Bilingual(zh="规则", en="rule")
_NAME = Bilingual(zh="名称", en="name")
_HEADINGS = (
    Bilingual(zh="级别", en="severity"),
    Bilingual(zh="表样", en="form"),
    Bilingual(zh="内容", en="text"),
    Bilingual(zh="依据", en="citation"),
)


class RulesFormat(StrEnum):
    """What ``rules`` writes."""

    TEXT = "text"
    JSON = "json"


def show_rules(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Of one rule, everything: its id or Chinese name.")
    ] = None,
    form: FormOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
    to: Annotated[RulesFormat, typer.Option("--to", help="Output format.")] = RulesFormat.TEXT,
) -> None:
    """List all rules: of the forms, on the free text, on last year's report, and the defects of a reading.

    A line is id, severity, edition of the form, text, citation. With NAME, the page of that rule: what must
    hold, why, a wrong and a right example, where it is laid down, how to leave it out.
    """
    language = language_of(lang)
    with exit_on_error(language):
        listed = listed_rules(FormSet.from_files(form or (), rules or ()))
        if name is not None:
            listed = rules_named(listed, name)
        if to is RulesFormat.JSON:
            content = rules_to_json(listed)
        elif name is not None:
            content = rule_page(listed, language)
        else:
            content = rules_to_text(listed, language, sys.stdout)
        write_standard_output(content.encode(), is_binary=False)


def rules_to_json(rules: Sequence[ListedRule]) -> str:
    """An array of objects, with name and text of each rule in both languages."""
    objects = [
        {**rule._asdict(), "name": rule.name.model_dump(), "text": rule.text.model_dump()} for rule in rules
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def rules_to_text(rules: Sequence[ListedRule], language: Language, terminal: TextIO) -> str:
    """One rule a line, its id first, two blanks between columns; on a terminal, a table that fits it.

    Args:
        rules: to list.
        language: of their texts.
        terminal: where they will be shown; it may be none.
    """
    rows = [_columns(rule, language) for rule in rules]
    if not terminal.isatty():
        return "".join("  ".join(row).rstrip() + "\n" for row in rows)
    from rich import box
    from rich.console import Console
    from rich.table import Table

    buffer = io.StringIO()
    console = Console(file=buffer, force_terminal=True, width=Console(file=terminal).width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for heading in _headings(language):
        table.add_column(heading, overflow="fold", no_wrap=heading == _ID.in_language(language))
    for row in rows:
        # Brackets in a text are no markup.
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(table)
    return buffer.getvalue()


def _headings(language: Language) -> list[str]:
    """What the columns hold; in English a rule is called by its id."""
    names = (_NAME,) if language == "zh" else ()
    return [heading.in_language(language) for heading in (_ID, *names, *_HEADINGS)]


def _columns(rule: ListedRule, language: Language) -> tuple[str, ...]:
    names = (rule.name.zh if rule.name.zh != rule.id else _NONE,) if language == "zh" else ()
    text = rule.text.in_language(language)
    severity = SEVERITIES[rule.severity].in_language(language)
    return rule.id, *names, severity, rule.edition or _NONE, text, rule.citation or ""
