"""What a PDF says of parts of its text: that they are of a layer, or what they say in other words.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from extractor.documents.pdf.worker.calls import address_of, quick

_COUNT, _MARK = quick(pdfium.FPDFPageObj_CountMarks), quick(pdfium.FPDFPageObj_GetMark)
_PARAMETERS, _NUMBER = quick(pdfium.FPDFPageObjMark_CountParams), quick(pdfium.FPDFPageObj_GetMarkedContentID)
_NAME, _STRING = quick(pdfium.FPDFPageObjMark_GetName), quick(pdfium.FPDFPageObjMark_GetParamStringValue)
# Longer names are none of those that matter here.
_LONGEST_NAME = 16
_LAYER = [ord("O"), ord("C")]
_ACTUAL, _NOWHERE, _NO_ROOM = ctypes.c_char_p(b"ActualText"), ctypes.c_void_p(), ctypes.c_ulong(0)


_AS_USUAL = False, None


class Replaced(NamedTuple):
    """What the file says that text objects say, whatever their glyphs show.

    Attributes:
        mark: tells the objects of which it says so together from others.
        text: what it says.
    """

    mark: int
    text: str


class Marks:
    """Reads the marks of text objects, one after the other."""

    def __init__(self) -> None:
        self._name = (ctypes.c_ushort * _LONGEST_NAME)()
        self._length = ctypes.c_ulong()
        self._to_name, self._to_length = ctypes.byref(self._name), ctypes.byref(self._length)
        self._room = ctypes.c_ulong(ctypes.sizeof(self._name))

    def of(self, text: Any) -> tuple[bool, Replaced | None]:
        """Whether a text object is of a layer, and what is said to stand there; that mark is taken off it.

        PDFium would read that in place of what its glyphs show.

        Args:
            text: the object.
        """
        count = _COUNT(text)
        if not count or (count == 1 and _NUMBER(text) >= 0 and _PARAMETERS(_MARK(text, 0)) == 1):
            # Of most it is said at most that they are a part with a number.
            return _AS_USUAL
        in_layer, replaced = False, None
        for number in range(count - 1, -1, -1):
            mark = _MARK(text, number)
            in_layer = in_layer or self._is_layer(mark)
            if _STRING(mark, _ACTUAL, _NOWHERE, _NO_ROOM, self._to_length):
                replaced = Replaced(address_of(mark), _actual(mark, self._length.value))
                pdfium.FPDFPageObj_RemoveMark(text, mark)
        return in_layer, replaced

    def _is_layer(self, mark: Any) -> bool:
        _NAME(mark, self._to_name, self._room, self._to_length)
        # In bytes, and with the character that ends it.
        return self._length.value == 2 * len(_LAYER) + 2 and self._name[: len(_LAYER)] == _LAYER


def _actual(mark: Any, size: int) -> str:
    """What a marked part is said to say; it takes so many bytes."""
    text, length = (ctypes.c_ushort * (size // 2 + 1))(), ctypes.c_ulong()
    _STRING(mark, _ACTUAL, ctypes.byref(text), ctypes.c_ulong(ctypes.sizeof(text)), ctypes.byref(length))
    return bytes(text).decode("utf-16-le", "replace").rstrip("\0")
