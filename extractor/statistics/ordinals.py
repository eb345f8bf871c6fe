"""Numbers of rows that only their order tells from figures and words: 1 公开 … 2 咨询."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractor.documents.document import Span
from extractor.statistics.raw_cells import INDENTED, LEAST_ROWS, RawCell, line_indent
from extractor.statistics.words import (
    is_caption,
    is_item,
    is_label_head,
    is_title,
    is_value,
    level_of,
    next_ordinal,
    taken_apart,
    unit_stated,
)
from extractor.text.folding import BLANK
from extractor.text.numerals import value_of

# A number and its words, with nothing but blanks between them; 1.1 tells by its stop what it is. Words may
# begin with digits: 12366 is a telephone.
_SPACED = re.compile(rf"(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[{BLANK}\t]+(?=\w)(.+)", re.S)
# 4.1 12329热线: a number within another, and words; a blank alone parts it from such as begin with digits.
_WITHIN = re.compile(
    rf"((\d{{1,2}})\.\d{{1,2}})(?:[{BLANK}\t]+(?=\d{{3,5}}[^\W\d_])|[{BLANK}\t、]*(?=[^\W\d]))(.+)", re.S
)
_LEAST_NUMBERS = 2
_LONGEST_HEADING = 20
_NUMBERED = re.compile(r"(\d{1,2})[、.．](?=[^\W\d])")
# 1.96116热线: a number before words that begin with digits, as a telephone does; 1.125亿元 is an amount.
_BEFORE_DIGITS = re.compile(r"(\d{1,2})[.．](?=\d{3,5}[^\W\d_])(?!\d+[万亿元米吨公千])(.+)", re.S)


def with_stop(text: str) -> str:
    """A text that begins with a number and a blank, written as others are that begin with one: ``1、公开``.

    Args:
        text: of a label.
    """
    return _SPACED.sub(r"\1、\2", text.strip())


def with_stops(lines: Sequence[list[RawCell]], column: int) -> list[list[RawCell]]:
    """Rows, those labels that begin with a number and a blank written as others are: ``1、公开``.

    They are numbered if they count on from 1, each with words of its own; 1 月 and 2 月 are no numbers. Below
    headings that do so they may begin anew.

    Args:
        lines: of the table, without its header.
        column: that of their outermost labels.
    """
    lines = [*_within_others(_before_digits(lines))]
    found = [match for line in lines for match in _spaced(line, column)]
    in_digits = [one for one in found if one[1].isdecimal()]
    headings = [one for one in found if not one[1].isdecimal()]
    are_headings = _is_counting(headings)
    runs = _runs(in_digits) if are_headings else [in_digits]
    are_numbers = len(in_digits) >= _LEAST_NUMBERS and all(map(_counts_from_one, runs))
    numbered = (in_digits if are_numbers else []) + (headings if are_headings else [])
    told = {match.string for match in numbered}
    return [[_with_stop(cell, column, told) for cell in line] for line in lines]


def with_numbers_before_labels(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """Lines that blanks part into cells, the numbers of rows and the labels behind them one: ``1   公开``.

    The header above the first numbered row has no word for a column of numbers: it has a cell less.

    Args:
        text: of the document.
        lines: from top to bottom, the cells of each from left to right.
    """
    numbered = [place for place, line in enumerate(lines) if _begins_with_number(line)]
    filled = [len(lines[place]) for place in numbered if len(lines[place]) > _LEAST_NUMBERS]
    above = lines[numbered[0] - 1] if numbered and numbered[0] > 0 else []
    if len(filled) < LEAST_ROWS or len(above) != max(filled) - 1 or is_value(above[-1].text):
        return [*lines]
    return [_joined_to_number(text, line) if _begins_with_number(line) else line for line in lines]


def _begins_with_number(line: Sequence[RawCell]) -> bool:
    """Whether a line begins with a number in a cell of its own, before words."""
    return len(line) > 1 and level_of(line[0].text) is not None and not is_value(line[1].text)


def _joined_to_number(text: str, line: Sequence[RawCell]) -> list[RawCell]:
    span = Span(line[0].span.start, line[1].span.end)
    label = line[0]._replace(text=text[slice(*span)], span=span)
    return [label, *(cell._replace(column=cell.column - 1) for cell in line[2:])]


def with_items_further_in(lines: Sequence[list[RawCell]], column: int) -> list[list[RawCell]]:
    """Rows, items of lists further in than those that they follow; not where the first is one.

    Args:
        lines: of the table, without its header.
        column: that of their outermost labels.
    """
    labels = [next((cell.text for cell in line if cell.column == column and cell.text), "") for line in lines]
    are_items = [*map(is_item, labels)]
    if are_items[:1] != [False]:
        return [*lines]
    return [
        [cell._replace(indent=cell.indent + INDENTED * (item and cell.column == column)) for cell in line]
        for line, item in zip(lines, are_items, strict=True)
    ]


def _before_digits(lines: Sequence[list[RawCell]]) -> Iterator[list[RawCell]]:
    """Rows, those labels written as others are whose number stands before digits: ``1、96116热线``.

    Another row has the number before it, or the one behind it.
    """
    numbers: set[int] = set()
    for line in lines:
        for cell in line:
            text = cell.text.strip()
            found = _BEFORE_DIGITS.fullmatch(text) or _NUMBERED.match(text)
            numbers |= {int(found[1])} if found is not None else set()
    for line in lines:
        yield [cell._replace(text=_apart_from_digits(cell.text, numbers)) for cell in line]


def _within_others(lines: Iterable[list[RawCell]]) -> Iterator[list[RawCell]]:
    """Rows, labels whose number is within another one written as others are: ``4.1、12329热线``.

    Another row has a number within the same one: 4.2.
    """
    lines = [*lines]
    found = [match for line in lines for cell in line if (match := _WITHIN.fullmatch(cell.text.strip()))]
    times = Counter(match[2] for match in found)
    told = {match.string: f"{match[1]}、{match[3]}" for match in found if times[match[2]] > 1}
    for line in lines:
        yield [cell._replace(text=told.get(cell.text.strip(), cell.text)) for cell in line]


def _apart_from_digits(text: str, numbers: set[int]) -> str:
    match = _BEFORE_DIGITS.fullmatch(text.strip())
    is_one = match is not None and not numbers.isdisjoint({int(match[1]) - 1, int(match[1]) + 1})
    return f"{match[1]}、{match[2]}" if match is not None and is_one else text


def _spaced(line: Sequence[RawCell], column: int) -> Iterator[re.Match[str]]:
    """The number and the words of a line's label, if a blank parts them."""
    label = next((cell.text.strip() for cell in line if cell.column == column), "")
    if (match := _SPACED.fullmatch(label)) is not None:
        yield match


