"""Whether reports are taken for their own form, and no accident for a sum.

``python -m eval.zoo.forms [DOCUMENTS [TABLES]]`` reads so many documents of each layout of text, HTML and
Word (20 unless given), the reports of no known form and those collected from sites, and draws so many random
tables (10,000). Exit status 1 if a report of a known form is read by another one or none, the other way
round, or more than one table in a thousand has a sum that is believed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from eval.gold.cases import foreign_cases, made_cases, reviewed_cases
from eval.zoo.documents import documents
from eval.zoo.layouts import LAYOUTS, Kind
from eval.zoo.lists import NEEDS, ListLayout, list_documents
from extractor.documents.source import AnySource
from extractor.errors import NoReportError
from extractor.pipeline import extract
from extractor.reports.opening import open_document
from extractor.result.extraction import Extraction
from extractor.statistics.reading import read_statistics
from extractor.statistics.sums import believed_places

SEED, DOCUMENTS, TABLES = 20180118, 20, 10_000
# Families of the built-in forms.
NATIONAL, LISTS = "cn-annual-report", "cn-statistics-table"
# A thousand tables may have so many sums that are believed by accident.
_MOST_IN_A_THOUSAND = 1
_NAMES = ("一、总量", "1.网站", "2.报纸", "3.其他", "二、咨询", "合计")


class Mistaken(NamedTuple):
    """A report that was taken for another form than its own.

    Attributes:
        name: of the document.
        expected, read: the family of its form; None for no known one.
    """

    name: str
    expected: str | None
    read: str | None


def reports(count: int) -> Iterator[tuple[str, AnySource, str | None]]:
    """Reports, each with the family that it is of.

    Args:
        count: how many of each layout.
    """
    for layout, about in LAYOUTS.items():
        if about.kind in (Kind.TEXT, Kind.HTML, Kind.WORD):
            for one in documents(layout, SEED, count):
                yield one.name, one.data, NATIONAL
    for kind in ListLayout:
        if kind not in NEEDS:
            for listed in list_documents(kind, SEED, count):
                yield listed.name, listed.data, LISTS
    for case in reviewed_cases():
        yield case.name, case.path, NATIONAL
    for case in made_cases():
        yield case.name, case.path, LISTS
    for case in foreign_cases():
        yield case.name, case.path, None
    for path in sorted((Path(__file__).parents[2] / "tests" / "data" / "wild").glob("*.txt")):
        yield path.name, path, NATIONAL


def mistaken(name: str, source: AnySource, expected: str | None) -> Mistaken | None:
    """A report that is taken for another form than its own; None if it isn't.

    Args:
        name: of the document.
        source: its file.
        expected: the family that it is of; None for no known one.
    """
    try:
        families = [_family(extraction) for extraction in extract(source, name=name)]
    except NoReportError:
        return Mistaken(name, expected, "no report")
    wrong = [one for one in families if one != expected]
    return Mistaken(name, expected, wrong[0]) if wrong else None


def _family(extraction: Extraction) -> str | None:
    """The family that a report is taken for: of one without tables, the national one."""
    is_unknown = any(finding.rule == "unknown-form" for finding in extraction.findings)
    return None if is_unknown else extraction.family or NATIONAL


def random_table(rng: Random) -> str:
    """A table with a column and a row of totals, and numbered parts, whose figures are drawn each for itself.

    Args:
        rng: where chance comes from.
    """
    most = rng.choice((3, 12, 60, 900))
    rows = [f"{name} | " + " | ".join(str(rng.randint(0, most)) for _ in range(3)) for name in _NAMES]
    return "\n".join(["项目 | 甲类 | 乙类 | 合计", *rows]) + "\n"


def adopted(count: int, seed: int = SEED) -> int:
    """How many of some random tables have a sum that is believed.

    Args:
        count: how many are drawn.
        seed: where chance comes from.
    """
    rng = Random(seed)  # noqa: S311  # no secret
    found = 0
    for _ in range(count):
        (table,) = read_statistics(open_document(random_table(rng).encode(), "table.txt"))
        found += any(True for _ in believed_places(table))
    return found


def main(given: list[str]) -> int:
    """Read the reports, draw the tables, and print what came of them.

    Args:
        given: how many documents a layout, how many tables.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=DOCUMENTS, help="how many of each layout")
    parser.add_argument("tables", type=int, nargs="?", default=TABLES, help="how many random tables")
    arguments = parser.parse_args(given)
    tables: int = arguments.tables
    total, wrong = 0, []
    for name, source, expected in reports(arguments.documents):
        total += 1
        found = mistaken(name, source, expected)
        if found is not None:
            wrong.append(found)
            print(f"{found.name}: {found.read} instead of {found.expected}", flush=True)
    accidents = adopted(tables)
    print(f"{total} reports: {len(wrong)} taken for another form than their own")
    print(f"{tables} random tables: {accidents} with a sum that is believed")
    return int(bool(wrong) or 1000 * accidents > _MOST_IN_A_THOUSAND * tables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
