"""All rules that a report is put to, and the choice of some of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from extractor.errors import SelectionError
from extractor.verify.defect_words import DEFECTS, SOFT_DEFECTS
from rules.claims import narrative_rules
from rules.form import Form
from rules.words import Bilingual, Severity

RuleSource: TypeAlias = Literal["form", "document", "narrative", "previous", "defect"]


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
