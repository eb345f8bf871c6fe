"""The list of rules: for a terminal, for a pipe, as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import TextIO

from extractor.commands.rule_list import ListedRule
from extractor.output.lines import say
from rules.words import Bilingual, Language

_NONE = "-"
_HEADINGS = (
    Bilingual(zh="规则", en="rule"),
    Bilingual(zh="级别", en="severity"),
    Bilingual(zh="表样", en="form"),
    Bilingual(zh="内容", en="text"),
    Bilingual(zh="依据", en="citation"),
)


def rules_to_json(rules: Sequence[ListedRule]) -> str:
    """An array of objects, with the text in both languages."""
    objects = [{**rule._asdict(), "text": rule.text.model_dump()} for rule in rules]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def rules_to_text(rules: Sequence[ListedRule], language: Language, terminal: TextIO) -> str:
    """One rule a line, its id first, two blanks between columns; on a terminal, a table that fits it."""
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
        table.add_column(say(heading, language), overflow="fold", no_wrap=is_id)
    for row in rows:
        # Brackets in a text are no markup.
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(table)
    return buffer.getvalue()


def _columns(rule: ListedRule, language: Language) -> tuple[str, ...]:
    edition = rule.edition or _NONE
    return rule.id, rule.severity, edition, say(rule.text, language), rule.citation or ""
