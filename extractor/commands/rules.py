"""All rules that a report is put to: ``gongkai rules``."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TextIO

import typer

from extractor.checking.catalogue import ListedRule, listed_rules
from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of
from extractor.commands.options import FormOption, LangOption
from extractor.forms import FormSet
from extractor.output.files import write_standard_output
from rules.words import Bilingual, Language

_NONE = "-"
_HEADINGS = (
    Bilingual(zh="规则", en="rule"),
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
    form: FormOption = None,
    lang: LangOption = None,
    to: Annotated[RulesFormat, typer.Option("--to", help="Output format.")] = RulesFormat.TEXT,
) -> None:
    """List all rules: of the forms, on the free text, on last year's report, and the defects of a reading.

    A line is id, severity, edition of the form, text, citation.
    """
    language = language_of(lang)
    with exit_on_error(language):
        rules = listed_rules(FormSet.from_files(form or ()).forms)
        content = (
            rules_to_json(rules) if to is RulesFormat.JSON else rules_to_text(rules, language, sys.stdout)
        )
        write_standard_output(content.encode(), is_binary=False)


def rules_to_json(rules: Sequence[ListedRule]) -> str:
    """An array of objects, with the text of each rule in both languages."""
    objects = [{**rule._asdict(), "text": rule.text.model_dump()} for rule in rules]
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
    for heading, is_id in zip(_HEADINGS, (True, False, False, False, False), strict=True):
        table.add_column(heading.in_language(language), overflow="fold", no_wrap=is_id)
    for row in rows:
        # Brackets in a text are no markup.
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(table)
    return buffer.getvalue()


def _columns(rule: ListedRule, language: Language) -> tuple[str, ...]:
    edition = rule.edition or _NONE
    return rule.id, rule.severity, edition, rule.text.in_language(language), rule.citation or ""
