"""Fields and content controls of a Word file: what of them is shown, and what only Word can tell."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

from extractor.documents.word.ooxml import Element, is_on

_FIELD, _KIND, _CODE, _INSTRUCTION = map(qn, ("w:fldChar", "w:fldCharType", "w:instrText", "w:instr"))
_PARAGRAPH = qn("w:p")
_CONTROL, _CONTROL_PROPERTIES = qn("w:sdt"), qn("w:sdtPr")
# A control that shows what is to be typed in it; one that shows what another part of the file says.
_PROMPTING, _BOUND = qn("w:showingPlcHdr"), qn("w:dataBinding")
_TEXTS = frozenset(map(qn, ("w:t", "w:sym", "w:noBreakHyphen", "w:drawing", "w:pict", "w:object")))
# Of these Word draws what their code says, whatever is kept as their result.
_DRAWN = frozenset(
    [
        *("EQ", "SYMBOL", "MACROBUTTON", "GOTOBUTTON", "ADVANCE"),
        *("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"),
        *("BARCODE", "DISPLAYBARCODE", "MERGEBARCODE"),
    ]
)
# Of these it shows nothing.
_SHOWN_AS_NOTHING = frozenset(["SET", "ASK", "XE", "TC", "TA", "RD", "PRIVATE"])
# Of these Word makes the result anew whenever it shows the page.
_MADE_ANEW = frozenset(["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME"])
# So deep does Word nest them.
_DEEPEST = 20


class Fields:
    """Tells what of a text is shown.

    Args:
        body: the element that holds the text.

    Attributes:
        hidden: elements of text that stand in the code of a field, or are drawn in another way.
        unclear: elements of text that may be shown in another way.
        drawn: the elements that end a field which is drawn.
    """

    def __init__(self, body: Element) -> None:
        self.hidden: set[Element] = set()
        self.unclear: set[Element] = set()
        self.drawn: set[Element] = set()
        for control in body.iter(_CONTROL):
            properties = control.find(_CONTROL_PROPERTIES)
            is_bound = properties is not None and properties.find(_BOUND) is not None
            if is_bound or is_on(properties, _PROMPTING):
                self.unclear.update(control.iter(*_TEXTS))
        if next(body.iter(_FIELD), None) is not None:
            self._find_fields(body.iter(_PARAGRAPH, _FIELD, _CODE, *_TEXTS))

    def _find_fields(self, elements: Iterator[Element]) -> None:
        """Match beginnings and ends; what has no end is no field."""
        open_fields: list[_Field] = []
        for element in elements:
            if element.tag == _PARAGRAPH:
                for field in open_fields:
                    field.begin_paragraph()
            elif element.tag != _FIELD:
                for field in open_fields:
                    field.add(element, is_own=field is open_fields[-1])
            elif element.get(_KIND) == "begin":
                open_fields = [*open_fields[-_DEEPEST:], _Field()]
            elif open_fields and element.get(_KIND) == "separate":
                open_fields[-1].is_result = True
            elif open_fields and element.get(_KIND) == "end":
                self._close(open_fields.pop(), element)

    def _close(self, field: _Field, end: Element) -> None:
        # A code with paragraphs in it may be an end that belongs to another field.
        (self.unclear if field.is_long else self.hidden).update(field.in_code)
        kind = kind_of(field.code)
        if kind in _DRAWN:
            self.drawn.add(end)
            self.hidden.update(field.in_result)
        elif kind in _SHOWN_AS_NOTHING:
            self.hidden.update(field.in_result)
        elif kind in _MADE_ANEW:
            self.unclear.update(field.in_result)


class _Field:
    """A field that has begun.

    Attributes:
        code: its code.
        in_code, in_result: elements of text in its code and in its result.
        is_result: its result has begun.
        is_long: there is a paragraph in its code.
    """

    def __init__(self) -> None:
        self.code = ""
        self.in_code: list[Element] = []
        self.in_result: list[Element] = []
        self.is_result = self.is_long = False

    def begin_paragraph(self) -> None:
        self.is_long = self.is_long or not self.is_result

    def add(self, element: Element, *, is_own: bool) -> None:
        if element.tag != _CODE:
            (self.in_result if self.is_result else self.in_code).append(element)
        elif is_own and not self.is_result:
            self.code += element.text or ""


def is_drawn(field: Element) -> bool:
    """Whether Word draws a field in one element, whatever is kept as its result."""
    return kind_of(field.get(_INSTRUCTION, "")) in _DRAWN


def is_shown_as_nothing(field: Element) -> bool:
    """Whether Word shows nothing of a field in one element, whatever is kept as its result."""
    return kind_of(field.get(_INSTRUCTION, "")) in _SHOWN_AS_NOTHING


def is_made_anew(field: Element) -> bool:
    """Whether Word makes the result of a field in one element anew whenever it shows the page."""
    return kind_of(field.get(_INSTRUCTION, "")) in _MADE_ANEW


def kind_of(code: str) -> str:
    """The name of a field: the first word of its code, in capitals."""
    return next(iter(code.upper().split(maxsplit=1)), "").partition("\\")[0]
