"""All rules that a report is put to: ``gongkai rules``, and the choice of some of them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, TextIO, TypeAlias

import typer

from extractor.commands.error_reporter import exit_on_error
from extractor.commands.language import language_of
from extractor.commands.options import FormOption, LangOption
from extractor.errors import SelectionError
from extractor.forms import FormSet
from extractor.output.files import write_standard_output
from extractor.verify.defect_words import DEFECTS, SOFT_DEFECTS
from rules.claims import narrative_rules
from rules.form import Form
from rules.words import Bilingual, Language, Severity

RuleSource: TypeAlias = Literal["form", "document", "narrative", "previous", "defect"]

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


class ListedRule(NamedTuple):
    """A rule, for people to read.

    Attributes:
        id: that findings name.
        source: ``form``: an edit rule of a form; ``document``: a form's rule on the report as a document;
            ``narrative``: on the free text; ``previous``: on last year's report; ``defect``: of the reading.
        severity: ``hard``, an error; ``soft``, a warning; ``hint``, worth a look.
        edition: of its form; None for a rule that no form has.
        text: what must hold, or what is told where it doesn't.
        citation: where it is laid down, if it is.
    """

    id: str
    source: RuleSource
    severity: Severity
    edition: str | None
    text: Bilingual
    citation: str | None


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


def listed_rules(forms: Sequence[Form]) -> tuple[ListedRule, ...]:
    """All rules there are.

    Args:
        forms: whose edit rules are listed, and then those on documents, before those on the free text, on
            last year's report, and the defects of a reading.
    """
    result = [
        ListedRule(rule.id, "form", rule.severity, form.edition, rule.message, rule.citation)
        for form in forms
        for rule in form.rules
    ]
    result += [
        ListedRule(rule.id, "document", rule.severity, form.edition, rule.title, rule.citation)
        for form in forms
        for rule in (form.document.rules if form.document is not None else ())
    ]
    for rule_id, rule in narrative_rules().items():
        source: RuleSource = "previous" if rule_id.startswith("previous") else "narrative"
        result.append(ListedRule(rule_id, source, rule.severity, None, rule.title, rule.citation))
    for defect, text in DEFECTS.items():
        severity: Severity = "soft" if defect in SOFT_DEFECTS else "hard"
        result.append(ListedRule(defect, "defect", severity, None, text, None))
    return tuple(result)


def chosen_rules(
    forms: Sequence[Form], select: Sequence[str], ignore: Sequence[str]
) -> frozenset[str] | None:
    """The ids of the rules whose findings are wanted.

    Args:
        forms: whose rules there are, besides those of no form.
        select: ids, or beginnings of ids, with commas between them; none for all.
        ignore: likewise, of rules that aren't wanted, though they are selected.

    Returns:
        None for all, if neither was given.

    Raises:
        SelectionError: if no id begins so.
    """
    if not select and not ignore:
        return None
    known = {rule.id for rule in listed_rules(forms)}
    return frozenset((_named(select, known) if select else known) - _named(ignore, known))


def _named(given: Sequence[str], known: set[str]) -> set[str]:
    named: set[str] = set()
    for name in (name.strip() for names in given for name in names.split(",")):
        matching = {rule_id for rule_id in known if name and rule_id.startswith(name)}
        if not matching:
            raise SelectionError(
                f"没有以“{name}”开头的规则。gongkai rules 列出全部规则。",
                f"no rule begins with “{name}”; gongkai rules lists all of them",
            )
        named |= matching
    return named


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
