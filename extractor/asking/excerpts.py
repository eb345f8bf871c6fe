"""Which lines of a report are shown with a question: no more than its answer can stand on."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.asking.answers import CitedDocument, layout_spans
from extractor.asking.judging import TablesToRead
from extractor.asking.schemas import Unit
from extractor.asking.two_readings import Known, is_certain

# Lines shown before and after those that a row is on.
_CONTEXT = 1
# Figures torn from their label don't stand farther from it than this, in lines.
_MOST_BETWEEN = 40


def table_lines(cited: CitedDocument, tables: TablesToRead) -> tuple[int, ...]:
    """The numbers of all lines from the first header to the last figure.

    Args:
        cited: the report.
        tables: its tables.
    """
    rows = [row for unit in tables.units for row in unit.rows]
    spans = [label.span for row in rows for label in row.columns if label.span is not None]
    spans += [span for stray in tables.reading.strays for span in stray.figures]
    numbers = {cited.lines.at(span.start).number for span in spans}
    numbers = numbers.union(*(cited.lines_of(unit) for unit in tables.units))
    return tuple(range(min(numbers), max(numbers) + 1)) if numbers else ()


def lines_around(
    cited: CitedDocument, tables: TablesToRead, known: Known, units: Sequence[Unit]
) -> tuple[int, ...]:
    """The numbers of the lines of some units, with a little context; around uncertain ones, all between.

    Args:
        cited: the report.
        tables: its tables.
        known: what is known so far: lines that answers cite are shown again.
        units: that are asked for.
    """
    numbers: set[int] = set()
    for unit in units:
        answer = known.answers.get(unit.name)
        cited_lines = cited.lines_of(unit) | ({answer.line} if answer is not None else set())
        numbers.update(n + i for n in cited_lines for i in range(-_CONTEXT, _CONTEXT + 1))
        if not is_certain(unit):
            numbers.update(_between_certain(cited, tables, unit))
    return tuple(sorted(n for n in numbers if cited.lines.numbered(n) is not None))


def _between_certain(cited: CitedDocument, tables: TablesToRead, unit: Unit) -> range:
    """The lines from the certain unit before to the certain one after, in the order of the form.

    Where there is none, from the first line of the tables, or to the last; near the unit's own label, if any.
    """
    position = tables.units.index(unit)
    before = [cited.lines_of(other) for other in tables.units[:position] if is_certain(other)]
    after = [cited.lines_of(other) for other in tables.units[position + 1 :] if is_certain(other)]
    own = cited.lines_of(unit)
    all_lines = table_lines(cited, tables)
    if not all_lines or not (own or (before and after)):
        return range(0)
    first = max(before[-1]) if before else all_lines[0]
    last = min(after[0]) if after else all_lines[-1]
    from_label, to_label = (min(own), max(own)) if own else (first, first)
    return range(max(first, from_label - _MOST_BETWEEN), min(last, to_label + _MOST_BETWEEN) + 1)


def units_on(cited: CitedDocument, units: Sequence[Unit], lines: Sequence[int]) -> list[Unit]:
    """The units that may stand on some lines: all of which no place is known, too.

    Args:
        cited: the report.
        units: that are asked for.
        lines: the numbers of the lines.
    """
    return [unit for unit in units if not layout_spans(unit) or not cited.lines_of(unit).isdisjoint(lines)]
