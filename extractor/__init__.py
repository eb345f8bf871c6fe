"""Read the annual open-government-information reports of Chinese administrative organs.

>>> from extractor import extract
>>> report, = extract("report.txt")
>>> report.verdict, report.cell("requests.received.total").value

Everything that :func:`extract` takes and gives is a name of this package, and so are all errors. Each is
imported when it is first asked for: a program that uses one module of the package pays for no other.
"""

from __future__ import annotations

from importlib import import_module

# Importing typing takes longer than all else here, and Ctrl-C shows a traceback until the program has begun.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from cache.mode import Mode
    from cache.problems import Problem
    from extractor.additions import Additions, RuleFunction, Violation
    from extractor.asking.options import Limits, Prices, WhoReads
    from extractor.asking.plan import Asking
    from extractor.asking.reader import AskingReader, BlockingReader
    from extractor.decisions.honoured import Decisions
    from extractor.decisions.kept import record_beside
    from extractor.decisions.record import Decision, Record
    from extractor.documents.document import Document, Grid, GridCell, Locator, Span, Sureness
    from extractor.errors import (
        AddedRulesError,
        BudgetError,
        ConfigurationError,
        EmptyReplyError,
        FormFileError,
        GongkaiError,
        InputError,
        InternalError,
        MalformedReplyError,
        Misfit,
        MissingProgramError,
        ModelError,
        NoReportError,
        NotCachedError,
        OutputError,
        RefusalError,
        SelectionError,
        SettingsError,
        TooLargeError,
        TooLongError,
        TruncatedError,
        UnavailableError,
        UnknownFormatError,
        UnreadableError,
    )
    from extractor.forms import FormSet, load_form_file
    from extractor.llm.protocol import Profile, Traffic
    from extractor.llm.settings import Settings
    from extractor.pipeline import CompletesReports, ReadReport, extract, read_previous, read_reports
    from extractor.result.cells import Basis, Cell, Grounding, Status
    from extractor.result.decisions import Choice, Decided
    from extractor.result.extraction import Extraction
    from extractor.result.findings import Cause, Finding
    from extractor.result.header import Fact, Header
    from extractor.result.narrative import (
        Approximation,
        Claim,
        Measure,
        Narrative,
        Passage,
        Relation,
        RelationKind,
        Section,
    )
    from extractor.result.positions import TablePosition
    from extractor.result.steps import Action, Step, Usage
    from extractor.result.verdict import Verdict
    from rules.confront import Outcome, State
    from rules.form import Form
    from rules.words import Bilingual

__all__ = [
    "Action",
    "AddedRulesError",
    "Additions",
    "Approximation",
    "Asking",
    "AskingReader",
    "Basis",
    "Bilingual",
    "BlockingReader",
    "BudgetError",
    "Cause",
    "Cell",
    "Choice",
    "Claim",
    "CompletesReports",
    "ConfigurationError",
    "Decided",
    "Decision",
    "Decisions",
    "Document",
    "EmptyReplyError",
    "Extraction",
    "Fact",
    "Finding",
    "Form",
    "FormFileError",
    "FormSet",
    "GongkaiError",
    "Grid",
    "GridCell",
    "Grounding",
    "Header",
    "InputError",
    "InternalError",
    "Limits",
    "Locator",
    "MalformedReplyError",
    "Measure",
    "Misfit",
    "MissingProgramError",
    "Mode",
    "ModelError",
    "Narrative",
    "NoReportError",
    "NotCachedError",
    "Outcome",
    "OutputError",
    "Passage",
    "Prices",
    "Problem",
    "Profile",
    "ReadReport",
    "Record",
    "RefusalError",
    "Relation",
    "RelationKind",
    "RuleFunction",
    "Section",
    "SelectionError",
    "Settings",
    "SettingsError",
    "Span",
    "State",
    "Status",
    "Step",
    "Sureness",
    "TablePosition",
    "TooLargeError",
    "TooLongError",
    "Traffic",
    "TruncatedError",
    "UnavailableError",
    "UnknownFormatError",
    "UnreadableError",
    "Usage",
    "Verdict",
    "Violation",
    "WhoReads",
    "extract",
    "load_form_file",
    "read_previous",
    "read_reports",
    "record_beside",
]

# The module that defines each of these names.
_MODULES = {
    name: module
    for module, names in {
        "cache.mode": ("Mode",),
        "cache.problems": ("Problem",),
        "extractor.additions": ("Additions", "RuleFunction", "Violation"),
        "extractor.asking.options": ("Limits", "Prices", "WhoReads"),
        "extractor.asking.plan": ("Asking",),
        "extractor.asking.reader": ("AskingReader", "BlockingReader"),
        "extractor.decisions.honoured": ("Decisions",),
        "extractor.decisions.kept": ("record_beside",),
        "extractor.decisions.record": ("Decision", "Record"),
        "extractor.documents.document": ("Document", "Grid", "GridCell", "Locator", "Span", "Sureness"),
        "extractor.errors": (
            "AddedRulesError",
            "BudgetError",
            "ConfigurationError",
            "EmptyReplyError",
            "FormFileError",
            "GongkaiError",
            "InputError",
            "InternalError",
            "MalformedReplyError",
            "Misfit",
            "MissingProgramError",
            "ModelError",
            "NoReportError",
            "NotCachedError",
            "OutputError",
            "RefusalError",
            "SelectionError",
            "SettingsError",
            "TooLargeError",
            "TooLongError",
            "TruncatedError",
            "UnavailableError",
            "UnknownFormatError",
            "UnreadableError",
        ),
        "extractor.forms": ("FormSet", "load_form_file"),
        "extractor.llm.protocol": ("Profile", "Traffic"),
        "extractor.llm.settings": ("Settings",),
        "extractor.pipeline": ("CompletesReports", "ReadReport", "extract", "read_previous", "read_reports"),
        "extractor.result.cells": ("Basis", "Cell", "Grounding", "Status"),
        "extractor.result.decisions": ("Choice", "Decided"),
        "extractor.result.extraction": ("Extraction",),
        "extractor.result.findings": ("Cause", "Finding"),
        "extractor.result.header": ("Fact", "Header"),
        "extractor.result.narrative": (
            "Approximation",
            "Claim",
            "Measure",
            "Narrative",
            "Passage",
            "Relation",
            "RelationKind",
            "Section",
        ),
        "extractor.result.positions": ("TablePosition",),
        "extractor.result.steps": ("Action", "Step", "Usage"),
        "extractor.result.verdict": ("Verdict",),
        "rules.confront": ("Outcome", "State"),
        "rules.form": ("Form",),
        "rules.words": ("Bilingual",),
    }.items()
    for name in names
}


if not TYPE_CHECKING:  # a type checker reads the imports above, and tells of a name that isn't there

    def __getattr__(name: str) -> object:
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(module), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
