"""Labels that are broken over two lines of a text, with their figures on one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.documents.document import Span
from extractor.statistics.ordinals import with_stop
from extractor.statistics.raw_cells import INDENTED, RawCell, line_indent
from extractor.statistics.words import is_total, is_value, next_ordinal, taken_apart
from extractor.text.folding import fold_label
from extractor.text.width import width_in_digits

# No label ends so; its next line goes on.
_GOES_ON = re.compile("[的和与及或并对向在、，,]$")
# Nor ends one that has its figures so: 其中：主要负责同志参加的 may be whole.
_MUST_GO_ON = re.compile("[和与及或并对向在、，,]$")
_LONGEST_LABEL = 60
# So many labels tell where a page breaks them.
_LEAST_TOLD = 2
# So many rows with a number of a kind tell that all others with such a number are rows, too.
_LEAST_NUMBERED = 3
# No page breaks labels that are narrower, in digits.
_LEAST_WIDTH = 24
# A number and the blanks behind it: where the next line of a label begins.
_NUMBERED = re.compile(r"[^\s\w]*\w{1,5}?[.．、)）]+[ \u3000]*")


def with_whole_lines(text: str, lines: Sequence[list[RawCell]]) -> list[list[RawCell]]:
    """Lines of a table, those put together over which a label is broken.

    Args:
        text: of the document.
        lines: from top to bottom, the cells of each from left to right.
    """
    whole: list[list[RawCell]] = []
    width = _width_of_labels(text, lines)
    rests = _rests_of_wide(lines)
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else []
        if whole and (
            place in rests
            or _is_rest(text, whole[-1], line, after)
            or _is_cut(text, whole[-1], line, after, width)
        ):
            figures = [cell for cell in (*whole[-1], *line) if cell not in (whole[-1][0], line[0])]
            label = _joined(whole[-1][0], line[0])
            whole[-1] = [label, *(cell._replace(column=at) for at, cell in enumerate(figures, 1))]
        else:
            whole.append(line)
    return whole


def _rests_of_wide(lines: Sequence[Sequence[RawCell]]) -> set[int]:
    """The places of lines with figures that end the label above them, of which its number and width tell.

    That has a number and no figure, as no other with such a number has, and is wider than all labels with
    figures; one line without a number follows it, then a number.
    """
    kinds = [_kind_of_number(line) for line in lines]
    filled = Counter(kind for kind, line in zip(kinds, lines, strict=True) if len(line) > 1)
    wide, narrow = _bare_and_wide(lines)
    headings = {kinds[place] for place in narrow}
    of_rows = {kind for kind in filled.keys() - headings - {""} if filled[kind] >= _LEAST_NUMBERED}
    cut = (place for place in wide if kinds[place] in of_rows and all(kinds[place + 2 : place + 3]))
    return {place + 1 for place in cut if _is_plain_row(lines[place + 1 : place + 2])}


def _bare_and_wide(lines: Sequence[Sequence[RawCell]]) -> tuple[list[int], list[int]]:
    """The places of lines without figures, those wider than all labels with figures, then the others."""
    widest = max((width_in_digits(line[0].text) for line in lines if len(line) > 1), default=0)
    bare = [place for place, line in enumerate(lines) if len(line) == 1]
    wide: list[int] = []
    narrow: list[int] = []
    for place in bare:
        (wide if width_in_digits(lines[place][0].text) > widest else narrow).append(place)
    return wide, narrow


def _kind_of_number(line: Sequence[RawCell]) -> str:
    """Whether a line begins with a number in digits, or one in words; empty if it has none."""
    words = taken_apart(with_stop(line[0].text)) if line else None
    if words is None or words.level is None:
        return ""
    return "digits" if (words.number or "").strip("()（）")[:1].isascii() else "words"


def _is_plain_row(rows: Sequence[Sequence[RawCell]]) -> bool:
    """Whether a row follows that has figures, no number, and is neither a part nor a total."""
    words = [taken_apart(row[0].text) for row in rows if len(row) > 1]
    return bool(words) and not any(
        one.is_part or one.level is not None or is_total(one.words) for one in words
    )


def _joined(first: RawCell, rest: RawCell) -> RawCell:
    return first._replace(text=first.text + rest.text, span=Span(first.span.start, rest.span.end))


def _width_of_labels(text: str, lines: Sequence[list[RawCell]]) -> int | None:
    """Where the page breaks labels, in digits from the left margin; None if nothing tells.

    Labels that are broken inside of brackets tell, and those whose rest hangs below them: two at least, at
    the same place, and none is wider.
    """
    widths = [_right(text, line[0]) for line in lines if any(is_value(cell.text) for cell in line[1:])]
    told = [
        _right(text, line[0])
        for line, after, behind in zip(lines, lines[1:], [*lines[2:], []], strict=False)
        if line
        and after
        and min(len(line), len(after)) == 1
        and (_closes(line[0].text, after[0].text) or _is_above_its_rest(text, line, after, behind))
    ]
    is_told = len(told) >= _LEAST_TOLD and max(told) - min(told) <= 1
    return max(told) if is_told and max(widths, default=0) <= max(told) else None


def _is_above_its_rest(
    text: str, line: Sequence[RawCell], after: Sequence[RawCell], behind: Sequence[RawCell]
) -> bool:
    """Whether the one line further in below a wide one without figures may be its rest, which has them.

    A heading would have several rows below it, or begin a list.
    """
    words, depth = taken_apart(after[0].text), line_indent(text, line[0])
    is_plain = words.level is None and not words.is_part and not is_total(after[0].text)
    is_alone = not behind or line_indent(text, behind[0]) <= depth
    is_further = line_indent(text, after[0]) > depth
    is_wide = len(line) == 1 and _right(text, line[0]) - depth >= _LEAST_WIDTH
    return is_plain and is_alone and is_further and is_wide and len(after) > 1


def _right(text: str, label: RawCell) -> int:
    """Where a label ends on its line, in digits from the left margin."""
    start = text.rfind("\n", 0, label.span.end) + 1
    return width_in_digits(text[start : label.span.end])


def _closes(label: str, rest: str) -> bool:
    """Whether a bracket that a label opens is closed on the next line."""
    label, rest = fold_label(label), fold_label(rest)
    return label.count("(") > label.count(")") and rest.count(")") > rest.count("(")


def _is_cut(
    text: str,
    above: Sequence[RawCell],
    line: Sequence[RawCell],
    after: Sequence[RawCell],
    width: int | None,
) -> bool:
    """Whether a label as wide as the page has room for goes on in the next line, as far in as it is or more.

    It heads what is further in than it, if the line above it has figures.
    """
    if width is None or not above or not line or (len(above) > 1 and len(line) > 1):
        return False
    words = taken_apart(line[0].text)
    if words.level is not None or words.is_part or is_value(line[0].text) or is_total(line[0].text):
        return False
    depth = line_indent(text, line[0])
    is_heading = len(above) > 1 and bool(after) and line_indent(text, after[0]) >= depth + INDENTED
    is_full = _right(text, above[0]) >= width - 1
    return is_full and depth >= line_indent(text, above[0]) and not is_heading


def _is_rest(text: str, above: Sequence[RawCell], line: Sequence[RawCell], after: Sequence[RawCell]) -> bool:
    """Whether the label of a line goes on with that above it; the figures stand on one of the two."""
    if not above or not line or (len(above) > 1 and len(line) > 1):
        return False
    label, rest = fold_label(above[0].text), fold_label(line[0].text)
    words = taken_apart(rest)
    if (
        words.level is not None
        or words.is_part
        or is_value(line[0].text)
        or max(len(label), len(rest)) > _LONGEST_LABEL
    ):
        return False
    if _closes(label, rest):
        return True
    if len(above) == len(line) == 1:
        return False
    further = line_indent(text, line[0]) - line_indent(text, above[0])
    goes_on = _GOES_ON if len(above) == 1 else _MUST_GO_ON
    return further >= 0 and (goes_on.search(label) is not None or _hangs(above[0], further, after))


def _hangs(above: RawCell, further: int, after: Sequence[RawCell]) -> bool:
    """Whether a line begins right below the words of a numbered one, and the next number follows it."""
    number = _NUMBERED.match(above.text)
    following = next_ordinal(taken_apart(above.text))
    wide = sum(1 + (one > "\u2e7f") for one in number[0]) if number is not None else 0
    return bool(after) and wide == further > 0 and taken_apart(after[0].text).number == following is not None
