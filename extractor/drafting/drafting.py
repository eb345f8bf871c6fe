"""Drafting a form from reports whose form nobody has described."""

from __future__ import annotations

import os
from collections.abc import Sequence

from extractor.documents.lists_beside import with_lists_in_order
from extractor.drafting.drafted import drafted_tables
from extractor.drafting.yaml_text import About, form_text
from extractor.errors import NoReportError
from extractor.reports.opening import open_source
from extractor.statistics.reading import read_statistics
from extractor.statistics.words import report_mark
from rules.loader import load_form


def draft_form(paths: Sequence[str | os.PathLike[str]], *, family: str, edition: str = "1") -> str:
    """A form file drafted from reports, for a person to correct.

    Rows and columns are those of any of them; wordings that differ are variants, rows that some lack are
    optional. A sum that they state by 总计, 合计 or numbering is a rule if it holds in several independent
    places, else a comment; each says how often it held, and where not.

    Args:
        paths: of the reports, in any format that is read.
        family: what to call the form.
        edition: which edition of it.

    Returns:
        The text of the file, which can be loaded as it is.

    Raises:
        InputError: if a report can't be read, or has no statistics table.
    """
    reports, names, marks = [], [], []
    for path in paths:
        document = with_lists_in_order(open_source(path))
        tables = read_statistics(document)
        if not tables:
            raise NoReportError(
                f"{document.name} 中没有可读的统计表，无法据以起草表样。",
                f"{document.name} holds no statistics table that can be read; no form can be drafted from it",
            )
        reports.append(tables)
        names.append(os.path.basename(os.fspath(path)))
        marks.append(report_mark(document.text) or "")
    common = tuple(dict.fromkeys(mark for mark in marks if mark and marks.count(mark) > len(marks) / 2))
    text = form_text(About(family, edition, common, tuple(names)), drafted_tables(reports))
    load_form(text, family)
    return text