def _with_stop(cell: RawCell, column: int, told: set[str]) -> RawCell:
    is_numbered = cell.column == column and cell.text.strip() in told
    return cell._replace(text=with_stop(cell.text)) if is_numbered else cell


def _is_counting(matches: Sequence[re.Match[str]]) -> bool:
    """Whether the numbers of several labels count on from 1, and the words behind them differ."""
    return len(matches) >= _LEAST_NUMBERS and _counts_from_one(matches)


def _counts_from_one(matches: Sequence[re.Match[str]]) -> bool:
    """Whether the numbers of labels count on from 1, and the words behind them differ."""
    numbers = [int(match[1]) if match[1].isdecimal() else value_of(match[1]) for match in matches]
    differ = len({match[2] for match in matches}) == len(matches)
    return differ and numbers == [*range(1, len(matches) + 1)]


def _runs(matches: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The numbers of some labels, those together that no 1 parts."""
    runs: list[list[re.Match[str]]] = []
    for match in matches:
        if match[1] == "1" or not runs:
            runs.append([])
        runs[-1].append(match)
    return runs


def without_counts(text: str, spans: Sequence[Span], kinds: str, label: str) -> list[Span]:
    """Lines with a cell each, without those that count the rows: each stands right before a label.

    Args:
        text: of the document.
        spans: of the lines.
        kinds: of each of them what it is, a character each.
        label: the character of those that are labels.

    Returns:
        All of them where not every row up to the last counted one is.
    """
    counts: list[int] = []
    for place, span in enumerate(spans[:-1]):
        if kinds[place + 1] == label and text[slice(*span)] == str(len(counts) + 1):
            counts.append(place)
    begins = [place for place in range(1, len(spans)) if kinds[place] == label != kinds[place - 1]]
    rows = [place for place in begins if counts and counts[0] < place <= counts[-1] + 1]
    if len(counts) < LEAST_ROWS or rows != [place + 1 for place in counts]:
        return [*spans]
    return [span for place, span in enumerate(spans) if place not in set(counts)]


def heading_above(
    text: str, before: Sequence[list[RawCell]], rows: Sequence[list[RawCell]]
) -> list[list[RawCell]]:
    """The line above a table if it is the heading of its first group.

    A later one has the next number; or the first row is further in than it, and a later one isn't.

    Args:
        text: of the document.
        before: the lines above the table.
        rows: its own.
    """
    above = before[-1] if before else []
    if len(above) != 1 or is_label_head(above[0].text) or is_title(above[0].text):
        return []
    following = next_ordinal(taken_apart(with_stop(above[0].text)))
    if following is not None:
        numbers = [taken_apart(with_stop(line[0].text)).number for line in rows]
        return [above] if following in numbers else []
    depth, first, *others = (line_indent(text, line[0]) for line in (above, *rows))
    return [above] if first >= depth + INDENTED and depth in others else []


def first_heading(above: list[RawCell], rows: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """The line above rows with marks between their cells, if it is the heading of the first of these.

    They have no header, and another line of one cell stands among them: it heads what follows it.

    Args:
        above: the line.
        rows: those of the table.
    """
    text = above[0].text
    begins = len(rows) > 1 and len(rows[0]) > 1 and any(is_value(cell.text) for cell in rows[0][1:])
    later = [line for line, after in pairwise(rows) if len(line) == 1 < len(after)]
    is_short = 0 < len(text) <= _LONGEST_HEADING and not text.endswith(("。", "；", ":", "："))
    is_other = is_title(text) or is_caption([text]) or unit_stated(text)[1] is not None
    return [above] if begins and later and is_short and not is_other else []
