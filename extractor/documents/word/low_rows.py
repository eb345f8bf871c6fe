"""Rows of a Word table that are no higher than they say: text further down in a cell isn't seen.

Word cuts what a row of an exact height has no room for (ECMA-376, 17.4.80); LibreOffice does, too.
"""

from __future__ import annotations

from docx.oxml.ns import qn

from extractor.documents.word.ooxml import Element, measure

_PARAGRAPH, _PROPERTIES, _SPACING = qn("w:p"), qn("w:pPr"), qn("w:spacing")
_BEFORE, _AFTER, _LINE, _RULE = qn("w:before"), qn("w:after"), qn("w:line"), qn("w:lineRule")
_LINES_BEFORE = qn("w:beforeLines")
_TEXT, _BREAKS = qn("w:t"), (qn("w:br"), qn("w:cr"))
_MARGINS, _TOP, _WIDTH = qn("w:tcMar"), qn("w:top"), qn("w:w")
# In twentieths of a point: a line of the usual text, of which so much has to be seen that one can read it.
_USUAL_LINE, _LEAST_SEEN = 240, 120


def is_below(properties: Element | None, height: int | None) -> bool:
    """Whether a text of a cell begins so far down that a row of this height doesn't show it.

    Args:
        properties: those of the cell.
        height: in twentieths of a point; None for a row that has room for all.
    """
    cell = properties.getparent() if properties is not None and height is not None else None
    if cell is None or properties is None or height is None:
        return False
    margins = properties.find(_MARGINS)
    top = measure(margins.find(_TOP) if margins is not None else None, _WIDTH, 0)
    for paragraph in cell.findall(_PARAGRAPH):
        found = paragraph.find(_PROPERTIES)
        spacing = found.find(_SPACING) if found is not None else None
        top += _before(spacing)
        line = _line_height(spacing)
        for element in paragraph.iter(_TEXT, *_BREAKS):
            if element.tag != _TEXT:
                top += line
            elif element.text and element.text.strip():
                # A line that is higher than its text has that at its foot.
                return top + max(line - _USUAL_LINE, 0) + _LEAST_SEEN > height
        top += line + measure(spacing, _AFTER, 0)
    return False


def _before(spacing: Element | None) -> int:
    """The room above a paragraph; where that is said in hundredths of a line, that holds."""
    lines = measure(spacing, _LINES_BEFORE, 0)
    return lines * _USUAL_LINE // 100 if lines else measure(spacing, _BEFORE, 0)


def _line_height(spacing: Element | None) -> int:
    """The height of a line, which is at least that of the usual text unless it is exactly so high."""
    rule = spacing.get(_RULE, "auto") if spacing is not None else "auto"
    line = measure(spacing, _LINE, _USUAL_LINE)
    return line if rule == "exact" else max(line, _USUAL_LINE) if rule == "atLeast" else _USUAL_LINE
